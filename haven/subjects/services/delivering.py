"""What a sender delivers to the places where a child learns: the child named, records tied, given and taken back.

Whether whoever does it may, the capability above has asked. Haven itself does it: a program has no person to whom the
database could show a row, and a school that says "she is ours" does not yet see what is tied to it then.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import connection, transaction

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused
from haven.engines.days.moments import local_day
from haven.engines.sealing.lookup import normalised
from haven.keys.queries import index_of
from haven.keys.services import grant, seal_for, withdraw
from haven.ledger.services import record
from haven.people.queries import on_day
from haven.people.seeing import working_as
from haven.subjects.disclosure.opening import identities
from haven.subjects.models import About, Attendance, Exclusion, FindMark, Record, Siblings, Subject, TieRow
from haven.subjects.queries.keeping import reviewed_on
from haven.subjects.queries.places import finding_in
from haven.subjects.rules.naming import Identity, Sort, faults
from haven.subjects.rules.retention import Kept
from haven.subjects.rules.ties import State, Tie
from haven.subjects.services.records import NewRecord
from haven.subjects.services.subjects import mark_subject


@dataclass(frozen=True, slots=True)
class Places:
    """Where a child learns: at schools, or at home in an area, or both."""

    schools: Collection[UUID]
    home_area: UUID | None = None


def name_child(*, area: UUID, owner: UUID, identity: Identity, places: Places, by: Actor, at: datetime) -> Subject:
    """The child of this name and birth date whom this owner has named in the area before, or a new one.

    Two are the same where first and last name are spelled alike and the birth date is the same. Whoever is excluded
    from a child of the same last name, first initial and birth date, whoever named that one, is excluded from this one
    too: a child who is spelled differently is not a way around it. Raises `Refused`, with advice.
    """
    tidy = identity.tidy()
    if wrong := faults(tidy, Sort.CHILD, local_day(at)):
        raise Refused(Reason.NOT_READY, " ".join(wrong))
    with transaction.atomic(), working_as(HAVEN, "subjects.delivering"):
        alike = _alike(area, owner, tidy)
        own = [row for row, who in alike if row.record.owner_id == owner and _spelling(who) == _spelling(tidy)]
        subject = own[0] if own else _named(area, owner, tidy, by, at)
        _attend(subject.pk, places, local_day(at), by, at)
        _take_over([row for row, _ in alike], subject, at)
    return subject


def attend(*, subject_id: UUID, places: Places, by: Actor, at: datetime) -> None:
    """Say that a child learns at these places from today, where that was not known."""
    with transaction.atomic(), working_as(HAVEN, "subjects.delivering"):
        _attend(subject_id, places, local_day(at), by, at)


def carry_record(*, record_id: UUID, to: UUID, by: Actor, at: datetime) -> None:
    """Tie a record to an organisation, and let it open it. Where it was given already, nothing changes."""
    with transaction.atomic(), working_as(HAVEN, "subjects.delivering"):
        tie = {"record_id": record_id, "tie": Tie.ADDRESSED, "organisation_id": to, "ends_at": None}
        if not TieRow.objects.filter(**tie).exists():
            TieRow.objects.create(starts_at=at, **tie)
        grant(record=record_id, to=to, by=by, at=at)
        record("subject.record_sent", by=by, at=at, about={"record": record_id, "to": to})


def put_back(*, record_id: UUID, organisation: UUID, by: Actor, at: datetime) -> bool:
    """End an organisation's tie to a record and take its key away; false where neither was there."""
    with transaction.atomic(), working_as(HAVEN, "subjects.delivering"):
        kept = Record.objects.filter(pk=record_id, owner=organisation).exists()
        ties = TieRow.objects.filter(record=record_id, tie=Tie.ADDRESSED, organisation=organisation, ends_at=None)
        ended = ties.update(ends_at=at)
        taken = not kept and withdraw(record=record_id, organisation=organisation, by=by, at=at)
        about = {"record": record_id, "organisation": organisation, "was_there": bool(ended or taken)}
        record("subject.record_taken_back", by=by, at=at, about=about)
        return bool(ended or taken)


def name_reader(*, record_id: UUID, person_id: UUID, organisation: UUID, by: Actor, at: datetime) -> None:
    """Give a record to somebody by name, and let the organisation in which she reads it open it."""
    with transaction.atomic(), working_as(HAVEN, "subjects.delivering"):
        tie = {"record_id": record_id, "tie": Tie.ASSIGNED, "person_id": person_id, "ends_at": None}
        if not TieRow.objects.filter(**tie).exists():
            TieRow.objects.create(starts_at=at, **tie)
        grant(record=record_id, to=organisation, by=by, at=at)
        record("subject.record_assigned", by=by, at=at, about={"record": record_id, "person": person_id})


def unname_reader(*, record_id: UUID, person_id: UUID, by: Actor, at: datetime) -> None:
    """End what `name_reader` gave, but for the organisation's key: `put_back` takes that."""
    with transaction.atomic(), working_as(HAVEN, "subjects.delivering"):
        TieRow.objects.filter(record=record_id, tie=Tie.ASSIGNED, person=person_id, ends_at=None).update(ends_at=at)
        record("subject.record_taken_back", by=by, at=at, about={"record": record_id, "person": person_id})


def withdraw_record(*, record_id: UUID, by: Actor, at: datetime) -> None:
    """Let nobody but its owner read a record any more."""
    with transaction.atomic(), working_as(HAVEN, "subjects.delivering"):
        Record.objects.filter(pk=record_id).update(state=State.WITHDRAWN, closed_at=at)
        record("subject.record_withdrawn", by=by, at=at, about={"record": record_id})


