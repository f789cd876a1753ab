"""What is mine: the audits of somebody's schools, this one first, and earlier ones with their feedback."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import require
from haven.audits.models import Moved, Return
from haven.audits.policy import may_enter, may_enter_for_trust, returns_seen_by, signing_post
from haven.audits.queries.back import Answered, answered
from haven.audits.queries.cycles import KeptCycle, cycles_kept
from haven.audits.queries.returns import step_of, with_progress, with_signed
from haven.audits.rules.life import Phase, Standing, due_next, phase_on
from haven.audits.rules.standing import Late, Where, deadline_in_words, late_on, turn_in_words, where_of, year_in_words
from haven.engines.days.moments import local_day
from haven.people.models import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAudit:
    """One school's audit, as a line of who works there."""

    id: UUID
    title: str
    year: str
    school: str
    area: str
    note: str
    where: Where
    late: Late
    is_now: bool  # the school can still do something, or the council has still to answer
    has_opened: bool
    due_on: date
    deadline: str
    turn: str
    is_hers: bool  # her signature is waited for
    asked: int
    answered: int
    sent_on: date | None
    reference: str
    feedback: Answered | None
    moved: Moved | None  # that its final deadline was put off to where it stands

    @property
    def percent(self) -> int:
        """How much of it is answered."""
        return self.answered * 100 // self.asked if self.asked else 0

    @property
    def bar(self) -> Sequence[tuple[str, float, float]]:
        """How much of it is answered, as the parts of a bar a hundred wide."""
        return (("done", 0.0, float(self.percent)),)


@dataclass(frozen=True, slots=True)
class Mine:
    """What somebody sees of audits first."""

    kept: Sequence[KeptCycle]
    now: Sequence[OwnAudit]
    before: Sequence[OwnAudit]


def mine(*, by: Actor, on: date) -> Mine:
    """The cycles that she keeps, and the audits of her schools. Raises `Refused`."""
    require(may_enter(by))
    own = own_audits(by=by, on=on)
    return Mine(
        kept=cycles_kept(by=by, on=on),
        now=[each for each in own if each.is_now],
        before=[each for each in own if not each.is_now],
    )


def is_for_a_trust_alone(*, by: Actor) -> bool:
    """Whether she has to do with audits as a trust's lead and in no other way."""
    return bool(may_enter_for_trust(by)) and not may_enter(by)


def own_audits(*, by: Actor, on: date) -> Sequence[OwnAudit]:
    """The audits of her schools: first what is due, the soonest first; then the newest."""
    rows = Return.objects.filter(returns_seen_by(by)).select_related("cycle__area", "organisation", "window")
    found = list(with_progress(with_signed(rows)).order_by("-cycle__opens_on", "organisation__name", "pk"))
    feedback = answered([each.pk for each in found if each.submitted_at])
    moved = _moved(found)
    lines = [_own(each, feedback.get(each.pk), moved, by, on) for each in found]
    return sorted(lines, key=lambda line: (not line.is_now, line.due_on.toordinal() if line.is_now else 0))


def waiting_for(*, by: Actor, on: date) -> Sequence[OwnAudit]:
    """The audits that her schools have still to send and can, the soonest first."""
    return [each for each in own_audits(by=by, on=on) if each.is_now and each.has_opened and each.where.is_owing]


def _moved(returns: Iterable[Any]) -> Mapping[tuple[UUID, date], Moved]:
    """The deadlines that were put off, by their day and by the return where it was for one school, else the cycle."""
    rows = Moved.objects.filter(cycle__in={each.cycle_id for each in returns}).order_by("moved_at")
    return {(each.organisation_return_id or each.cycle_id, each.now_on): each for each in rows}


def _own(of: Any, feedback: Answered | None, moved: Mapping[tuple[UUID, date], Moved], by: Actor, on: date) -> OwnAudit:
    cycle, days, step = of.cycle, of.days, step_of(of)
    where = where_of(of.state, step, cycle.steps, is_gone=of.organisation.status == Status.CLOSED)
    is_open, last = cycle.standing == Standing.OPEN, days.final_due_on
    return OwnAudit(
        id=of.pk,
        title=cycle.title,
        year=year_in_words(cycle.school_year),
        school=of.organisation.name,
        area=cycle.area.name,
        note=cycle.note,
        where=where,
        late=late_on(days, where, on),
        is_now=is_open and (feedback is None or where.is_owing),
        has_opened=phase_on(days, on) is not Phase.BEFORE,
        due_on=due_next(days, on),
        deadline=deadline_in_words(days, on),
        turn=turn_in_words(of.state, step, cycle.steps),
        is_hers=is_open and step > 0 and signing_post(by, of, cycle.steps[step - 1]) is not None,
        asked=of.asked,
        answered=of.answered,
        sent_on=local_day(of.submitted_at) if of.submitted_at else None,
        reference=of.reference,
        feedback=feedback,
        moved=(moved.get((of.pk, last)) or moved.get((cycle.pk, last))) if where.is_owing else None,
    )
