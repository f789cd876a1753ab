"""The steps between a right password and an open session."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.stages import LoginStage
from allauth.core.internal import ratelimit
from allauth.mfa.stages import AuthenticateStage
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from haven.signin import letters
from haven.signin.queries import must_show_address
from haven.signin.rules import CODE_LASTS, CODE_TRIES, TOO_MANY, proves_second_factor


class SecondFactorStage(AuthenticateStage):
    """Asks for the second factor, unless a passkey or a trusted provider's own has been shown already."""

    def _should_handle(self, request: HttpRequest) -> bool:
        sign_on = (self.login.signal_kwargs or {}).get("sociallogin")
        if sign_on is not None and _provider_asked(sign_on):
            record_authentication(request, self.login.user, "mfa", type="single sign-on")
            return False
        return bool(super()._should_handle(request))


def _provider_asked(sign_on: Any) -> bool:
    app = sign_on.account.get_provider().app
    claims = sign_on.account.extra_data.get("id_token", {})
    return proves_second_factor(claims, app.settings.get("second_factor", {}))


class AddressStage(LoginStage):
    """Asks for a code sent to her address: after her second factor was reset, or after she was away for long."""

    key = "address"
    urlname = "sign_in_address"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Send the code and show where to type it, unless there is no need."""
        person = self.login.user
        if not must_show_address(person, at=timezone.now()):
            return None, True
        if not ratelimit.consume(self.request, app="allauth.account", action="address_code", key=str(person.pk)):
            messages.error(self.request, TOO_MANY)
            return redirect("account_login"), False
        code = get_adapter(self.request).generate_email_verification_code()
        self.state.update(code=code, at=timezone.now().timestamp(), tries=0)
        letters.sign_in_code(person.email, code=code)
        return redirect(self.urlname), True

    def is_over(self) -> bool:
        """Whether the code is worth nothing any more."""
        return self.state["tries"] >= CODE_TRIES or timezone.now().timestamp() - self.state["at"] > CODE_LASTS

    def passed(self) -> HttpResponse:
        """Go on with signing in; that her address was shown to be hers is among the ways she did it."""
        record_authentication(self.request, self.login.user, "code", type="address")
        return self.exit()
