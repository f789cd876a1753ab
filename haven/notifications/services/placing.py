"""Putting a notice where a child learns: the delivery, who may read it there, what they were given and who is told."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models.query import QuerySet

from haven.access.actor import Actor
from haven.engines.days.moments import local_day
from haven.engines.days.school import SchoolCalendar
from haven.keys.services import Grant
from haven.ledger.services import Deed, record_all
from haven.notifications.models import Delivery, Notice, Notification, Prompt, Reader
from haven.notifications.queries.clocks import calendars_at, deadline_at, steps_by
from haven.notifications.queries.settings import rules_of
from haven.notifications.queries.telling import Readers, Spot, readers_of
from haven.notifications.rules.escalating import Prompting
from haven.notifications.rules.stages import HOLDING, Stage
from haven.people.queries import councils_of
from haven.subjects.disclosure.recording import Disclosing, Purpose, write_all_down
from haven.subjects.models import Outcome, Record, Told
from haven.subjects.rules.bases import Flow
from haven.subjects.rules.recipients import Rung
from haven.subjects.rules.ties import READERS, acting_as
from haven.subjects.services.delivering import Named, carry_all, carry_record, name_all, put_back_all, unname_all

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


@dataclass(frozen=True, slots=True)
class Placing:
    """A notice of a sending, and the place to which it goes."""

    notice: Notice
    sending: Sending
    place: Place


def deliver(*, placing: Placing, flow: Flow, by: Actor, at: datetime) -> Delivery:
    """A notice at one place. From the commit of this transaction on, those there can read whom it concerns.

    Works as Haven, in the transaction of whoever calls it.
    """
    return deliver_all(placings=[placing], flow=flow, by=by, at=at)[0]


def deliver_all(*, placings: Sequence[Placing], flow: Flow, by: Actor, at: datetime) -> list[Delivery]:
    """The same for many. That each went there is written down."""
    today = local_day(at)
    spots = [Spot(each.sending.children, each.place.school, each.place.home_area) for each in placings]
    found = readers_of(spots=spots, on=today)
    calendars = calendars_at(schools={each.place.school for each in placings}, at=at)
    areas = {_area(each) for each in placings}
    rules, councils = rules_of(areas=areas), councils_of(areas=areas, on=today)
    rows = []
    for each, readers in zip(placings, found, strict=True):
        calendar, area = calendars[each.place.school], _area(each)
        row = _delivery(each, council=councils[area], calendar=calendar, readers=readers, at=at)
        after_first = [due.at for due in steps_by(rules[area], calendar, row) if due.step is not Prompting.AT_ONCE]
        row.next_step_at = min(after_first) if readers.chosen.people else at
        rows.append(row)
    Delivery.objects.bulk_create(rows)
    named = [Grant(each.notice.subject.record_id, each.place.school) for each in placings if each.place.school]
    carry_all(grants=named, by=by, at=at)
    name_readers(found=list(zip(rows, found, strict=True)), by=by, at=at)
    Prompt.objects.bulk_create(
        Prompt(delivery=row, step=Prompting.AT_ONCE, person_id=each, made_at=at)
        for row, readers in zip(rows, found, strict=True)
        for each in readers.chosen.people
    )
    write_all_down([_disclosing(row, flow, by) for row in rows], by=by, at=at)
    return rows


def _area(placing: Placing) -> UUID:
    return placing.place.home_area or placing.sending.of.area_id


def _delivery(
    placing: Placing, *, council: UUID | None, calendar: SchoolCalendar, readers: Readers, at: datetime
) -> Delivery:
    of, place = placing.sending.of, placing.place
    return Delivery(
        notification=of,
        notice=placing.notice,
        subject_id=placing.notice.subject_id,
        reference=of.reference,
        accepted_at=of.accepted_at,
        sender_id=of.sender_id,
        area_id=_area(placing),
        council_id=council,
        school_id=place.school,
        home_area_id=place.home_area,
        follows=placing.sending.follows,
        made_at=at,
        deadline_at=deadline_at(calendar, after=placing.sending.counted_from),
        rung=readers.chosen.rung,
        prompted=1,
    )


def _disclosing(delivery: Delivery, flow: Flow, by: Actor) -> Disclosing:
    """That a notice went to a place."""
    purpose = Purpose(flow, PURPOSE.format(reference=delivery.reference), told=Told.NOT_YET)
    post = acting_as(by, READERS, delivery.area_id) or acting_as(by, READERS)
    to = delivery.school_id or delivery.council_id
    return Disclosing(Outcome.SENT, delivery.notice.record, purpose, post, to)


def name_readers(*, found: Sequence[tuple[Delivery, Readers]], by: Actor, at: datetime) -> None:
    """Where no lead of a school may read it, and for home education, name those who may and are not named yet."""
    by_name = [(row, those) for row, those in found if row.school_id is None or those.chosen.rung > Rung.RECIPIENT]
    if not by_name:
        return
    standing = Reader.objects.filter(delivery__in=[row.pk for row, _ in by_name], ended_at=None)
    known = set(standing.values_list("delivery", "person"))
    new = [
        Reader(delivery=row, person_id=each, organisation_id=those.organisations[each], made_at=at)
        for row, those in by_name
        for each in those.chosen.people
        if (row.pk, each) not in known and each in those.organisations
    ]
    if not new:
        return
    Reader.objects.bulk_create(new)
    about = Record.objects.filter(subject__in={each.delivery.subject_id for each in new})
    records = dict(about.values_list("subject", "pk"))
    named = [Named(records[each.delivery.subject_id], each.person_id, each.organisation_id) for each in new]
    named += [
        Named(each.delivery.notice.record_id, each.person_id, each.organisation_id)
        for each in new
        if each.delivery.confirmed_at
    ]
    name_all(named=named, by=by, at=at)
    people: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for each in new:
        people[each.delivery_id].append(each.person_id)
    facts = [
        {"delivery": row.pk, "people": people[row.pk], "area": row.area_id} for row, _ in by_name if people[row.pk]
    ]
    record_all([Deed("notification.readers_named", each) for each in facts], by=by, at=at)


def open_to_place(*, delivery: Delivery, by: Actor, at: datetime) -> None:
    """Give those there the key of what happened: the child is theirs. As Haven."""
    if delivery.school_id is not None:
        carry_record(record_id=delivery.notice.record_id, to=delivery.school_id, by=by, at=at)
    record_id = delivery.notice.record_id
    named = [Named(record_id, each.person_id, each.organisation_id) for each in delivery.readers.filter(ended_at=None)]
    name_all(named=named, by=by, at=at)


def take_from_place(*, delivery: Delivery, by: Actor, at: datetime) -> None:
    """Take back what those there were given: the notice, and the child's name unless another delivery needs it."""
    take_from_places(deliveries=[delivery], by=by, at=at)


