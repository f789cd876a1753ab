"""Naming the children of a sending: each found again among those her sender has named before, or named anew.

Whether whoever sends may, the capability above has asked; Haven itself does it, as in `services.delivering`.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import connection

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused
from haven.engines.days.moments import local_day
from haven.keys.queries import lookups
from haven.ledger.services import Deed, record_all
from haven.ledger.together import part
from haven.people.queries import on_day
from haven.people.seeing import working_as
from haven.subjects.disclosure.opening import identities
from haven.subjects.models import About, Attendance, Exclusion, FindMark, Subject
from haven.subjects.queries.places import finding_in
from haven.subjects.rules.finding import FIND_BY, spelling, words_of
from haven.subjects.rules.naming import Identity, Sort, faults
from haven.subjects.rules.retention import Kept
from haven.subjects.rules.ties import State
from haven.subjects.services.delivering import keep_records
from haven.subjects.services.records import NewRecord
from haven.subjects.services.subjects import Marking, mark_subjects

NO_LETTER = "A name needs at least one letter"
LOCK = "select pg_advisory_xact_lock(mark) from unnest(%s::bigint[]) mark"


@dataclass(frozen=True, slots=True)
class Places:
    """Where a child learns: at schools, or at home in an area, or both."""

    schools: Collection[UUID]
    home_area: UUID | None = None


@dataclass(frozen=True, slots=True)
class Called:
    """A child as a sender calls her, in an area, and where she learns."""

    area: UUID
    owner: UUID
    identity: Identity
    places: Places


Known = Sequence[tuple[Subject, Identity]]


def name_children(*, called: Sequence[Called], by: Actor, at: datetime) -> list[Subject]:
    """For each, the child of this name and birth date whom this owner has named in the area before, or a new one.

    Two are the same where first and last name are spelled alike and the birth date is the same. Whoever is excluded
    from a child of the same last name, first initial and birth date, whoever named that one, is excluded from this one
    too: a child who is spelled differently is not a way around it. Raises `Refused`, with advice.
    """
    tidy = [_tidied(each, local_day(at)) for each in called]
    with part(), working_as(HAVEN, "subjects.delivering"):
        alike = _alike(tidy)
        found: dict[tuple[UUID, UUID, tuple[str, str], date | None], Subject] = {}
        new: dict[UUID, Called] = {}
        subjects = []
        for each, known in zip(tidy, alike, strict=True):
            who = (each.area, each.owner, spelling(each.identity), each.identity.born_on)
            if who not in found:
                own = [row for row, other in known if _is_theirs(row, other, each)]
                found[who] = own[0] if own else Subject(pk=uuid4(), sort=Sort.CHILD, added_at=at)
                if not own:
                    new[found[who].pk] = each
            subjects.append(found[who])
        rows = {row.pk: row for row in subjects}
        _add([(rows[pk], each) for pk, each in new.items()], by, at)
        places = [(row.pk, each.places) for row, each in zip(subjects, tidy, strict=True)]
        _attend(places, local_day(at), by, at)
        _take_over({row: [other for other, _ in known] for row, known in zip(subjects, alike, strict=True)}, at)
    return subjects


def attend(*, subject_id: UUID, places: Places, by: Actor, at: datetime) -> None:
    """Say that a child learns at these places from today, where that was not known."""
    with part(), working_as(HAVEN, "subjects.delivering"):
        _attend([(subject_id, places)], local_day(at), by, at)


def _tidied(called: Called, on: date) -> Called:
    identity = called.identity.tidy()
    if wrong := faults(identity, Sort.CHILD, on):
        raise Refused(Reason.NOT_READY, " ".join(wrong))
    return Called(called.area, called.owner, identity, called.places)


def _is_theirs(row: Subject, named: Identity, called: Called) -> bool:
    return row.record.owner_id == called.owner and spelling(named) == spelling(called.identity)


def _alike(called: Sequence[Called]) -> list[Known]:
    """For each, who has the same last name, first initial and birth date there, whoever was added first leading.

    Whoever names her at the same moment waits.
    """
    owners = {each.owner for each in called}
    found = lookups(organisations=owners, field=FIND_BY)
    marks = [_mark(each, found) for each in called]
    with connection.cursor() as cursor:  # in one order, so that two who name the same children do not wait for ever
        cursor.execute(LOCK, [sorted({int.from_bytes(mark, "big") for mark in marks if mark})])
    marked = FindMark.objects.filter(organisation__in=owners, mark__in={mark for mark in marks if mark})
    keys: defaultdict[UUID, list[tuple[UUID, bytes]]] = defaultdict(list)
    for owner, mark, subject in marked.values_list("organisation", "mark", "subject"):
        keys[subject].append((owner, bytes(mark)))
    there = Subject.objects.filter(pk__in=keys).exclude(record__state=State.ERASED)
    rows = list(there.select_related("record").order_by("added_at", "pk"))
    opened = {owner: identities(rows, organisations=[owner]) for owner in owners} if rows else {}
    named: defaultdict[tuple[UUID, bytes | None], list[tuple[Subject, Identity]]] = defaultdict(list)
    for row in rows:
        for owner, mark in keys[row.pk]:
            if who := opened[owner].get(row.pk):
                named[owner, mark].append((row, who))
    return [
        [(row, who) for row, who in named[each.owner, mark] if _may_be(row, who, each)]
        for each, mark in zip(called, marks, strict=True)
    ]


def _may_be(row: Subject, named: Identity, called: Called) -> bool:
    return row.record.area_id == called.area and named.born_on == called.identity.born_on


def _mark(called: Called, found: Mapping[UUID, Callable[[str], bytes]]) -> bytes | None:
    """None for whom nothing was ever sealed."""
    try:
        words = words_of(called.identity)
    except ValueError:
        raise Refused(Reason.NOT_ASKABLE, NO_LETTER) from None
    return found[called.owner](words) if called.owner in found else None


def _add(named: Sequence[tuple[Subject, Called]], by: Actor, at: datetime) -> None:
    """Children whom their owners have not named before."""
    if not named:
        return
    finding = {area: finding_in(area=area, on=local_day(at)) for area in {each.area for _, each in named}}
    near = [finding[each.area] | {each.owner} for _, each in named]
    new = [_record_of(each, those) for (_, each), those in zip(named, near, strict=True)]
    for (row, _), (kept, sealed) in zip(named, keep_records(new=new, by=by, at=at), strict=True):
        row.record, row.names, row.birth_date = kept, sealed["names"], sealed["birth_date"]
    Subject.objects.bulk_create(row for row, _ in named)
    About.objects.bulk_create(About(record=row.record, subject=row) for row, _ in named)
    markings = [Marking(row.pk, each.identity, those) for (row, each), those in zip(named, near, strict=True)]
    mark_subjects(markings=markings, by=by, at=at)
    about = [{"subject": row.pk, "sort": row.sort, "area": each.area} for row, each in named]
    record_all([Deed("subject.added", each) for each in about], by=by, at=at)


def _record_of(called: Called, finding: Collection[UUID]) -> NewRecord:
    who = called.identity
    assert who.born_on is not None
    fields = {"names": who.as_text().encode(), "birth_date": who.born_on.isoformat().encode()}
    return NewRecord("subject", called.area, called.owner, fields, (), finding, Kept.CHILD, who.born_on)


def _attend(wanted: Iterable[tuple[UUID, Places]], on: date, by: Actor, at: datetime) -> None:
    needed = {
        (subject, school, home)
        for subject, places in wanted
        for school, home in [*((each, None) for each in places.schools), (None, places.home_area)]
        if school or home
    }
    there = Attendance.objects.filter(on_day(on), subject__in={subject for subject, _, _ in needed})
    missing = needed - set(there.values_list("subject", "school", "home_area"))
    rows = [
        Attendance(subject_id=subject, school_id=school, home_area_id=home, starts_on=on)
        for subject, school, home in sorted(missing, key=str)
    ]
    Attendance.objects.bulk_create(rows)
    about = [{"attendance": each.pk, "subject": each.subject_id} for each in rows]
    record_all([Deed("subject.enrolled", each) for each in about], by=by, at=at)


def _take_over(alike: Mapping[Subject, Collection[Subject]], at: datetime) -> None:
    """Keep from each child whoever is kept from one who may be the same."""
    others = {row.pk: {each.pk for each in known} - {row.pk} for row, known in alike.items()}
    if not any(others.values()):
        return
    everyone = {*others, *(pk for those in others.values() for pk in those)}
    standing = list(Exclusion.objects.filter(subject__in=everyone, ended_at=None).order_by("set_at"))
    excluded, new = {(each.subject_id, each.person_id) for each in standing}, []
    for subject, those in others.items():
        for each in standing:
            if each.subject_id in those and (subject, each.person_id) not in excluded:
                excluded.add((subject, each.person_id))
                new.append((each, _like(each, subject, at)))
    Exclusion.objects.bulk_create(row for _, row in new)
    areas = {row.pk: row.record.area_id for row in alike}
    about = [
        {
            "exclusion": row.pk,
            "subject": row.subject_id,
            "set_as": row.set_as,
            "area": areas[row.subject_id],
            "as": each.pk,
        }
        for each, row in new
    ]
    record_all([Deed("subject.excluded", each) for each in about], by=HAVEN, at=at)


def _like(exclusion: Exclusion, subject: UUID, at: datetime) -> Exclusion:
    return Exclusion(
        subject_id=subject,
        person_id=exclusion.person_id,
        ground=exclusion.ground,
        set_as=exclusion.set_as,
        set_at=at,
        set_by_id=exclusion.set_by_id,
        organisation_id=exclusion.organisation_id,
    )
