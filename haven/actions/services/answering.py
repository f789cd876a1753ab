"""Answering: an organisation closes, sets aside, hands on or reopens; the area that asked sends back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.actions.models import Action, Assignment, Draft, Evidence, Prompt, Remark
from haven.actions.policy import SEEING, may_answer, may_hand_on, may_return
from haven.actions.queries.audiences import holds_post
from haven.actions.rules import EvidenceAsked, Given, Move, Standing, State, after, is_own_address, lacking
from haven.engines.days.moments import local_day
from haven.files.services import store_file
from haven.ledger.services import record

MOVED_ON = "This has been answered or withdrawn in the meantime. Look at it again."
SAY_WHY = "Say why."
NOT_A_COLLEAGUE = "Choose somebody who holds a post in your organisation."
NOT_A_LINK = "Give the whole address of the page, beginning with https://."


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenEvidence:
    """What somebody gives when closing. `file` is a name and what the file holds; `record` a path within Haven, and
    `record_label` what lies there."""

    words: str = ""
    link: str = ""
    record: str = ""
    record_label: str = ""
    has_read: bool = False
    file: tuple[str, bytes] | None = None


@transaction.atomic
def close_assignment(*, assignment_id: UUID, evidence: GivenEvidence, by: Actor, at: datetime) -> Assignment:
    """Mark an assignment done, with what shows it. Raises `Refused`, with advice where evidence is lacking."""
    assignment = _load(assignment_id)
    require(may_answer(by, assignment))
    state = _moved(assignment, Move.CLOSE)
    _require_evidence(assignment.action, evidence)
    assignment.state, assignment.closed_at, assignment.closed_by_id = state, at, by.person
    assignment.seen_at = assignment.seen_at or at
    assignment.save()
    kinds = _write_evidence(assignment, evidence, by, at)
    _say(assignment, Move.CLOSE, "", by, at)
    _drop_draft(assignment, by)
    record("action.closed", by=by, at=at, about=_about(assignment) | {"evidence": kinds})
    return assignment


@transaction.atomic
def mark_not_applicable(*, assignment_id: UUID, reason: str, by: Actor, at: datetime) -> Assignment:
    """Set an assignment aside because it does not apply to this organisation, and why."""
    assignment = _load(assignment_id)
    require(may_answer(by, assignment))
    assignment.state = _moved(assignment, Move.SET_ASIDE)
    assignment.reason = _said(reason)
    assignment.closed_at, assignment.closed_by_id = at, by.person
    assignment.seen_at = assignment.seen_at or at
    assignment.save()
    _say(assignment, Move.SET_ASIDE, reason, by, at)
    _drop_draft(assignment, by)
    record("action.set_aside", by=by, at=at, about=_about(assignment), why=reason)
    return assignment


@transaction.atomic
def return_assignment(*, assignment_id: UUID, comment: str, by: Actor, at: datetime) -> Assignment:
    """Send an answer back to the organisation with a comment. The answer's evidence stays."""
    assignment = _load(assignment_id)
    require(may_return(by, assignment))
    assignment.state = _moved(assignment, Move.RETURN)
    assignment.comment = _said(comment)
    assignment.closed_at = assignment.closed_by = None
    assignment.save()
    _say(assignment, Move.RETURN, comment, by, at)
    Prompt.objects.create(assignment=assignment, kind=Prompt.Kind.RETURNED, made_at=at, made_by_id=by.person)
    record("action.returned", by=by, at=at, about=_about(assignment), why=comment)
    return assignment


@transaction.atomic
def reopen(*, assignment_id: UUID, by: Actor, at: datetime) -> Assignment:
    """Take an answer back, by the organisation itself. What was given stays in the history."""
    assignment = _load(assignment_id)
    require(may_answer(by, assignment))
    assignment.state = _moved(assignment, Move.REOPEN)
    assignment.closed_at = assignment.closed_by = None
    assignment.save()
    _say(assignment, Move.REOPEN, "", by, at)
    record("action.reopened", by=by, at=at, about=_about(assignment))
    return assignment


