"""Adding and removing second factors, and the recovery codes."""

import base64

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import clear_totp_secret
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.access.decision import Reason, Refused
from haven.people.middleware import has_second_factor
from haven.signin import services
from haven.signin.forms import AppForm, PasskeyForm
from haven.signin.queries import factors_of, has_factor, recovery_codes_of
from haven.signin.rules import before_second_factor
from haven.signin.views.asking import fresh, herself


@require_safe
@before_second_factor
def second_factor(request: HttpRequest) -> HttpResponse:
    """What a second factor is and which there are; the first page of whoever has none."""
    is_first = not has_second_factor(request)
    return render(request, "signin/second_factor.html", {"is_first": is_first})


@require_http_methods(["GET", "HEAD", "POST"])
@before_second_factor
@fresh
def add_app(request: HttpRequest) -> HttpResponse:
    """An authenticator app: its picture and secret, then its first code."""
    form = AppForm(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            factor = services.add_app(secret=form.secret, by=herself(request), at=timezone.now())
        except Refused as refused:
            form.add_error(None, refused.advice)
        else:
            factor.wrap().validate_code(form.cleaned_data["code"])  # now it is used, and will not open a session too
            clear_totp_secret(request)
            return _added(request, factor)
    adapter = get_adapter()
    address = adapter.build_totp_url(request.user, form.secret)
    picture = base64.b64encode(adapter.build_totp_svg(address).encode()).decode("ascii")
    secret = " ".join(form.secret[n : n + 4] for n in range(0, len(form.secret), 4))
    return render(request, "signin/add_app.html", {"form": form, "picture": picture, "secret": secret})


@require_http_methods(["GET", "HEAD", "POST"])
@before_second_factor
@fresh
def add_passkey(request: HttpRequest) -> HttpResponse:
    """A passkey: the browser makes it, after it has made sure who holds it."""
    form = PasskeyForm(request.POST or None, user=request.user)
    if form.is_valid():
        factor = services.add_passkey(
            name=form.cleaned_data["name"],
            credential=form.cleaned_data["credential"],
            by=herself(request),
            at=timezone.now(),
        )
        return _added(request, factor)
    options = begin_registration(request.user, passwordless=True)
    return render(request, "signin/add_passkey.html", {"form": form, "options": options})


def _added(request: HttpRequest, factor: Authenticator) -> HttpResponse:
    """She has just shown that she holds it: from now on the session has its second factor."""
    is_first = not has_second_factor(request)
    record_authentication(request, request.user, "mfa", type=factor.type, id=factor.pk)
    return redirect("signin:recovery_codes" if is_first else "signin:account")


@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def remove_factor(request: HttpRequest, factor_id: str) -> HttpResponse:
    """Ask whether to remove a factor, and do."""
    factor = next((each for each in factors_of(request.user.pk) if each.id == factor_id), None)
    if factor is None:
        raise Http404
    if request.method != "POST":
        return render(request, "signin/remove_factor.html", {"factor": factor})
    try:
        services.remove_factor(factor_id=factor_id, by=herself(request), at=timezone.now())
    except Refused as refused:
        if refused.reason is not Reason.LAST_OF_ITS_KIND:
            raise Http404 from None
        messages.error(request, refused.advice)
    return redirect("signin:account")


@require_safe
@fresh
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The recovery codes, to be kept on paper or in a password manager."""
    if not has_factor(request.user.pk):
        raise Http404
    return render(request, "signin/recovery_codes.html", {"codes": recovery_codes_of(by=herself(request))})


@require_POST
@fresh
def make_recovery_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes in place of the old."""
    try:
        services.make_recovery_codes(by=herself(request), at=timezone.now())
    except Refused:
        raise Http404 from None
    return redirect("signin:recovery_codes")
