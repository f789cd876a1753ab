"""Ends sessions that have lasted long enough, and leads to a second factor whoever has none."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY, suspend_request
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, resolve_url
from django.urls import reverse

from haven.people.middleware import has_second_factor
from haven.signin.queries import has_factor
from haven.signin.rules import SEEN_EVERY, has_returned, is_idle, is_over

Answer = Callable[[HttpRequest], HttpResponse]


class SessionLimits:
    """Eight hours for every session; on confidential pages, fifteen minutes from when its holder was last seen.

    Once she has been away that long the session stays closed to confidential pages, however busy it is elsewhere, until
    she shows again who she is. A form that she sent meanwhile is kept, and taken then.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> HttpResponse | None:
        """Keep the session's clock, end the session where it is time, and ask who is there where it was left alone."""
        if not request.user.is_authenticated:
            return None
        now, session = request.now().timestamp(), request.session  # type: ignore[attr-defined]
        if is_over(signed_in_at=session.setdefault("signed_in_at", now), now=now):
            return _sign_in_again(request, "over")
        if is_idle(seen_at=session.get("seen_at", now), now=now):
            session["was_idle"] = now
        if "was_idle" in session and _is_back(request):
            del session["was_idle"]
        if "was_idle" in session and getattr(view, "is_confidential", False):
            return _show_who_is_there(request)
        if now - session.get("seen_at", 0) >= SEEN_EVERY:
            session["seen_at"] = now
        return None


class SecondFactorFirst:
    """Shows nothing but the way to a second factor to whoever has signed in without one."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> HttpResponse | None:
        """Turn her to where she adds a factor, or to where she uses the one she has."""
        is_open = getattr(view, "opens_before_second_factor", False)
        if is_open or not request.user.is_authenticated or has_second_factor(request):
            return None
        if not has_factor(request.user.pk):
            return redirect("signin:second_factor")
        return redirect_to_login(_way_back(request), reverse("mfa_reauthenticate"))


def _is_back(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    away = request.session["was_idle"]
    return has_returned(records, has_factor=has_factor(request.user.pk), noticed_at=away)


def _show_who_is_there(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor, or the password, and go on where she was; sign in again where she has neither."""
    ways = get_adapter(request).get_reauthentication_methods(request.user)
    if not ways:
        return _sign_in_again(request, "idle")
    request.session.pop(STATE_SESSION_KEY, None)  # of a form sent before, which she went away from
    return suspend_request(request, ways[0]["url"])


def _sign_in_again(request: HttpRequest, why: str) -> HttpResponse:
    query = QueryDict(mutable=True)
    query.update({"why": why, "next": _way_back(request)})
    logout(request)
    return HttpResponseRedirect(f"{resolve_url('account_login')}?{query.urlencode(safe='/')}")


def _way_back(request: HttpRequest) -> str:
    """Where she was: the page itself, or home where the page was only sent to."""
    return request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
