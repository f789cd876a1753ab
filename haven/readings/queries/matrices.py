"""What a school reads: its documents, the matrix of an edition, and the way from one edition to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models.query import QuerySet

from haven.access.actor import Actor
from haven.access.decision import require
from haven.guidance.models import Document, Edition
from haven.guidance.queries.pages import documents_read, edition_to_read, in_order
from haven.guidance.rules.life import OVER, Stage, stage_on
from haven.guidance.rules.showing import standing_in_words
from haven.people.models import Organisation
from haven.readings.models import Matrix, Part, Replacement, Round
from haven.readings.policy import may_decide, may_keep
from haven.readings.queries.parts import PartFound, parts_of_edition, parts_of_one
from haven.readings.queries.standing import Standing, standings
from haven.readings.rules import kinds as kinds_of_readers
from haven.readings.rules.kinds import ReaderKind
from haven.readings.rules.moving import Moved, Movement, Worded, movement
from haven.readings.rules.parts import part_key
from haven.readings.rules.usual import INSTEAD, NAMED_PARTS, Usual, usual_of

READABLE = frozenset({Stage.IN_FORCE, Stage.FOR_INFORMATION, Stage.CONSULTATION, Stage.CONSULTED})
"""What a school may move to. Of a text that is out for consultation it sees early what would change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixLine:
    """A row of the matrix: a part, who reads it, what that rests on where it is not set yet, and whether its text is in
    Haven."""

    key: str
    name: str
    kinds: tuple[ReaderKind, ...]
    usual: Usual
    has_text: bool
    is_typed: bool = False  # not found in the text of the edition, which is in Haven


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixPage:
    """The matrix of an edition in a school: as it is set, else as it usually is."""

    school: Organisation
    edition: Edition
    standing: str
    matrix: Matrix | None
    lines: tuple[MatrixLine, ...]
    leaves_open: str  # what the document leaves to the governing body
    moves_from: Matrix | None  # of the edition before, where this one has none of its own yet
    round: Round | None  # which asks people by this matrix
    replacements: tuple[Replacement, ...]
    has_text: bool  # the text of the edition is in Haven

    @property
    def reads_nothing(self) -> list[str]:
        """The kinds that read nothing of it, as people say them."""
        reading = {kind for line in self.lines for kind in line.kinds}
        return kinds_of_readers.labels_of(kind for kind in ReaderKind if kind not in reading)


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePage:
    """From the matrix of one edition to the next edition."""

    school: Organisation
    matrix: Matrix
    edition: Edition
    movement: Movement
    readers: dict[str, tuple[ReaderKind, ...]]  # of the earlier parts
    found: tuple[PartFound, ...]  # the new edition's; none where its text is not in Haven
    known: tuple[Worded, ...]  # its parts all the same
    proposed: dict[str, tuple[ReaderKind, ...]]  # for parts that are new

    @property
    def settled(self) -> list[Moved]:
        """What is read and goes on by itself."""
        return [each for each in self.movement.moved if each.is_settled and self.readers.get(each.old.key)]

    @property
    def asked(self) -> list[Moved]:
        """Of what the school must say what its readers read now."""
        return [each for each in self.movement.moved if not each.is_settled and self.readers.get(each.old.key)]

    @property
    def unread(self) -> list[Moved]:
        """What does not go on by itself, and nobody read."""
        unsettled = [each for each in self.movement.moved if not each.is_settled]
        return [each for each in unsettled if not self.readers.get(each.old.key)]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """A document that a school reads: its newest matrix, its round, and an edition to which it could move."""

    document: Document
    matrix: Matrix
    standing: Standing | None
    next: Edition | None
    has_ended: bool  # the edition that is read holds no longer


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolPage:
    """What a school reads and how far it is."""

    school: Organisation
    lines: tuple[DocumentLine, ...]
    past: tuple[Round, ...]
    may_keep: bool


def school_page(*, school_id: UUID, by: Actor, on: date) -> SchoolPage:
    """What a school reads, for its leads and governors. Raises `Refused`."""
    require(may_decide(by, school_id))
    school = Organisation.objects.get(pk=school_id)
    matrices = _newest(list(_matrices().filter(organisation=school)))
    rounds = list(Round.objects.filter(organisation=school).select_related("organisation", "matrix__edition__document"))
    running = {each.round.document_id: each for each in standings(rounds=[r for r in rounds if not r.ended_at], on=on)}
    editions = Edition.objects.filter(document__in=[each.edition.document_id for each in matrices])
    siblings: dict[UUID, list[Edition]] = {}
    for edition in editions.select_related("document"):
        siblings.setdefault(edition.document_id, []).append(edition)
    return SchoolPage(
        school=school,
        lines=tuple(_document_line(each, running, siblings[each.edition.document_id], on) for each in matrices),
        past=tuple(each for each in rounds if each.ended_at),
        may_keep=bool(may_keep(by, school_id)),
    )


def editions_to_read(*, school_id: UUID, by: Actor, on: date) -> list[Edition]:
    """The editions of which a school may set who reads what: those of documents she may read that are not over, each
    document's newest last. Raises `Refused`."""
    require(may_decide(by, school_id))
    editions = Edition.objects.filter(document__in=documents_read(by=by)).select_related("document")
    known = [each for each in editions if stage_on(each.days, on) not in OVER]
    order = {each.pk: place for place, each in enumerate(in_order(known))}
    return sorted(known, key=lambda each: (each.document.title, order[each.pk]))


