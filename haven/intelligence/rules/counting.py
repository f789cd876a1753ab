"""What schools are told of what their information led to, and who takes part: counts that point at nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

FEWEST = 5
"""Below it a count is not shown: of fewer, one could guess who told."""


@dataclass(frozen=True, slots=True)
class Line:
    """One count with its words. `count` is none where it is too small to be shown."""

    words: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """Counts that make a total. `total` is none where it is itself too small, or would give a hidden one away."""

    lines: Sequence[Line]
    total: int | None

    @property
    def hides(self) -> bool:
        """Whether something is not shown."""
        return self.total is None or any(line.count is None for line in self.lines)


def safe_table(counts: Mapping[str, int], *, fewest: int = FEWEST) -> Table:
    """The counts with small ones hidden, so that none can be worked out from the others and the total.

    What is hidden must come to `fewest` or more and be at least two counts: else the next smallest is hidden too, and
    where there is none, the total. Nought is shown: it tells of nobody.
    """
    total = sum(counts.values())
    hidden = {words for words, count in counts.items() if 0 < count < fewest}
    rest = sorted((count, words) for words, count in counts.items() if count >= fewest)
    while hidden and rest and (len(hidden) < 2 or sum(counts[each] for each in hidden) < fewest):
        hidden.add(rest.pop(0)[1])
    is_given_away = bool(hidden) and (len(hidden) < 2 or sum(counts[each] for each in hidden) < fewest)
    lines = [Line(words, None if words in hidden else count) for words, count in counts.items()]
    return Table(lines, None if is_given_away or 0 < total < fewest else total)


def month_before(day: date) -> date:
    """The first day of the last month that is over."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def month_after(first: date) -> date:
    """The first day of the month after."""
    return (first.replace(day=28) + timedelta(days=7)).replace(day=1)


def is_over(first: date, on: date) -> bool:
    """Whether the month of this first day is over: nothing of a month is told while it could be watched to grow."""
    return month_after(first) <= on


@dataclass(frozen=True, slots=True)
class Standing:
    """How many schools take part, without their names. `sent` is none where it is too small to be shown."""

    schools: int
    sent: int | None
    usual: int | None  # what the school in the middle of those who sent has sent

    @property
    def percent(self) -> int | None:
        """Of a hundred schools, so many sent something."""
        return None if self.sent is None or not self.schools else round(100 * self.sent / self.schools)


def standing(counts: Sequence[int], *, fewest: int = FEWEST) -> Standing:
    """How many schools sent something, from how much each has sent."""
    some = [count for count in counts if count]
    are_few = 0 < len(some) < fewest or 0 < len(counts) - len(some) < fewest
    return Standing(
        schools=len(counts),
        sent=None if are_few else len(some),
        usual=round(median(some)) if len(some) >= fewest else None,
    )
