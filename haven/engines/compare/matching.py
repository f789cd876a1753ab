"""Holds which clauses of two editions belong together, and pairs those whose words are the same."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from operator import attrgetter

from haven.engines.compare.clauses import Clause
from haven.engines.compare.sequences import heaviest_rising

Gaps = tuple[list[int], list[int]]


class Matching:
    """Which clauses of two editions belong together so far. Of each edition (0 the old, 1 the new): its `clauses`; the
    `partners`, by place, in the other; and its clauses that are `parts` of a clause of the other cut in several, or
    made one with others. `alike` says of a clause of the old edition how alike it and its partner are, 0 to 1; `moved`
    are those of the old edition that stand elsewhere in the new one, once that is settled."""

    def __init__(self, old: Sequence[Clause], new: Sequence[Clause]) -> None:
        self.clauses = (old, new)
        self.partners: tuple[dict[int, int], dict[int, int]] = ({}, {})
        self.parts: tuple[dict[int, int], dict[int, int]] = ({}, {})
        self.alike: dict[int, float] = {}
        self.moved: frozenset[int] = frozenset()

    def pair(self, i: int, j: int, alike: float) -> None:
        """Hold two clauses together."""
        self.partners[0][i], self.partners[1][j], self.alike[i] = j, i, alike

    def flipped(self) -> "Matching":
        """The same, seen from the other edition."""
        seen = Matching(*reversed(self.clauses))
        seen.partners, seen.parts = (self.partners[1], self.partners[0]), (self.parts[1], self.parts[0])
        seen.alike = {self.partners[0][i]: alike for i, alike in self.alike.items()}
        seen.moved = frozenset(self.partners[0][i] for i in self.moved)
        return seen

    def is_left(self, side: int, at: int) -> bool:
        """Whether a clause has no partner and is no part of another."""
        return at not in self.partners[side] and at not in self.parts[side]

    def left(self, side: int) -> list[int]:
        """The clauses of an edition that belong to none of the other."""
        partners, parts = self.partners[side], self.parts[side]
        return [at for at in range(len(self.clauses[side])) if at not in partners and at not in parts]

    def gaps(self) -> Gaps:
        """For each clause of either edition, the anchor it follows: the last clause of the old edition, up to it, that
        kept its place."""
        anchors = self.in_order()
        olds, news = [], []
        last = -1
        for i in range(len(self.clauses[0])):
            last = i if i in anchors else last
            olds.append(last)
        last = -1
        for j in range(len(self.clauses[1])):
            partner = self.partners[1].get(j, -1)
            last = partner if partner in anchors else last
            news.append(last)
        return olds, news

    def in_order(self) -> set[int]:
        """The clauses of the old edition that kept their place among the others: the heaviest row in which both
        editions agree. What has a partner and is not in it has moved."""
        old, new = self.clauses
        runs: list[tuple[list[int], int]] = []  # clauses of the old edition whose partners follow one another
        weights: list[float] = []
        after = -1
        for i in sorted(self.partners[0]):
            j = self.partners[0][i]
            if j != after or runs[-1][0][-1] != i - 1:
                runs.append(([], j))
                weights.append(0.0)
            runs[-1][0].append(i)
            weights[-1] += _weight(old[i], new[j])
            after = j + 1
        kept = heaviest_rising([j for _, j in runs], weights)
        return {i for at in kept for i in runs[at][0]}


def match_equal(matching: Matching) -> None:
    """Pair the clauses whose words are the same: first those that are so to the letter, then those whose typography
    differs, last those that are a heading in one edition only. What comes back goes with its neighbours."""
    _match_unique(matching, attrgetter("kind", "text"))
    _match_unique(matching, attrgetter("key"))
    old = matching.clauses[0]
    for i in range(len(old)):
        _follow(matching, i, 1)
    for i in reversed(range(len(old))):
        _follow(matching, i, -1)
    gaps = matching.gaps()
    match_in_turn(matching, lambda side, at: gaps[side][at])
    _match_unique(matching, attrgetter("key_of_any_kind"))


def alone(matching: Matching, told: Callable[[int, int], Hashable]) -> Iterator[tuple[int, int]]:
    """The clauses left of which the same is told (of an edition's clause at a place), of one only in either edition."""
    places: list[dict[Hashable, int]] = []
    for side in (0, 1):
        seen: dict[Hashable, int] = {}
        for at in matching.left(side):
            sign = told(side, at)
            seen[sign] = -1 if sign in seen else at
        places.append(seen)
    for sign, i in places[0].items():
        j = places[1].get(sign, -1)
        if i >= 0 and j >= 0:
            yield i, j


def match_in_turn(matching: Matching, told: Callable[[int, int], int | None]) -> None:
    """Pair in order the clauses left that have the same words, and of which the same is told; not those of which
    nothing is."""
    places: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for j in matching.left(1):
        if (sign := told(1, j)) is not None:
            places[matching.clauses[1][j].key, sign].append(j)
    for i in matching.left(0):
        sign = told(0, i)
        if sign is not None and (found := places.get((matching.clauses[0][i].key, sign))):
            matching.pair(i, found.pop(0), 1.0)


def _match_unique(matching: Matching, told: Callable[[Clause], Hashable]) -> None:
    """Pair the clauses left of which the same is told, if it is told of one only in either edition."""
    for i, j in alone(matching, lambda side, at: told(matching.clauses[side][at])):
        matching.pair(i, j, 1.0)


def _follow(matching: Matching, i: int, step: int) -> None:
    """Pair a clause with the one after (or before) its neighbour's partner, where the two are the same."""
    old, new = matching.clauses
    before = matching.partners[0].get(i - step)
    if before is None or i in matching.partners[0]:
        return
    j = before + step
    if 0 <= j < len(new) and j not in matching.partners[1] and old[i].key == new[j].key:
        matching.pair(i, j, 1.0)


def _weight(old: Clause, new: Clause) -> float:
    """How much it would say that a clause has moved."""
    return 1 + (len(old.text) + len(new.text)) / 1000
