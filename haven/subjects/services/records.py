"""Confidential records: made, sent to an organisation, taken back, given to somebody by name."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.access.roles import Kind
from haven.engines.days.moments import local_day
from haven.keys.services import grant, seal_for, withdraw
from haven.ledger.services import record
from haven.people.models import Organisation
from haven.subjects.models import About, Record, RetentionSetting, TieRow
from haven.subjects.policy import decide
from haven.subjects.rules.retention import Kept, review_due
from haven.subjects.rules.ties import Asker, Deed, Tie

NOT_TO_SCHOOLS = "An address that keeps somebody safe is never sent to a school or its trust"
GUEST_HAS_END = "Say until when: thirty days at most"


@dataclass(frozen=True, slots=True)
class NewRecord:
    """What a record is to be: whose, about whom, what it says (in clear, by field), and who may open it besides."""

    sort: str
    area: UUID
    owner: UUID
    fields: Mapping[str, bytes]
    about: Collection[UUID] = ()
    readers: Collection[UUID] = ()
    kept_as: Kept = Kept.CHILD
    born_on: date | None = field(default=None, repr=False)


@transaction.atomic
def make_record(*, new: NewRecord, by: Actor, at: datetime) -> tuple[Record, dict[str, bytes]]:
    """A record with its key, and its fields sealed. That its maker may, the capability that makes it has asked."""
    years = RetentionSetting.objects.filter(area=new.area, kept_as=new.kept_as).values_list("years", flat=True).first()
    row = Record.objects.create(
        pk=uuid4(),
        sort=new.sort,
        area_id=new.area,
        owner_id=new.owner,
        made_at=at,
        kept_as=new.kept_as,
        review_on=review_due(new.kept_as, years=years, born_on=new.born_on, touched_on=local_day(at)),
    )
    TieRow.objects.create(record=row, tie=Tie.OWNED, organisation_id=new.owner, starts_at=at)
    About.objects.bulk_create(About(record=row, subject_id=each) for each in new.about)
    sealed = seal_for(record=row.pk, owner=new.owner, readers=new.readers, fields=new.fields, by=by, at=at)
    about = {"record": row.pk, "sort": new.sort, "owner": new.owner, "area": new.area}
    record("subject.record_made", by=by, at=at, about=about)
    return row, sealed


@transaction.atomic
def send_record(
    *, record_id: UUID, to: UUID, by: Actor, at: datetime, naming: Collection[UUID] | None = None
) -> TieRow:
    """Let an organisation read a record, and open who it is about. The disclosure itself is recorded apart.

    `naming` are the subjects whose names go with it, where not all whom it is about: a school is not told of a brother
    elsewhere, and who is excluded from him is kept from the record all the same. Raises `Refused`: also for a safe
    address and any school.
    """
    row = _to_change(record_id)
    require(decide(Asker(by, at), Deed.SEND_ON, row))
    kind = Organisation.objects.get(pk=to).kind
    if row.sort == "address" and kind in (Kind.SCHOOL, Kind.TRUST):
        raise Refused(Reason.NOT_ASKABLE, NOT_TO_SCHOOLS)
    named = Record.objects.filter(subject__about__record=row, sort="subject")
    named = named if naming is None else named.filter(subject__in=naming)
    for each in {row.pk, *named.values_list("pk", flat=True)}:
        if _bind(each, to, at):
            grant(record=each, to=to, by=by, at=at)
    record("subject.record_sent", by=by, at=at, about={"record": row.pk, "to": to, "area": row.area_id})
    return TieRow.objects.get(record=row, tie=Tie.ADDRESSED, organisation=to, ends_at__isnull=True)


@transaction.atomic
def take_back(*, record_id: UUID, organisation: UUID, by: Actor, at: datetime) -> bool:
    """Take a record back from an organisation: its tie ends and its key is gone. False where it was not there."""
    row = _to_change(record_id)
    require(decide(Asker(by, at), Deed.SEND_ON, row))
    standing = row.ties.filter(tie=Tie.ADDRESSED, organisation=organisation, ends_at__isnull=True)
    taken = standing.update(ends_at=at)
    if taken and row.owner_id != organisation:
        withdraw(record=row.pk, organisation=organisation, by=by, at=at)
    about = {"record": row.pk, "organisation": organisation, "area": row.area_id, "was_there": bool(taken)}
    record("subject.record_taken_back", by=by, at=at, about=about)
    return bool(taken)


@transaction.atomic
def assign_record(*, record_id: UUID, person_id: UUID, by: Actor, at: datetime) -> TieRow:
    """Give a record to somebody by name: where whoever it was sent to may not have it, or is not there."""
    row = _to_change(record_id)
    require(decide(Asker(by, at), Deed.SEND_ON, row))
    given = {"record": row, "tie": Tie.ASSIGNED, "person_id": person_id, "ends_at": None}
    tie = TieRow.objects.filter(**given).first() or TieRow.objects.create(starts_at=at, **given)
    about = {"record": row.pk, "person": person_id, "area": row.area_id}
    record("subject.record_assigned", by=by, at=at, about=about)
    return tie


def _to_change(record_id: UUID) -> Record:
    return Record.objects.select_for_update().get(pk=record_id)


def _bind(record: UUID, to: UUID, at: datetime) -> bool:
    """Whether a tie was made: one that stands already stays as it is."""
    if TieRow.objects.filter(record=record, tie=Tie.ADDRESSED, organisation=to, ends_at__isnull=True).exists():
        return False
    TieRow.objects.create(record_id=record, tie=Tie.ADDRESSED, organisation_id=to, starts_at=at)
    return True
