"""A return's plan: what its answers and last year's plan give it by themselves, with what the school wrote in it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from haven.actions.models import Action, Assignment
from haven.actions.rules import WAITING
from haven.actions.rules import Standing as Asked
from haven.audits.models import Copy, PlanItem, Return
from haven.audits.rules.planning import (
    ALIVE,
    PLAN_STATES,
    PlanState,
    identity,
    issue_of,
    lacking,
    state_of,
    what_of,
)
from haven.questions.queries.sheets import Filled, Line
from haven.questions.rules.kinds import LACKING
from haven.questions.rules.telling import Worth, worth_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """One line of a plan. Once it is an action, what is done and by when are the action's."""

    item: PlanItem  # as it is kept, or as it would be
    is_kept: bool
    ref: str  # of its question as printed; empty where the school added it
    section: str
    worth: Worth | None
    is_settled: bool  # its question is in place by now: the school says whether it stays in the plan
    what: str
    due_on: date | None
    state: PlanState
    assignment: UUID | None
    lacks: tuple[str, ...]

    @property
    def id(self) -> UUID:
        """Of the line, kept or not."""
        return self.item.pk

    @property
    def is_dropped(self) -> bool:
        """Whether the school took it out."""
        return self.item.dropped_at is not None

    @property
    def label(self) -> str:
        """Its state in a word."""
        return PLAN_STATES[self.state][0]

    @property
    def colour(self) -> str:
        """Its state's colour."""
        return PLAN_STATES[self.state][1]

    @property
    def issue(self) -> Sequence[str]:
        """What is not in place: the question, and what was said to it."""
        return self.item.issue.split("\n", 1)

    @property
    def followed(self) -> "PlanLine":
        """As the area follows it: without the way to the action, which is the school's own."""
        return replace(self, assignment=None, section="")

    @property
    def why_ended(self) -> str:
        """Why it is no longer planned."""
        return self.item.dropped_why or (self.item.action.ended_why if self.item.action else "")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a plan is."""

    planned: int
    done: int
    overdue: int
    whole: int

    @property
    def open(self) -> int:
        """What is under way and not late."""
        return self.whole - self.done - self.overdue - self.planned

    @property
    def bar(self) -> Sequence[tuple[str, float, float]]:
        """Done, under way and overdue, as the parts of a bar a hundred wide."""
        parts, at = [], 0.0
        for name, count in (("done", self.done), ("open", self.open + self.planned), ("late", self.overdue)):
            width = round(count * 100 / max(self.whole, 1), 2)
            if width:
                parts.append((name, at, width))
            at += width
        return parts


def plan_of(of: Return, filled: Filled | None, *, today: date) -> list[PlanLine]:
    """Every line of a plan in the order of the questions, those taken out among them.

    A question that is not in place gives a line, and so does what is unfinished of last year's plan. Nothing is kept
    of either until the school writes in it or somebody signs; what nobody wrote in goes by itself.
    """
    kept = {item.pk: item for item in of.plan.select_related("action", "came_from__action")}
    wanted = _by_themselves(of, filled) if filled else {}
    assignments = _assignments([item.action for item in kept.values() if item.action])
    items = [_refreshed(kept.pop(pk), item) if pk in kept else item for pk, item in wanted.items()]
    items += [item for item in kept.values() if item.revision or item.action_id or filled is None]
    lines = [_line(item, filled, assignments, today) for item in items]
    order = {key: place for place, key in enumerate(filled.outline.questions)} if filled else {}
    return sorted(lines, key=lambda line: (order.get(line.item.question, len(order)), line.item.written_at, line.id))


def alive(lines: Sequence[PlanLine]) -> list[PlanLine]:
    """The lines that are planned: not taken out, not said to have no need."""
    return [line for line in lines if not line.is_dropped and line.state in ALIVE]


def progress_of(lines: Sequence[PlanLine]) -> Progress:
    """How far a plan is."""
    states = Counter(line.state for line in alive(lines))
    return Progress(
        planned=states[PlanState.PLANNED],
        done=states[PlanState.DONE],
        overdue=states[PlanState.OVERDUE],
        whole=states.total(),
    )


def as_content(lines: Sequence[PlanLine]) -> list[dict[str, Any]]:
    """A plan as it is frozen and signed."""
    return [
        {
            "id": str(line.id),
            "question": line.item.question,
            "ref": line.ref,
            "issue": line.item.issue,
            "what": line.what,
            "lead": line.item.lead,
            "by": line.due_on.isoformat() if line.due_on else None,
            "success": line.item.success,
            "unfinished_before": line.item.came_from_id is not None,
            "dropped": line.item.dropped_why if line.is_dropped else "",
        }
        for line in lines
    ]


def plan_in(copy: Copy, of: Return, *, today: date) -> list[PlanLine]:
    """The plan of a copy as it was signed, with how far each line is today: what an area follows."""
    kept = {str(item.pk): item for item in of.plan.select_related("action")}
    assignments = _assignments([item.action for item in kept.values() if item.action])
    return [
        _line_of_copy(row, kept.get(row["id"]), of, assignments, today)
        for row in copy.content["plan"]
        if not row["dropped"]
    ]


def _by_themselves(of: Return, filled: Filled) -> dict[UUID, PlanItem]:
    """The lines that nobody need write: of what is not in place, and of what is unfinished since last time."""
    before = {item.question or str(item.pk): item for item in _unfinished(of)}
    found: dict[UUID, PlanItem] = {}
    for line in filled.asked:
        if _is_lacking(line):
            item = _of_question(of, line, before.pop(line.question.key, None))
            found[item.pk] = item
    for source, old in before.items():
        item = _of_before(of, source, old, filled)
        found[item.pk] = item
    return found


def _unfinished(of: Return) -> list[PlanItem]:
    """The lines of the school's last plan whose actions are still open."""
    if of.cycle.before_id is None:
        return []
    waiting = {"action__standing": Asked.PUBLISHED, "action__assignments__state__in": WAITING}
    rows = PlanItem.objects.filter(
        of__cycle=of.cycle.before_id, of__organisation=of.organisation_id, dropped_at__isnull=True, **waiting
    )
    return list(rows.select_related("action").distinct())


