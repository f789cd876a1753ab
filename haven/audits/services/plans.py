"""A school's plan: written in, added to, taken out of, and set on its own list of actions once the audit is sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused, require
from haven.actions.models import Action
from haven.actions.rules import EvidenceAsked, WantedAction
from haven.actions.services import amend_action, replace_action, set_own_action, withdraw_action
from haven.audits.models import PlanItem, Return
from haven.audits.policy import may_plan
from haven.audits.queries.changing import require_open, return_for_update
from haven.audits.queries.plans import PlanLine, plan_of
from haven.audits.rules.life import ANSWERABLE, IN_HAND, State
from haven.audits.rules.planning import SAY_WHAT, SAY_WHEN, detail_of, identity, label_of
from haven.engines.days.moments import local_day
from haven.ledger.services import record
from haven.questions.queries.sheets import filled, sheet_of

NOT_BEGUN = "Nobody has begun this audit yet."
SIGNING = "It is being signed, plan and all, so the plan cannot be changed now. The audit can be reopened first."
NOT_THERE = "This line is no longer in the plan."
SAY_ISSUE = "Say what is not in place."
SAY_WHY = "Say why it leaves the plan."
MEANWHILE = (
    "Somebody else changed this line in the meantime. Look at what it says now, and save again to put yours there."
)
CHANGED_IN_AUDIT = "Changed in the plan of the audit."
LONGEST_LEAD = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedLine:
    """One line of a plan as the school writes it. `seen` is how often it had been written in when she saw it."""

    what: str
    lead: str
    due_on: date | None
    success: str
    seen: int = 0


class Clashing(Refused):
    """Lines that somebody else changed in the meantime; nothing of the save was kept."""

    def __init__(self, lines: Sequence[UUID]) -> None:
        super().__init__(Reason.CHANGED_MEANWHILE, MEANWHILE)
        self.lines = tuple(lines)


@transaction.atomic
def write_plan(*, return_id: UUID, wanted: Mapping[UUID, WantedLine], by: Actor, at: datetime) -> int:
    """Write in lines of a plan; how many were changed. What is an action already is amended there.

    Raises `Clashing` where somebody else wrote in one of them in the meantime, and `Refused`.
    """
    of, lines = _plan_for_update(return_id, by, at)
    known = {line.id: line for line in lines if not line.is_dropped}
    if set(wanted) - set(known):
        raise Refused(Reason.NOT_ASKABLE, NOT_THERE)
    changed = {pk: each for pk, each in wanted.items() if _is_other(known[pk], each)}
    if clashing := [pk for pk, each in changed.items() if known[pk].item.revision != each.seen]:
        raise Clashing(clashing)
    for pk, each in changed.items():
        _write(known[pk].item, each, of, by, at)
    if changed:
        record("plan.written", by=by, at=at, about=_about(of) | {"lines": sorted(changed)})
    return len(changed)


@transaction.atomic
def add_to_plan(*, return_id: UUID, key: UUID, issue: str, wanted: WantedLine, by: Actor, at: datetime) -> PlanItem:
    """Add a line of the school's own. A second wish with the same key adds nothing."""
    of, lines = _plan_for_update(return_id, by, at)
    if known := next((line.item for line in lines if line.id == key), None):
        return known
    if not issue.strip():
        raise Refused(Reason.NOT_ASKABLE, SAY_ISSUE)
    item = PlanItem(pk=key, of=of, issue=issue.strip(), written_at=at)
    _write(item, wanted, of, by, at)
    record("plan.added_to", by=by, at=at, about=_about(of) | {"line": item.pk})
    return item


@transaction.atomic
def take_out_of_plan(*, return_id: UUID, line_id: UUID, why: str, by: Actor, at: datetime) -> PlanItem:
    """Take a line out of the plan, and its action off the school's list. It stays on record with the reason."""
    of, lines = _plan_for_update(return_id, by, at)
    line = _line(lines, line_id)
    if line.is_dropped:
        return line.item
    if not why.strip():
        raise Refused(Reason.NOT_ASKABLE, SAY_WHY)
    item = line.item
    item.dropped_at, item.dropped_why, item.revision = at, why.strip(), item.revision + 1
    item.save()
    _withdraw(item.action, why.strip(), at)
    record("plan.taken_out_of", by=by, at=at, about=_about(of) | {"line": item.pk}, why=why.strip())
    return item


@transaction.atomic
def put_back_into_plan(*, return_id: UUID, line_id: UUID, by: Actor, at: datetime) -> PlanItem:
    """Put a line back that was taken out. Where the audit was sent, it is set on the school's list anew."""
    of, lines = _plan_for_update(return_id, by, at)
    item = _line(lines, line_id).item
    if item.dropped_at is None:
        return item
    item.dropped_at, item.dropped_why, item.action, item.revision = None, "", None, item.revision + 1
    item.save()
    if of.state in IN_HAND:
        _set(item, of, at)
    record("plan.put_back_into", by=by, at=at, about=_about(of) | {"line": item.pk})
    return item


