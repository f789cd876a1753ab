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


def due_next(*, by: Actor, at: datetime, at_most: int) -> list[Awaited]:
    """The actions she leads that are due next, soonest first."""
    return _awaited(by, at, Q(next_on__isnull=False), ("next_on", "-waiting", "pk"), at_most)


def most_overdue(*, by: Actor, at: datetime, at_most: int) -> list[Awaited]:
    """The actions she leads with answers overdue, those of most organisations first."""
    return _awaited(by, at, Q(overdue__gt=0), ("-overdue", "pk"), at_most)


def _awaited(by: Actor, at: datetime, wanted: Q, order: tuple[str, ...], at_most: int) -> list[Awaited]:
    waits, late = Q(assignments__state__in=WAITING), waiting_and_overdue(at, "assignments__")
    ahead = waits & Q(assignments__due_on__gte=local_day(at)) & ~late
    asked = Action.objects.filter(actions_led_by(by), standing=Standing.PUBLISHED).annotate(
        done=Count("assignments", filter=Q(assignments__state__in=CLOSED)),
        waiting=Count("assignments", filter=waits),
        overdue=Count("assignments", filter=late),
        next_on=Min("assignments__due_on", filter=ahead),
    )
    told = asked.filter(wanted).order_by(*order)[:at_most]
    return [
        Awaited(each.pk, each.what, each.next_on, Counts(each.done, each.waiting - each.overdue, each.overdue))
        for each in told
    ]
