"""School days: what is known of a school's year, and what is assumed of the rest."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from operator import attrgetter

from haven.engines.days.bank_holidays import ENGLAND_AND_WALES, SATURDAY
from haven.engines.days.counting import DayCalendar

# Between two terms we know, a gap longer than these is not a holiday but a term nobody has told us of. No source gives
# a figure: these leave room for the long holidays of independent schools, and are shorter than a term and its holidays.
LONGEST_HOLIDAY = dt.timedelta(days=35)
LONGEST_SUMMER = dt.timedelta(days=70)

USUAL_START = dt.time(8, 30)  # the earliest of the mornings that schools and forces name for police notifications


class Standing(StrEnum):
    """Why a day is open or closed."""

    OPENED = "opened"  # this school said so
    CLOSED = "closed"  # this school said so: INSET, a closure, snow
    GONE = "closed for good"
    WEEKEND = "weekend"
    BANK_HOLIDAY = "bank holiday"
    TERM = "term"
    HOLIDAY = "holiday"
    UNKNOWN = "unknown"


OPEN_STANDINGS = frozenset({Standing.OPENED, Standing.TERM, Standing.UNKNOWN})


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """A term, or each part of one that a half-term holiday divides; both days are school days."""

    starts: dt.date
    ends: dt.date

    def __post_init__(self) -> None:
        if self.ends < self.starts:
            raise ValueError(f"a term cannot end on {self.ends} before it starts on {self.starts}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolCalendar:
    """One school's days. What it does not know counts as a school day, because the earlier deadline is the safe error.

    A weekday is unknown when it lies in no term and in no holiday between two known terms. Weekends and bank holidays
    are never unknown: they are closed unless opened by name. Raises ValueError for terms that overlap, and for a day
    both opened and closed.
    """

    terms: tuple[Term, ...] = ()
    opened: frozenset[dt.date] = frozenset()
    closed: frozenset[dt.date] = frozenset()
    closed_for_good_on: dt.date | None = None  # the first day on which there is no school any more
    bank_holidays: Container[dt.date] = ENGLAND_AND_WALES
    day_starts: dt.time = USUAL_START

    def __post_init__(self) -> None:
        object.__setattr__(self, "terms", tuple(sorted(self.terms)))
        for one, other in pairwise(self.terms):
            if other.starts <= one.ends:
                raise ValueError(f"the term from {other.starts} begins before the one from {one.starts} has ended")
        if both := self.opened & self.closed:
            raise ValueError(f"{min(both)} is both opened and closed")

    @property
    def unknown_days(self) -> DayCalendar:
        """The days that are open only because nothing is known of them, as a calendar of its own."""
        return _UnknownDays(self)

    def is_open(self, day: dt.date) -> bool:
        return self.standing(day) in OPEN_STANDINGS

    def standing(self, day: dt.date) -> Standing:
        """Why this day is open or closed: the school's own word first, then the week, then the law, then the terms."""
        if self.closed_for_good_on is not None and day >= self.closed_for_good_on:
            return Standing.GONE
        if day in self.closed:
            return Standing.CLOSED
        if day in self.opened:
            return Standing.OPENED
        if day.weekday() >= SATURDAY:
            return Standing.WEEKEND
        if day in self.bank_holidays:
            return Standing.BANK_HOLIDAY
        return self._standing_by_terms(day)

    def overridden(self, *, opened: Iterable[dt.date] = (), closed: Iterable[dt.date] = ()) -> "SchoolCalendar":
        """An area's calendar with one school's days laid over it. The school's word wins."""
        opened, closed = frozenset(opened), frozenset(closed)
        return replace(self, opened=(self.opened - closed) | opened, closed=(self.closed - opened) | closed)

    def _standing_by_terms(self, day: dt.date) -> Standing:
        after = bisect_right(self.terms, day, key=attrgetter("starts"))
        if after and day <= self.terms[after - 1].ends:
            return Standing.TERM
        if 0 < after < len(self.terms) and _is_holiday(self.terms[after - 1].ends, self.terms[after].starts):
            return Standing.HOLIDAY
        return Standing.UNKNOWN


@dataclass(frozen=True, slots=True)
class _UnknownDays:
    school: SchoolCalendar

    def is_open(self, day: dt.date) -> bool:
        return self.school.standing(day) is Standing.UNKNOWN


def _is_holiday(ended: dt.date, starts: dt.date) -> bool:
    has_august = ended < dt.date(starts.year, 8, 1) < starts
    return starts - ended <= (LONGEST_SUMMER if has_august else LONGEST_HOLIDAY)
