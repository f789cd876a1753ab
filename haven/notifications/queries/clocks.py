"""By when a delivery must be read, and when somebody is told of it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from haven.engines.days.counting import NeverOpens
from haven.engines.days.due import next_school_start
from haven.engines.days.moments import local_day
from haven.engines.days.school import SchoolCalendar
from haven.notifications.models import AreaRule, Delivery
from haven.notifications.queries.settings import offsets_of, rules_of
from haven.notifications.rules.escalating import Due, steps
from haven.people.queries import calendars_of, calendars_on

WEEKDAYS = SchoolCalendar()
"""Every weekday that is no bank holiday: for a child taught at home, and for a school that has closed for good."""


def calendars_at(*, schools: Collection[UUID | None], at: datetime) -> Mapping[UUID | None, SchoolCalendar]:
    """The days of each place; no school stands for a child taught at home."""
    found = calendars_of(organisations={each for each in schools if each}, on=local_day(at))
    return {school: found[school] if school else WEEKDAYS for school in schools}


def deadline_at(calendar: SchoolCalendar, *, after: datetime) -> datetime:
    """The start of the next school day there."""
    try:
        return next_school_start(calendar, after)
    except NeverOpens:
        return next_school_start(WEEKDAYS, after)


def steps_of(deliveries: Sequence[Delivery]) -> list[Sequence[Due]]:
    """When somebody is told of each, by its area's times."""
    rules = rules_of(areas={each.area_id for each in deliveries})
    places = [(each.school_id, local_day(each.made_at)) for each in deliveries]
    calendars = calendars_on(wanted={(school, day) for school, day in places if school})
    return [
        steps_by(rules[each.area_id], calendars[school, day] if school else WEEKDAYS, each)
        for each, (school, day) in zip(deliveries, places, strict=True)
    ]


def steps_by(rule: AreaRule, days: SchoolCalendar, delivery: Delivery) -> Sequence[Due]:
    """The same by a rule and a calendar that are known."""
    return steps(
        accepted_at=delivery.made_at,
        deadline_at=delivery.deadline_at,
        is_open=delivery.school_id is not None and days.is_open(local_day(delivery.made_at)),
        offsets=offsets_of(rule),
    )


def minutes_left(delivery: Delivery, at: datetime) -> int:
    """Whole minutes until its deadline; negative past it."""
    return (delivery.deadline_at - at) // timedelta(minutes=1)
