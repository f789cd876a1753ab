"""What the pages of a comparison show: where the changes lie, which are shown, and what was made of each."""

from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.changes.models import Comparison, Judgement
from haven.changes.policy import judgements_of, may_judge
from haven.changes.queries.told import (
    CHANGES_A_PAGE,
    ChangeLine,
    Lane,
    Looked,
    Part,
    Told,
    lanes_of,
    parts_shown,
)
from haven.changes.rules.background import MOST_ON_A_PAGE
from haven.changes.rules.comparing import Concern, Judged, Sides, judged_counts, refs_of, sides_of
from haven.engines.compare.changes import Change, ChangeKind
from haven.engines.compare.changes import Comparison as Found
from haven.engines.compare.clauses import Clause as ReadClause
from haven.engines.compare.clauses import ClauseKind
from haven.engines.compare.clauses import Edition as ReadEdition
from haven.engines.compare.comparing import compare
from haven.engines.compare.telling import sameness_of
from haven.guidance.models import Clause, Document, Edition
from haven.guidance.queries.clauses import clause_to_read
from haven.guidance.queries.pages import document_to_read, edition_to_read, in_order
from haven.people.models import Area


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonPage:
    """A comparison, of which one page of changes is listed."""

    old: Edition
    new: Edition
    total: int
    sameness: str
    warnings: tuple[str, ...]
    hides: bool  # other words under the same cover
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


def is_at_hand(*, old: Edition, new: Edition) -> bool:
    """Whether a page can show it at once: it is kept, or both editions are short enough to be compared meanwhile."""
    if old.clause_count + new.clause_count <= MOST_ON_A_PAGE:
        return True
    kept = Comparison.objects.filter(old=old, new=new, old_sha256=old.sha256, new_sha256=new.sha256)
    return kept.exists()


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
    told = Told(found, _judgements(new.document, area, by))
    shown = told.shown(looked)
    page = Paginator(shown, CHANGES_A_PAGE).get_page(looked.page)
    lanes = tuple(lanes_of(told))
    return ComparisonPage(
        old=old,
        new=new,
        total=len(found.changes),
        sameness=sameness_of(found),
        warnings=found.warnings,
        hides=old.cover_digest == new.cover_digest and old.words_digest != new.words_digest,
        lanes=lanes,
        parts=tuple(parts_shown(told, [lane.kind for lane in lanes])),
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
    told = Told(found, _judgements(new.document, area, by))
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
    named = changes_named(old=old, new=new)
    if ref not in named:
        raise Edition.DoesNotExist
    return named[ref]


def changes_named(*, old: Edition, new: Edition) -> dict[str, Change]:
    """Every change by its name, in order."""
    changes = _found(old=old, new=new).changes
    return dict(zip(refs_of(map(sides_of, changes)), changes, strict=True))


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
