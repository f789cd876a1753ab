"""What the pages of guidance show: what is in force and coming, one document with its lineage, one edition."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Prefetch, Q
from django.db.models.query import QuerySet

from haven.access.actor import Actor
from haven.access.decision import require
from haven.guidance.models import Clause, Document, Edition, Promise
from haven.guidance.policy import may_enter, may_give_file, may_keep, may_read, read_by
from haven.guidance.rules.facts import Standing
from haven.guidance.rules.life import AWAITED, COMING, OVER, Days, Stage, is_in_force, is_late, stage_on, together
from haven.guidance.rules.lineage import Bar, Span, bars_of, span_of
from haven.guidance.rules.showing import (
    COLOURS,
    LABELS,
    Dated,
    beside_label,
    dated,
    standing_in_words,
    together_in_words,
)

WEIGHTIEST = (Standing.STATUTORY, Standing.LOCAL, Standing.ADVICE)  # the order in which documents are listed
LONGEST_SHORT = 15  # letters of a short name that stands beside the title


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What is looked for in the list: words of a title, a standing, and whether what is over is shown too."""

    words: str = ""
    standing: str = ""
    has_old: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionLine:
    """One edition as a line."""

    id: UUID
    document: UUID
    title: str
    label: str
    note: str
    stage: Stage
    stage_label: str
    colour: str
    standing: str
    beside: str  # the same, to stand beside the label of its stage
    closes_on: date | None
    is_late: bool
    has_words: bool
    unsourced: bool
    bars: tuple[Bar, ...] = ()
    dates: tuple[Dated, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """One document as a line, with the editions that hold today."""

    id: UUID
    title: str
    short: str
    publisher: str
    standing: str
    area: str
    withdrawn_on: date | None
    editions: tuple[EditionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What is in force, what is coming, and what is over."""

    in_force: tuple[DocumentLine, ...]
    coming: tuple[EditionLine, ...]
    others: tuple[DocumentLine, ...]
    begun: tuple[DocumentLine, ...]  # hers to keep, and without any edition yet


class Step(StrEnum):
    """What a document needs before its editions can be read and compared."""

    EDITION = "edition"
    FILE = "file"
    SECOND_FILE = "second-file"
    ANOTHER = "another"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Next:
    """What she can do next for a document, and for which edition."""

    step: Step
    edition: Edition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    """One document with its lineage."""

    document: Document
    lines: tuple[EditionLine, ...]
    compared: tuple[tuple[EditionLine, EditionLine | None], ...]  # each with the one before it, where both have words
    next: Next | None
    span: Span | None
    at_once: tuple[str, ...]
    in_force: tuple[EditionLine, ...]
    absorbed: tuple[Edition, ...]
    may_change: bool
    may_restore: bool

    @property
    def has_words(self) -> bool:
        """Whether the text of any edition is in Haven."""
        return any(line.has_words for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionPage:
    """One edition with what is known of it."""

    edition: Edition
    line: EditionLine
    at_once: tuple[str, ...]
    promises: tuple[Promise, ...]
    same_cover: tuple[tuple[Edition, Edition, Edition], ...]  # another, and the two in order
    same_words: tuple[Edition, ...]
    before: Edition | None
    may_change: bool
    may_fill: bool


def overview(*, by: Actor, on: date, listed: Listed) -> Overview:
    """What is in force today, what is coming, and, where asked for, what is over. Raises `Refused`."""
    require(may_enter(by))
    documents = [(each, list(each.editions.all())) for each in _listed(by, listed)]
    held = [(each, own) for each, own in documents if not each.withdrawn_on]
    begun = [_document(each, [], on) for each, own in held if not own and may_keep(by, each)]
    holding = [_document(each, [e for e in own if is_in_force(e.days, on)], on) for each, own in held]
    coming = [_line(e, on) for _, own in held for e in own if stage_on(e.days, on) in COMING]
    others = [
        _document(each, own[-1:], on)
        for each, own in documents
        if each.withdrawn_on or (own and all(stage_on(e.days, on) in OVER for e in own))
    ]
    return Overview(
        in_force=tuple(line for line in holding if line.editions),
        coming=tuple(sorted(coming, key=lambda line: (line.closes_on or date.max, line.title, line.label))),
        others=tuple(others) if listed.has_old else (),
        begun=tuple(begun),
    )


def document_page(*, document_id: UUID, by: Actor, on: date) -> DocumentPage:
    """One document with all its editions, the newest first. Raises `Refused`."""
    document = document_to_read(document_id=document_id, by=by)
    editions = in_order(document.editions.all())
    span = span_of([each.days for each in editions], on)
    lines = tuple(_line(each, on, span) for each in reversed(editions))
    return DocumentPage(
        document=document,
        lines=lines,
        compared=tuple(_with_those_before(lines)),
        next=_next(document, editions, by, on),
        span=span,
        at_once=_at_once(editions, on),
        in_force=tuple(line for line in lines if line.stage is Stage.IN_FORCE),
        absorbed=tuple(Edition.objects.filter(absorbed_into=document).select_related("document")),
        may_change=bool(may_keep(by, document)) and not document.withdrawn_on,
        may_restore=bool(may_keep(by, document) and document.withdrawn_on),
    )


def document_to_read(*, document_id: UUID, by: Actor) -> Document:
    """A document that she may read. Raises `Refused`."""
    document = Document.objects.select_related("area").get(pk=document_id)
    require(may_read(by, document))
    return document


def edition_page(*, edition_id: UUID, by: Actor, on: date) -> EditionPage:
    """One edition. Raises `Refused`."""
    edition = edition_to_read(edition_id=edition_id, by=by)
    siblings = in_order(edition.document.editions.all())
    others = [each for each in siblings if each.pk != edition.pk and each.words_digest and edition.words_digest]
    same_words = tuple(each for each in others if each.words_digest == edition.words_digest)
    alike = [each for each in others if each.cover_digest == edition.cover_digest and each not in same_words]
    place = [each.pk for each in siblings].index(edition.pk)
    holds = edition.document.withdrawn_on is None
    return EditionPage(
        edition=edition,
        line=_line(edition, on),
        at_once=tuple(_at_once([each for each in siblings if _holds_with(each, edition, on)], on)),
        promises=tuple(edition.promises.all()),
        same_cover=tuple((each, *_two_in_order(each, edition)) for each in alike),
        same_words=same_words,
        before=next((each for each in reversed(siblings[:place]) if each.clause_count), None),
        may_change=holds and bool(may_keep(by, edition.document)),
        may_fill=holds and bool(may_give_file(by, edition)),
    )


def edition_to_read(*, edition_id: UUID, by: Actor) -> Edition:
    """An edition that she may read. Raises `Refused`."""
    rows = Edition.objects.select_related("document__area", "superseded_by", "absorbed_into", "given_for")
    edition = rows.get(pk=edition_id)
    require(may_read(by, edition.document))
    return edition


def clauses_of(*, edition: Edition) -> QuerySet[Clause]:
    """Its clauses, in the order of reading."""
    return edition.clauses.defer("search").order_by("place")


def contents_of(*, edition: Edition) -> list[Clause]:
    """Its headings, for a table of contents."""
    return list(clauses_of(edition=edition).filter(kind="heading"))


def documents_read(*, by: Actor) -> QuerySet[Document]:
    """The documents that she may read."""
    return Document.objects.filter(read_by(by))


def documents_with_words(*, by: Actor) -> list[Document]:
    """Those of them of which an edition has its text."""
    filled = Edition.objects.filter(clause_count__gt=0).values("document")
    return list(documents_read(by=by).filter(pk__in=filled))


def editions_with_words(*, document: Document) -> list[Edition]:
    """The editions of a document that have their text, the newest first."""
    return in_order(document.editions.filter(clause_count__gt=0))[::-1]


def in_order(editions: Iterable[Edition]) -> list[Edition]:
    """Editions as they followed each other: by their first date."""
    return sorted(editions, key=lambda each: (_first_date(each.days), each.in_force_on or date.max, each.label))


def _with_those_before(lines: Sequence[EditionLine]) -> Iterator[tuple[EditionLine, EditionLine | None]]:
    """Each edition, the newest first, with the nearest before it that has words too."""
    for place, line in enumerate(lines):
        before = next((each for each in lines[place + 1 :] if each.has_words), None)
        yield line, before if line.has_words else None


def _next(document: Document, editions: Sequence[Edition], by: Actor, on: date) -> Next | None:
    if document.withdrawn_on:
        return None
    if not editions:
        return Next(Step.EDITION) if may_keep(by, document) else None
    filled = [each for each in editions if each.clause_count]
    empty = [each for each in editions if not each.file_id and stage_on(each.days, on) not in AWAITED]
    wanted = next((each for each in reversed(empty) if is_in_force(each.days, on)), next(reversed(empty), None))
    if not filled:
        may_give = wanted is not None and may_give_file(by, wanted)
        return Next(Step.FILE, wanted) if may_give else Next(Step.WAIT)
    if len(filled) > 1:
        return None
    if wanted is not None and may_give_file(by, wanted):
        return Next(Step.SECOND_FILE, wanted)
    return Next(Step.ANOTHER) if may_keep(by, document) else None


def _two_in_order(one: Edition, other: Edition) -> tuple[Edition, Edition]:
    first, second = in_order((one, other))
    return first, second


def _first_date(days: Days) -> date:
    issued = (days.issued_on, days.in_force_on, days.for_information_on, days.expected_on, days.opens_on)
    return next((day for day in issued if day), date.max)


def _listed(by: Actor, listed: Listed) -> list[Document]:
    """The documents that are looked for, the weightiest first."""
    found = documents_read(by=by).select_related("area")
    if listed.standing:
        found = found.filter(standing=listed.standing)
    for word in listed.words.split():
        named = Q(title__icontains=word) | Q(publisher__icontains=word) | Q(short_names__icontains=word)
        found = found.filter(named)
    own = Prefetch("editions", Edition.objects.order_by("in_force_on", "issued_on", "label"))
    return sorted(found.prefetch_related(own), key=lambda each: WEIGHTIEST.index(Standing(each.standing)))


def _document(document: Document, editions: Sequence[Edition], on: date) -> DocumentLine:
    return DocumentLine(
        id=document.pk,
        title=document.title,
        short=next((name for name in document.short_names if len(name) <= LONGEST_SHORT), ""),
        publisher=document.publisher,
        standing=document.get_standing_display(),
        area=document.area.name if document.area else "",
        withdrawn_on=document.withdrawn_on,
        editions=tuple(_line(each, on, document=document) for each in editions),
    )


def _line(edition: Edition, on: date, span: Span | None = None, document: Document | None = None) -> EditionLine:
    days = edition.days
    stage = stage_on(days, on)
    standing = standing_in_words(days, edition.said, on)
    return EditionLine(
        id=edition.pk,
        document=edition.document_id,
        title=(document or edition.document).title,
        label=edition.label,
        note=edition.note,
        stage=stage,
        stage_label=LABELS[stage],
        colour=COLOURS[stage],
        standing=standing,
        beside=beside_label(standing, LABELS[stage]),
        closes_on=days.closes_on if stage is Stage.CONSULTATION else None,
        is_late=is_late(days, on),
        has_words=edition.clause_count > 0,
        unsourced=bool(edition.unsourced),
        bars=tuple(bars_of(days, span, on)) if span else (),
        dates=tuple(dated(days, edition.said, edition.unsourced)),
    )


def _at_once(editions: Sequence[Edition], on: date) -> tuple[str, ...]:
    stretches = together([each.days for each in editions])
    return tuple(together_in_words(each, [e.label for e in editions], on) for each in stretches)


def _holds_with(edition: Edition, other: Edition, on: date) -> bool:
    return edition.pk == other.pk or (is_in_force(edition.days, on) and is_in_force(other.days, on))
