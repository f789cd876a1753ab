"""What the pages of a comparison show: where the changes lie, which are shown, and what was made of each."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from django.core.paginator import Page, Paginator

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.changes.models import Comparison, Judgement
from haven.changes.policy import judgements_of, may_judge
from haven.changes.rules.comparing import (
    Concern,
    Judged,
    Sides,
    concerns_of,
    is_judged_so,
    judged_counts,
    refs_of,
    sides_of,
)
from haven.engines.compare.changes import Change, ChangeKind
from haven.engines.compare.changes import Comparison as Found
from haven.engines.compare.clauses import Clause as ReadClause
from haven.engines.compare.clauses import ClauseKind
from haven.engines.compare.clauses import Edition as ReadEdition
from haven.engines.compare.comparing import compare
from haven.engines.compare.marking import Run, inline, neat, news_marked, olds_marked
from haven.engines.compare.telling import (
    ORDER,
    kinds_of,
    moved_told,
    pages_of,
    parts_of,
    place_of,
    sameness_of,
    standing_under,
    strength_told,
    title_of,
)
from haven.guidance.models import Clause, Document, Edition
from haven.guidance.queries.clauses import clause_to_read
from haven.guidance.queries.pages import document_to_read, edition_to_read, in_order
from haven.people.models import Area

CHANGES_A_PAGE = 100
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

    @property
    def has_both(self) -> bool:
        """Whether its words differ between two texts."""
        return bool(self.olds and self.news) and any(kind != "same" for kind, _ in self.runs)

    @property
    def has_parts(self) -> bool:
        """Whether several clauses stand on one side."""
        return len(self.olds) + len(self.news) > 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonPage:
    """A comparison, of which one page of changes is listed."""

    old: Edition
    new: Edition
    total: int
    sameness: str
    warnings: tuple[str, ...]
    lanes: tuple[Lane, ...]
    parts: tuple[Part, ...]
    kinds: tuple[tuple[ChangeKind, int], ...]
    concerns: tuple[tuple[Concern, int], ...]
    judged: tuple[tuple[Judged, int], ...]
    shown: Page[int]
    lines: tuple[ChangeLine, ...]
    area: Area | None
    areas: tuple[Area, ...]
    is_kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePage:
    """One change by itself."""

    old: Edition
    new: Edition
    line: ChangeLine
    area: Area | None
    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A document of which two editions are chosen to be compared."""

    document: Document
    editions: tuple[Edition, ...]


def editions_to_compare(*, document_id: UUID, by: Actor) -> Chosen:
    """The editions of a document that have words, in order. Raises `Refused`."""
    document = document_to_read(document_id=document_id, by=by)
    return Chosen(document=document, editions=tuple(in_order(document.editions.filter(clause_count__gt=0))))


def editions_compared(*, old_id: UUID, new_id: UUID, by: Actor) -> tuple[Edition, Edition]:
    """Two editions of one document, both with words. Raises `Refused`, and `Edition.DoesNotExist` for any others."""
    old, new = (edition_to_read(edition_id=each, by=by) for each in (old_id, new_id))
    if old.document_id != new.document_id or old.pk == new.pk or not (old.clause_count and new.clause_count):
        raise Edition.DoesNotExist
    return old, new


def kept_comparison(*, old: Edition, new: Edition) -> Found | None:
    """What was found and kept, where the files are still those that were compared."""
    kept = Comparison.objects.filter(old=old, new=new, old_sha256=old.sha256, new_sha256=new.sha256).first()
    if kept is None:
        return None
    try:
        return kept.told
    except ValueError:  # packed by another Haven: worked out again
        return None


def worked_out(*, old: Edition, new: Edition) -> Found:
    """Every change between two editions, told from their clauses."""
    return compare(_read(old), _read(new))


def comparison_page(*, old_id: UUID, new_id: UUID, by: Actor, looked: Looked) -> ComparisonPage:
    """A comparison with those of its changes that are looked for. Raises `Refused`."""
    old, new = editions_compared(old_id=old_id, new_id=new_id, by=by)
    kept = kept_comparison(old=old, new=new)
    found = kept or worked_out(old=old, new=new)
    areas = _areas_judged(new.document, by)
    area = next((each for each in areas if each.pk == looked.area), next(iter(areas), None))
    told = _Told(found, _judgements(new.document, area, by))
    shown = told.shown(looked)
    page = Paginator(shown, CHANGES_A_PAGE).get_page(looked.page)
    lanes = tuple(_lanes(told))
    return ComparisonPage(
        old=old,
        new=new,
        total=len(found.changes),
        sameness=sameness_of(found),
        warnings=found.warnings,
        lanes=lanes,
        parts=tuple(_parts(told, [lane.kind for lane in lanes])),
        kinds=tuple((lane.kind, lane.count) for lane in lanes),
        concerns=told.concerned(),
        judged=tuple(judged_counts(told.verdicts).items()) if area else (),
        shown=page,
        lines=tuple(told.lines(list(page.object_list), shown)),
        area=area,
        areas=areas,
        is_kept=kept is not None,
    )


