"""What a section's page says and hears while it stays open: each answer saved by itself, ready ones confirmed."""

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from haven.access.decision import Refused
from haven.audits import services
from haven.audits.queries import answering
from haven.people.refusals import ActorRequest, or_not_there
from haven.questions.models import Sheet
from haven.questions.queries.asking import Asked, Now
from haven.questions.rules.filling import entry_of
from haven.questions.services.answering import Saved, Typed
from haven.questions.templatetags.asking import clash_of

CONFLICT = 409  # it may not be taken in: the advice says why
LARGEST = 200_000
NOT_A_SAVE = "Not an answer."


@require_http_methods(["GET", "HEAD", "POST"])
@or_not_there
def save(request: ActorRequest, return_id: UUID) -> HttpResponse:
    """Save one answer. Asked only to look, say who is signed in and give a token to save with: a page that stayed open
    while somebody signed in again needs a new one."""
    by, at = request.actor, timezone.now()
    if request.method != "POST":
        closed = answering.closed_why(answering.return_seen(return_id=return_id, by=by), at)
        return JsonResponse({"token": get_token(request), "person": str(by.person), "closed": closed})
    given = _given(request)
    written = _written(return_id)
    question = written.outline.questions.get(str(given.get("question"))) if written else None
    fields = given.get("fields")
    if (
        written is None
        or question is None
        or not isinstance(fields, dict)
        or not all(isinstance(each, str) for each in fields.values())
    ):
        answering.return_seen(return_id=return_id, by=by)
        return HttpResponseBadRequest(NOT_A_SAVE)
    own = {name.partition(".")[2]: value for name, value in fields.items() if name.split(".")[0] == question.key}
    filled, seen = entry_of(question, own), given.get("seen")
    entry = filled.entry
    if filled.fault:
        days = answering.days_standing(sheet_id=written.sheet_id, questions=[question.key])
        entry = replace(entry, by_on=days.get(question.key))
    typed = {question.key: Typed(entry, seen if isinstance(seen, int) else 0)}
    try:
        saved = services.save_return(return_id=return_id, typed=typed, by=by, at=at)[question.key]
    except Refused as refused:
        return _refused(refused)
    now, told = answering.saved_now(written=written, question=question.key, answer=saved.answer)
    return JsonResponse(told | _became(saved, filled.fault) | _now(now))


@require_POST
@or_not_there
def confirm(request: ActorRequest, return_id: UUID) -> HttpResponse:
    """Confirm answers that stand ready, as far as they still say what was shown."""
    by, at = request.actor, timezone.now()
    answering.return_seen(return_id=return_id, by=by)
    given = _given(request).get("seen")
    if not isinstance(given, dict) or not given:
        return HttpResponseBadRequest(NOT_A_SAVE)
    seen = {str(key): value for key, value in given.items() if isinstance(value, int)}
    keys = answering.still_waiting(return_id=return_id, seen=seen, by=by)
    try:
        services.confirm_known(return_id=return_id, keys=keys, by=by, at=at)
    except Refused as refused:
        return _refused(refused)
    asked, told = answering.confirmed_now(return_id=return_id, questions=list(seen), by=by)
    return JsonResponse(told | {"confirmed": keys, "stands": {each.key: _stands(each) for each in asked}})


def _written(return_id: UUID) -> answering.SheetWritten | None:
    try:
        return answering.sheet_written(return_id)
    except Sheet.DoesNotExist:
        return None


def _given(request: ActorRequest) -> dict[str, Any]:
    if len(request.body) > LARGEST:
        return {}
    try:
        given = json.loads(request.body)
    except ValueError:
        return {}
    return given if isinstance(given, dict) else {}


def _refused(refused: Refused) -> HttpResponse:
    if not refused.advice:
        raise refused
    return JsonResponse({"advice": refused.advice}, status=CONFLICT)


def _became(saved: Saved, fault: str) -> dict[str, Any]:
    became = saved.saving.value if saved.saving else ""
    return {"saving": became, "revision": saved.revision, "fault": saved.fault or fault}


def _now(now: Now) -> dict[str, Any]:
    return {
        "label": now.label,
        "colour": now.colour,
        "owed": " ".join(now.owed),
        "child": now.child,
        "clash": clash_of(now.clash) if now.clash else "",
    }


def _stands(asked: Asked | None) -> dict[str, Any]:
    if asked is None:
        return {}
    return {
        "label": asked.label,
        "colour": asked.colour,
        "owed": " ".join(asked.owed),
        "child": asked.child,
        "clash": clash_of(asked) if asked.beside else "",
    }
