"""The picture of a cycle's returns coming in, day by day, against its deadlines."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from haven.audits.rules.life import Window

WIDTH, HEIGHT = 600, 160


@dataclass(frozen=True, slots=True)
class Arrival:
    """One return: the day on which it was first sent, if it was, and its own deadlines."""

    sent_on: date | None
    window: Window


@dataclass(frozen=True, slots=True)
class ArrivalDay:
    """One day of the table behind the picture."""

    day: date
    came: int
    so_far: int
    percent: int
    mark: str  # that a deadline was on this day


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The picture. `line` is the path of a drawing 600 by 160, `marks` where its deadlines and today stand in it."""

    line: str
    marks: Sequence[tuple[str, float]]
    days: Sequence[ArrivalDay]
    by_first: int | None  # of a hundred, by each school's own deadline; none while no school's has passed
    by_final: int | None
    sent: int
    asked: int


def arrivals(returns: Sequence[Arrival], window: Window, today: date) -> Arrivals:
    """The returns as a picture, up to today."""
    came = Counter(each.sent_on for each in returns if each.sent_on)
    first = min([window.opens_on, *came], default=window.opens_on)
    last = max([window.final_due_on, *came])
    shown = [first + timedelta(days=n) for n in range((min(today, last) - first).days + 1)]
    so_far, points = 0, []
    for day in shown:
        so_far += came[day]
        points.append((_across(day, first, last), _up(so_far, len(returns))))
    return Arrivals(
        line=_path(points),
        marks=_marks(window, first, last, today),
        days=_table(came, window, len(returns), today),
        by_first=_share(returns, [each.window.first_due_on for each in returns], today),
        by_final=_share(returns, [each.window.final_due_on for each in returns], today),
        sent=sum(came.values()),
        asked=len(returns),
    )


def _share(returns: Sequence[Arrival], deadlines: Sequence[date], today: date) -> int | None:
    """Of those whose deadline has passed, how many of a hundred had come in by its end."""
    passed = [(each, due) for each, due in zip(returns, deadlines, strict=True) if due < today]
    if not passed:
        return None
    return sum(each.sent_on is not None and each.sent_on <= due for each, due in passed) * 100 // len(passed)


def _across(day: date, first: date, last: date) -> float:
    """Where a day stands, from left to right."""
    return round((day - first).days * WIDTH / max((last - first).days, 1), 1)


def _up(count: int, whole: int) -> float:
    """Where so many of the whole stand: a drawing counts from its top."""
    return round(HEIGHT - count * HEIGHT / max(whole, 1), 1)


def _path(points: Iterable[tuple[float, float]]) -> str:
    """A line that goes up in steps."""
    parts = [f"L{x} {y}" if not number else f"H{x}V{y}" for number, (x, y) in enumerate(points)]
    return f"M0 {HEIGHT}{''.join(parts)}" if parts else ""


def _marks(window: Window, first: date, last: date, today: date) -> Sequence[tuple[str, float]]:
    named = [("first", window.first_due_on), ("final", window.final_due_on), ("today", today)]
    return [(name, _across(day, first, last)) for name, day in named if first <= day <= last]


def _table(came: Counter[date], window: Window, whole: int, today: date) -> Sequence[ArrivalDay]:
    """The days on which something came, and the deadlines that have come."""
    named = {window.first_due_on: "first deadline"} | {window.final_due_on: "final deadline"}
    days = sorted({*came, *(day for day in named if day <= today)})
    lines, so_far = [], 0
    for day in days:
        so_far += came[day]
        lines.append(ArrivalDay(day, came[day], so_far, so_far * 100 // max(whole, 1), named.get(day, "")))
    return lines
