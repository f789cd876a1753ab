"""One person in a round: what she has to sign, and what she signed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import require
from haven.readings.models import Part, Reader, Round, Signature
from haven.readings.policy import may_keep, may_take_back
from haven.readings.queries.pictures import round_to_keep, round_to_see
from haven.readings.queries.reading import statement_of
from haven.readings.queries.standing import Cell, Row, standings
from haven.readings.rules.signing import WAITING, State


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """A reader with her parts."""

    round: Round
    row: Row
    cells: tuple[tuple[Part, Cell], ...]
    signatures: tuple[Signature, ...]  # of this document, those taken back too
    may_keep: bool

    @property
    def waiting(self) -> list[Part]:
        """What she has to sign."""
        return [part for part, cell in self.cells if cell.state in WAITING]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignaturePage:
    """A signature, and whose it is."""

    signature: Signature
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPage:
    """A sheet to sign for one part, with those who have still to sign it."""

    round: Round
    part: Part
    rows: tuple[Row, ...]
    parts: tuple[Part, ...]  # that anybody reads
    statement: str  # what whoever signs it says


def person_page(*, round_id: UUID, who: UUID, by: Actor, on: date) -> PersonPage:
    """One person in a round, for those who see the picture. Raises `Refused`, and `Reader.DoesNotExist`."""
    round_ = round_to_see(round_id=round_id, by=by)
    return _page(round_, who, by, on)


def person_to_sign(*, round_id: UUID, who: UUID, by: Actor, on: date) -> PersonPage:
    """The same, for those who record what was signed on paper. Raises `Refused`, and `Reader.DoesNotExist`."""
    round_ = round_to_keep(round_id=round_id, by=by)
    return _page(round_, who, by, on)


def sheet_page(*, round_id: UUID, part_id: UUID | None, by: Actor, on: date) -> SheetPage:
    """Who has still to sign a part, for a sheet that goes round: the part asked for, else the first. Raises `Refused`,
    and `Part.DoesNotExist` where the round has no such part."""
    round_ = round_to_keep(round_id=round_id, by=by)
    (standing,) = standings(rounds=[round_], on=on)
    waiting = {
        part: tuple(row for row in standing.rows if row.cells[place].state in WAITING)
        for place, part in enumerate(standing.parts)
        if part.kinds
    }
    part = next((each for each in waiting if part_id in (None, each.pk)), None)
    if part is None:
        raise Part.DoesNotExist
    return SheetPage(round=round_, part=part, rows=waiting[part], parts=tuple(waiting), statement=statement_of(part))


def signature_to_take_back(*, signature_id: UUID, by: Actor) -> SignaturePage:
    """A signature that she may take back. Raises `Refused`."""
    rows = Signature.objects.select_related("reader__person", "edition__document")
    found = rows.get(pk=signature_id)
    require(may_take_back(by, found))
    reader = found.reader
    return SignaturePage(signature=found, name=reader.person.name if reader.person else reader.name)


def _page(round_: Round, who: UUID, by: Actor, on: date) -> PersonPage:
    (standing,) = standings(rounds=[round_], on=on)
    row = next((row for row in standing.rows if row.reader.who == who), None)
    if row is None:
        raise Reader.DoesNotExist
    cells = zip(standing.parts, row.cells, strict=True)
    signed = Signature.objects.filter(reader=row.reader.reader, edition__document=round_.document_id)
    return PersonPage(
        round=round_,
        row=row,
        cells=tuple((part, cell) for part, cell in cells if cell.state is not State.NONE),
        signatures=tuple(signed.select_related("edition", "recorded_by", "taken_back_by").order_by("-recorded_at")),
        may_keep=bool(may_keep(by, round_.organisation_id)),
    )
