"""The steps between a right password and an open session."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

from haven.signin.rules import proves_second_factor


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
