"""Whom moderation visits: by chance, by a published score, and by how long ago somebody came. The same rule and the
same seed draw the same schools again, so that anybody can check a draw."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from haven.engines.days.moments import day_in_words

MOST_OF_A_WAY, LONGEST_SEED = 100, 60


class Way(StrEnum):
    """How schools are drawn."""

    RISK = "risk"
    LONGEST_AGO = "longest-ago"
    RANDOM = "random"


WAYS: Mapping[Way, str] = {
    Way.RISK: "With the highest score",
    Way.LONGEST_AGO: "Never visited, or longest ago",
    Way.RANDOM: "By chance",
}
"""In the order in which they draw: a school is drawn once, by the first that reaches it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How many each way draws, and the word that chance begins with."""

    risk: int = 0
    longest_ago: int = 0
    random: int = 0
    seed: str = ""

    @property
    def counts(self) -> Sequence[tuple[Way, int]]:
        """How many each way draws."""
        return ((Way.RISK, self.risk), (Way.LONGEST_AGO, self.longest_ago), (Way.RANDOM, self.random))

    @property
    def wanted(self) -> int:
        """How many in all."""
        return self.risk + self.longest_ago + self.random

    @property
    def kept(self) -> dict[str, Any]:
        """As a cycle keeps it."""
        return {"risk": self.risk, "longest_ago": self.longest_ago, "random": self.random, "seed": self.seed}


def rule_kept(kept: Mapping[str, Any]) -> Rule:
    """The rule that a cycle keeps; one that draws nobody where it keeps none, or something else."""
    numbers = {name: _number(kept.get(name)) for name in ("risk", "longest_ago", "random")}
    return Rule(**numbers, seed=str(kept.get("seed") or "")[:LONGEST_SEED])


def _number(value: object) -> int:
    return min(max(value, 0), MOST_OF_A_WAY) if isinstance(value, int) else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A school that may be drawn. What it answered counts only once it was sent; none where it was not.

    `number` is what chance draws by: the school's own, the same in every area and every year.
    """

    key: str
    name: str
    number: str
    visited_on: date | None = None
    is_overdue: bool = False
    was_sent_back: bool = False
    judged: int | None = None
    lacking: int = 0
    bare: int = 0  # claims with nothing behind them
    claims: int = 0
    warned: int = 0  # files that are blank, or stand twice


@dataclass(frozen=True, slots=True)
class Mark:
    """One line of the published score: what it counts, and how many points it gives at most."""

    says: str
    most: int
    points: Callable[[Candidate], int]


