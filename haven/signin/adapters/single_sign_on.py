"""Single sign-on by OpenID Connect, for people whom Haven knows already and who have linked it themselves.

The library lets a token pass unsigned where it came over TLS, and asks for no nonce. Here every token is signed by a
key of its provider, names us, its provider and a nonce that belongs to this very attempt, and has not run out.
"""

from typing import Any
from urllib.parse import urlsplit

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from haven.access.actor import Actor
from haven.people.models import Person
from haven.signin import services

ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
CLAIMS = ["iss", "sub", "aud", "exp", "iat", "nonce"]
LEEWAY = 30  # seconds two clocks may differ
CONFIGURATION_KEPT = 10 * 60

FAILED = "Single sign-on did not work. Try again, or sign in with your e-mail address and password."
NOT_LINKED = (
    "That single sign-on is not linked to a Haven account yet. Sign in with your e-mail address and password, "
    "then link it on your account page."
)


def nonce_of(state: str) -> str:
    """The nonce that belongs to an attempt's state. Only the site's secret makes the one from the other."""
    return salted_hmac("signin.nonce", state, algorithm="sha256").hexdigest()


class Client(OAuth2Client):
    """Asks the provider for a token that carries this attempt's nonce."""

    def get_redirect_url(self, authorization_url: str, scope: list[str], extra_params: dict[str, str]) -> str:
        """Where to send the browser."""
        with_nonce = {**extra_params, "nonce": nonce_of(self.state)}
        return str(super().get_redirect_url(authorization_url, scope, with_nonce))


class TokenAdapter(OpenIDConnectOAuth2Adapter):
    """Fetches and checks what the provider says."""

    client_class = Client

    @property
    def openid_config(self) -> dict[str, Any]:
        """The provider's own description, kept a while; refused where it speaks for another issuer or not over TLS."""
        address = self.get_provider().server_url
        found: dict[str, Any] | None = cache.get(f"signin:{address}")
        if found is None:
            found = super().openid_config
            _check_configuration(found, self.get_provider().app)
            cache.set(f"signin:{address}", found, CONFIGURATION_KEPT)
        return found

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        try:
            if jwt.get_unverified_header(id_token).get("alg") not in ALGORITHMS:
                raise OAuth2Error("the token's algorithm is not one of those taken")
            algorithm, key = jwtkit.fetch_key(id_token, self.openid_config["jwks_uri"], jwtkit.lookup_kid_jwk)
            claims: dict[str, Any] = jwt.decode(
                id_token,
                key=key,
                algorithms=[algorithm],
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=LEEWAY,
                options={"require": CLAIMS},
            )
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("the token is not good") from error
        self._check_binding(claims, app)
        return claims

    def _check_binding(self, claims: dict[str, Any], app: SocialApp) -> None:
        """The token was made for this attempt and for us."""
        if not constant_time_compare(str(claims["nonce"]), nonce_of(self.request.GET.get("state", ""))):
            raise OAuth2Error("the token belongs to another attempt")
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if (several or "azp" in claims) and claims.get("azp") != app.client_id:
            raise OAuth2Error("the token was made for somebody else")
        if not claims["sub"]:
            raise OAuth2Error("the token names nobody")

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> SocialLogin:
        """Whoever the token names. There is no other source: what the provider says beside it is not asked for."""
        if not kwargs["response"].get("id_token"):
            raise OAuth2Error("the provider gave no identity token")
        claims = self._decode_id_token(app, kwargs["response"]["id_token"])
        return self.get_provider().sociallogin_from_response(request, {"id_token": claims})


class Provider(OpenIDConnectProvider):
    """A provider from the settings."""

    oauth2_adapter_class = TokenAdapter
    pkce_enabled_default = True

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Of all a token says, what is kept: how she signed in there. Not her name, not her address."""
        claims = data["id_token"]
        return {"id_token": {name: claims[name] for name in ("acr", "amr") if name in claims}}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """Nothing: nobody is made from a token."""
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        """None: nobody is found by an address that a provider claims."""
        return []


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Haven's answers about single sign-on."""

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Provider:
        """One of the providers of the settings, by its identifier."""
        return Provider(request, app=self.get_app(request, provider=provider, client_id=client_id))

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Those of the settings, and none from the database."""
        return [app for app in super().list_apps(request, provider, client_id) if app.pk is None]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never: people join by invitation."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let in only whoever has linked this very sign-in; whether Haven knows her otherwise, nobody is told."""
        if sociallogin.state.get("process") == AuthProcess.CONNECT or sociallogin.is_existing:
            return
        messages.warning(request, NOT_LINKED)
        raise ImmediateHttpResponse(redirect("account_login"))

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        """Whatever went wrong, back to the sign-in page; what it was stays on our side."""
        messages.error(request, FAILED)
        raise ImmediateHttpResponse(redirect("account_login"))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        """Back to the account page."""
        return reverse("signin:account")

    def send_notification_mail(self, template_prefix: str, user: Person, **kwargs: Any) -> None:
        """Called once a sign-in has been linked, inside its transaction: record it and tell her."""
        if template_prefix == "socialaccount/email/account_connected":
            provider = kwargs["context"]["account"].provider
            services.note_link(provider=provider, by=Actor(person=user.pk, name=""), at=timezone.now())


def _check_configuration(found: dict[str, Any], app: SocialApp) -> None:
    """What a provider says of itself must be about the issuer we were told of, and lead nowhere in clear."""
    expected = app.settings.get("issuer") or app.settings["server_url"]
    if found.get("issuer", "").rstrip("/") != expected.rstrip("/"):
        raise OAuth2Error("the provider speaks for another issuer")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not is_safe_address(found.get(name, "")):
            raise OAuth2Error(f"the provider's {name} is not a safe address")


def is_safe_address(address: str) -> bool:
    """Whether what is sent there is sealed on its way, or never leaves this machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost", "::1"})
