"""A lead's reminder to exactly the schools that she has before her."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.actions.rules import may_remind_again
from haven.audits.models import Notice
from haven.audits.queries.changing import cycle_for_update
from haven.audits.queries.people import meant, posts_in
from haven.audits.queries.returns import last_reminded, owing, step_of, with_signed
from haven.audits.rules.life import Phase, Standing, phase_on
from haven.engines.days.moments import local_day
from haven.ledger.services import record

NOT_OPEN = "It is not open, so nobody is reminded."


@dataclass(frozen=True, slots=True)
class Chased:
    """Whom a reminder reached: how many schools and people, how many schools were reminded just before, and the
    schools in which nobody holds a post that it could go to."""

    schools: int
    people: int
    lately: int
    without: tuple[str, ...]


@transaction.atomic
def chase(*, cycle_id: UUID, return_ids: Collection[UUID], by: Actor, at: datetime) -> Chased:
    """Remind whoever's turn it is in these schools, as far as they have still to send. Nobody is reminded twice in a
    row."""
    cycle, today = cycle_for_update(cycle_id=cycle_id, by=by), local_day(at)
    if cycle.standing != Standing.OPEN:
        raise Refused(Reason.WRONG_STATE, NOT_OPEN)
    rows = with_signed(owing(cycle.returns.filter(pk__in=return_ids)))
    asked = rows.select_related("organisation", "window", "cycle")
    waiting = [each for each in asked if phase_on(each.days, today) is not Phase.BEFORE]
    before = last_reminded(each.pk for each in waiting)
    due = [each for each in waiting if may_remind_again(before.get((each.pk, step_of(each))), at)]
    posts = posts_in(organisations={each.organisation_id for each in due}, on=today)
    people = {
        each.pk: {email for _, _, email in meant(posts, each.organisation_id, step_of(each), cycle.steps)}
        for each in due
    }
    reached = [each for each in due if people[each.pk]]
    Notice.objects.bulk_create(
        Notice(of=each, kind=Notice.Kind.CHASED, step=step_of(each), made_at=at, made_by_id=by.person)
        for each in reached
    )
    if reached:
        about = {"cycle": cycle.pk, "area": cycle.area_id, "returns": [each.pk for each in reached]}
        record("cycle.chased", by=by, at=at, about=about)
    return Chased(
        schools=len(reached),
        people=len(set().union(*people.values())),
        lately=len(waiting) - len(due),
        without=tuple(each.organisation.name for each in due if not people[each.pk]),
    )
