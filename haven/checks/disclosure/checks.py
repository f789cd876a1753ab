"""Showing a check, with what the agencies answered, to those who work with it at the council."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models.query import QuerySet

from haven.access.actor import Actor
from haven.access.roles import LABELS
from haven.checks.disclosure.requests import Wanted, wanted_of
from haven.checks.disclosure.threads import Answered, More, Read, answers_of, more_in, questions_of, readings_of
from haven.checks.disclosure.writing import shown, within
from haven.checks.models import Ask, BandChange, Check, Reading
from haven.checks.policy import may_work_with
from haven.checks.rules.bands import Band
from haven.checks.rules.naming import from_text
from haven.checks.rules.states import AskState
from haven.people.seeing import seeing_as
from haven.subjects.disclosure.opening import opened
from haven.subjects.disclosure.recording import Purpose
from haven.subjects.models import Outcome
from haven.subjects.rules.bases import Flow
from haven.subjects.rules.naming import Identity
from haven.subjects.rules.ties import SENDERS, Asker, Deed, acting_as


@dataclass(frozen=True, slots=True)
class Thread:
    """What one agency was asked and has answered. `earlier` is the reference under which it was asked first."""

    ask: UUID
    agency: str
    kind: str
    state: AskState
    children: Sequence[Identity]
    due_at: datetime | None
    answered_at: datetime | None
    answers: Sequence[Answered]
    more: Sequence[More]
    readings: Sequence[Read]
    earlier: str


@dataclass(frozen=True, slots=True)
class Changed:
    """That it became more or less urgent."""

    band: Band
    why: str | None
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class CheckView:
    """A check as the council sees it."""

    check: UUID
    area: UUID
    owner: str
    wanted: Wanted
    own_question: str
    other: str
    children: Sequence[Identity]
    threads: Sequence[Thread]
    bands: Sequence[Changed]
    closed_at: datetime | None
    withdrawn_at: datetime | None


def open_check(*, check_id: UUID, by: Actor, at: datetime) -> CheckView:
    """The check and every answer that was sent; written down first, and noted for the agencies that it was read."""
    return _opened(check_id, Asker(by, at), Deed.READ, Outcome.SHOWN, "to read it")


def export_check(*, check_id: UUID, is_fresh: bool, by: Actor, at: datetime) -> CheckView:
    """The same to take away, for the council's case system. The second factor must have been shown afresh."""
    return _opened(check_id, Asker(by, at, is_fresh), Deed.EXPORT, Outcome.EXPORTED, "for the case system")


def _opened(check_id: UUID, asker: Asker, deed: Deed, outcome: Outcome, words: str) -> CheckView:
    by = asker.actor
    with transaction.atomic(), seeing_as(by):
        check = _checks().get(pk=check_id)
        allowed = may_work_with(asker, check, deed)
        answers = [each.root.answer for each in _asks(check)]
    purpose = Purpose(Flow.WITHIN, within(check.reference, words))
    organisations = shown(check.record, allowed=allowed, purpose=purpose, asker=asker, deed=deed, outcome=outcome)
    for answer in answers:
        assert answer is not None
        shown(answer, allowed=allowed, purpose=purpose, asker=asker, deed=deed, outcome=outcome)
    with transaction.atomic(), seeing_as(by):
        check = _checks().get(pk=check_id)
        asks = _asks(check)
        for ask in asks:
            _note_read(ask.root, check, asker)
        return _view(check, asks, organisations)


def _checks() -> QuerySet[Check]:
    return Check.objects.select_related("record", "owner", "asked_by")


def _asks(check: Check) -> list[Ask]:
    rows = check.asks.exclude(state=AskState.WITHDRAWN).select_related(
        "of", "agency", "answer", "thread__of", "thread__agency", "thread__answer"
    )
    return list(rows.order_by("agency__name", "pk"))


def _note_read(ask: Ask, check: Check, asker: Asker) -> None:
    """That she read what was sent since she read it last. The agency is shown it."""
    sent = ask.parts.filter(sent_at__isnull=False).order_by("-sent_at").values_list("sent_at", flat=True).first()
    before = ask.readings.filter(person=asker.actor.person).order_by("-at").values_list("at", flat=True).first()
    if sent is None or asker.actor.person is None or (before is not None and before >= sent):
        return
    post = acting_as(asker.actor, SENDERS, check.area_id)
    Reading.objects.create(
        ask=ask,
        person_id=asker.actor.person,
        role=LABELS[post.role] if post else "",
        is_allocated=check.allocated_to_id == asker.actor.person,
        at=asker.at,
    )


def _view(check: Check, asks: Sequence[Ask], organisations: Collection[UUID]) -> CheckView:
    named = from_text(opened(check.record_id, "children", check.children, organisations=organisations))
    own = opened(check.record_id, "own_question", check.own_question, organisations=organisations)
    other = opened(check.record_id, "other", check.other, organisations=organisations)
    return CheckView(
        check=check.pk,
        area=check.area_id,
        owner=check.owner.name,
        wanted=wanted_of(check, organisations),
        own_question=own or "",
        other=other or "",
        children=sorted(named.values(), key=lambda each: each.name),
        threads=[_thread(ask, named, organisations) for ask in asks],
        bands=[_changed(check, each, organisations) for each in check.bands.select_related("by")],
        closed_at=check.closed_at,
        withdrawn_at=check.withdrawn_at,
    )


def _thread(ask: Ask, named: dict[UUID, Identity], organisations: Collection[UUID]) -> Thread:
    root = ask.root
    own = opened(root.of.record_id, "own_question", root.of.own_question, organisations=organisations)
    children = [named[each] for each in ask.about.values_list("subject", flat=True) if each in named]
    return Thread(
        ask=ask.pk,
        agency=ask.asked_of,
        kind=ask.agency.kind,
        state=AskState(root.state),
        children=sorted(children, key=lambda each: each.name),
        due_at=root.due_at,
        answered_at=root.answered_at,
        answers=answers_of(root, questions_of(root, own), organisations=organisations),
        more=more_in(root, organisations=organisations),
        readings=readings_of(root),
        earlier=root.of.reference if ask.thread_id else "",
    )


def _changed(check: Check, row: BandChange, organisations: Collection[UUID]) -> Changed:
    why = opened(check.record_id, f"band_{row.pk.hex}", row.why, organisations=organisations)
    return Changed(Band(row.band), why, row.at, row.by.name)
