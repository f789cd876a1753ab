"""Counting open days in any calendar. The day a count starts from is day 0 unless a function says otherwise."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Protocol

LONGEST_CLOSURE = dt.timedelta(days=800)  # a calendar closed for longer than this is taken never to open again
ONE_DAY = dt.timedelta(days=1)


class NeverOpens(Exception):
    """The calendar has no open day within LONGEST_CLOSURE of this one."""

    def __init__(self, day: dt.date) -> None:
        super().__init__(f"no open day was found within {LONGEST_CLOSURE.days} days of {day.isoformat()}")
        self.day = day


class DayCalendar(Protocol):
    """Anything that can say of each day whether it is open."""

    def is_open(self, day: dt.date) -> bool: ...


@dataclass(frozen=True, slots=True)
class EveryDay:
    """Calendar days: none is closed."""

    def is_open(self, day: dt.date) -> bool:  # noqa: ARG002 - the answer is the same for every day
        return True


CALENDAR_DAYS = EveryDay()


def open_days_after(calendar: DayCalendar, day: dt.date) -> Iterator[dt.date]:
    """Every open day after this one, earliest first. Raises NeverOpens where they end."""
    return _open_days(calendar, day, ONE_DAY)


def open_days_before(calendar: DayCalendar, day: dt.date) -> Iterator[dt.date]:
    """Every open day before this one, latest first. Raises NeverOpens where they end."""
    return _open_days(calendar, day, -ONE_DAY)


def next_open_day(calendar: DayCalendar, day: dt.date) -> dt.date:
    """The first open day after this one."""
    return nth_after(calendar, day, 1)


def nth_after(calendar: DayCalendar, day: dt.date, n: int) -> dt.date:
    """The nth open day after this one, which is day 0 whether it is open or not."""
    return _nth(open_days_after(calendar, day), n)


def nth_before(calendar: DayCalendar, day: dt.date, n: int) -> dt.date:
    """The nth open day before this one, which is day 0.

    A calendar that calls unknown days open makes this day later, not earlier: see `SchoolCalendar.unknown_days`.
    """
    return _nth(open_days_before(calendar, day), n)


def nth_from(calendar: DayCalendar, first: dt.date, n: int) -> dt.date:
    """The nth open day counting `first` itself as day 1 if it is open: 'full-time education from day 6'."""
    own = (first,) if calendar.is_open(first) else ()
    return _nth(chain(own, open_days_after(calendar, first)), n)


def on_or_after(calendar: DayCalendar, day: dt.date) -> dt.date:
    """This day if it is open, else the next that is."""
    return nth_from(calendar, day, 1)


def on_or_before(calendar: DayCalendar, day: dt.date) -> dt.date:
    """This day if it is open, else the last that was."""
    return day if calendar.is_open(day) else nth_before(calendar, day, 1)


def open_days_between(calendar: DayCalendar, after: dt.date, until: dt.date) -> int:
    """How many open days lie after the one and up to and including the other; negative when `until` is the earlier."""
    if until < after:
        return -open_days_between(calendar, until, after)
    return sum(calendar.is_open(after + ONE_DAY * i) for i in range(1, (until - after).days + 1))


def _open_days(calendar: DayCalendar, day: dt.date, step: dt.timedelta) -> Iterator[dt.date]:
    last_open = day
    while abs(day - last_open) < LONGEST_CLOSURE and day not in (dt.date.min, dt.date.max):
        day += step
        if calendar.is_open(day):
            last_open = day
            yield day
    raise NeverOpens(last_open)


def _nth(days: Iterator[dt.date], n: int) -> dt.date:
    if n < 1:
        raise ValueError(f"a count of days starts at 1, not {n}")
    return next(islice(days, n - 1, None))