def change_page(*, old_id: UUID, new_id: UUID, ref: str, by: Actor, area_id: UUID | None) -> ChangePage:
    """One change by itself. Raises `Refused`, and `Edition.DoesNotExist` where the editions have no such change."""
    old, new = editions_compared(old_id=old_id, new_id=new_id, by=by)
    found = _found(old=old, new=new)
    areas = _areas_judged(new.document, by)
    area = next((each for each in areas if each.pk == area_id), next(iter(areas), None))
    told = _Told(found, _judgements(new.document, area, by))
    if ref not in told.refs:
        raise Edition.DoesNotExist
    (line,) = told.lines([told.refs.index(ref)], [])
    return ChangePage(old=old, new=new, line=line, area=area, areas=areas)


def change_to_ask(*, old_id: UUID, new_id: UUID, ref: str, by: Actor, area_id: UUID | None) -> ChangePage:
    """One change for which she may ask an action. Raises `Refused` for who judges none of its document."""
    page = change_page(old_id=old_id, new_id=new_id, ref=ref, by=by, area_id=area_id)
    if page.area is None:
        raise Refused(Reason.NOT_THE_ROLE)
    return page


def clause_to_ask(*, edition_id: UUID, place: int, by: Actor, area_id: UUID | None) -> tuple[Clause, Area]:
    """A clause for which she may ask an action, and for which area. Raises `Refused` for who leads none."""
    clause = clause_to_read(edition_id=edition_id, place=place, by=by)
    areas = _areas_judged(clause.edition.document, by)
    area = next((each for each in areas if each.pk == area_id), next(iter(areas), None))
    if area is None:
        raise Refused(Reason.NOT_THE_ROLE)
    return clause, area


def change_named(*, old: Edition, new: Edition, ref: str) -> Change:
    """The change that is called so. Raises `Edition.DoesNotExist` where there is none."""
    found = _found(old=old, new=new)
    refs = refs_of(map(sides_of, found.changes))
    if ref not in refs:
        raise Edition.DoesNotExist
    return found.changes[refs.index(ref)]


def _found(*, old: Edition, new: Edition) -> Found:
    return kept_comparison(old=old, new=new) or worked_out(old=old, new=new)


def _read(edition: Edition) -> ReadEdition:
    rows = edition.clauses.order_by("place").values_list("text", "number", "heading", "page", "kind")
    clauses = [
        ReadClause(text, number or None, tuple(heading), page, ClauseKind(kind))
        for text, number, heading, page, kind in rows
    ]
    return ReadEdition(edition.label, edition.document.title, clauses)


def _areas_judged(document: Document, by: Actor) -> tuple[Area, ...]:
    """The areas for which she judges its changes."""
    areas = Area.objects.filter(pk__in=by.leads).order_by("name")
    return tuple(area for area in areas if may_judge(by, document, area.pk))


def _judgements(document: Document, area: Area | None, by: Actor) -> dict[Sides, Judgement]:
    if area is None:
        return {}
    rows = Judgement.objects.filter(judgements_of(by), document=document, area=area)
    return {each.sides: each for each in rows.select_related("judged_by", "old", "new", "action")}


class _Told:
    """The changes of a comparison, each with its name and what was made of it."""

    def __init__(self, found: Found, judgements: dict[Sides, Judgement]) -> None:
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
            )


def _sides(clauses: Sequence[ReadClause], marked: Sequence[Sequence[Run]]) -> tuple[Side, ...]:
    return tuple(Side(clause.number or "", tuple(neat(runs))) for clause, runs in zip(clauses, marked, strict=True))


def _lanes(told: _Told) -> Iterator[Lane]:
    for kind in ORDER:
        places = [at for at, change in enumerate(told.changes) if kind in change.kinds]
        if places:
            marks = {mark.at: mark for mark in map(told.mark, reversed(places))}  # one where several would lie
            yield Lane(kind, len(places), tuple(sorted(marks.values(), key=lambda mark: mark.at)))


def _parts(told: _Told, kinds: Sequence[ChangeKind]) -> Iterator[Part]:
    """The parts by the outermost headings that tell the changes apart, in order."""
    for path, places in parts_of(told.paths, DEEPEST).items():
        counts = Counter(kind for at in places for kind in told.changes[at].kinds)
        yield Part(path[-1] if path else "", told.mark(places[0]), tuple(counts[kind] for kind in kinds))
