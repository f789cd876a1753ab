"""Signing in and out, new passwords, showing once more who one is: the library's own views, and what is round them."""

from allauth.account import views as account
from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.logout import logout
from allauth.account.internal.stagekit import stash_login
from allauth.mfa.base import views as factors
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from haven.signin.adapters.stages import AddressStage
from haven.signin.forms import AddressCodeForm
from haven.signin.rules import WHY_AGAIN, before_second_factor

OVER = "That code is no longer good. Sign in again for a new one."
CLEAR = '"cache", "storage"'
"""What a browser forgets when somebody signs out. Cookies go one by one: the note that the browser is known stays."""


class SignInView(account.LoginView):
    """The sign-in page, with why she sees it and what other ways there are."""

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """What the page shows besides the form."""
        apps = get_adapter(self.request).list_apps(self.request)
        more = {"why": WHY_AGAIN.get(self.request.GET.get("why", "")), "providers": apps}
        return super().get_context_data(**kwargs) | more


sign_in = before_second_factor(SignInView.as_view())
sign_in_by_passkey = before_second_factor(passkeys.login_webauthn)
second_step = before_second_factor(factors.authenticate)
ask_for_reset = before_second_factor(account.password_reset)
confirm_reset = before_second_factor(account.confirm_password_reset_code)
complete_reset = before_second_factor(account.complete_password_reset)
reset_done = before_second_factor(account.password_reset_from_key_done)
change_password = account.password_change
confirm_by_password = before_second_factor(account.reauthenticate)
confirm_by_code = before_second_factor(factors.reauthenticate)
confirm_by_passkey = before_second_factor(passkeys.reauthenticate_webauthn)


@require_http_methods(["GET", "HEAD", "POST"])
@before_second_factor
@login_stage_required(stage=AddressStage.key, redirect_urlname="account_login")
def confirm_sign_in(request: HttpRequest) -> HttpResponse:
    """Take the code that was sent to her address in the midst of signing in, three tries at most."""
    stage: AddressStage = request._login_stage  # type: ignore[attr-defined]
    if stage.is_over():
        messages.error(request, OVER)
        return stage.abort()
    form = AddressCodeForm(request.POST or None, expected=stage.state["code"])
    if form.is_valid():
        return stage.passed()
    if form.is_bound:
        stage.state["tries"] += 1
        stash_login(request, stage.login)
    return render(request, "signin/confirm_sign_in.html", {"form": form})


@require_POST
@login_not_required
@before_second_factor
def sign_out(request: HttpRequest) -> HttpResponse:
    """Close the session, and have the browser forget what it kept of it."""
    logout(request, show_message=False)
    response = render(request, "signin/signed_out.html")
    response["Clear-Site-Data"] = CLEAR
    response.delete_cookie(settings.CSRF_COOKIE_NAME, samesite="Lax")
    return response