@transaction.atomic
def hand_to(*, assignment_id: UUID, person: UUID, by: Actor, at: datetime) -> Assignment:
    """Give an assignment to a colleague in the same organisation, who is told."""
    assignment = _load(assignment_id)
    require(may_hand_on(by, assignment))
    _moved(assignment, Move.HAND_ON)
    if not holds_post(person=person, organisation=assignment.organisation_id, roles=SEEING, on=local_day(at)):
        raise Refused(Reason.NO_LIVE_POST, NOT_A_COLLEAGUE)
    assignment.handed_to_id = person
    assignment.seen_at = assignment.seen_at or at
    assignment.save()
    _say(assignment, Move.HAND_ON, "", by, at)
    Prompt.objects.create(assignment=assignment, kind=Prompt.Kind.HANDED_ON, made_at=at, made_by_id=by.person)
    record("action.handed_on", by=by, at=at, about=_about(assignment) | {"to": person})
    return assignment


@transaction.atomic
def mark_seen(*, assignment_ids: Sequence[UUID], by: Actor, at: datetime) -> int:
    """Somebody in the organisation has seen these; how many were new. Others' are left alone."""
    mine = Assignment.objects.filter(
        pk__in=assignment_ids, organisation__in=by.organisations(SEEING), seen_at__isnull=True
    )
    seen = list(mine.select_for_update().values_list("pk", flat=True))
    Assignment.objects.filter(pk__in=seen).update(seen_at=at)
    if seen:
        record("action.seen", by=by, at=at, about={"assignments": seen})
    return len(seen)


def _load(assignment_id: UUID) -> Assignment:
    """The row, held until the transaction ends. Withdrawing its action changes the row too, so it waits."""
    return Assignment.objects.select_for_update(of=("self",)).select_related("action").get(pk=assignment_id)


def _moved(assignment: Assignment, move: Move) -> State:
    state = after(State(assignment.state), move)
    if state is None or (move is not Move.REOPEN and assignment.action.standing != Standing.PUBLISHED):
        raise Refused(Reason.WRONG_STATE, MOVED_ON)
    return state


def _said(words: str) -> str:
    if not words.strip():
        raise Refused(Reason.NOT_ASKABLE, SAY_WHY)
    return words.strip()


def _require_evidence(action: Action, evidence: GivenEvidence) -> None:
    given = Given(
        has_word=bool(evidence.words.strip()),
        has_file=evidence.file is not None,
        has_link=bool(evidence.link or evidence.record),
        has_read=evidence.has_read,
    )
    if sentence := lacking(EvidenceAsked(action.evidence_asked), given):
        raise Refused(Reason.EVIDENCE_LACKING, sentence)
    if evidence.link and not evidence.link.startswith(("https://", "http://")):
        raise Refused(Reason.EVIDENCE_LACKING, NOT_A_LINK)
    if not is_own_address(evidence.record):
        raise Refused(Reason.EVIDENCE_LACKING, NOT_A_LINK)


def _write_evidence(assignment: Assignment, evidence: GivenEvidence, by: Actor, at: datetime) -> list[str]:
    """Keep each thing given; which kinds they were."""
    kind = Evidence.Kind
    rows = []
    if words := evidence.words.strip():
        rows.append(Evidence(kind=kind.WORD, words=words))
    if evidence.link:
        rows.append(Evidence(kind=kind.LINK, address=evidence.link))
    if evidence.record:
        rows.append(Evidence(kind=kind.RECORD, address=evidence.record, words=evidence.record_label))
    if evidence.has_read:
        rows.append(Evidence(kind=kind.READING))
    if evidence.file:
        name, content = evidence.file
        rows.append(Evidence(kind=kind.FILE, file=store_file(name=name, content=content, by=by, at=at)))
    for row in rows:
        row.assignment, row.given_at, row.given_by_id = assignment, at, by.person
    Evidence.objects.bulk_create(rows)
    return [str(row.kind) for row in rows]


def _say(assignment: Assignment, move: Move, words: str, by: Actor, at: datetime) -> None:
    Remark.objects.create(assignment=assignment, move=move.value, words=words.strip(), said_at=at, said_by_id=by.person)


def _drop_draft(assignment: Assignment, by: Actor) -> None:
    """What was being typed has been sent."""
    Draft.objects.filter(person=by.person, place=f"close/{assignment.pk}").delete()


def _about(assignment: Assignment) -> dict[str, object]:
    return {
        "assignment": assignment.pk,
        "action": assignment.action_id,
        "organisation": assignment.organisation_id,
        "occurrence": assignment.occurrence_on,
    }
