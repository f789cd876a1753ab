"""One assignment, with the words that asked for it, its answer and its history."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.access.roles import LABELS, Role
from haven.actions.models import Assignment, Draft, Evidence
from haven.actions.policy import ANSWERING, SEEING, may_answer, may_change, may_hand_on, may_return, may_see
from haven.actions.queries.lists import Listed, line_of
from haven.actions.queries.sources import words_for
from haven.actions.rules import Move, Standing, State, after
from haven.engines.days.moments import local_day
from haven.files.queries import OpenedFile, open_file
from haven.people.models import Organisation, Post
from haven.people.queries import on_day


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing given as evidence. `file` is the file's name; `is_ready` false while it is still being checked."""

    id: UUID
    kind: str
    words: str
    address: str
    file: str
    is_ready: bool
    given_at: datetime
    given_by: str


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the history."""

    move: Move
    words: str
    said_at: datetime
    said_by: str


@dataclass(frozen=True, slots=True)
class AssignmentPage:
    """Everything the page of an assignment shows, and what this actor may do on it."""

    line: Listed
    action_id: UUID
    detail: str
    quote: str
    source_address: str
    meant_for: tuple[str, ...]
    occurrence_on: date
    is_asked: bool
    ended_why: str
    version: int
    reason: str
    closed_at: datetime | None
    closed_by: str
    evidence: tuple[Shown, ...]
    history: tuple[Said, ...]
    may: frozenset[Move]
    set_by_name: str  # who in the organisation set it, where it is its own
    may_change: bool  # whether this actor may say it differently or take it off the list: her organisation's own
    colleagues: tuple[tuple[UUID, str], ...]  # to whom it may be handed

    def is_over(self, move: Move) -> bool:
        """Whether the time for this move has passed, whoever would make it."""
        return not self.is_asked or after(self.line.state, move) is None


def assignment_page(*, assignment_id: UUID, by: Actor, at: datetime) -> AssignmentPage:
    """The assignment, for whoever may see it. Raises `Refused`, or `Assignment.DoesNotExist`."""
    row = Assignment.objects.select_related(
        "action__asked_by", "action__area", "action__published_by", "organisation", "handed_to", "closed_by"
    ).get(pk=assignment_id)
    require(may_see(by, row))
    action = row.action
    words = words_for(actions=[action], by=by, at=at)[action.pk]
    return AssignmentPage(
        line=line_of(row, words, at),
        action_id=action.pk,
        detail=action.detail,
        quote=words.quote,
        source_address=action.source_address,
        meant_for=tuple(LABELS[Role(role)] for role in action.roles),
        occurrence_on=row.occurrence_on,
        is_asked=action.standing == Standing.PUBLISHED,
        ended_why=action.ended_why,
        version=action.version,
        reason=row.reason if row.state == State.NOT_APPLICABLE else "",
        closed_at=row.closed_at,
        closed_by=row.closed_by.name if row.closed_by else "",
        evidence=tuple(_shown(each) for each in row.evidence.select_related("file", "given_by")),
        history=tuple(
            Said(Move(each.move), each.words, each.said_at, each.said_by.name if each.said_by else "Haven")
            for each in row.remarks.select_related("said_by")
        ),
        may=_moves(row, by),
        set_by_name=action.published_by.name if action.is_own and action.published_by else "",
        may_change=action.is_own and action.is_published and bool(may_change(by, action)),
        colleagues=_colleagues(row, at) if may_hand_on(by, row) else (),
    )


def _colleagues(row: Assignment, at: datetime) -> tuple[tuple[UUID, str], ...]:
    """Everybody with a live post in the organisation, by name."""
    posts = Post.objects.filter(
        on_day(local_day(at)),
        organisation=row.organisation_id,
        role__in=[role.value for role in SEEING],
        person__is_active=True,
    )
    people = posts.order_by("person__name", "person").values_list("person", "person__name", "role")
    named: dict[UUID, str] = {}
    for person, name, role in people:
        named.setdefault(person, f"{name}, {LABELS[Role(role)]}")
    return tuple(named.items())


def own_assignment(*, assignment_id: UUID, by: Actor) -> Assignment:
    """One of an organisation's own, to be changed or taken off its list. Raises `Refused`, or `DoesNotExist`."""
    row = Assignment.objects.select_related("action", "organisation").get(pk=assignment_id, action__is_own=True)
    require(may_change(by, row.action))
    return row


def organisation_to_set(*, organisation_id: UUID | None, by: Actor) -> tuple[Organisation, tuple[Organisation, ...]]:
    """Where the actor would set an action, and everywhere she could. Raises `Refused` where there is none."""
    mine = tuple(Organisation.objects.filter(pk__in=by.organisations(ANSWERING)).order_by("name"))
    chosen = [each for each in mine if organisation_id in (None, each.pk)]
    if not chosen:
        raise Refused(Reason.NOT_THE_ORGANISATION)
    return chosen[0], mine


def draft(*, place: str, by: Actor) -> dict[str, str]:
    """What she had typed into this form when it was last kept; empty where nothing was."""
    kept = Draft.objects.filter(person=by.person, place=place).first() if by.person else None
    return dict(kept.fields) if kept else {}


def evidence_file(*, assignment_id: UUID, evidence_id: UUID, by: Actor) -> OpenedFile | None:
    """A file given as evidence, for the organisation that gave it and the leads of the area that asked."""
    given = Evidence.objects.select_related("assignment__action").get(pk=evidence_id, assignment=assignment_id)
    require(may_see(by, given.assignment))
    return open_file(file_id=given.file_id) if given.file_id else None


def _moves(row: Assignment, by: Actor) -> frozenset[Move]:
    """What this actor may do with it now: who may, and what its state allows."""
    allowed = {
        Move.CLOSE: may_answer(by, row),
        Move.SET_ASIDE: may_answer(by, row),
        Move.REOPEN: may_answer(by, row),
        Move.HAND_ON: may_hand_on(by, row),
        Move.RETURN: may_return(by, row),
    }
    is_asked = row.action.standing == Standing.PUBLISHED
    return frozenset(move for move, yes in allowed.items() if yes and is_asked and after(State(row.state), move))


def _shown(each: Evidence) -> Shown:
    return Shown(
        id=each.pk,
        kind=each.get_kind_display(),
        words=each.words,
        address=each.address,
        file=each.file.name if each.file else "",
        is_ready=each.file is not None and each.file.state == "clean",
        given_at=each.given_at,
        given_by=each.given_by.name if each.given_by else "",
    )
