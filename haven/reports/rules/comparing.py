"""A school among others, without any of them being told: when a figure may be shown, and how exactly."""

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 5
"""No setting allows fewer."""
STEP = 5
"""Averages are shown to the nearest five, so that one more school does not give itself away."""


@dataclass(frozen=True, slots=True)
class Average:
    """Of so many other schools."""

    schools: int
    percent: int


@dataclass(frozen=True, slots=True)
class Among:
    """What may be shown of the others; none where that would be of too few."""

    similar: Average | None
    area: Average | None


def among(others: Sequence[tuple[bool, int]], fewest: int) -> Among:
    """The averages that may be shown of other schools: for each whether it is similar, and its percentage.

    Never of fewer than `fewest`; and the similar ones not where those left over would be fewer, since they could be
    reckoned by taking one average from the other.
    """
    fewest = max(fewest, FEWEST)
    similar = [percent for is_similar, percent in others if is_similar]
    left = len(others) - len(similar)
    may_show_similar = len(similar) >= fewest and (left == 0 or left >= fewest)
    return Among(
        similar=_average(similar) if may_show_similar else None,
        area=_average([percent for _, percent in others]) if len(others) >= fewest else None,
    )


def _average(percents: Sequence[int]) -> Average:
    return Average(len(percents), int(sum(percents) / len(percents) / STEP + 0.5) * STEP)


def beside(own: int, others: Average) -> str:
    """Where a school stands beside others, in words."""
    if abs(own - others.percent) <= STEP:
        return "About the same"
    return "Higher" if own > others.percent else "Lower"
