"""What is typed and not yet sent: kept as it is typed, by a button, and where something came in between."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from haven.access.decision import Reason, Refused
from haven.actions.services import save_draft
from haven.people.refusals import ActorRequest

T = TypeVar("T")
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "place", "key", "keep", "quote", "on", "file"})
CAME_BETWEEN = frozenset({Reason.CHANGED_MEANWHILE, Reason.WRONG_STATE})
KEPT = "Kept. What you typed will be here when you come back."


def typed(request: HttpRequest) -> dict[str, str]:
    """What was typed into a form."""
    return {name: request.POST[name] for name in request.POST if name not in NOT_TYPED and request.POST[name]}


def keep(request: ActorRequest, place: str) -> HttpResponse:
    """Keep what was typed, by a button, and come back to the page."""
    try:
        save_draft(place=place, fields=typed(request), by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.error(request, refused.advice)
    else:
        messages.success(request, KEPT)
    return redirect(request.path)


def or_kept(request: ActorRequest, place: str, service: Callable[[], T]) -> T | None:
    """What the service gave back. Where something came in between, what was typed is kept."""
    try:
        return service()
    except Refused as refused:
        if refused.reason not in CAME_BETWEEN or not refused.advice:
            raise
        advice = refused.advice
    save_draft(place=place, fields=typed(request), by=request.actor, at=timezone.now())
    messages.error(request, advice)
    return None


def is_uuid(text: str) -> bool:
    """Whether this names a row."""
    try:
        return bool(UUID(text))
    except ValueError:
        return False
