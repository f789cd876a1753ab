"""A trust at the audits of its schools: how far each is, and what it prepares for all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import require
from haven.audits.models import Cycle, Return, TrustSheet
from haven.audits.policy import may_enter_for_trust, may_prepare_for, returns_of_trust
from haven.audits.queries.law import law_addresses
from haven.audits.queries.returns import step_of, with_progress, with_signed
from haven.audits.rules.life import ANSWERABLE, Standing
from haven.audits.rules.standing import Late, Where, late_on, where_of
from haven.engines.days.moments import local_day
from haven.people.models import Organisation, Status
from haven.questions.models import Support
from haven.questions.queries.asking import Asked, Typed, asked_in
from haven.questions.queries.sheets import filled, tallies_of
from haven.questions.rules.outline import Section
from haven.questions.rules.showing import Counts


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """How far one of a trust's schools is."""

    id: UUID
    school: str
    where: Where
    late: Late
    asked: int
    answered: int
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class TrustCycle:
    """One audit of a trust's schools."""

    cycle: Cycle
    trust: Organisation
    lines: Sequence[SchoolLine]
    prepared: TrustSheet | None
    answered: int  # of what the trust prepares

    @property
    def is_open(self) -> bool:
        """Whether something can be prepared and handed out."""
        return self.cycle.standing == Standing.OPEN

    @property
    def sent(self) -> int:
        """How many schools have sent theirs; one that was sent back is not among them."""
        return sum(line.sent_at is not None and not line.where.is_owing for line in self.lines)

    @property
    def owing(self) -> int:
        """How many schools have still to send theirs."""
        return sum(line.where.is_owing for line in self.lines)


@dataclass(frozen=True, slots=True)
class SectionLine:
    """One section of what a trust prepares."""

    section: Section
    counts: Counts


@dataclass(frozen=True, slots=True)
class Preparing:
    """What a trust prepares: its sections, and one of them to answer where one was chosen."""

    prepared: TrustSheet
    lines: Sequence[SectionLine]
    section: Section | None
    asked: Sequence[Asked]
    after: Section | None
    reached: int  # schools that can still take it in
    is_open: bool

    @property
    def answered(self) -> int:
        """How many questions the trust has answered."""
        return sum(line.counts.answered for line in self.lines)

    @property
    def faulty(self) -> list[Asked]:
        """The questions of which something typed could not be kept."""
        return [each for each in self.asked if each.fault]


def trust_cycles(*, by: Actor, at: datetime) -> Sequence[TrustCycle]:
    """The audits of her trust's schools, the newest first. Raises `Refused`."""
    require(may_enter_for_trust(by))
    rows = Return.objects.filter(returns_of_trust(by)).exclude(cycle__standing=Standing.DRAFT)
    rows = rows.select_related("cycle__area", "organisation__trust", "window")
    grouped: dict[tuple[Cycle, Organisation], list[Any]] = {}
    for row in with_progress(with_signed(rows)).order_by("-cycle__opens_on", "organisation__name", "pk"):
        assert row.organisation.trust is not None  # she was asked by it
        grouped.setdefault((row.cycle, row.organisation.trust), []).append(row)
    prepared = {(each.cycle_id, each.trust_id): each for each in TrustSheet.objects.filter(trust__in=_trusts(by))}
    return [
        TrustCycle(
            cycle,
            trust,
            [_line(row, at) for row in found],
            prepared.get((cycle.pk, trust.pk)),
            _answered(prepared.get((cycle.pk, trust.pk))),
        )
        for (cycle, trust), found in grouped.items()
    ]


def open_for_trust(*, by: Actor, at: datetime) -> Sequence[TrustCycle]:
    """The audits that her trust's schools are asked now; none where she is no trust's lead."""
    if not may_enter_for_trust(by):
        return ()
    return [each for each in trust_cycles(by=by, at=at) if each.is_open]


def preparing(
    *, trust_sheet_id: UUID, key: str, typed: Mapping[str, Typed], by: Actor, at: datetime
) -> Preparing | None:
    """What a trust prepares, at one section or as a whole. Raises `Refused`."""
    rows = TrustSheet.objects.select_related("cycle__area", "trust", "sheet__version", "sheet__organisation")
    prepared = rows.defer("sheet__version__content").filter(pk=trust_sheet_id).first()
    if prepared is None:
        return None
    require(may_prepare_for(by, prepared.trust_id))
    outline = prepared.sheet.version.outline
    section = outline.section(key) if key else None
    if key and section is None:
        return None
    tallies = tallies_of(prepared.sheet_id)
    asked: Sequence[Asked] = ()
    if section:
        law = law_addresses(laws={each for question in section.questions for each in question.law}, on=local_day(at))
        whole = filled(prepared.sheet, section)
        asked = asked_in(whole, section, file_address=_no_file, law=law, typed=typed)
    return Preparing(
        prepared,
        [SectionLine(each, tallies[each.key].counts) for each in outline.sections if each.key in tallies],
        section,
        asked,
        outline.after(section) if section else None,
        open_returns(prepared).count(),
        prepared.cycle.standing == Standing.OPEN,
    )


def open_returns(prepared: TrustSheet) -> Any:
    """The returns of the trust's schools in which answers may still be put."""
    rows = Return.objects.filter(cycle=prepared.cycle_id, organisation__trust=prepared.trust_id)
    return rows.filter(state__in=ANSWERABLE)


def _line(row: Any, at: datetime) -> SchoolLine:
    where = where_of(row.state, step_of(row), row.cycle.steps, is_gone=row.organisation.status == Status.CLOSED)
    return SchoolLine(
        row.pk,
        row.organisation.name,
        where,
        late_on(row.days, where, local_day(at)),
        row.asked,
        row.answered,
        row.submitted_at,
    )


def _answered(prepared: TrustSheet | None) -> int:
    if prepared is None:
        return 0
    return sum(each.counts.answered for each in tallies_of(prepared.sheet_id).values())


def _trusts(by: Actor) -> list[UUID]:
    return [post.organisation for post in by.posts]


def _no_file(_: Support) -> str:
    return ""