@transaction.atomic
def keep_plan(*, of: Return, lines: Sequence[PlanLine], by: Actor, at: datetime) -> None:
    """Keep every line of a plan as it is signed, and forget what answers that were changed had given."""
    of.plan.exclude(pk__in=[line.id for line in lines]).delete()
    for line in lines:
        line.item.save()
    record("plan.kept", by=by, at=at, about=_about(of) | {"lines": len(lines)})


@transaction.atomic
def agree_plan(*, of: Return, by: Actor, at: datetime) -> int:
    """Set each line that is no action yet on the school's own list, when the audit is sent; how many.

    What came along from last year takes the place of last year's action. Haven does it, whoever signs last.
    """
    lines = list(of.plan.select_related("action", "came_from__action"))
    new = [item for item in lines if item.dropped_at is None and item.action_id is None]
    for item in new:
        _set(item, of, at)
    for item in lines:
        if item.dropped_at is not None and item.came_from:
            _withdraw(item.came_from.action, item.dropped_why, at)
    record("plan.agreed", by=by, at=at, about=_about(of) | {"actions": len(new)})
    return len(new)


def _plan_for_update(return_id: UUID, by: Actor, at: datetime) -> tuple[Return, list[PlanLine]]:
    """The return and its plan, for those who may write in it now: until it is signed, and once it was sent."""
    of = return_for_update(return_id=return_id)
    require(may_plan(by, of))
    if of.state == State.SIGNING:
        raise Refused(Reason.WRONG_STATE, SIGNING)
    sheet = sheet_of(sheet_id=of.sheet_id) if of.sheet_id else None
    if sheet is None:
        raise Refused(Reason.WRONG_STATE, NOT_BEGUN)
    if of.state in ANSWERABLE:
        require_open(of, at)
    return of, plan_of(of, filled(sheet), today=local_day(at))


def _line(lines: Sequence[PlanLine], line_id: UUID) -> PlanLine:
    for line in lines:
        if line.id == line_id:
            return line
    raise Refused(Reason.NOT_ASKABLE, NOT_THERE)


def _is_other(line: PlanLine, wanted: WantedLine) -> bool:
    stands = (line.what, line.item.lead, line.due_on, line.item.success)
    return stands != (" ".join(wanted.what.split()), wanted.lead.strip(), wanted.due_on, wanted.success.strip())


def _write(item: PlanItem, wanted: WantedLine, of: Return, by: Actor, at: datetime) -> None:
    item.what, item.lead = " ".join(wanted.what.split()), wanted.lead.strip()
    item.due_on, item.success = wanted.due_on, wanted.success.strip()
    if of.state in IN_HAND or item.action_id:  # it stands on a list, so it says what and by when
        _require_whole(item)
    item.revision += 1
    item.save()
    if item.action and item.action.is_published:
        amend_action(action_id=item.action.pk, wanted=_wanted(item, of), why=CHANGED_IN_AUDIT, by=by, at=at)
    elif of.state in IN_HAND and item.action is None:
        _set(item, of, at)


def _require_whole(item: PlanItem) -> None:
    for sentence, is_wanted in {SAY_WHAT: not item.what, SAY_WHEN: item.due_on is None}.items():
        if is_wanted:
            raise Refused(Reason.NOT_ASKABLE, sentence)


def _set(item: PlanItem, of: Return, at: datetime) -> None:
    """Make an action of it; in the place of last year's, where that is still asked."""
    wanted = _wanted(item, of)
    old = item.came_from.action if item.came_from else None
    if old and old.is_published:
        why = f"It goes on in the plan of {of.cycle.title}."
        item.action = replace_action(action_id=old.pk, wanted=wanted, why=why, by=HAVEN, at=at)
    else:
        item.action = set_own_action(organisation_id=of.organisation_id, wanted=wanted, by=HAVEN, at=at)
    item.save(update_fields=["action"])


def _withdraw(action: Action | None, why: str, at: datetime) -> None:
    if action and action.is_published:
        withdraw_action(action_id=action.pk, why=why, by=HAVEN, at=at)


def _wanted(item: PlanItem, of: Return) -> WantedAction:
    outline = of.cycle.version.outline
    question, section = outline.questions.get(item.question), outline.section_of.get(item.question)
    place = f"sections/{section.key}/#q-{item.question}" if section else "plan/"
    return WantedAction(
        what=item.what,
        asked_by=of.organisation_id,
        audience=(),
        detail=detail_of(item.issue.split("\n", 1)[-1], item.lead, item.success),
        source_label=label_of(of.cycle.title, question.ref if question else ""),
        source_address=f"/audits/{of.pk}/{place}",
        quote=question.words if question else "",
        due_on=item.due_on,
        evidence=EvidenceAsked.WORD,
        key=identity(item.pk, str(item.revision)),
    )


def _about(of: Return) -> dict[str, Any]:
    return {"return": of.pk, "cycle": of.cycle_id, "organisation": of.organisation_id, "area": of.cycle.area_id}
