"""What a school does with a notification: theirs or not, the rule, what was done, done with, handed on."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models.query import QuerySet

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused, person_of, require
from haven.access.roles import Kind as OrganisationKind
from haven.engines.days.moments import local_day
from haven.ledger.services import record
from haven.notifications.models import Delivery, Support
from haven.notifications.policy import delivery_to_change, may_open, may_receive
from haven.notifications.queries.changing import next_stage
from haven.notifications.queries.telling import subjects_of
from haven.notifications.rules.escalating import Prompting
from haven.notifications.rules.stages import Step
from haven.notifications.rules.support import SAYS_WHY, Kind
from haven.notifications.services.placing import (
    Place,
    Placing,
    Sending,
    deliver,
    open_to_place,
    take_from_place,
)
from haven.notifications.services.telling import tell
from haven.people.models import Organisation
from haven.people.queries.organisations import THERE
from haven.people.seeing import seeing, working_as
from haven.subjects.rules.bases import Flow
from haven.subjects.rules.ties import Asker
from haven.subjects.services.delivering import carry_record, keep_records, name_reader
from haven.subjects.services.records import NewRecord

SAY_WHY = "Say why in a sentence"
NOT_AHEAD = "Choose a day that lies ahead"
SAME_SCHOOL = "It is with this school already"
NO_SCHOOL = "Choose a school that is open"
NOT_FROM_HOME = "Tell the sender that the child is at a school now: choose “Not our child”"


@dataclass(frozen=True, slots=True)
class NewSupport:
    """What was done: its kind, a note that only the school reads, and when to look again."""

    kind: Kind
    note: str = ""
    remind_on: date | None = None


@seeing("notifications.receiving")
def confirm_on_roll(*, delivery_id: UUID, by: Actor, at: datetime) -> Delivery:
    """Say that the child is theirs. From now on those there can open what happened."""
    row = delivery_to_change(delivery_id=delivery_id)
    require(may_receive(Asker(by, at), row))
    stage = next_stage(row, Step.CONFIRM)
    row.stage, row.confirmed_at, row.confirmed_by_id = stage, at, person_of(by)
    row.save(update_fields=["stage", "confirmed_at", "confirmed_by"])
    with transaction.atomic(), working_as(HAVEN, "subjects.delivering"):
        open_to_place(delivery=row, by=by, at=at)
    record("notification.confirmed", by=by, at=at, about=row.facts)
    return row


@seeing("notifications.receiving")
def not_ours(*, delivery_id: UUID, moved_to: UUID | None, by: Actor, at: datetime) -> Delivery:
    """Say that the child is not theirs, and perhaps where she went. It is back with its sender at once, who is told;
    nobody there can open anything of it any more. The clock runs on."""
    row = delivery_to_change(delivery_id=delivery_id)
    require(may_receive(Asker(by, at), row))
    stage = next_stage(row, Step.REFUSE)
    if moved_to is not None and not _schools().filter(pk=moved_to).exists():
        raise Refused(Reason.NOT_ASKABLE, NO_SCHOOL)
    row.stage, row.refused_at, row.refused_by_id, row.moved_to_id = stage, at, person_of(by), moved_to
    row.save(update_fields=["stage", "refused_at", "refused_by", "moved_to"])
    with transaction.atomic(), working_as(HAVEN, "subjects.delivering"):
        take_from_place(delivery=row, by=by, at=at)
        tell(delivery=row, step=Prompting.NOT_OURS, by=by, at=at)
    record("notification.not_ours", by=by, at=at, about=row.facts)
    return row


@seeing("notifications.receiving")
def see_rule(*, delivery_id: UUID, by: Actor, at: datetime) -> Delivery:
    """Say that the area's handling rule was read. Without it nothing of what happened is shown."""
    row = delivery_to_change(delivery_id=delivery_id)
    require(may_open(Asker(by, at), row))
    next_stage(row, Step.OPEN)
    if row.ruled_at is None:
        row.ruled_at, row.ruled_by_id = at, person_of(by)
        row.save(update_fields=["ruled_at", "ruled_by"])
    record("notification.rule_seen", by=by, at=at, about=row.facts)
    return row


