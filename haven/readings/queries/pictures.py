"""The school's picture of a round: who has signed and who has not, and the same as a table to take away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import require
from haven.readings.models import Matrix, Part, Prompt, Replacement, Round
from haven.readings.policy import may_end, may_keep, may_see
from haven.readings.queries.standing import Cell, Row, Standing, standings
from haven.readings.rules.kinds import KINDS, ReaderKind, labels_of
from haven.readings.rules.parts import short_name
from haven.readings.rules.signing import DONE, WAYS, Counts, State, counted

COLUMNS = ("Name", "Job", "Kind of reader", "Part", "State", "Signed on", "How")
STATES = {
    State.SIGNED: "signed",
    State.CARRIED: "carried over",
    State.OPEN: "not yet",
    State.LATE: "overdue",
}


@dataclass(frozen=True, slots=True)
class Counted:
    """How far a part or a kind of reader is."""

    name: str
    short: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class ShownCell:
    """How a cell looks: a shape, a word and the day besides the colour."""

    css: str
    shape: str
    word: str
    on: date | None


LOOKS = {
    State.SIGNED: ("done", "✓", "signed"),
    State.CARRIED: ("carried", "=", "carried over"),
    State.OPEN: ("open", "○", "not yet"),
    State.LATE: ("late", "!", "overdue"),
    State.NONE: ("none", "", ""),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPage:
    """A round with everybody in it."""

    round: Round
    standing: Standing
    by_part: tuple[Counted, ...]
    by_kind: tuple[Counted, ...]
    rows: tuple[Row, ...]
    kind: ReaderKind | None  # only these are shown
    is_waiting: bool  # only those are shown who have something to sign
    replacements: tuple[Replacement, ...]
    without_account: int  # of those who wait, how many get no e-mail
    reminded_on: date | None
    may_keep: bool

    @property
    def counts(self) -> Counts:
        """How far the school is."""
        return self.standing.counts

    @property
    def columns(self) -> list[str]:
        """The heads of the table: the parts that anybody reads."""
        return [short_name(part.name) for _, part in parts_shown(self.standing)]

    @property
    def table(self) -> list[tuple[Row, list[ShownCell]]]:
        """A line for each person that is shown."""
        places = [place for place, _ in parts_shown(self.standing)]
        return [(row, [_shown_cell(row.cells[place]) for place in places]) for row in self.rows]

    @property
    def all_done(self) -> int:
        """How many people have signed all of theirs."""
        return sum(not row.is_waiting for row in self.standing.rows if row.counts.all)

    @property
    def asked(self) -> int:
        """How many people have anything to sign."""
        return sum(row.counts.all > 0 for row in self.standing.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class SendPage:
    """What a round would ask."""

    matrix: Matrix
    standing: Standing
    by_part: tuple[Counted, ...]
    ends: Round | None  # the round of another edition that would end with it
    without_account: int  # who would get no e-mail
    carried: int  # signatures that carry over

    @property
    def people(self) -> int:
        """How many have something to sign."""
        return len(self.standing.waiting)


def round_to_see(*, round_id: UUID, by: Actor) -> Round:
    """A round of which she sees who has signed. Raises `Refused`."""
    rows = Round.objects.select_related("organisation", "matrix__edition__document", "sent_by", "ended_by")
    found = rows.get(pk=round_id)
    require(may_see(by, found.organisation_id))
    return found


def round_to_keep(*, round_id: UUID, by: Actor) -> Round:
    """A round that she may change. Raises `Refused`."""
    found = round_to_see(round_id=round_id, by=by)
    require(may_end(by, found))
    return found


def send_page(*, school_id: UUID, edition_id: UUID, by: Actor, on: date) -> SendPage:
    """What would be asked of whom, before it is sent. Raises `Refused`."""
    require(may_keep(by, school_id))
    rows = Matrix.objects.select_related("organisation", "edition__document")
    matrix = rows.get(organisation=school_id, edition=edition_id)
    running = Round.objects.filter(organisation=school_id, document=matrix.edition.document_id, ended_at__isnull=True)
    before = running.select_related("organisation", "matrix__edition__document").first()
    as_if = Round(organisation=matrix.organisation, document=matrix.edition.document, matrix=matrix, due_on=on)
    (standing,) = standings(rounds=[as_if], on=on)
    return SendPage(
        matrix=matrix,
        standing=standing,
        by_part=tuple(_by_part(standing)),
        ends=before if before and before.matrix_id != matrix.pk else None,
        without_account=sum(row.reader.person is None for row in standing.waiting),
        carried=sum(cell.state is State.CARRIED for row in standing.rows for cell in row.cells),
    )


def round_page(
    *, round_id: UUID, by: Actor, on: date, kind: ReaderKind | None = None, is_waiting: bool = False
) -> RoundPage:
    """The picture of a round. Raises `Refused`."""
    round_ = round_to_see(round_id=round_id, by=by)
    (standing,) = standings(rounds=[round_], on=on)
    reminded = Prompt.objects.filter(round=round_, kind=Prompt.Kind.REMINDED).order_by("-made_at").first()
    return RoundPage(
        round=round_,
        standing=standing,
        by_part=tuple(_by_part(standing)),
        by_kind=tuple(_by_kind(standing)),
        rows=tuple(_shown(standing, kind, is_waiting=is_waiting)),
        kind=kind,
        is_waiting=is_waiting,
        replacements=tuple(round_.matrix.replacements.select_related("instead")),
        without_account=sum(row.reader.person is None for row in standing.waiting),
        reminded_on=reminded.made_at.date() if reminded else None,
        may_keep=bool(may_keep(by, round_.organisation_id)),
    )


def exported(*, round_id: UUID, by: Actor, on: date) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """Everything the picture is drawn from: a line for each part of each reader. Raises `Refused`."""
    (standing,) = standings(rounds=[round_to_see(round_id=round_id, by=by)], on=on)
    rows = [
        (row.reader.name, row.reader.job, "; ".join(labels_of(row.reader.kinds)), part.name, *_told(cell))
        for row in standing.rows
        for part, cell in zip(standing.parts, row.cells, strict=True)
        if cell.state is not State.NONE
    ]
    return COLUMNS, rows


def _shown_cell(cell: Cell) -> ShownCell:
    return ShownCell(*LOOKS[cell.state], cell.signed.on if cell.signed and cell.state in DONE else None)


def _told(cell: Cell) -> tuple[object, ...]:
    signed = cell.signed if cell.state in DONE else None
    return STATES[cell.state], signed.on if signed else None, WAYS[signed.way] if signed else ""


def _by_part(standing: Standing) -> Iterable[Counted]:
    for place, part in enumerate(standing.parts):
        counts = counted(row.cells[place].state for row in standing.rows)
        if part.kinds or counts.all:
            yield Counted(part.name, short_name(part.name), counts)


def _by_kind(standing: Standing) -> Iterable[Counted]:
    for kind, words in KINDS.items():
        own = [row for row in standing.rows if kind in row.reader.kinds]
        counts = counted(cell.state for row in own for cell in row.cells)
        if counts.all:
            yield Counted(words.label, words.short, counts)


def _shown(standing: Standing, kind: ReaderKind | None, *, is_waiting: bool) -> Iterable[Row]:
    for row in standing.rows:
        if (kind is None or kind in row.reader.kinds) and (row.is_waiting or not is_waiting):
            yield row


def parts_shown(standing: Standing) -> list[tuple[int, Part]]:
    """The parts that anybody reads, each with its place among all."""
    return [(place, part) for place, part in enumerate(standing.parts) if part.kinds]