def _is_lacking(line: Line) -> bool:
    return line.is_answered and line.answer is not None and line.answer.stands in LACKING


def _of_question(of: Return, line: Line, before: PlanItem | None) -> PlanItem:
    answer = line.answer
    assert answer is not None  # what is lacking was answered
    item = PlanItem(pk=identity(of.pk, line.question.key), of=of, question=line.question.key, written_at=of.asked_at)
    item.issue = issue_of(line.question.words, answer.words)
    item.what, item.due_on = what_of(line.question.words), answer.by_on
    if before and before.action:
        item.came_from, item.lead, item.success = before, before.lead, before.success
        item.what, item.due_on = before.action.what, answer.by_on or before.action.due_on
    return item


def _of_before(of: Return, source: str, old: PlanItem, filled: Filled) -> PlanItem:
    """A line of last year's plan whose question is in place, or asked no more."""
    key = old.question if old.question in filled.outline.questions else ""
    item = PlanItem(pk=identity(of.pk, source), of=of, question=key, came_from=old, written_at=of.asked_at)
    item.issue, item.lead, item.success = old.issue, old.lead, old.success
    if old.action:
        item.what, item.due_on = old.action.what, old.action.due_on
    return item


def _refreshed(kept: PlanItem, item: PlanItem) -> PlanItem:
    """What is kept, saying of its question what that says now; and of itself, where nobody wrote in it."""
    kept.issue = item.issue
    if not kept.revision and not kept.action_id:
        kept.what, kept.due_on, kept.lead, kept.success = item.what, item.due_on, item.lead, item.success
        kept.came_from = item.came_from
    return kept


def _line(item: PlanItem, filled: Filled | None, assignments: Mapping[UUID, Assignment], today: date) -> PlanLine:
    asked = filled.lines.get(item.question) if filled else None
    is_settled = bool(filled) and bool(item.question) and not (asked and asked.is_asked and _is_lacking(asked))
    row = assignments.get(item.action_id) if item.action_id else None
    what, due_on = (item.action.what, row.due_on) if item.action and row else (item.what, item.due_on)
    state = PlanState.ENDED if item.dropped_at else _state(item.action, row, today)
    return PlanLine(
        item=item,
        is_kept=not item._state.adding,
        ref=asked.question.ref if asked else "",
        section=filled.outline.section_of[item.question].key if filled and asked else "",
        worth=worth_of(asked.answer.stands) if asked and asked.answer else None,
        is_settled=is_settled,
        what=what,
        due_on=due_on,
        state=state,
        assignment=row.pk if row else None,
        lacks=lacking(what, item.lead, due_on, today=today) if state is PlanState.PLANNED else (),
    )


def _line_of_copy(
    row: Mapping[str, Any], item: PlanItem | None, of: Return, assignments: Mapping[UUID, Assignment], today: date
) -> PlanLine:
    told = PlanItem(pk=UUID(row["id"]), of=of, question=row["question"], issue=row["issue"], lead=row["lead"])
    told.success, told.action = row["success"], item.action if item else None
    assignment = assignments.get(item.action_id) if item and item.action_id else None
    by_on = date.fromisoformat(row["by"]) if row["by"] else None
    return PlanLine(
        item=told,
        is_kept=True,
        ref=row["ref"],
        section="",
        worth=None,
        is_settled=False,
        what=item.action.what if item and item.action else row["what"],
        due_on=assignment.due_on if assignment else by_on,
        state=_state(told.action, assignment, today),
        assignment=None,  # the action is the school's own
        lacks=(),
    )


def _state(action: Action | None, row: Assignment | None, today: date) -> PlanState:
    if action is None or row is None:
        return PlanState.PLANNED
    return state_of(action.standing, row.state, row.due_on, today=today)


def _assignments(actions: Sequence[Action]) -> dict[UUID, Assignment]:
    """What the school was asked with each action, by the action."""
    rows = Assignment.objects.filter(action__in=actions)
    return {row.action_id: row for row in rows}
