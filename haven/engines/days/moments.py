"""Between the days and clocks people live by and moments, given in UTC so that arithmetic on them is exact."""

import datetime as dt
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
DAY_ENDS = dt.time(23, 59, 59)  # no source says by when on its last day a thing is due: the whole day is given


def moment(day: dt.date, clock: dt.time) -> dt.datetime:
    """When the clocks show this time on this day.

    In autumn, when an hour comes twice, the first; in spring, in the hour that never comes, the moment it is skipped.
    """
    shown = dt.datetime.combine(day, clock, tzinfo=LONDON)
    at = shown.astimezone(dt.UTC)
    skipped = at.astimezone(LONDON).replace(tzinfo=None) != shown.replace(tzinfo=None)
    return shown.replace(minute=0, second=0, microsecond=0).astimezone(dt.UTC) if skipped else at


def end_of(day: dt.date) -> dt.datetime:
    """The last second of this day."""
    return moment(day, DAY_ENDS)


def utc(at: dt.datetime) -> dt.datetime:
    """The same moment in UTC. Raises ValueError for one without an offset."""
    if at.utcoffset() is None:
        raise ValueError("a moment needs its offset from UTC")
    return at.astimezone(dt.UTC)


def local(at: dt.datetime) -> dt.datetime:
    """The same moment as people's clocks show it. Raises ValueError for one without an offset."""
    return utc(at).astimezone(LONDON)


def local_day(at: dt.datetime) -> dt.date:
    """The day that people's calendars show at this moment."""
    return local(at).date()


def left_in_words(last: dt.date, today: dt.date) -> str:
    """How long until a last day is over, as people say it; nothing once it is."""
    left = (last - today).days
    near = {0: "today is the last day", 1: "tomorrow is the last day"}
    return near.get(left, f"{left:,} days left" if left > 0 else "")


def day_in_words(day: dt.date) -> str:
    """The day as people write it: "4 September 2026"."""
    return f"{day.day} {day:%B %Y}"
