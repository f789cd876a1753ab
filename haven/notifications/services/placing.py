"""Putting a notice where a child learns: the delivery, who may read it there, what they were given and who is told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from haven.access.actor import Actor
from haven.engines.days.moments import local_day
from haven.ledger.services import record
from haven.notifications.models import Delivery, Notice, Notification, Prompt, Reader
from haven.notifications.queries.clocks import calendar_at, deadline_at, steps_of
from haven.notifications.queries.settings import council_of
from haven.notifications.queries.telling import Readers, readers_at
from haven.notifications.rules.escalating import Prompting
from haven.notifications.rules.stages import HOLDING, Stage
from haven.subjects.disclosure.recording import Purpose, write_down
from haven.subjects.models import Outcome, Record, Told
from haven.subjects.rules.bases import Flow
from haven.subjects.rules.recipients import Rung
from haven.subjects.rules.ties import READERS, acting_as
from haven.subjects.services.delivering import carry_record, name_reader, put_back, unname_reader

PURPOSE = "Notification {reference}"
NAMED = (Stage.AVAILABLE, Stage.SEEN, *sorted(HOLDING))
"""Stages in which a place needs to know whom a delivery concerns."""


@dataclass(frozen=True, slots=True)
class Place:
    """A school, or the area in which a child learns at home."""

    school: UUID | None = None
    home_area: UUID | None = None


@dataclass(frozen=True, slots=True)
class Sending:
    """What is delivered: the notification, every child of it, and from when the clock runs."""

    of: Notification
    children: Collection[UUID]
    counted_from: datetime
    follows: Delivery | None = None


def deliver(*, notice: Notice, sending: Sending, place: Place, by: Actor, at: datetime) -> Delivery:
    """A notice at one place. From the commit of this transaction on, those there can read whom it concerns.

    Works as Haven, in the transaction of whoever calls it.
    """
    of, today = sending.of, local_day(at)
    calendar = calendar_at(school=place.school, at=at)
    found = readers_at(subjects=sending.children, school=place.school, home_area=place.home_area, on=today)
    row = Delivery(
        notification=of,
        notice=notice,
        subject_id=notice.subject_id,
        reference=of.reference,
        accepted_at=of.accepted_at,
        sender_id=of.sender_id,
        area_id=place.home_area or of.area_id,
        council_id=council_of(area=place.home_area or of.area_id, on=today),
        school_id=place.school,
        home_area_id=place.home_area,
        follows=sending.follows,
        made_at=at,
        deadline_at=deadline_at(calendar, after=sending.counted_from),
        rung=found.chosen.rung,
        prompted=1,
    )
    after_first = [each.at for each in steps_of(row, calendar) if each.step is not Prompting.AT_ONCE]
    row.next_step_at = min(after_first) if found.chosen.people else at
    row.save(force_insert=True)
    if place.school is not None:
        carry_record(record_id=notice.subject.record_id, to=place.school, by=by, at=at)
    name_readers(delivery=row, found=found, by=by, at=at)
    Prompt.objects.bulk_create(
        Prompt(delivery=row, step=Prompting.AT_ONCE, person_id=each, made_at=at) for each in found.chosen.people
    )
    return row


def name_readers(*, delivery: Delivery, found: Readers, by: Actor, at: datetime) -> int:
    """Where no lead of a school may read it, and for home education, name those who may; how many were named now."""
    if delivery.school_id is not None and found.chosen.rung <= Rung.RECIPIENT:
        return 0
    known = set(delivery.readers.filter(ended_at=None).values_list("person", flat=True))
    missing = [each for each in found.chosen.people if each not in known and each in found.organisations]
    records = [Record.objects.get(subject=delivery.subject_id).pk]
    records += [delivery.notice.record_id] if delivery.confirmed_at else []
    for each in missing:
        place = found.organisations[each]
        Reader.objects.create(delivery=delivery, person_id=each, organisation_id=place, made_at=at)
        for record_id in records:
            name_reader(record_id=record_id, person_id=each, organisation=place, by=by, at=at)
    if missing:
        about = {"delivery": delivery.pk, "people": missing, "area": delivery.area_id}
        record("notification.readers_named", by=by, at=at, about=about)
    return len(missing)


def open_to_place(*, delivery: Delivery, by: Actor, at: datetime) -> None:
    """Give those there the key of what happened: the child is theirs. As Haven."""
    if delivery.school_id is not None:
        carry_record(record_id=delivery.notice.record_id, to=delivery.school_id, by=by, at=at)
    for each in delivery.readers.filter(ended_at=None):
        name_reader(
            record_id=delivery.notice.record_id,
            person_id=each.person_id,
            organisation=each.organisation_id,
            by=by,
            at=at,
        )


def take_from_place(*, delivery: Delivery, by: Actor, at: datetime) -> None:
    """Take back what those there were given: the notice, and the child's name unless another delivery needs it."""
    subject_record = Record.objects.get(subject=delivery.subject_id).pk
    named = list(delivery.readers.filter(ended_at=None))
    places = {each.organisation_id for each in named} | ({delivery.school_id} if delivery.school_id else set())
    others = Delivery.objects.filter(subject=delivery.subject_id, stage__in=NAMED).exclude(pk=delivery.pk)
    for each in named:
        unname_reader(record_id=delivery.notice.record_id, person_id=each.person_id, by=by, at=at)
        if not others.filter(readers__person=each.person_id, readers__ended_at=None).exists():
            unname_reader(record_id=subject_record, person_id=each.person_id, by=by, at=at)
    for place in sorted(places):
        put_back(record_id=delivery.notice.record_id, organisation=place, by=by, at=at)
        if not (others.filter(school=place) | others.filter(readers__organisation=place)).exists():
            put_back(record_id=subject_record, organisation=place, by=by, at=at)
    delivery.readers.filter(ended_at=None).update(ended_at=at)
    record("notification.taken_back", by=by, at=at, about={"delivery": delivery.pk, "area": delivery.area_id})


def write_sent(*, delivery: Delivery, flow: Flow, by: Actor, at: datetime) -> None:
    """Write down that a notice went to a place."""
    to = delivery.school_id or delivery.council_id
    purpose = Purpose(flow, PURPOSE.format(reference=delivery.reference), told=Told.NOT_YET)
    post = acting_as(by, READERS, delivery.area_id) or acting_as(by, READERS)
    write_down(Outcome.SENT, record=delivery.notice.record, purpose=purpose, post=post, by=by, at=at, to=to)
