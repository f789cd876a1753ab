"""The changes of a comparison as they are shown: each with its name, its words marked, and where it lies."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from haven.changes.models import Judgement
from haven.changes.rules.comparing import (
    Concern,
    Judged,
    Sides,
    concerns_of,
    is_judged_so,
    refs_of,
    sides_of,
    touched_by,
)
from haven.engines.compare.changes import ChangeKind, Comparison
from haven.engines.compare.clauses import Clause
from haven.engines.compare.marking import Run, inline, neat, news_marked, olds_marked
from haven.engines.compare.telling import (
    ORDER,
    kinds_of,
    moved_told,
    pages_of,
    parts_of,
    place_of,
    standing_under,
    strength_told,
    title_of,
)
from haven.guidance.queries.clauses import Kind

CHANGES_A_PAGE = 50
WIDTH = 1000  # of the picture
DEEPEST = 3  # headings by which the parts of a document are told apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What is looked for among the changes, and for which area they are judged."""

    kind: ChangeKind | None = None
    judged: Judged | None = None
    concern: Concern | None = None
    area: UUID | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Mark:
    """A change in the picture: how far across, and where it is listed."""

    at: int
    page: int
    ref: str


@dataclass(frozen=True, slots=True)
class Lane:
    """The changes of one kind in the picture."""

    kind: ChangeKind
    count: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the document: its first change, and how many of each kind, in the order of the lanes."""

    name: str
    first: Mark
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One clause on one side of a change, its words marked."""

    number: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """One change as it is shown."""

    ref: str
    following: str
    title: str
    kinds: tuple[ChangeKind, ...]
    heading: tuple[str, ...]
    pages: str
    moved: str
    strength: tuple[str, ...]
    runs: tuple[Run, ...]
    olds: tuple[Side, ...]
    news: tuple[Side, ...]
    old_place: int | None
    new_place: int | None
    judgement: Judgement | None
    touches: tuple[str, ...]  # the digests of its clauses, on both sides
    hangs: tuple[Kind, ...] = ()

    @property
    def has_both(self) -> bool:
        """Whether its words differ between two texts."""
        return bool(self.olds and self.news) and any(kind != "same" for kind, _ in self.runs)

    @property
    def has_parts(self) -> bool:
        """Whether several clauses stand on one side."""
        return len(self.olds) + len(self.news) > 2


class Told:
    """The changes of a comparison, each with its name and what was made of it."""

    def __init__(self, found: Comparison, judgements: Mapping[Sides, Judgement]) -> None:
        self.found, self.changes = found, found.changes
        sides = [sides_of(change) for change in self.changes]
        self.refs = refs_of(sides)
        self.judgements = [judgements.get(each) for each in sides]
        self.verdicts = [each.says if each else None for each in self.judgements]
        self.paths = standing_under(found)
        self.concerns = [concerns_of(change) for change in self.changes]

    def concerned(self) -> tuple[tuple[Concern, int], ...]:
        """How many changes speak of whom."""
        counts = ((concern, sum(concern in each for each in self.concerns)) for concern in Concern)
        return tuple((concern, count) for concern, count in counts if count)

    def shown(self, looked: Looked) -> list[int]:
        """The places of those that are looked for."""
        return [
            at
            for at, change in enumerate(self.changes)
            if (looked.kind is None or looked.kind in change.kinds)
            and (looked.judged is None or is_judged_so(self.verdicts[at], looked.judged))
            and (looked.concern is None or looked.concern in self.concerns[at])
        ]

    def mark(self, at: int) -> Mark:
        """Where a change lies."""
        across = round(WIDTH * place_of(self.found, self.changes[at]))
        return Mark(across, at // CHANGES_A_PAGE + 1, self.refs[at])

    def lines(self, places: Sequence[int], among: Sequence[int]) -> Iterator[ChangeLine]:
        """The changes at these places, each with the name of the one that follows it among those that are shown."""
        following = {first: self.refs[second] for first, second in pairwise(among)}
        for at in places:
            change = self.changes[at]
            i, j = change.at
            yield ChangeLine(
                ref=self.refs[at],
                following=following.get(at, ""),
                title=title_of(change),
                kinds=kinds_of(change),
                heading=self.paths[at],
                pages=pages_of(change),
                moved=moved_told(change),
                strength=tuple(strength_told(change)),
                runs=tuple(neat(inline(change))),
                olds=_sides(change.old, olds_marked(change)),
                news=_sides(change.new, news_marked(change)),
                old_place=i + 1 if change.old else None,
                new_place=j + 1 if change.new else None,
                judgement=self.judgements[at],
                touches=tuple(touched_by(change)),
            )


def _sides(clauses: Sequence[Clause], marked: Sequence[Sequence[Run]]) -> tuple[Side, ...]:
    return tuple(Side(clause.number or "", tuple(neat(runs))) for clause, runs in zip(clauses, marked, strict=True))


def lanes_of(told: Told) -> Iterator[Lane]:
    for kind in ORDER:
        places = [at for at, change in enumerate(told.changes) if kind in change.kinds]
        if places:
            marks = {mark.at: mark for mark in map(told.mark, reversed(places))}  # one where several would lie
            yield Lane(kind, len(places), tuple(sorted(marks.values(), key=lambda mark: mark.at)))


def parts_shown(told: Told, kinds: Sequence[ChangeKind]) -> Iterator[Part]:
    """The parts by the outermost headings that tell the changes apart, in order."""
    for path, places in parts_of(told.paths, DEEPEST).items():
        counts = Counter(kind for at in places for kind in told.changes[at].kinds)
        yield Part(path[-1] if path else "", told.mark(places[0]), tuple(counts[kind] for kind in kinds))
