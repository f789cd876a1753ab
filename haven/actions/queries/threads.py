"""Where actions stand, for whoever hangs them on something else: each with the page that this reader has of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse

from haven.access.actor import Actor
from haven.actions.models import Action, Assignment
from haven.actions.policy import SEEING, actions_led_by
from haven.actions.queries.sources import words_for
from haven.actions.rules import CLOSED, Standing, State, is_overdue
from haven.engines.days.moments import day_in_words

STATES_IN_WORDS = {
    State.DONE: "Done",
    State.NOT_APPLICABLE: "Does not apply",
    State.RETURNED: "Sent back with a comment",
    State.WITHDRAWN: "No longer asked",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One action as a reader is told of it."""

    what: str
    address: str
    beside: str


def told_of(*, actions: Collection[Action], by: Actor, at: datetime) -> dict[UUID, list[Told]]:
    """For each of these actions what she is told: an area's lead how many have acted, a school where its own stands.

    An action that is none of hers is left out.
    """
    known = [action.pk for action in actions]
    led = Action.objects.filter(actions_led_by(by), pk__in=known)
    counted = led.annotate(
        all=Count("assignments", filter=~Q(assignments__state=State.WITHDRAWN)),
        done=Count("assignments", filter=Q(assignments__state__in=CLOSED)),
    )
    counts = {pk: (done, whole) for pk, done, whole in counted.values_list("pk", "done", "all")}
    words = words_for(actions=actions, by=by, at=at)
    told: dict[UUID, list[Told]] = {}
    for action in actions:
        if action.pk in counts:
            address = reverse("actions:asked", args=[action.pk])
            beside = _progress(action, *counts[action.pk])
            told[action.pk] = [Told(what=words[action.pk].what, address=address, beside=beside)]
    own = Assignment.objects.filter(action__in=known, organisation__in=by.organisations(SEEING))
    for row in own.select_related("organisation", "action").order_by("organisation__name", "occurrence_on"):
        if row.action_id not in counts:
            address = reverse("actions:show", args=[row.pk])
            each = Told(what=words[row.action_id].what, address=address, beside=_standing(row, at))
            told.setdefault(row.action_id, []).append(each)
    return told


def _progress(action: Action, done: int, whole: int) -> str:
    if action.standing != Standing.PUBLISHED:
        return "No longer asked"
    return f"{done} of {whole} done{_due(action.due_on)}"


def _standing(row: Assignment, at: datetime) -> str:
    state = State(row.state)
    if state in STATES_IN_WORDS:
        return STATES_IN_WORDS[state]
    if is_overdue(row.due_on, row.due_time, at):
        return f"Overdue{_due(row.due_on)}"
    return f"To do{_due(row.due_on)}"


def _due(day: date | None) -> str:
    return f", due {day_in_words(day)}" if day else ""
