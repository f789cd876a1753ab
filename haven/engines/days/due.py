"""When a thing is due, for each way of counting. docs/explanation/counting-days.md says where each rule comes from."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from haven.engines.days.counting import CALENDAR_DAYS, DayCalendar, nth_after, open_days_after
from haven.engines.days.hours import OpeningHours, hours_after
from haven.engines.days.moments import end_of, local_day, moment
from haven.engines.days.school import SchoolCalendar


class Unit(StrEnum):
    """What a time limit is counted in."""

    SCHOOL_DAYS = "school days"
    WORKING_DAYS = "working days"
    CALENDAR_DAYS = "calendar days"
    MASH_HOURS = "MASH hours"


@dataclass(frozen=True, slots=True)
class Limit:
    """A length of time as a rule states it: 15 school days, 4 MASH hours."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError(f"a limit is at least 1, not {self.amount}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendars:
    """What the limits of one school, in one area, are counted by."""

    school: SchoolCalendar
    working: DayCalendar
    mash: OpeningHours

    def of(self, unit: Unit) -> DayCalendar:
        """The days that the unit counts; for hours, the days on which any run."""
        return {
            Unit.SCHOOL_DAYS: self.school,
            Unit.WORKING_DAYS: self.working,
            Unit.CALENDAR_DAYS: CALENDAR_DAYS,
            Unit.MASH_HOURS: self.mash,
        }[unit]


def due_at(limit: Limit, received_at: dt.datetime, calendars: Calendars) -> dt.datetime:
    """The last moment of a limit that runs from this one: so many opening hours on, or the end of its last day.

    The day of receipt is day 0. Raises NeverOpens.
    """
    if limit.unit is Unit.MASH_HOURS:
        return hours_after(calendars.mash, received_at, dt.timedelta(hours=limit.amount))
    return end_of(nth_after(calendars.of(limit.unit), local_day(received_at), limit.amount))


def next_school_start(school: SchoolCalendar, accepted_at: dt.datetime) -> dt.datetime:
    """The first start of a school day after this moment: later today, if the school is open today and has not begun.

    Raises NeverOpens for a school that has closed for good.
    """
    today = local_day(accepted_at)
    starts_today_at = moment(today, school.day_starts)
    if school.is_open(today) and accepted_at < starts_today_at:
        return starts_today_at
    return moment(next(open_days_after(school, today)), school.day_starts)
