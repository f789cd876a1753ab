"""Holds which clauses of two editions belong together, and pairs those whose words are the same."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

from haven.engines.compare.clauses import Clause
from haven.engines.compare.sequences import heaviest_rising


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
        self._left = [list(range(len(old))), list(range(len(new)))]  # when last asked for: it never grows
        self._in_order: tuple[int, set[int]] = (0, set())  # when last asked for, and how many pairs there were

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
        self._left[side] = [at for at in self._left[side] if at not in partners and at not in parts]
        return list(self._left[side])

    def gaps(self) -> "Gaps":
        """Between which clauses that kept their place each clause stands."""
        anchors = sorted(self.in_order())
        return Gaps(anchors, (anchors, [self.partners[0][i] for i in anchors]))

    def in_order(self) -> set[int]:
        """The clauses of the old edition that kept their place among the others: the heaviest row in which both
        editions agree. What has a partner and is not in it has moved."""
        known, kept = self._in_order
        if known != len(self.partners[0]):
            kept = self._kept_in_order()
            self._in_order = len(self.partners[0]), kept
        return kept

    def _kept_in_order(self) -> set[int]:
        old, new = ([len(clause.text) for clause in clauses] for clauses in self.clauses)
        pairs = sorted(self.partners[0].items())
        breaks = [at for at, ((a, b), (i, j)) in enumerate(pairwise(pairs), 1) if i != a + 1 or j != b + 1]
        runs = list(pairwise([0, *breaks, len(pairs)]))  # within which partners follow one another
        weigh = [1 + (old[i] + new[j]) / 1000 for i, j in pairs]  # how much it would say that they had moved
        kept = heaviest_rising([pairs[start][1] for start, _ in runs], [sum(weigh[a:b]) for a, b in runs])
        return {i for at in kept for i, _ in pairs[slice(*runs[at])]}


class Gaps:
    """For each clause of either edition, the anchor it follows: the last clause of the old edition, up to it, that kept
    its place."""

    def __init__(self, anchors: list[int], places: tuple[list[int], list[int]]) -> None:
        self._anchors = anchors
        self._places = places

    def of(self, side: int, at: int) -> int:
        """The anchor, by its place in the old edition, or -1."""
        before = bisect_right(self._places[side], at)
        return self._anchors[before - 1] if before else -1


def match_equal(matching: Matching) -> None:
    """Pair the clauses whose words are the same: first those that are so to the letter, then those whose typography
    differs, last those that are a heading in one edition only. What comes back goes with its neighbours."""
    _match_unique(matching, attrgetter("kind", "text"))
    _match_unique(matching, attrgetter("key"))
    for i in matching.left(0):
        _follow(matching, i, 1)
    for i in reversed(matching.left(0)):
        _follow(matching, i, -1)
    gaps = matching.gaps()
    match_in_turn(matching, gaps.of)
    _match_unique(matching, attrgetter("key_of_any_kind"))


def alone(matching: Matching, told: Callable[[int, list[int]], Iterable[Hashable]]) -> Iterator[tuple[int, int]]:
    """The clauses left of which the same is told (of an edition's clauses at some places), of one only in either
    edition."""
    places: list[dict[Hashable, int]] = []
    for side in (0, 1):
        seen: dict[Hashable, int] = {}
        left = matching.left(side)
        for at, sign in zip(left, told(side, left), strict=True):
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
    for i, j in alone(matching, lambda side, left: map(told, map(matching.clauses[side].__getitem__, left))):
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
