"""What a school's own calendar shows of its audits: the deadline that counts."""

from collections.abc import Sequence
from datetime import date, datetime

from haven.access.actor import Actor
from haven.actions.queries.calendars import DayEntry
from haven.audits.models import Return
from haven.audits.policy import returns_seen_by
from haven.audits.queries.returns import owing
from haven.audits.rules.life import Phase, Standing, due_next, phase_on
from haven.engines.days.moments import local_day


def days_for(by: Actor, at: datetime) -> Sequence[DayEntry]:
    """The next deadline of each audit that one of her schools has still to send."""
    today = local_day(at)
    rows = owing(Return.objects.filter(returns_seen_by(by), cycle__standing=Standing.OPEN))
    return [
        DayEntry(each.pk, f"Audit due: {each.cycle.title}, {each.organisation.name}", _due(each, today), each.asked_at)
        for each in rows.select_related("cycle", "window", "organisation")
        if phase_on(each.days, today) is not Phase.OVER
    ]


def _due(of: Return, today: date) -> date:
    return due_next(of.days, today)
