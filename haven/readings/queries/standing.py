"""Where everybody stands with every part of a round: the same few questions, however many schools and readers."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from haven.readings.models import Part, Round, Signature
from haven.readings.queries.parts import parts_of
from haven.readings.queries.readers import ReaderLine, readers_of
from haven.readings.rules.signing import WAITING, Counts, Signed, State, answer_to, counted, state_of


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a reader stands with a part, and the signature that answers it."""

    state: State
    signed: Signed | None


@dataclass(frozen=True, slots=True)
class Row:
    """A reader with her parts, in the order of the parts."""

    reader: ReaderLine
    cells: tuple[Cell, ...]

    @property
    def counts(self) -> Counts:
        """How far she is."""
        return counted(cell.state for cell in self.cells)

    @property
    def is_waiting(self) -> bool:
        """Whether she has something to sign."""
        return any(cell.state in WAITING for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Standing:
    """A round with its parts and everybody who reads in it."""

    round: Round
    parts: tuple[Part, ...]
    rows: tuple[Row, ...]

    @property
    def counts(self) -> Counts:
        """How far the school is."""
        return counted(cell.state for row in self.rows for cell in row.cells)

    @property
    def waiting(self) -> list[Row]:
        """Those who have something to sign."""
        return [row for row in self.rows if row.is_waiting]


def standings(*, rounds: Sequence[Round], on: date) -> list[Standing]:
    """Where each round stands on this day. Its matrix and edition are at hand."""
    schools = {each.organisation_id for each in rounds}
    readers = readers_of(organisations=schools, on=on)
    parts = parts_of(matrices=[each.matrix for each in rounds])
    signed = _signatures(schools, {each.document_id for each in rounds})
    return [
        Standing(each, tuple(parts[each.matrix]), tuple(_rows(each, parts[each.matrix], readers, signed, on)))
        for each in rounds
    ]


def _rows(
    round_: Round,
    parts: Sequence[Part],
    readers: dict[UUID, list[ReaderLine]],
    signed: dict[tuple[UUID, UUID], list[Signed]],
    on: date,
) -> Iterable[Row]:
    duties = [part.duty for part in parts]
    for reader in readers[round_.organisation_id]:
        own = signed.get((reader.reader, round_.document_id), []) if reader.reader else []
        answers = [answer_to(duty, own) for duty in duties]
        cells = (
            Cell(state_of(duty, reader.kinds, answer, due_on=round_.due_on, today=on), answer)
            for duty, answer in zip(duties, answers, strict=True)
        )
        yield Row(reader, tuple(cells))


def _signatures(schools: Collection[UUID], documents: Collection[UUID]) -> dict[tuple[UUID, UUID], list[Signed]]:
    """Of each reader what she signed of each document."""
    rows = Signature.objects.filter(
        reader__organisation__in=schools, edition__document__in=documents, taken_back_at__isnull=True
    )
    found: dict[tuple[UUID, UUID], list[Signed]] = {}
    for row in rows.select_related("edition").only(
        "id", "reader", "edition__document", "part_key", "words", "way", "signed_on"
    ):
        found.setdefault((row.reader_id, row.edition.document_id), []).append(row.told)
    return found
