"""Duties that come round: when the next one falls due."""

import calendar
import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from itertools import count, dropwhile, pairwise

from haven.engines.days.counting import CALENDAR_DAYS, DayCalendar, on_or_before
from haven.engines.days.school import SchoolCalendar

# Where a term is not known, it is taken to start on these days (month, day) of spring, summer and autumn. No source: a
# duty must come round even where nobody has entered the terms.
USUAL_TERM_STARTS = ((1, 5), (4, 15), (9, 1))
SPRING, SUMMER, AUTUMN = range(3)
LONGEST_MONTH = 31


class Rhythm(StrEnum):
    """How a duty comes round."""

    WEEKLY = "weekly"  # on the weekday of the first
    MONTHLY = "monthly"  # on the day of the month of the first; on the last day of a month too short for it
    MONTH_END = "month-end"  # on the last day of the month
    TERMLY = "termly"  # as many days after the term's start as the first
    YEARLY = "yearly"  # on the day of the first; 29 February on the 28th in other years


def next_due(
    rhythm: Rhythm,
    *,
    first: dt.date,
    after: dt.date,
    school: SchoolCalendar,
    kept_on: DayCalendar = CALENDAR_DAYS,
) -> dt.date:
    """The first day after `after` on which a duty first due on `first` falls due again, counting `first` itself.

    Where `kept_on` calls that day closed, it falls due on the open day before: MONTH_END kept on working days is the
    last working day of the month. The school's terms matter to a termly duty only. Raises NeverOpens.
    """
    days = (on_or_before(kept_on, day) for day in _OCCURRENCES[rhythm](first, school))
    return next(day for day in days if day > after)


def _weekly(first: dt.date, _: SchoolCalendar) -> Iterator[dt.date]:
    return (first + dt.timedelta(weeks=i) for i in count())


def _monthly(first: dt.date, _: SchoolCalendar) -> Iterator[dt.date]:
    return (_day_of_month(first, months, first.day) for months in count())


def _month_end(first: dt.date, _: SchoolCalendar) -> Iterator[dt.date]:
    return (_day_of_month(first, months, LONGEST_MONTH) for months in count())


def _yearly(first: dt.date, _: SchoolCalendar) -> Iterator[dt.date]:
    return (_day_of_month(first, months, first.day) for months in count(0, 12))


def _termly(first: dt.date, school: SchoolCalendar) -> Iterator[dt.date]:
    """The same number of days into every term, but always before the next term starts."""
    terms = dropwhile(lambda term: term[1] <= first, pairwise(_term_starts(school, first.year - 1)))
    into = first - next(terms)[0]
    yield first
    for starts, next_start in terms:
        yield min(starts + into, next_start - dt.timedelta(days=1))


_OCCURRENCES: Mapping[Rhythm, Callable[[dt.date, SchoolCalendar], Iterator[dt.date]]] = {
    Rhythm.WEEKLY: _weekly,
    Rhythm.MONTHLY: _monthly,
    Rhythm.MONTH_END: _month_end,
    Rhythm.TERMLY: _termly,
    Rhythm.YEARLY: _yearly,
}


def _day_of_month(first: dt.date, months: int, day: int) -> dt.date:
    years, month = divmod(first.month - 1 + months, 12)
    year, month = first.year + years, month + 1
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _term_starts(school: SchoolCalendar, year: int) -> Iterator[dt.date]:
    """Three a year: as the school has them where it has, else the usual ones."""
    known: dict[tuple[int, int], dt.date] = {}
    for term in school.terms:
        known.setdefault(_season(term.starts), term.starts)
    for each in count(year):
        for season, (month, day) in enumerate(USUAL_TERM_STARTS):
            yield known.get((each, season), dt.date(each, month, day))


def _season(starts: dt.date) -> tuple[int, int]:
    """The year and season of the term that this day starts, or the second half of which it starts."""
    if starts.month == 12:
        return starts.year + 1, SPRING
    return starts.year, SPRING if starts.month < 3 else SUMMER if starts.month < 8 else AUTUMN
