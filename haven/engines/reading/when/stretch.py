"""Part of a text to look for days in, and the days found there."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from haven.engines.reading.items import Recurs
from haven.engines.reading.when.names import weekday_number, year_number
from haven.engines.reading.when.years import LOOK_BACK, conflict_of, is_rather_gone, make_day, nearest


class Kind(StrEnum):
    """What sort of time is meant."""

    DAY = "day"
    RANGE = "range"
    WEEK = "week"  # 'week commencing', 'the week of'
    MONTH_END = "month end"  # a day that is not itself written
    RELATIVE = "relative"  # 'tomorrow', 'Thursday', 'the 5th'
    RECURRING = "recurring"


@dataclass(frozen=True, slots=True)
class Days:
    """One day, or a stretch of days to `until` inclusive, at `text[start:end]`. Days of one list share `group`."""

    start: int
    end: int
    kind: Kind
    day: date
    until: date | None = None
    weekday: int | None = None
    has_year: bool = False
    conflict: str | None = None
    group: int | None = None
    is_tentative: bool = False  # one of two days joined by 'or'


@dataclass(frozen=True, slots=True)
class Told:
    """A day told from the note's date or from the day spoken of before it."""

    start: int
    end: int
    kind: Kind
    day: date
    recurs: Recurs | None = None
    is_sure: bool = True
    until: date | None = None
    conflict: str | None = None
    opens_line: bool = False  # ‘Tomorrow: test kits arrive’


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a text to look in, the note's date, and how to tell whether words at a place speak of the past."""

    text: str
    start: int
    end: int
    note: date
    is_past: bool
    has_plain_figures: bool = True  # whether ‘13/3’ that stands alone may be a day
    is_first_cell: bool = False  # of its row in a table
    is_date_cell: bool = False  # in a column that is headed as dates
    row: int | None = None  # of a cell: where its row begins, and ends
    row_end: int = 0
    week: date | None = None  # the week that a line above names
    look_back: timedelta = LOOK_BACK  # how far behind the note a day without a year may lie
    is_told: Callable[[str], bool] = bool  # whether words speak of the past
    is_surely_past: bool = True
    is_alone: bool = False  # whether no day far ahead, and no other month, is spoken of beside it

    def was_before(self, at: int) -> bool:
        """Whether the clause that a day ends speaks of the past."""
        clause = re.split(r"[.;:]\s", self.text[max(self.start, at - 90) : at])[-1]
        return self.is_told is not bool and self.is_told(clause)


_FAR = timedelta(days=120)
_LONG_AGO = timedelta(days=200)


def resolved(stretch: Stretch, day: int, month: int, year: int | None, weekday: int | None, at: int) -> date | None:
    """The day meant by a day and month that stand at a place in the stretch."""
    if year is not None:
        return make_day(year, month, day)
    found = nearest(month, day, stretch.note, weekday=weekday, is_past=stretch.is_past, look_back=stretch.look_back)
    if found is not None and stretch.is_past and not stretch.is_surely_past and stretch.note - found > _LONG_AGO:
        ahead = nearest(month, day, stretch.note, weekday=weekday, look_back=stretch.look_back)
        return ahead if ahead is not None and ahead - stretch.note < _FAR else found
    if found is not None and found - stretch.note > _FAR and weekday is None and stretch.was_before(at):
        return nearest(month, day, stretch.note, is_past=True)
    if found is not None and stretch.is_alone and weekday is None:
        gone = nearest(month, day, stretch.note, is_past=True)
        return gone if gone is not None and is_rather_gone(found, gone, stretch.note) else found
    return found


def plain_day(stretch: Stretch, match: re.Match[str], month: int) -> Days | None:
    """The day of a match with groups ‘wd’, ‘day’ and ‘year’."""
    weekday = weekday_number(match["wd"]) if match["wd"] else None
    written = match["year"]
    year = (year_number(written) if len(written) != 2 else 2000 + int(written)) if written else None
    number = int(match["day"])
    day = resolved(stretch, number, month, year, weekday, match.start()) if 1 <= number <= 31 else None
    if day is None:
        return None
    return Days(match.start(), match.end(), Kind.DAY, day, None, weekday, year is not None, conflict_of(day, weekday))
