"""Confidential records: made, sent to an organisation, taken back, given to somebody by name."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused, require
from haven.access.roles import Kind
from haven.engines.days.moments import local_day
from haven.keys.services import Sealing, grant, seal_all, withdraw
from haven.ledger import services as ledger
from haven.people.models import Organisation
from haven.people.seeing import seeing, working_as
from haven.subjects.models import About, Record, TieRow
from haven.subjects.policy import decide
from haven.subjects.queries.keeping import years_kept
from haven.subjects.queries.loading import record_to_change
from haven.subjects.rules.retention import Kept, review_due
from haven.subjects.rules.ties import Asker, Deed, Tie

NOT_TO_SCHOOLS = "An address that keeps somebody safe is never sent to a school or its trust"


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


@seeing("subjects.records")
def make_record(*, new: NewRecord, by: Actor, at: datetime) -> tuple[Record, dict[str, bytes]]:
    """A record with its key, and its fields sealed. That its maker may, the capability that makes it has asked."""
    return write_records(new=[new], by=by, at=at)[0]


def write_records(*, new: Sequence[NewRecord], by: Actor, at: datetime) -> list[tuple[Record, dict[str, bytes]]]:
    """The same for many, by whoever is let add records already."""
    years, on = years_kept(areas={each.area for each in new}), local_day(at)
    rows = [
        Record(
            sort=each.sort,
            area_id=each.area,
            owner_id=each.owner,
            made_at=at,
            kept_as=each.kept_as,
            review_on=review_due(
                each.kept_as, years=years.get((each.area, each.kept_as)), born_on=each.born_on, touched_on=on
            ),
        )
        for each in new
    ]
    both = list(zip(rows, new, strict=True))
    Record.objects.bulk_create(rows)
    with working_as(HAVEN, "subjects.tying", or_as="subjects.delivering"):
        TieRow.objects.bulk_create(
            TieRow(record=row, tie=Tie.OWNED, organisation_id=row.owner_id, starts_at=at) for row in rows
        )
    About.objects.bulk_create(About(record=row, subject_id=one) for row, each in both for one in each.about)
    sealings = [Sealing(row.pk, each.owner, each.readers, each.fields) for row, each in both]
    sealed = seal_all(records=sealings, by=by, at=at)
    about = [{"record": row.pk, "sort": row.sort, "owner": row.owner_id, "area": row.area_id} for row in rows]
    ledger.record_all([ledger.Deed("subject.record_made", each) for each in about], by=by, at=at)
    return list(zip(rows, sealed, strict=True))


@seeing("subjects.records")
def send_record(
    *, record_id: UUID, to: UUID, by: Actor, at: datetime, naming: Collection[UUID] | None = None
) -> TieRow:
    """Let an organisation read a record, and open who it is about. The disclosure itself is recorded apart.

    `naming` are the subjects whose names go with it, where not all whom it is about: a school is not told of a brother
    elsewhere, and who is excluded from him is kept from the record all the same. Raises `Refused`: also for a safe
    address and any school.
    """
    row = record_to_change(record_id=record_id)
    require(decide(Asker(by, at), Deed.SEND_ON, row))
    kind = Organisation.objects.get(pk=to).kind
    if row.sort == "address" and kind in (Kind.SCHOOL, Kind.TRUST):
        raise Refused(Reason.NOT_ASKABLE, NOT_TO_SCHOOLS)
    tie = _bind(row.pk, Tie.ADDRESSED, to, by, at)
    for each in _named_by(row, naming) - {row.pk}:
        _bind(each, Tie.ADDRESSED, to, by, at)
    ledger.record("subject.record_sent", by=by, at=at, about={"record": row.pk, "to": to, "area": row.area_id})
    return tie


@seeing("subjects.records")
def link_record(*, record_id: UUID, organisation: UUID, by: Actor, at: datetime) -> TieRow:
    """Let an organisation work with a record that belongs to work of its own, and open who it is about."""
    row = record_to_change(record_id=record_id)
    require(decide(Asker(by, at), Deed.SEND_ON, row))
    tie = _bind(row.pk, Tie.LINKED, organisation, by, at)
    for each in _named_by(row, None) - {row.pk}:
        _bind(each, Tie.LINKED, organisation, by, at)
    about = {"record": row.pk, "organisation": organisation, "area": row.area_id}
    ledger.record("subject.record_linked", by=by, at=at, about=about)
    return tie


@seeing("subjects.records")
def take_back(*, record_id: UUID, organisation: UUID, by: Actor, at: datetime) -> bool:
    """Take a record back from an organisation: its tie ends and its key is gone. False where it was not there."""
    row = record_to_change(record_id=record_id)
    require(decide(Asker(by, at), Deed.SEND_ON, row))
    with working_as(HAVEN, "subjects.tying"):
        standing = row.ties.filter(tie=Tie.ADDRESSED, organisation=organisation, ends_at__isnull=True)
        taken = standing.update(ends_at=at)
    if taken and row.owner_id != organisation:
        withdraw(record=row.pk, organisation=organisation, by=by, at=at)
    about = {"record": row.pk, "organisation": organisation, "area": row.area_id, "was_there": bool(taken)}
    ledger.record("subject.record_taken_back", by=by, at=at, about=about)
    return bool(taken)


@seeing("subjects.records")
def assign_record(*, record_id: UUID, person_id: UUID, by: Actor, at: datetime) -> TieRow:
    """Give a record to somebody by name: where whoever it was sent to may not have it, or is not there. Haven itself
    does it where nobody else is left."""
    row = record_to_change(record_id=record_id)
    if by is not HAVEN:
        require(decide(Asker(by, at), Deed.SEND_ON, row))
    tie = _tie(row.pk, Tie.ASSIGNED, at, person_id=person_id)
    about = {"record": row.pk, "person": person_id, "area": row.area_id}
    ledger.record("subject.record_assigned", by=by, at=at, about=about)
    return tie


def _named_by(row: Record, subjects: Collection[UUID] | None) -> frozenset[UUID]:
    """The records that say who those are whom this one is about: all of them, or these."""
    named = Record.objects.filter(subject__about__record=row)
    named = named if subjects is None else named.filter(subject__in=subjects)
    with working_as(HAVEN, "subjects.tying"):
        return frozenset(named.values_list("pk", flat=True))


def _bind(record_id: UUID, tie: Tie, organisation: UUID, by: Actor, at: datetime) -> TieRow:
    """The tie, and the key with it."""
    grant(record=record_id, to=organisation, by=by, at=at)
    return _tie(record_id, tie, at, organisation_id=organisation)


def _tie(record_id: UUID, tie: Tie, at: datetime, **whose: UUID) -> TieRow:
    """A tie without an end: one that stands already stays as it is. Ties are written here and by what lends a record
    for a while; the database lets nobody else."""
    with working_as(HAVEN, "subjects.tying"):
        given = {"record_id": record_id, "tie": tie, "ends_at": None, **whose}
        return TieRow.objects.filter(**given).first() or TieRow.objects.create(starts_at=at, **given)
