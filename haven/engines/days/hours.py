"""Clock hours of a team that is not always there, such as a MASH: hours run only while it is open."""

import datetime as dt
from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import chain

from haven.engines.days.bank_holidays import ENGLAND_AND_WALES
from haven.engines.days.counting import open_days_after
from haven.engines.days.moments import local_day, moment, utc

MIDNIGHT = dt.time(0)
NO_TIME = dt.timedelta(0)
DAYS_IN_WEEK = 7


@dataclass(frozen=True, slots=True)
class Opening:
    """From when until when on one day. Closing at midnight means the midnight that ends the day."""

    opens: dt.time
    closes: dt.time

    def __post_init__(self) -> None:
        if self.closes <= self.opens and self.closes != MIDNIGHT:
            raise ValueError(f"a day that opens at {self.opens} cannot close at {self.closes}")

    def on(self, day: dt.date) -> tuple[dt.datetime, dt.datetime]:
        """The two moments. Equal where the clocks skip the whole of it."""
        if self.closes == MIDNIGHT:
            return moment(day, self.opens), moment(day + dt.timedelta(days=1), MIDNIGHT)
        return moment(day, self.opens), moment(day, self.closes)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningHours:
    """A team's week, Monday first, None for a day it does not work, and the dates on which it is closed besides."""

    week: tuple[Opening | None, ...]
    closed: Container[dt.date] = ENGLAND_AND_WALES

    def __post_init__(self) -> None:
        if len(self.week) != DAYS_IN_WEEK:
            raise ValueError(f"a week has seven days, not {len(self.week)}")

    def is_open(self, day: dt.date) -> bool:
        return self.opening(day) is not None

    def opening(self, day: dt.date) -> Opening | None:
        return None if day in self.closed else self.week[day.weekday()]


def weekdays(opens: dt.time, closes: dt.time, closed: Container[dt.date] = ENGLAND_AND_WALES) -> OpeningHours:
    """The same hours from Monday to Friday."""
    return OpeningHours(week=(Opening(opens, closes),) * 5 + (None,) * 2, closed=closed)


OFFICE_HOURS = weekdays(dt.time(9), dt.time(17))  # no source: every area sets its own
ROUND_THE_CLOCK = OpeningHours(week=(Opening(MIDNIGHT, MIDNIGHT),) * DAYS_IN_WEEK, closed=frozenset())


def hours_after(team: OpeningHours, at: dt.datetime, hours: dt.timedelta) -> dt.datetime:
    """The earliest moment by which this much opening time has run since `at`. Raises NeverOpens."""
    if hours <= NO_TIME:
        raise ValueError(f"a count of hours is more than nothing, not {hours}")
    at, left = utc(at), hours
    for opens_at, closes_at in _sessions(team, local_day(at)):
        starts_at = max(opens_at, at)
        ran = max(closes_at - starts_at, NO_TIME)
        if ran >= left:
            return starts_at + left
        left -= ran
    raise AssertionError("sessions end only by raising")


def hours_between(team: OpeningHours, after: dt.datetime, until: dt.datetime) -> dt.timedelta:
    """How much opening time runs from the one to the other; negative when `until` is the earlier."""
    after, until = utc(after), utc(until)
    if until < after:
        return -hours_between(team, until, after)
    first, last = local_day(after), local_day(until)
    days = (first + dt.timedelta(days=i) for i in range((last - first).days + 1))
    sessions = (opening.on(day) for day in days if (opening := team.opening(day)))
    return sum((max(min(shuts, until) - max(opens, after), NO_TIME) for opens, shuts in sessions), NO_TIME)


def _sessions(team: OpeningHours, first: dt.date) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    for day in chain((first,), open_days_after(team, first)):
        if opening := team.opening(day):
            yield opening.on(day)
