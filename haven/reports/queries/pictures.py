"""The area's picture of a cycle: schools by sections, and each section through all schools."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from haven.access.actor import Actor
from haven.audits.models import Cycle, Return
from haven.audits.rules.life import IN_HAND, STATES, State
from haven.people.models import Cluster
from haven.questions.models import Tally
from haven.questions.rules.outline import Section
from haven.reports.queries.sent import Sought, choices_of, cycle_kept, returns_sought
from haven.reports.rules.shares import Share

SCHOOLS_A_PAGE = 50
LEAST_FIRST = "least"


@dataclass(frozen=True, slots=True)
class Column:
    """One section through all schools that sent."""

    section: Section
    share: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One school. Before it has sent there are no cells, and only how far it is."""

    return_id: UUID
    school: str
    state: str
    is_sent: bool
    answered: int
    asked: int
    cells: tuple[Share, ...] = ()

    @property
    def share(self) -> Share:
        """Of all sections."""
        return sum(self.cells, Share())


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A cycle as an area sees it."""

    cycle: Cycle
    sought: Sought
    phases: Sequence[tuple[str, str]]
    clusters: Sequence[Cluster]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sent: int

    @property
    def schools(self) -> int:
        """How many there are."""
        return len(self.rows)

    @property
    def share(self) -> Share:
        """Of everything that was sent."""
        return sum((column.share for column in self.columns), Share())

    @property
    def is_narrowed(self) -> bool:
        """Whether only some schools are shown."""
        return bool(self.sought.phase or self.sought.cluster)


EXPORTED = ("URN", "School", "Phase", "State", "Section", "In place", "Partly in place", "Not in place", "% in place")


def picture(*, cycle_id: UUID, by: Actor, on: date, sought: Sought) -> Picture:
    """Schools by sections. Raises `Refused` where she does not lead the area."""
    cycle = cycle_kept(cycle_id=cycle_id, by=by)
    returns = returns_sought(cycle, sought, on)
    sections = cycle.version.outline.sections
    tallies = _tallies(returns)
    rows = [_row(each, sections, tallies.get(each.sheet_id, {})) for each in returns]
    is_least_first = sought.order == LEAST_FIRST
    rows.sort(key=lambda row: (not row.is_sent, (row.share.percent or 0) if is_least_first else 0))
    phases, clusters = choices_of(cycle)
    through = [sum((row.cells[place] for row in rows if row.cells), Share()) for place in range(len(sections))]
    return Picture(
        cycle=cycle,
        sought=sought,
        phases=phases,
        clusters=clusters,
        columns=tuple(Column(*each) for each in zip(sections, through, strict=True)),
        rows=tuple(rows),
        sent=sum(row.is_sent for row in rows),
    )


def exported(
    *, cycle_id: UUID, by: Actor, on: date, sought: Sought
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """Everything the picture is drawn from: a line for each section of each school that sent, else one for the school.

    Raises `Refused`.
    """
    cycle = cycle_kept(cycle_id=cycle_id, by=by)
    returns = returns_sought(cycle, sought, on)
    sections = cycle.version.outline.sections
    tallies = _tallies(returns)
    lines: list[tuple[object, ...]] = []
    for each in returns:
        school = each.organisation
        row = _row(each, sections, tallies.get(each.sheet_id, {}))
        head = (school.urn, school.name, school.get_phase_display(), row.state)
        lines += [
            (*head, section.title, cell.in_place, cell.partly, cell.not_in_place, cell.percent)
            for section, cell in zip(sections, row.cells, strict=False)
        ] or [(*head, "", None, None, None, None)]
    return EXPORTED, lines


def shares_of(returns: Sequence[Return]) -> Mapping[UUID, Share]:
    """The share of all that each school sent, by the school."""
    found = _tallies([each for each in returns if each.state in IN_HAND])
    return {
        each.organisation_id: sum((section.share for section in found[each.sheet_id].values()), Share())
        for each in returns
        if each.sheet_id in found
    }


class _Counted(NamedTuple):
    """The counts of a section, as far as they are shown."""

    asked: int
    answered: int
    share: Share


def _tallies(returns: Sequence[Return]) -> dict[UUID | None, dict[str, _Counted]]:
    found: dict[UUID | None, dict[str, _Counted]] = {}
    rows = Tally.objects.filter(sheet__in=[each.sheet_id for each in returns if each.sheet_id]).order_by()
    fields = ("sheet_id", "section", "asked", "answered", "in_place", "partly", "not_in_place")
    for sheet, section, asked, answered, *figures in rows.values_list(*fields):
        found.setdefault(sheet, {})[section] = _Counted(asked, answered, Share(*figures))
    return found


def _row(of: Return, sections: Sequence[Section], tallies: Mapping[str, _Counted]) -> Row:
    is_sent = of.state in IN_HAND
    cells = [tallies[each.key].share if each.key in tallies else Share() for each in sections] if is_sent else ()
    return Row(
        return_id=of.pk,
        school=of.organisation.name,
        state=STATES[State(of.state)],
        is_sent=is_sent,
        answered=sum(tally.answered for tally in tallies.values()),
        asked=sum(tally.asked for tally in tallies.values()),
        cells=tuple(cells),
    )
