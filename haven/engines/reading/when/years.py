"""Works out the year that a writer left unsaid, and the days that ‘the last Thursday’ and its like mean."""

import calendar
from datetime import date, timedelta

from haven.engines.reading.when.names import WEEKDAY_NAMES

LOOK_BACK = timedelta(days=45)  # a day without a year, this little before the note, is still that day
LOOK_BACK_ASKED = timedelta(days=14)  # as little before it, where something is asked by that day
PAST_AHEAD = timedelta(days=7)  # 'opened on the 5th', said in a note, is hardly ever later than this after it


def make_day(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= day <= 28 or 28 < day <= calendar.monthrange(year, month)[1] else None


def nearest(
    month: int,
    day: int,
    note: date,
    *,
    weekday: int | None = None,
    is_past: bool = False,
    look_back: timedelta = LOOK_BACK,
) -> date | None:
    """The day meant by a day and month without a year, in a note of that date. A day is taken to lie ahead, unless the
    words are of the past or it is only just gone by; a written weekday decides where two years are both likely."""
    days = [d for year in range(note.year - 2, note.year + 3) if (d := make_day(year, month, day))]
    if is_past:
        best = max((d for d in days if d <= note + PAST_AHEAD), default=None)
    else:
        best = min((d for d in days if d >= note - look_back), default=None)
    if best is None or weekday is None or best.weekday() == weekday:
        return best
    if timedelta(0) <= best - note < timedelta(days=200) and not is_past:
        return best  # near and ahead: the weekday is wrong, not the year
    others = [d for d in days if d.weekday() == weekday and abs(d - note) < timedelta(days=400)]
    return min(others, key=lambda d: abs(d - note), default=best)


_MOST_OF_A_YEAR = timedelta(days=240)
_A_WHILE = timedelta(days=110)


def is_rather_gone(ahead: date, gone: date, note: date) -> bool:
    """Whether a day lies most of a year ahead, in another school year, but only a while behind in this one."""
    is_near = ahead - note > _MOST_OF_A_YEAR and note - gone < _A_WHILE
    return is_near and school_year(gone) == school_year(note) != school_year(ahead)


def school_year(day: date) -> int:
    """The year in which a day's school year began."""
    return day.year if day.month >= 9 else day.year - 1


def conflict_of(day: date, weekday: int | None) -> str | None:
    """The sentence that says how a written weekday contradicts its date."""
    if weekday is None or day.weekday() == weekday:
        return None
    written = f"{day.day} {day:%B %Y}"
    return f"The note says {WEEKDAY_NAMES[weekday]}, but {written} is a {WEEKDAY_NAMES[day.weekday()]}."


def next_weekday(note: date, weekday: int, *, weeks: int = 0) -> date:
    """The first such weekday after the note's day, or so many weeks later."""
    return note + timedelta(days=(weekday - note.weekday() - 1) % 7 + 1 + 7 * weeks)


def last_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def month_after(year: int, month: int) -> tuple[int, int]:
    return (year + month // 12, month % 12 + 1)


def nth_weekday(year: int, month: int, weekday: int | None, nth: int) -> date | None:
    """The nth such weekday of a month; -1 is the last; without a weekday, the nth working day (Monday to Friday)."""
    last = calendar.monthrange(year, month)[1]
    days = [date(year, month, n) for n in range(1, last + 1)]
    fitting = [d for d in days if (d.weekday() == weekday if weekday is not None else d.weekday() < 5)]
    return fitting[nth - 1 if nth > 0 else nth] if abs(nth) <= len(fitting) else None


def next_nth_weekday(note: date, weekday: int | None, nth: int) -> date:
    """The first nth weekday (or working day) of a month that is not before the note."""
    year, month = note.year, note.month
    while True:
        found = nth_weekday(year, month, weekday, nth)
        if found is not None and found >= note:
            return found
        year, month = month_after(year, month)


def next_monthly(note: date, day: int) -> date:
    """The first such day of a month that is not before the note."""
    year, month = note.year, note.month
    while True:
        found = make_day(year, month, day)
        if found is not None and found >= note:
            return found
        year, month = month_after(year, month)
