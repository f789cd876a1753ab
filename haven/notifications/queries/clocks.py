"""By when a delivery must be read, and when somebody is told of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from haven.engines.days.counting import NeverOpens
from haven.engines.days.due import next_school_start
from haven.engines.days.moments import local_day
from haven.engines.days.school import SchoolCalendar
from haven.notifications.models import Delivery
from haven.notifications.queries.settings import offsets_of, rule_of
from haven.notifications.rules.escalating import Due, steps
from haven.people.queries import calendar_of

WEEKDAYS = SchoolCalendar()
"""Every weekday that is no bank holiday: for a child taught at home, and for a school that has closed for good."""


def calendar_at(*, school: UUID | None, at: datetime) -> SchoolCalendar:
    """The days of a place."""
    return calendar_of(organisation=school, on=local_day(at)) if school else WEEKDAYS


def deadline_at(calendar: SchoolCalendar, *, after: datetime) -> datetime:
    """The start of the next school day there."""
    try:
        return next_school_start(calendar, after)
    except NeverOpens:
        return next_school_start(WEEKDAYS, after)


def steps_of(delivery: Delivery, calendar: SchoolCalendar | None = None) -> Sequence[Due]:
    """When somebody is told of it, by its area's times."""
    days = calendar or calendar_at(school=delivery.school_id, at=delivery.made_at)
    return steps(
        accepted_at=delivery.made_at,
        deadline_at=delivery.deadline_at,
        is_open=delivery.school_id is not None and days.is_open(local_day(delivery.made_at)),
        offsets=offsets_of(rule_of(area=delivery.area_id)),
    )


def minutes_left(delivery: Delivery, at: datetime) -> int:
    """Whole minutes until its deadline; negative past it."""
    return (delivery.deadline_at - at) // timedelta(minutes=1)