def keep_record(*, new: NewRecord, by: Actor, at: datetime) -> tuple[Record, dict[str, bytes]]:
    """A record with its key, and its fields sealed: `make_record` for whoever delivers, a program too."""
    with transaction.atomic(), working_as(HAVEN, "subjects.delivering"):
        row = Record.objects.create(
            pk=uuid4(),
            sort=new.sort,
            area_id=new.area,
            owner_id=new.owner,
            made_at=at,
            kept_as=new.kept_as,
            review_on=reviewed_on(area=new.area, kept_as=new.kept_as, born_on=new.born_on, on=local_day(at)),
        )
        TieRow.objects.create(record=row, tie=Tie.OWNED, organisation_id=new.owner, starts_at=at)
        About.objects.bulk_create(About(record=row, subject_id=each) for each in new.about)
        sealed = seal_for(record=row.pk, owner=new.owner, readers=new.readers, fields=new.fields, by=by, at=at)
        about = {"record": row.pk, "sort": new.sort, "owner": new.owner, "area": new.area}
        record("subject.record_made", by=by, at=at, about=about)
    return row, sealed


def link_all(*, subjects: Collection[UUID], by: Actor, at: datetime) -> None:
    """Say that several children of one sending are brothers and sisters."""
    ordered = sorted(subjects)
    pairs = [(one, other) for place, one in enumerate(ordered) for other in ordered[place + 1 :]]
    with transaction.atomic(), working_as(HAVEN, "subjects.delivering"):
        Siblings.objects.bulk_create(
            [Siblings(one_id=one, other_id=other) for one, other in pairs], ignore_conflicts=True
        )
        record("subject.siblings_linked", by=by, at=at, about={"subjects": ordered})


def _alike(area: UUID, owner: UUID, identity: Identity) -> list[tuple[Subject, Identity]]:
    """Who has the same last name, first initial and birth date there. Whoever names her at the same moment waits."""
    assert identity.born_on is not None
    try:
        found = index_of(
            organisation=owner,
            field="subject",
            surname=identity.last_name,
            first_name=identity.first_name,
            born_on=identity.born_on,
        )
    except ValueError:
        raise Refused(Reason.NOT_ASKABLE, "A name needs at least one letter") from None
    if found is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [int.from_bytes(found, "big")])
    marks = FindMark.objects.filter(organisation=owner, mark=found).values("subject")
    rows = Subject.objects.filter(pk__in=marks, record__area=area).exclude(record__state=State.ERASED)
    there = {row.pk: row for row in rows.select_related("record").order_by("added_at")}
    if not there:
        return []
    opened = identities(there.values(), organisations=[owner])
    return [(there[pk], opened[pk]) for pk in there if pk in opened and opened[pk].born_on == identity.born_on]


def _named(area: UUID, owner: UUID, identity: Identity, by: Actor, at: datetime) -> Subject:
    assert identity.born_on is not None
    finding = finding_in(area=area, on=local_day(at)) | {owner}
    fields = {"names": identity.as_text().encode(), "birth_date": identity.born_on.isoformat().encode()}
    new = NewRecord("subject", area, owner, fields, (), finding, Kept.CHILD, identity.born_on)
    row, sealed = keep_record(new=new, by=by, at=at)
    subject = Subject.objects.create(pk=uuid4(), sort=Sort.CHILD, record=row, added_at=at, **sealed)
    About.objects.create(record=row, subject=subject)
    mark_subject(subject=subject, identity=identity, organisations=finding, by=by, at=at)
    record("subject.added", by=by, at=at, about={"subject": subject.pk, "sort": Sort.CHILD, "area": area})
    return subject


def _attend(subject: UUID, places: Places, on: date, by: Actor, at: datetime) -> None:
    known = Attendance.objects.filter(on_day(on), subject=subject).values_list("school", "home_area")
    schools, homes = {school for school, _ in known}, {home for _, home in known}
    missing = [
        Attendance(subject_id=subject, school_id=each, starts_on=on) for each in places.schools if each not in schools
    ]
    if places.home_area and places.home_area not in homes:
        missing.append(Attendance(subject_id=subject, home_area_id=places.home_area, starts_on=on))
    Attendance.objects.bulk_create(missing)
    for each in missing:
        record("subject.enrolled", by=by, at=at, about={"attendance": each.pk, "subject": subject})


def _take_over(alike: Iterable[Subject], subject: Subject, at: datetime) -> None:
    others = [row.pk for row in alike if row.pk != subject.pk]
    if not others:
        return
    excluded = set(Exclusion.objects.filter(subject=subject, ended_at=None).values_list("person", flat=True))
    for each in Exclusion.objects.filter(subject__in=others, ended_at=None):
        if each.person_id not in excluded:
            excluded.add(each.person_id)
            row = Exclusion.objects.create(
                subject=subject,
                person_id=each.person_id,
                ground=each.ground,
                set_as=each.set_as,
                set_at=at,
                set_by_id=each.set_by_id,
                organisation_id=each.organisation_id,
            )
            about = {"exclusion": row.pk, "subject": subject.pk, "set_as": row.set_as, "area": subject.record.area_id}
            record("subject.excluded", by=HAVEN, at=at, about=about | {"as": each.pk})


def _spelling(identity: Identity) -> tuple[str, str]:
    return normalised(identity.first_name), normalised(identity.last_name)
