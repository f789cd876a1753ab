"""How well reported changes agree with what was done to a pair.

Clauses are told apart by the letters of their words, so that any tool's report can be scored that quotes them. What is
counted is a clause of one edition that is said to have changed in one way; docs/reference/compare.md says more.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate

from benchmarks.pair_edits import bare
from benchmarks.pair_forms import Line, houses, printed_lines
from benchmarks.pairs import MARK, REFERENCE, Pair

FIVE = ("added", "removed", "reworded", "moved", "strength")
KINDS = (*FIVE, "split", "merged")
CAUSES = ("typography", "reference", "footnote mark", "number astray", "number alone", "cover or page")
_STRENGTH = {"strengthened": "strength", "weakened": "strength"}
_OTHER = {"strengthened": "weakened", "weakened": "strengthened"}
_HALF = 0.5
_FEWEST = 12  # letters of a part that may stand for the whole

Unit = tuple[str, int]  # "old" or "new", and a clause; negative where no clause has the words that were told


@dataclass(frozen=True, slots=True)
class Told:
    """A change as a tool reports it: of each side the words (and printed number) of its clauses."""

    kinds: tuple[str, ...]
    old: tuple[tuple[str | None, str], ...]
    new: tuple[tuple[str | None, str], ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """What was rightly told, wrongly told and not told."""

    hits: int = 0
    alarms: int = 0
    misses: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.hits + other.hits, self.alarms + other.alarms, self.misses + other.misses)

    @property
    def f1(self) -> float:
        """1 where nothing was to be told and nothing was."""
        every = 2 * self.hits + self.alarms + self.misses
        return 2 * self.hits / every if every else 1.0


@dataclass(slots=True)
class Agreement:
    """How well the reports of one pair, or of several, agree with what was done."""

    kinds: dict[str, Counts] = field(default_factory=dict)
    causes: Counter[str] = field(default_factory=Counter)
    directions: Counts = Counts()
    wrong: list[tuple[str, Unit]] = field(default_factory=list)
    pairs: int = 1

    def __add__(self, other: "Agreement") -> "Agreement":
        kinds = {kind: self.kinds[kind] + other.kinds[kind] for kind in KINDS}
        directions = self.directions + other.directions
        return Agreement(
            kinds, self.causes + other.causes, directions, self.wrong + other.wrong, self.pairs + other.pairs
        )

    @property
    def mean5(self) -> float:
        """The mean F1 of the five kinds that every pair has."""
        return sum(self.kinds[kind].f1 for kind in FIVE) / len(FIVE)

    @property
    def alarms(self) -> int:
        """Clauses said to have changed that did not."""
        return self.causes.total()


class Sought:
    """Finds which clauses of an edition some words are."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        letters = [bare(line.text) for line in lines]
        self._all = "".join(letters)
        self._starts = [0, *accumulate(map(len, letters))]
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        self._used: Counter[str] = Counter()
        for at, key in enumerate(letters):
            self._places[key].append(at)

    def clauses(self, number: str | None, text: str) -> list[int] | None:
        """The clauses, by identity; empty for what is no clause (a title, a page number); None where nothing fits."""
        key = bare(text)
        if not key:
            return []
        places = self._places.get(key)
        if places is None:
            places = self._covered(key)
            return None if places is None else self._identities(places)
        if len(places) > 1:
            same = [at for at in places if self._lines[at].number.strip(".() ") == (number or "").strip(".() ")]
            places = same or places
            places = [places[self._used[key] % len(places)]]
            self._used[key] += 1
        return self._identities(places)

    def owner(self, at: int) -> int:
        """Which line a letter of the whole edition belongs to."""
        return bisect_right(self._starts, at) - 1

    def _identities(self, places: Iterable[int]) -> list[int]:
        items = (self._lines[at].item for at in places)
        return [item.uid for item in items if item is not None]

    def _covered(self, key: str) -> list[int] | None:
        """The lines of which words cover half, or in which half of the words lie."""
        start, length = self._found(key)
        if start < 0:
            return None
        places = []
        for at in range(self.owner(start), self.owner(start + length - 1) + 1):
            size = self._starts[at + 1] - self._starts[at]
            shared = min(start + length, self._starts[at + 1]) - max(start, self._starts[at])
            if size and shared >= _HALF * min(size, length):
                places.append(at)
        return places

    def _found(self, key: str) -> tuple[int, int]:
        """Where words stand; where not all of them do, as they have a page's head in them, their beginning or end."""
        if (start := self._all.find(key)) >= 0:
            return start, len(key)
        half = len(key) // 2
        for part in (key[:half], key[half:], key[:60], key[-60:], key[:24], key[-24:]):
            if len(part) >= _FEWEST and self._all.count(part) == 1:
                return self._all.find(part), len(part)
        return -1, 0


