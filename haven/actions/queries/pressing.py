"""What a lead looks at first: the actions that schools have still to answer."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Min, Q

from haven.access.actor import Actor
from haven.actions.models import Action
from haven.actions.policy import actions_led_by
from haven.actions.queries.lists import waiting_and_overdue
from haven.actions.queries.overviews import Counts
from haven.actions.rules import CLOSED, WAITING, Standing
from haven.engines.days.moments import local_day


@dataclass(frozen=True, slots=True)
class Awaited:
    """An action that somebody has still to answer. `due_on` is the next day on which an answer is due."""

    id: UUID
    what: str
    due_on: date | None
    counts: Counts


@dataclass(frozen=True, slots=True)
class Pressing:
    """What presses: the actions that are due next, soonest first, and those that most organisations owe."""

    next: tuple[Awaited, ...] = ()
    late: tuple[Awaited, ...] = ()


def pressing_for(*, by: Actor, at: datetime, at_most: int) -> Pressing:
    """What presses among the actions she leads, so many of each: in one question."""
    waits, late = Q(assignments__state__in=WAITING), waiting_and_overdue(at, "assignments__")
    ahead = waits & Q(assignments__due_on__gte=local_day(at)) & ~late
    asked = Action.objects.filter(actions_led_by(by), standing=Standing.PUBLISHED).annotate(
        done=Count("assignments", filter=Q(assignments__state__in=CLOSED)),
        waiting=Count("assignments", filter=waits),
        overdue=Count("assignments", filter=late),
        next_on=Min("assignments__due_on", filter=ahead),
    )
    found = [
        Awaited(each.pk, each.what, each.next_on, Counts(each.done, each.waiting - each.overdue, each.overdue))
        for each in asked.filter(waiting__gt=0).order_by("pk")
    ]
    due = sorted((each for each in found if each.due_on), key=lambda each: (each.due_on, -each.counts.open))
    owed = sorted((each for each in found if each.counts.overdue), key=lambda each: -each.counts.overdue)
    return Pressing(tuple(due[:at_most]), tuple(owed[:at_most]))
