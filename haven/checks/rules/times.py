"""How quickly agencies answered, month by month, with small numbers left out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from haven.checks.rules.bands import Band

FEWEST = 5
"""A figure of fewer answers is not shown: it could tell of one child."""


@dataclass(frozen=True, slots=True)
class Timed:
    """One answer: when it was sent, in which band, after how many opening hours, and whether in time."""

    sent_on: date
    band: Band
    took: timedelta
    is_in_time: bool | None  # none where there was no target


@dataclass(frozen=True, slots=True)
class Figure:
    """The answers of one month in one band. Everything but `month` and `band` is none where there were too few."""

    month: date  # its first day
    band: Band
    count: int | None
    in_time: int | None  # of a hundred; none without a target, too
    median_hours: float | None


def by_month(answers: Iterable[Timed]) -> list[Figure]:
    """A figure for each month and band in which anything was answered, the latest month first."""
    found: dict[tuple[date, Band], list[Timed]] = {}
    for each in answers:
        found.setdefault((each.sent_on.replace(day=1), each.band), []).append(each)
    order = list(Band)
    keys = sorted(found, key=lambda key: (-key[0].toordinal(), order.index(key[1])))
    return [_figure(month, band, found[month, band]) for month, band in keys]


def _figure(month: date, band: Band, answers: list[Timed]) -> Figure:
    if len(answers) < FEWEST:
        return Figure(month, band, None, None, None)
    timed = [each.is_in_time for each in answers if each.is_in_time is not None]
    share = round(100 * sum(timed) / len(timed)) if len(timed) >= FEWEST else None
    hours = median(each.took.total_seconds() for each in answers) / 3600
    return Figure(month, band, len(answers), share, round(hours, 1))


def shown(count: int) -> str:
    """A count as it may be shown: none, or at least the fewest; else that there were few."""
    return str(count) if count == 0 or count >= FEWEST else f"fewer than {FEWEST}"
