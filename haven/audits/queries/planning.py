"""The page of a plan: for the school all of it, for the area how what was sent goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.audits.models import Copy, Return
from haven.audits.policy import may_plan, may_read, may_see
from haven.audits.queries.changing import require_open
from haven.audits.queries.plans import PlanLine, Progress, plan_in, plan_of, progress_of
from haven.audits.queries.returns import return_with_all, sent_copy
from haven.audits.rules.life import ANSWERABLE, IN_HAND, State
from haven.audits.rules.planning import PlanState
from haven.engines.days.moments import local_day
from haven.questions.queries.sheets import filled

UNDONE = frozenset({PlanState.PLANNED, PlanState.OPEN, PlanState.OVERDUE})
NOT_BEGUN = "Nobody has begun this audit yet."


@dataclass(frozen=True, kw_only=True)
class PlanPage:
    """A plan and what whoever looks may do with it."""

    of: Return
    lines: Sequence[PlanLine]
    progress: Progress
    is_ours: bool
    may_write: bool
    is_signing: bool
    was_sent: bool

    @property
    def is_in_hand(self) -> bool:
        """Whether the council has it."""
        return self.of.state in IN_HAND

    @property
    def standing(self) -> list[PlanLine]:
        """The lines that are planned, or were."""
        return [line for line in self.lines if not line.is_dropped]

    @property
    def to_do(self) -> list[PlanLine]:
        """The lines that wait to be done, which can be written in."""
        return [line for line in self.standing if line.state in UNDONE]

    @property
    def finished(self) -> list[PlanLine]:
        """The lines that are done, do not apply, or were taken off the list."""
        return [line for line in self.standing if line.state not in UNDONE]

    @property
    def dropped(self) -> list[PlanLine]:
        """The lines that the school took out."""
        return [line for line in self.lines if line.is_dropped]

    @property
    def unfinished(self) -> list[PlanLine]:
        """The lines that lack something before the plan can be signed."""
        return [line for line in self.standing if line.lacks]

    @property
    def settled(self) -> list[PlanLine]:
        """The lines of which the school is asked whether they stay: what they are about is in place."""
        return [line for line in self.standing if line.is_settled and line.assignment is None]


def plan_page(*, return_id: UUID, by: Actor, at: datetime) -> PlanPage:
    """The plan, for whoever works in the school, and for leads of the area once it was sent. Raises `Refused`."""
    of, today = return_with_all(return_id=return_id), local_day(at)
    require(may_read(by, of))
    if of.sheet is None:
        raise Refused(Reason.WRONG_STATE, NOT_BEGUN)
    is_ours = bool(may_see(by, of))
    lines = plan_of(of, filled(of.sheet), today=today) if is_ours else _followed(of, sent_copy(of), at)
    return PlanPage(
        of=of,
        lines=lines,
        progress=progress_of(lines),
        is_ours=is_ours,
        may_write=bool(may_plan(by, of)) and _is_open(of, at),
        is_signing=of.state == State.SIGNING,
        was_sent=of.submitted_at is not None,
    )


def _followed(of: Return, copy: Copy, at: datetime) -> list[PlanLine]:
    """What an area sees: the plan as it was sent with how far each line is, and what was added to it since."""
    today = local_day(at)
    lines = plan_in(copy, of, today=today)
    if of.state not in IN_HAND or of.sheet is None:
        return lines
    known = {line.id for line in lines}
    added = [line for line in plan_of(of, filled(of.sheet), today=today) if line.item.action_id]
    return lines + [line.followed for line in added if line.id not in known and not line.is_dropped]


def _is_open(of: Return, at: datetime) -> bool:
    """Whether it may be written in now: until it is signed, and once it was sent."""
    if of.state not in ANSWERABLE:
        return of.state in IN_HAND
    try:
        require_open(of, at)
    except Refused:
        return False
    return True
