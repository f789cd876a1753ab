"""Showing a request, and what stands in its thread, to those who answer for an agency."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models.query import QuerySet

from haven.access.actor import Actor
from haven.checks.disclosure.threads import Answered, More, Read, answers_of, more_in, questions_of, readings_of
from haven.checks.disclosure.writing import shown, within
from haven.checks.models import Ask, Check, Shared
from haven.checks.policy import asks_for, may_answer
from haven.checks.rules.bands import Band
from haven.checks.rules.states import AskState, Deed, moved
from haven.engines.days.moments import local_day
from haven.people.seeing import seeing_as
from haven.subjects.disclosure.opening import identities, opened
from haven.subjects.disclosure.recording import Purpose
from haven.subjects.models import Subject, Told
from haven.subjects.rules.bases import Flow, basis_called
from haven.subjects.rules.naming import Identity
from haven.subjects.rules.ties import Asker


@dataclass(frozen=True, slots=True)
class Wanted:
    """One check of a thread: under which reference, how urgent and why. Words that do not open are none."""

    reference: str
    band: Band
    asked_at: datetime
    due_at: datetime | None
    asker: str
    concern: str | None
    basis: str
    told: str
    untold: str


@dataclass(frozen=True, slots=True)
class Other:
    """What another agency had answered when the round closed."""

    agency: str
    answers: Sequence[Answered]


@dataclass(frozen=True, slots=True)
class Last:
    """What this agency last answered to a question about the same child."""

    words: str
    on: date


@dataclass(frozen=True, slots=True)
class RequestView:
    """A thread as those who answer see it. Nothing here is of a child that the agency was not asked about."""

    ask: UUID
    agency: str
    area: UUID
    state: AskState
    due_at: datetime | None
    children: Sequence[Identity]
    wanted: Sequence[Wanted]
    answers: Sequence[Answered]
    last: Mapping[str, Last]
    more: Sequence[More]
    readings: Sequence[Read]
    others: Sequence[Other]
    is_closed: bool
    has_drafts: bool


def open_request(*, ask_id: UUID, by: Actor, at: datetime) -> RequestView:
    """The thread, the disclosure written down first. It is opened from then. A refusal is written down, too."""
    asker = Asker(by, at)
    with transaction.atomic(), seeing_as(by):
        ask = _threads().get(pk=ask_id)
        allowed = may_answer(asker, ask)
    assert ask.answer is not None
    purpose = Purpose(Flow.MASH_TO_AGENCY, within(ask.of.reference, "to answer it"))
    organisations = shown(ask.of.record, allowed=allowed, purpose=purpose, asker=asker)
    shown(ask.answer, allowed=allowed, purpose=purpose, asker=asker)
    with transaction.atomic(), seeing_as(by):
        _note_opened(ask_id, at)
        ask = _threads().get(pk=ask_id)
        return _view(ask, organisations, asker)


def _threads() -> QuerySet[Ask]:
    return Ask.objects.filter(thread__isnull=True).select_related(
        "of__record", "of__owner", "of__asked_by", "agency", "answer"
    )


def _note_opened(ask_id: UUID, at: datetime) -> None:
    ask = Ask.objects.select_for_update(of=("self",)).get(pk=ask_id)
    state = moved(AskState(ask.state), Deed.OPEN)
    if state is not None and (state != ask.state or ask.opened_at is None):
        ask.state, ask.opened_at = state, ask.opened_at or at
        ask.save(update_fields=["state", "opened_at"])


def _view(ask: Ask, organisations: Collection[UUID], asker: Asker) -> RequestView:
    subjects = Subject.objects.filter(pk__in=ask.about.values("subject")).select_related("record")
    named = identities(subjects, organisations=organisations)
    own = opened(ask.of.record_id, "own_question", ask.of.own_question, organisations=organisations)
    questions = questions_of(ask, own)
    answers = answers_of(ask, questions, organisations=organisations, is_own=True)
    followers = ask.followers.exclude(state=AskState.WITHDRAWN).order_by("asked_at")
    followers = followers.select_related("of__asked_by", "of__owner")
    checks = [ask.of, *(each.of for each in followers)]
    return RequestView(
        ask=ask.pk,
        agency=ask.asked_of,
        area=ask.of.area_id,
        state=AskState(ask.state),
        due_at=ask.due_at,
        children=sorted(named.values(), key=lambda each: each.name),
        wanted=[wanted_of(each, organisations) for each in checks],
        answers=answers,
        last=_last(ask, questions, organisations, asker),
        more=more_in(ask, organisations=organisations),
        readings=readings_of(ask),
        others=_others(ask, organisations),
        is_closed=ask.of.closed_at is not None,
        has_drafts=any(each.wording and each.wording.sent_at is None for each in answers),
    )


def wanted_of(check: Check, organisations: Collection[UUID]) -> Wanted:
    """What a check wants to know and why, opened by the keys of these organisations."""
    basis = basis_called(check.basis, on=local_day(check.asked_at))
    untold = opened(check.record_id, "untold", check.untold, organisations=organisations)
    return Wanted(
        reference=check.reference,
        band=Band(check.band),
        asked_at=check.asked_at,
        due_at=check.due_at,
        asker=f"{check.asked_by.name}, {check.owner.name}",
        concern=opened(check.record_id, "concern", check.concern, organisations=organisations),
        basis=basis.words if basis else check.basis,
        told=Told(check.told).label,
        untold=untold or "",
    )


def _last(
    ask: Ask, questions: Sequence[tuple[str, str]], organisations: Collection[UUID], asker: Asker
) -> dict[str, Last]:
    """The agency's own last answers about the same children, question by question."""
    children = set(ask.about.values_list("subject", flat=True))
    rows = Ask.objects.filter(asks_for(asker), agency=ask.agency_id, about__subject__in=children).exclude(pk=ask.pk)
    found: dict[str, Last] = {}
    for row in rows.distinct().order_by("asked_at").select_related("of", "agency"):
        if not set(row.about.values_list("subject", flat=True)) <= children:
            continue
        for each in answers_of(row, questions, organisations=organisations):
            if each.wording and each.wording.words and each.wording.sent_at:
                found[each.key] = Last(each.wording.words, local_day(each.wording.sent_at))
    return found


def _others(ask: Ask, organisations: Collection[UUID]) -> list[Other]:
    """What other agencies had answered when the round closed, as far as it was shared with this one."""
    rows = Shared.objects.filter(to=ask.agency_id, ask__of__in=[ask.of_id, *ask.followers.values_list("of", flat=True)])
    found = []
    for row in rows.select_related("ask__of", "ask__agency").order_by("ask__agency__name"):
        own = opened(row.ask.of.record_id, "own_question", row.ask.of.own_question, organisations=organisations)
        answers = answers_of(row.ask, questions_of(row.ask, own), organisations=organisations, until=row.at)
        found.append(Other(row.ask.asked_of, [each for each in answers if each.wording]))
    return found
