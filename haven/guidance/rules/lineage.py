"""The picture of a document's editions: when each was out for consultation, for information and in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from haven.guidance.rules.life import Days

WIDTH = 1000  # of the picture, in its own units
AHEAD = timedelta(days=120)  # shown after today
SHORTEST = 6  # of a bar, in the picture's units, so that a day can be seen

Bar = tuple[str, int, int]
"""What it shows, where it begins and how wide it is."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a picture covers, and where each January and today lie in it."""

    starts_on: date
    ends_on: date
    years: tuple[tuple[int, int], ...]
    today: int


def span_of(editions: Sequence[Days], today: date) -> Span | None:
    """What a picture of these editions covers: whole years, up to some months after today. None without any date."""
    dates = [day for days in editions for day in _dates(days)]
    if not dates:
        return None
    starts = date(min(dates).year, 1, 1)
    ends = date(max(*dates, today + AHEAD).year + 1, 1, 1)
    span = Span(starts, ends, (), 0)
    years = tuple((year, _at(date(year, 1, 1), span)) for year in range(starts.year, ends.year))
    return Span(starts, ends, years, _at(max(today, starts), span))


def bars_of(days: Days, span: Span, today: date) -> list[Bar]:
    """The bars of one edition. What has no end yet goes on to the end of the picture."""
    issued = days.for_information_on or days.issued_on
    before_force = days.in_force_on or days.ended_on or span.ends_on
    out_until = days.closes_on or issued or today
    parts = (
        ("consultation", days.opens_on, out_until),
        ("information", issued, before_force),
        ("force", days.in_force_on, days.ended_on or span.ends_on),
    )
    bars = [
        _bar(name, start, end, span) for name, start, end in parts if start and end >= start and _is_seen(start, end)
    ]
    if not bars and days.expected_on:
        return [_bar("promised", days.expected_on, days.expected_on, span)]
    if days.expected_on and not issued and not days.in_force_on:
        bars.append(_bar("promised", days.expected_on, days.expected_on, span))
    return bars


def _is_seen(start: date, end: date) -> bool:
    return end > start


def _bar(name: str, start: date, end: date, span: Span) -> Bar:
    left = _at(start, span)
    return name, left, max(SHORTEST, _at(end, span) - left)


def _at(day: date, span: Span) -> int:
    whole = (span.ends_on - span.starts_on).days
    within = min(max((day - span.starts_on).days, 0), whole)
    return round(WIDTH * within / whole)


def _dates(days: Days) -> list[date]:
    every = (days.expected_on, days.opens_on, days.closes_on, days.issued_on, days.in_force_on, days.ended_on)
    return [day for day in every if day]
