"""Where a child learns: at schools, one or several; at home; and where she moved."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.access.roles import Kind
from haven.ledger.services import record
from haven.people.models import Organisation
from haven.people.seeing import seeing
from haven.subjects.models import Attendance, Subject
from haven.subjects.policy import decide
from haven.subjects.queries.loading import subject_to_change, there
from haven.subjects.rules.naming import Sort
from haven.subjects.rules.ties import Asker, Deed

NOT_A_CHILD = "Only a child has a school"
NOT_A_SCHOOL = "Choose a school"
THERE_ALREADY = "She is at this school already on some of these days"
BEFORE = "The last day cannot come before the first"


@seeing("subjects.enrolling")
def enrol(*, subject_id: UUID, school_id: UUID, starts_on: date, by: Actor, at: datetime) -> Attendance:
    """Say that a child is at a school from a day. She may be at several. Nothing is sent to the school by this."""
    subject = _child(subject_id, by, at)
    if Organisation.objects.get(pk=school_id).kind != Kind.SCHOOL:
        raise Refused(Reason.NOT_ASKABLE, NOT_A_SCHOOL)
    try:
        with transaction.atomic():
            row = Attendance.objects.create(subject=subject, school_id=school_id, starts_on=starts_on)
    except IntegrityError:
        raise Refused(Reason.WRONG_STATE, THERE_ALREADY) from None
    record("subject.enrolled", by=by, at=at, about=_facts(row, subject))
    return row


@seeing("subjects.enrolling")
def teach_at_home(*, subject_id: UUID, area_id: UUID, starts_on: date, by: Actor, at: datetime) -> Attendance:
    """Say that a child learns at home from a day: what concerns her goes to the officer whom the area names."""
    subject = _child(subject_id, by, at)
    row = Attendance.objects.create(subject=subject, home_area_id=area_id, starts_on=starts_on)
    record("subject.taught_at_home", by=by, at=at, about=_facts(row, subject))
    return row


@seeing("subjects.enrolling")
def leave(*, attendance_id: UUID, ends_on: date, by: Actor, at: datetime) -> Attendance:
    """Say that a child is at a school, or taught at home, no more from a day."""
    row, subject = _attendance(attendance_id, by, at)
    _end(row, ends_on)
    record("subject.left", by=by, at=at, about=_facts(row, subject))
    return row


@seeing("subjects.enrolling")
def move(*, attendance_id: UUID, to_school_id: UUID, on: date, by: Actor, at: datetime) -> Attendance:
    """A child goes from one school to another on a day: the first says where she moved, to those outside schools."""
    row, subject = _attendance(attendance_id, by, at)
    row.moved_to_id = to_school_id
    _end(row, on)
    record("subject.moved", by=by, at=at, about=_facts(row, subject) | {"to": to_school_id})
    return enrol(subject_id=subject.pk, school_id=to_school_id, starts_on=on, by=by, at=at)


def _child(subject_id: UUID, by: Actor, at: datetime) -> Subject:
    subject = subject_to_change(subject_id=subject_id)
    require(decide(Asker(by, at), Deed.CHANGE, subject.record))
    if subject.sort != Sort.CHILD:
        raise Refused(Reason.NOT_ASKABLE, NOT_A_CHILD)
    return subject


def _attendance(attendance_id: UUID, by: Actor, at: datetime) -> tuple[Attendance, Subject]:
    row = there(Attendance.objects.select_for_update(of=("self",)).filter(pk=attendance_id).first())
    return row, _child(row.subject_id, by, at)


def _end(row: Attendance, ends_on: date) -> None:
    if ends_on < row.starts_on:
        raise Refused(Reason.WRONG_STATE, BEFORE)
    if row.ends_on is not None:
        raise Refused(Reason.WRONG_STATE, "That has ended already")
    row.ends_on = ends_on
    row.save(update_fields=["ends_on", "moved_to"])


def _facts(row: Attendance, subject: Subject) -> dict[str, object]:
    return {"attendance": row.pk, "subject": subject.pk, "area": subject.record.area_id}
