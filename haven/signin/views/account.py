"""Her own account: what it holds, its address, where it is open, its single sign-on."""

from allauth.account.adapter import get_adapter
from allauth.account.views import password_set
from allauth.core import ratelimit
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.access.decision import Refused
from haven.signin import letters, services
from haven.signin.forms import AddressCodeForm, NewAddressForm
from haven.signin.queries import factors_of, linked_providers, recovery_codes_of, sessions_of
from haven.signin.rules import CODE_LASTS, CODE_TRIES, TOO_MANY
from haven.signin.views.asking import fresh, herself
from haven.signin.views.single_sign_on import providers_for

ADDRESS_KEY = "signin_new_address"
OVER = "That code is no longer good. Ask for a new one."

set_password = fresh(password_set)


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Name, address, factors, recovery codes, sessions."""
    by = herself(request)
    shown = {
        "factors": factors_of(by.person),
        "codes_left": len(recovery_codes_of(by=by)),
        "sessions": sessions_of(by=by, this_one=request.session.session_key),
        "providers": providers_for(request, linked_providers(by=by)),
    }
    return render(request, "signin/account.html", shown)


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session but this one."""
    with transaction.atomic():
        count = services.end_sessions(but=request.session.session_key, by=herself(request), at=timezone.now())
    said = "You were signed in nowhere else." if not count else "You are signed out everywhere else."
    messages.success(request, said)
    return redirect("signin:account")


@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def new_address(request: HttpRequest) -> HttpResponse:
    """Take a new address and send a code to it. Whether somebody has that address already, nobody is told."""
    form = NewAddressForm(request.POST or None)
    if form.is_valid():
        if not ratelimit.consume(request, action="manage_email", user=request.user):
            form.add_error(None, TOO_MANY)
        else:
            email, code = form.cleaned_data["email"], get_adapter().generate_email_verification_code()
            letters.address_code(email, code=code)
            asked = {"email": email, "code": code, "at": timezone.now().timestamp(), "tries": 0}
            request.session[ADDRESS_KEY] = asked
            return redirect("signin:confirm_address")
    return render(request, "signin/new_address.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def confirm_address(request: HttpRequest) -> HttpResponse:
    """Take the code that was sent to the new address, three tries at most."""
    asked = request.session.get(ADDRESS_KEY)
    if not asked or timezone.now().timestamp() - asked["at"] > CODE_LASTS or asked["tries"] >= CODE_TRIES:
        messages.error(request, OVER)
        return redirect("signin:new_address")
    form = AddressCodeForm(request.POST or None, expected=asked["code"])
    if form.is_valid():
        return _change_address(request, asked["email"])
    if form.is_bound:
        request.session[ADDRESS_KEY] = asked | {"tries": asked["tries"] + 1}
    return render(request, "signin/confirm_address.html", {"form": form, "email": asked["email"]})


def _change_address(request: HttpRequest, email: str) -> HttpResponse:
    del request.session[ADDRESS_KEY]
    try:
        services.change_address(email=email, by=herself(request), at=timezone.now())
    except Refused as refused:
        messages.error(request, refused.advice)
        return redirect("signin:new_address")
    messages.success(request, "Your e-mail address has been changed.")
    return redirect("signin:account")