def _tenths(each: Candidate) -> int:
    return min(5, each.lacking * 10 // each.judged) if each.judged else 0


def _is_bare(each: Candidate) -> bool:
    return each.claims > 0 and each.bare * 2 > each.claims


SCORE: tuple[Mark, ...] = (
    Mark("Its audit was not sent by the final deadline", 5, lambda each: 5 * each.is_overdue),
    Mark("For every tenth of its answers that is not, or not wholly, in place: 1", 5, _tenths),
    Mark("More than half of what it says is in place has nothing behind it", 3, lambda each: 3 * _is_bare(each)),
    Mark("For every file that is blank or stands behind several answers: 1", 3, lambda each: min(3, each.warned)),
    Mark("Its audit was sent back for more", 2, lambda each: 2 * each.was_sent_back),
)
"""The score by risk, as it is published: each line with its points."""


def drawn_digest(drawn: Iterable["Drawn"]) -> str:
    """What a draw is told by, so that nobody confirms another than she saw."""
    return hashlib.sha256(" ".join(sorted(each.key for each in drawn)).encode()).hexdigest()[:16]


def score(candidate: Candidate) -> int:
    """The points of a school."""
    return sum(mark.points(candidate) for mark in SCORE)


def reasons(candidate: Candidate) -> list[str]:
    """Where its points come from, in words."""
    told = (
        (candidate.is_overdue, "not sent by the final deadline"),
        (_tenths(candidate), f"{candidate.lacking:,} of {candidate.judged or 0:,} answers not wholly in place"),
        (_is_bare(candidate), f"{candidate.bare:,} of {candidate.claims:,} claims with nothing behind them"),
        (candidate.warned, f"{candidate.warned:,} {'file' if candidate.warned == 1 else 'files'} to look at"),
        (candidate.was_sent_back, "sent back for more"),
    )
    return [words for holds, words in told if holds]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A school that is drawn, by which way, and why in words."""

    key: str
    name: str
    way: Way
    why: str


def chance(seed: str, number: str) -> str:
    """What a school draws in the lottery of a seed: the lowest are taken. SHA-256 of the two with a colon between."""
    return hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()


def draw(rule: Rule, candidates: Iterable[Candidate]) -> list[Drawn]:
    """The schools that a rule draws, in the order drawn; fewer than wished where there are no more."""
    left = {each.key: each for each in candidates}
    drawn: list[Drawn] = []
    for way, count in rule.counts:
        taken = _ORDER[way](rule, list(left.values()))[:count]
        drawn += [Drawn(each.key, each.name, way, _WHY[way](each)) for each in taken]
        for each in taken:
            del left[each.key]
    return drawn


def _by_score(rule: Rule, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The highest first; of equals, as chance has it. A school without points is not drawn for its points."""
    scored = [each for each in candidates if score(each)]
    return sorted(scored, key=lambda each: (-score(each), chance(rule.seed, each.number)))


def _by_visit(rule: Rule, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those never visited first, then by the day; of equals, as chance has it."""
    return sorted(candidates, key=lambda each: (each.visited_on or date.min, chance(rule.seed, each.number)))


def _by_chance(rule: Rule, candidates: Sequence[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda each: chance(rule.seed, each.number))


def _why_by_score(each: Candidate) -> str:
    points = score(each)
    return f"{points} {'point' if points == 1 else 'points'}: {'; '.join(reasons(each))}"


def _why_by_visit(each: Candidate) -> str:
    return f"Last visited on {day_in_words(each.visited_on)}" if each.visited_on else "Never visited yet"


_ORDER: Mapping[Way, Callable[[Rule, Sequence[Candidate]], list[Candidate]]] = {
    Way.RISK: _by_score,
    Way.LONGEST_AGO: _by_visit,
    Way.RANDOM: _by_chance,
}
_WHY: Mapping[Way, Callable[[Candidate], str]] = {
    Way.RISK: _why_by_score,
    Way.LONGEST_AGO: _why_by_visit,
    Way.RANDOM: lambda _: "Drawn by chance",
}


class Agreement(StrEnum):
    """How the grade agreed on a visit stands beside the school's own."""

    SAME = "same"
    LOWER = "lower"
    HIGHER = "higher"
    NONE = "none"  # the school had given none


AGREEMENTS: Mapping[Agreement, str] = {
    Agreement.SAME: "The same",
    Agreement.LOWER: "Lower than the school’s own",
    Agreement.HIGHER: "Higher than the school’s own",
    Agreement.NONE: "The school had given none",
}

_HEIGHT = {"not-in-place": 0, "partly": 1, "in-place": 2}


def agreement(own: str, agreed: str, worth: Mapping[str, str]) -> Agreement:
    """How two grades stand to each other. `worth` tells of each choice what it is worth; two grades of equal worth that
    differ, as on a finer scale, differ by their order in it."""
    if not own:
        return Agreement.NONE
    if own == agreed:
        return Agreement.SAME
    heights = [_HEIGHT.get(worth.get(each, ""), 1) for each in (own, agreed)]
    if heights[0] != heights[1]:
        return Agreement.LOWER if heights[1] < heights[0] else Agreement.HIGHER
    order = list(worth)
    if own not in order or agreed not in order:
        return Agreement.LOWER
    is_best_first = _HEIGHT.get(worth[order[0]], 1) >= _HEIGHT.get(worth[order[-1]], 1)
    is_later = order.index(agreed) > order.index(own)
    return Agreement.LOWER if is_later == is_best_first else Agreement.HIGHER