@seeing("notifications.receiving")
def record_support(*, delivery_id: UUID, new: NewSupport, by: Actor, at: datetime) -> Support:
    """Record what was done. The note is sealed for the school alone: its sender never reads it."""
    row = delivery_to_change(delivery_id=delivery_id)
    require(may_open(Asker(by, at), row))
    stage = next_stage(row, Step.SUPPORT)
    if new.kind in SAYS_WHY and not new.note.strip():
        raise Refused(Reason.NOT_READY, SAY_WHY)
    if new.remind_on is not None and new.remind_on <= local_day(at):
        raise Refused(Reason.NOT_READY, NOT_AHEAD)
    place = _place(row, by)
    children = subjects_of(notification=row.notification_id)
    fields = {"note": new.note.strip().encode()} if new.note.strip() else {}
    new_record = NewRecord("support", row.area_id, place, fields, children)
    kept, sealed = keep_records(new=[new_record], by=by, at=at)[0]
    carry_record(record_id=kept.pk, to=place, by=by, at=at)
    for each in row.readers.filter(ended_at=None):
        name_reader(record_id=kept.pk, person_id=each.person_id, organisation=each.organisation_id, by=by, at=at)
    support = Support.objects.create(
        delivery=row,
        organisation_id=place,
        record=kept,
        kind=new.kind,
        by_id=person_of(by),
        at=at,
        remind_on=new.remind_on,
        **sealed,
    )
    row.stage, row.acknowledged_at = stage, row.acknowledged_at or at
    row.save(update_fields=["stage", "acknowledged_at"])
    record("notification.supported", by=by, at=at, about=row.facts | {"support": support.pk, "kind": new.kind})
    return support


@seeing("notifications.receiving")
def close(*, delivery_id: UUID, by: Actor, at: datetime) -> Delivery:
    """Close it: what was to be done is done and recorded."""
    row = delivery_to_change(delivery_id=delivery_id)
    require(may_open(Asker(by, at), row))
    row.stage, row.closed_at, row.closed_by_id = next_stage(row, Step.CLOSE), at, person_of(by)
    row.save(update_fields=["stage", "closed_at", "closed_by"])
    Support.objects.filter(delivery=row, reminded_at=None).update(remind_on=None)
    record("notification.closed", by=by, at=at, about=row.facts)
    return row


@seeing("notifications.receiving")
def hand_on(*, delivery_id: UUID, to_school: UUID, by: Actor, at: datetime) -> Delivery:
    """Hand it on to the school to which the child moved, which confirms and opens it as any does. What this school did
    and wrote stays its own."""
    row = delivery_to_change(delivery_id=delivery_id)
    require(may_open(Asker(by, at), row))
    stage = next_stage(row, Step.HAND_ON)
    _require_other_school(row, to_school)
    if row.school_id is None:
        raise Refused(Reason.NOT_ASKABLE, NOT_FROM_HOME)
    row.stage = stage
    row.save(update_fields=["stage"])
    with transaction.atomic(), working_as(HAVEN, "subjects.delivering"):
        children = subjects_of(notification=row.notification_id)
        sending = Sending(row.notification, children, counted_from=at, follows=row)
        placing = Placing(row.notice, sending, Place(school=to_school))
        new = deliver(placing=placing, flow=Flow.SCHOOL_TO_SCHOOL, by=by, at=at)
    record("notification.handed_on", by=by, at=at, about=row.facts | {"to": to_school, "delivery_there": new.pk})
    return new


def _require_other_school(row: Delivery, to_school: UUID) -> None:
    if to_school == row.school_id:
        raise Refused(Reason.NOT_ASKABLE, SAME_SCHOOL)
    if not _schools().filter(pk=to_school).exists():
        raise Refused(Reason.NOT_ASKABLE, NO_SCHOOL)


def _schools() -> QuerySet[Organisation]:
    return Organisation.objects.filter(kind=OrganisationKind.SCHOOL, status__in=THERE)


def _place(row: Delivery, by: Actor) -> UUID:
    """In which organisation she does it: the school; else where she was named to read it."""
    if row.school_id is not None and row.school_id in {post.organisation for post in by.posts}:
        return row.school_id
    return row.readers.get(person=by.person, ended_at=None).organisation_id