def matrix_page(*, school_id: UUID, edition_id: UUID, by: Actor, on: date) -> MatrixPage:
    """Who reads what of an edition in a school. Raises `Refused`."""
    require(may_decide(by, school_id))
    edition = edition_to_read(edition_id=edition_id, by=by)
    matrix = _matrices().filter(organisation=school_id, edition=edition).first()
    round_ = Round.objects.filter(matrix=matrix, ended_at__isnull=True).first() if matrix else None
    return MatrixPage(
        school=Organisation.objects.get(pk=school_id),
        edition=edition,
        standing=standing_in_words(edition.days, edition.said, on),
        matrix=matrix,
        lines=tuple(_lines(edition, matrix)),
        leaves_open=INSTEAD.get(edition.document.key or "", ""),
        moves_from=None if matrix else matrix_before(school_id=school_id, edition=edition),
        round=round_,
        replacements=tuple(matrix.replacements.select_related("instead")) if matrix else (),
        has_text=edition.clause_count > 0,
    )


def move_page(*, school_id: UUID, edition_id: UUID, by: Actor) -> MovePage:
    """From the edition that a school reads to this one. Raises `Refused`, and `Matrix.DoesNotExist` where there is none
    to come from, or this one has its own already."""
    require(may_decide(by, school_id))
    edition = edition_to_read(edition_id=edition_id, by=by)
    matrix = matrix_before(school_id=school_id, edition=edition)
    if matrix is None or Matrix.objects.filter(organisation=school_id, edition=edition).exists():
        raise Matrix.DoesNotExist
    return moving(matrix=matrix, edition=edition)


def moving(*, matrix: Matrix, edition: Edition) -> MovePage:
    """What becomes of each part of a matrix in another edition."""
    old_parts = parts_of_one(matrix=matrix)
    old_found = {each.key: each for each in parts_of_edition(edition=matrix.edition)}
    found = tuple(parts_of_edition(edition=edition))
    known = tuple(_new_parts(edition, found, old_parts))
    moved = movement([_worded(part, old_found.get(part.key)) for part in old_parts], known)
    return MovePage(
        school=matrix.organisation,
        matrix=matrix,
        edition=edition,
        movement=moved,
        readers={part.key: tuple(kinds_of_readers.in_order(part.kinds)) for part in old_parts},
        found=found,
        known=known,
        proposed={
            each.key: tuple(kinds_of_readers.in_order(usual_of(edition.document.key, each.name).kinds))
            for each in moved.added
        },
    )


def _new_parts(edition: Edition, found: Sequence[PartFound], old: Sequence[Part]) -> list[Worded]:
    """The parts of an edition: those of its text, else those its document is known to have, else those before."""
    if found:
        return [each.worded for each in found]
    names = NAMED_PARTS.get(edition.document.key or "", ()) or [part.name for part in old]
    return [Worded(part_key(name), name) for name in names]


def matrix_before(*, school_id: UUID, edition: Edition) -> Matrix | None:
    """The matrix from which a school comes to an edition: that of the newest other edition of its document."""
    others = list(
        _matrices().filter(organisation=school_id, edition__document=edition.document_id).exclude(edition=edition)
    )
    newest = _newest(others)
    return newest[0] if newest else None


def _matrices() -> QuerySet[Matrix]:
    return Matrix.objects.select_related("organisation", "edition__document", "set_by", "moved_from__edition")


def _newest(matrices: Sequence[Matrix]) -> list[Matrix]:
    """Of each document the matrix of its newest edition, by title."""
    order = {each.pk: place for place, each in enumerate(in_order({each.edition for each in matrices}))}
    newest: dict[UUID, Matrix] = {}
    for each in sorted(matrices, key=lambda matrix: order[matrix.edition_id]):
        newest[each.edition.document_id] = each
    return sorted(newest.values(), key=lambda matrix: matrix.edition.document.title)


def _document_line(
    matrix: Matrix, running: dict[UUID, Standing], siblings: Sequence[Edition], on: date
) -> DocumentLine:
    ordered = in_order(siblings)
    after = ordered[[each.pk for each in ordered].index(matrix.edition_id) + 1 :]
    coming = [each for each in after if stage_on(each.days, on) in READABLE]
    return DocumentLine(
        document=matrix.edition.document,
        matrix=matrix,
        standing=running.get(matrix.edition.document_id),
        next=coming[-1] if coming else None,
        has_ended=stage_on(matrix.edition.days, on) in OVER,
    )


def _lines(edition: Edition, matrix: Matrix | None) -> list[MatrixLine]:
    """The rows: the parts of the text, then those that were typed and are not among them."""
    found = parts_of_edition(edition=edition)
    known = {part.key: part for part in matrix.parts.all()} if matrix else {}
    names = {each.key: each.name for each in found}
    has_text = set(names)
    if not found and matrix is None:
        names = {part_key(name): name for name in NAMED_PARTS.get(edition.document.key or "", ())}
    names |= {key: part.name for key, part in known.items() if key not in names}
    return [
        MatrixLine(
            key=key,
            name=name,
            kinds=_kinds(edition, matrix, known.get(key), name),
            usual=usual_of(edition.document.key, name),
            has_text=key in has_text,
            is_typed=bool(found) and key not in has_text,
        )
        for key, name in names.items()
    ]


def _kinds(edition: Edition, matrix: Matrix | None, part: Part | None, name: str) -> tuple[ReaderKind, ...]:
    if matrix is None:
        return tuple(kinds_of_readers.in_order(usual_of(edition.document.key, name).kinds))
    return tuple(kinds_of_readers.in_order(part.kinds)) if part else ()


def _worded(part: Part, found: PartFound | None) -> Worded:
    return Worded(part.key, part.name, found.words, found.keys) if found else Worded(part.key, part.name)
