"""Puts the actor and the hour on the request. Rights are read from the database each time, never from the session."""

from collections.abc import Callable
from functools import cache

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from haven.access.actor import NOBODY, Actor
from haven.people.models import Person
from haven.people.queries import actor_of

SECOND_FACTORS = frozenset({"mfa"})


def actor_on_request(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give every request its `actor`, and its `now` by the database's clock: each read when first asked for, once. The
    hour comes with the session, where one is read."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        request.now = cache(request.session.now)  # type: ignore[attr-defined]
        return get_response(request)

    return answer


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this person opened this session with a second factor; in the demonstration, with its one click."""
    used = {record.get("method") for record in get_authentication_records(request, request.user)}
    return bool(used & SECOND_FACTORS) or (settings.IS_DEMO and "demo" in used)


def _actor(request: HttpRequest) -> Actor:
    if not isinstance(request.user, Person):
        return NOBODY
    on = timezone.localdate(request.now())  # type: ignore[attr-defined]
    return actor_of(person=request.user, has_second_factor=has_second_factor(request), on=on)