def take_from_places(*, deliveries: Sequence[Delivery], by: Actor, at: datetime) -> None:
    """The same for many, each in the stage in which nobody there needs it any more. As Haven."""
    chosen, children = [row.pk for row in deliveries], {row.subject_id for row in deliveries}
    readers = list(Reader.objects.filter(delivery__in=chosen, ended_at=None).select_related("delivery"))
    notices = dict(Notice.objects.filter(deliveries__in=chosen).values_list("pk", "record"))
    names = dict(Record.objects.filter(subject__in=children).values_list("subject", "pk"))
    others = Delivery.objects.filter(subject__in=children, stage__in=NAMED).exclude(pk__in=chosen)
    still = _naming(others.filter(refused_at=None, recalled_at=None))  # such a one was taken back, whatever came after

    def lost(row: Delivery, whose: UUID) -> list[UUID]:
        return [notices[row.notice_id]] + ([] if (row.subject_id, whose) in still else [names[row.subject_id]])

    named = [
        Named(record, each.person_id, each.organisation_id)
        for each in readers
        for record in lost(each.delivery, each.person_id)
    ]
    places = [(each.delivery, each.organisation_id) for each in readers]
    places += [(row, row.school_id) for row in deliveries if row.school_id]
    unname_all(named=named, by=by, at=at)
    put_back_all(grants={Grant(each, to) for row, to in places for each in lost(row, to)}, by=by, at=at)
    Reader.objects.filter(pk__in=[each.pk for each in readers]).update(ended_at=at)
    about = [{"delivery": row.pk, "area": row.area_id} for row in deliveries]
    record_all([Deed("notification.taken_back", each) for each in about], by=by, at=at)


def _naming(deliveries: QuerySet[Delivery]) -> set[tuple[UUID, UUID | None]]:
    """Each child of these with everybody, and every place, that needs to know who she is."""
    standing = Reader.objects.filter(delivery__in=deliveries, ended_at=None)
    rows = standing.values_list("delivery__subject", "person", "organisation")
    found = {(child, each) for child, person, place in rows for each in (person, place)}
    return found | set(deliveries.values_list("subject", "school"))