def agreement(pair: Pair, told: Iterable[Told]) -> Agreement:
    """How well a report on a pair agrees with what was done to it."""
    seek = {side: Sought(printed) for side, printed in printed_sides(pair).items()}
    said: defaultdict[str, set[Unit]] = defaultdict(set)
    lost = 0
    for change in told:
        for side, clauses in (("old", change.old), ("new", change.new)):
            for number, text in clauses:
                found = seek[side].clauses(number, text)
                lost -= found is None
                for kind in change.kinds:
                    said[kind].update((side, uid) for uid in ([lost] if found is None else found))
    return agreement_of_units(pair, said)


def agreement_of_units(pair: Pair, said: Mapping[str, set[Unit]]) -> Agreement:
    """The same, where it is known which clauses a report speaks of."""
    every = {kind: set(said.get(kind, ())) for kind in (*KINDS, *_STRENGTH)}
    for direction, kind in _STRENGTH.items():
        every[kind] |= every[direction]
    every["reworded"] |= every["strength"]
    right = [
        (("new", event.new[0]) in every[event.direction], ("new", event.new[0]) in every[_OTHER[event.direction]])
        for event in pair.events
        if event.direction
    ]
    hits = right.count((True, False))
    told = _compared(pair, {kind: every[kind] for kind in KINDS})
    return replace(told, directions=Counts(hits, 0, len(right) - hits))


def printed_sides(pair: Pair) -> dict[str, list[Line]]:
    """The clauses of both editions as printed."""
    sides = zip(("old", "new"), (pair.old, pair.new), houses(pair), strict=True)
    return {side: printed_lines(pair, items, house) for side, items, house in sides}


def _done(pair: Pair, kind: str) -> Iterator[Unit]:
    kinds = {"reworded", "strength"} if kind == "reworded" else {kind}
    for event in pair.events:
        if event.kind in kinds:
            yield from (("old", uid) for uid in event.old)
            yield from (("new", uid) for uid in event.new)


def _compared(pair: Pair, said: dict[str, set[Unit]]) -> Agreement:
    done = {kind: set(_done(pair, kind)) for kind in KINDS}
    loose = done["split"] | done["merged"]  # whatever else is said of these is not counted
    kinds: dict[str, Counts] = {}
    wrong: list[tuple[str, Unit]] = []
    for kind in KINDS:
        found = said[kind] - loose if kind in FIVE else said[kind]
        kinds[kind] = Counts(len(found & done[kind]), len(found - done[kind]), len(done[kind] - found))
        wrong += [(f"{kind} told", unit) for unit in sorted(found - done[kind])]
        wrong += [(f"{kind} not told", unit) for unit in sorted(done[kind] - found)]
    false = set().union(*said.values()) - set().union(*done.values())
    return Agreement(kinds, Counter(_cause(pair, unit) for unit in false), wrong=wrong)


def _cause(pair: Pair, unit: Unit) -> str:
    """What happened to a clause that is said to have changed and did not."""
    item = next((item for item in pair.new if item.uid == unit[1]), None)
    if item is None:
        return "cover or page"
    if "noise" in item.whims:
        return "typography"
    if REFERENCE.search(item.text):
        return "reference"
    if MARK.search(item.text):
        return "footnote mark"
    return "number astray" if item.whims else "number alone"
