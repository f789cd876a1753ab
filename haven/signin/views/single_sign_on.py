"""Going to a single sign-on provider, coming back, linking it and taking it off."""

from collections.abc import Collection
from dataclasses import dataclass

from allauth.account.utils import get_next_redirect_url
from allauth.core.internal import ratelimit
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from haven.access.decision import Refused
from haven.signin import services
from haven.signin.adapters.single_sign_on import FAILED, Provider, TokenAdapter
from haven.signin.rules import before_second_factor
from haven.signin.views.asking import fresh, herself


@dataclass(frozen=True, slots=True)
class ProviderOnPage:
    """A provider as the account page shows it."""

    id: str
    name: str
    is_linked: bool


def providers_for(request: HttpRequest, linked: Collection[str]) -> list[ProviderOnPage]:
    """Every provider of this installation, and whether it is among those linked."""
    apps = get_adapter(request).list_apps(request)
    return [ProviderOnPage(app.provider_id, app.name, app.provider_id in linked) for app in apps]


def _provider(request: HttpRequest, provider_id: str) -> Provider:
    try:
        return get_adapter(request).get_provider(request, provider_id)
    except SocialApp.DoesNotExist:
        raise Http404 from None


@require_safe
@login_not_required
@before_second_factor
def go(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go to the provider to sign in. A link, not a button: the page's policy lets forms lead nowhere but here."""
    provider = _provider(request, provider_id)
    if not ratelimit.consume(request, app="allauth.account", action="single_sign_on", limit_get=True):
        return ratelimit.respond_429(request)
    try:
        return provider.redirect(request, AuthProcess.LOGIN, next_url=get_next_redirect_url(request))
    except (RequestException, OAuth2Error):
        messages.error(request, FAILED)
        return redirect("account_login")


@require_safe
@login_not_required
@before_second_factor
@transaction.atomic
def back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Come back from the provider, with what it says."""
    _provider(request, provider_id)
    return OAuth2CallbackView.adapter_view(TokenAdapter(request, provider_id))(request)


@require_POST
@fresh
def link(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Show where to go on to, to link a provider. Only a press of her own button, lately confirmed, comes here."""
    provider = _provider(request, provider_id)
    try:
        address = provider.redirect(request, AuthProcess.CONNECT).url
    except (RequestException, OAuth2Error):
        messages.error(request, FAILED)
        return redirect("signin:account")
    return render(request, "signin/link.html", {"address": address, "name": provider.name})


@require_POST
@fresh
def unlink(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take a provider off her account."""
    try:
        services.unlink(provider=provider_id, by=herself(request), at=timezone.now())
    except Refused as refused:
        if not refused.advice:
            raise Http404 from None
        messages.error(request, refused.advice)
    else:
        messages.success(request, "Single sign-on has been taken off your account.")
    return redirect("signin:account")
