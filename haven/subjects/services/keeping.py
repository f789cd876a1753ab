"""How long it is kept: legal holds, erasure by a rule with a second person, and what an area sets."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused, require
from haven.access.roles import Role
from haven.engines.days.moments import local_day
from haven.keys.services import forget_record
from haven.ledger.services import record
from haven.people.seeing import seeing, working_as
from haven.subjects.models import (
    AreaSetting,
    Attendance,
    Erasure,
    FindMark,
    Hold,
    Record,
    RetentionSetting,
    SafeAddress,
    Siblings,
    Subject,
    TieRow,
)
from haven.subjects.policy import excluded_from, may_keep
from haven.subjects.queries.loading import subject_to_change, there
from haven.subjects.rules.retention import Kept
from haven.subjects.rules.ties import State

SAY_WHAT_FOR = "Say for which inquiry or court, by its reference and without a name"
SAY_WHY = "Say why it may end, without a name"
HELD = "A legal hold keeps it. It can be erased once every hold has ended"
NOT_DUE = "It is kept until {day}"
ASKED = "Somebody has asked for it already"
ANOTHER = "Somebody else must decide: you asked for it yourself"
SAY_SOURCE = "Say who decided it and where that is written"


@seeing("subjects.keeping")
def hold(*, subject_id: UUID, why: str, by: Actor, at: datetime) -> Hold:
    """Keep everything about a subject, whatever its rule says, until the hold ends."""
    subject = _to_keep(subject_id, by)
    if not why.strip():
        raise Refused(Reason.NOT_READY, SAY_WHAT_FOR)
    assert by.person is not None
    row = Hold.objects.create(subject=subject, held_at=at, held_by_id=by.person, why=why.strip())
    record("subject.held", by=by, at=at, about=_facts(subject) | {"hold": row.pk}, why=row.why)
    return row


@seeing("subjects.keeping")
def end_hold(*, hold_id: UUID, why: str, by: Actor, at: datetime) -> Hold:
    """End a hold, and say why it may."""
    row = there(Hold.objects.select_for_update(of=("self",)).filter(pk=hold_id).first())
    subject = _to_keep(row.subject_id, by)
    if row.ended_at is not None:
        raise Refused(Reason.WRONG_STATE, "It has ended already")
    if not why.strip():
        raise Refused(Reason.NOT_READY, SAY_WHY)
    row.ended_at, row.ended_by_id, row.ended_why = at, by.person, why.strip()
    row.save(update_fields=["ended_at", "ended_by", "ended_why"])
    record("subject.hold_ended", by=by, at=at, about=_facts(subject) | {"hold": row.pk}, why=row.ended_why)
    return row


@seeing("subjects.keeping")
def ask_erasure(*, subject_id: UUID, by: Actor, at: datetime) -> Erasure:
    """Ask that a subject be erased whose time is over. A second person decides. Raises `Refused`, with advice."""
    subject = _to_keep(subject_id, by)
    _require_over(subject, at)
    assert by.person is not None
    try:
        with transaction.atomic():
            row = Erasure.objects.create(
                subject=subject, kept_as=subject.record.kept_as, asked_at=at, asked_by_id=by.person
            )
    except IntegrityError:
        raise Refused(Reason.WRONG_STATE, ASKED) from None
    record("subject.erasure_asked", by=by, at=at, about=_facts(subject) | {"erasure": row.pk})
    return row


@seeing("subjects.keeping")
def decide_erasure(*, erasure_id: UUID, is_approved: bool, by: Actor, at: datetime) -> Erasure:
    """Erase, or do not. Never by her who asked. What was written about who was shown what stays, without its words."""
    row = there(Erasure.objects.select_for_update(of=("self",)).filter(pk=erasure_id).first())
    subject = _to_keep(row.subject_id, by)
    if row.decided_at is not None:
        raise Refused(Reason.WRONG_STATE, "It has been decided already")
    if row.asked_by_id == by.person:
        raise Refused(Reason.NOT_A_SECOND_PERSON, ANOTHER)
    row.decided_at, row.decided_by_id, row.is_approved = at, by.person, is_approved
    row.save(update_fields=["decided_at", "decided_by", "is_approved"])
    about = _facts(subject) | {"erasure": row.pk, "approved": is_approved}
    if is_approved:
        _require_over(subject, at)
        with working_as(HAVEN, "subjects.erasing"):
            about |= {"records": _erase(subject, by, at)}
    record("subject.erasure_decided", by=by, at=at, about=about, why=row.kept_as)
    return row


@transaction.atomic
def set_retention(*, area: UUID, kept_as: Kept, years: int, source: str, by: Actor, at: datetime) -> RetentionSetting:
    """How long an area keeps a class, from now on, and by whose word. What is kept already keeps its day."""
    require(may_keep(by, area))
    if not source.strip():
        raise Refused(Reason.NOT_READY, SAY_SOURCE)
    said = {"years": years, "source": source.strip()}
    row, _ = RetentionSetting.objects.update_or_create(area_id=area, kept_as=kept_as, defaults=said)
    about = {"area": area, "kept_as": kept_as, "years": years}
    record("subject.retention_set", by=by, at=at, about=about, why=row.source)
    return row


@transaction.atomic
def set_area(
    *, area: UUID, home_education: Role, last_resort: Role, glass_minutes: int, by: Actor, at: datetime
) -> AreaSetting:
    """Whom an area names for children taught at home and where no school can answer, and how long glass stays open."""
    require(may_keep(by, area))
    said = {
        "home_education_role": home_education,
        "last_resort_role": last_resort,
        "glass_minutes": glass_minutes,
    }
    row, _ = AreaSetting.objects.update_or_create(area_id=area, defaults=said)
    record("subject.area_set", by=by, at=at, about={"area": area} | said)
    return row


def _to_keep(subject_id: UUID, by: Actor) -> Subject:
    subject = subject_to_change(subject_id=subject_id)
    require(may_keep(by, subject.record.area_id))
    if by.person in excluded_from(subject.record):
        raise Refused(Reason.NOT_THE_ORGANISATION)
    return subject


def _require_over(subject: Subject, at: datetime) -> None:
    if subject.record.state == State.ERASED:
        raise Refused(Reason.WRONG_STATE, "It has been erased already")
    if subject.holds.filter(ended_at__isnull=True).exists():
        raise Refused(Reason.IS_HELD, HELD)
    with working_as(HAVEN, "subjects.erasing"):
        last = max(record.review_on for record in subject.alone)
    if last > local_day(at):
        raise Refused(Reason.NOT_DUE, NOT_DUE.format(day=f"{last.day} {last:%B %Y}"))


def _erase(subject: Subject, by: Actor, at: datetime) -> list[UUID]:
    """Forget the keys, and with them all that was sealed; then take away what stood open."""
    rows = list(subject.alone)
    for row in rows:
        forget_record(record=row.pk, by=by, at=at)
    ids = [row.pk for row in rows]
    Record.objects.filter(pk__in=ids).update(state=State.ERASED, closed_at=at)
    TieRow.objects.filter(record__in=ids, ends_at__isnull=True).update(ends_at=at)
    Subject.objects.filter(pk=subject.pk).update(names=None, birth_date=None)
    SafeAddress.objects.filter(subject=subject).update(address=None)
    FindMark.objects.filter(subject=subject).delete()
    Attendance.objects.filter(subject=subject).delete()
    Siblings.objects.filter(Q(one=subject) | Q(other=subject)).delete()
    return ids


def _facts(subject: Subject) -> dict[str, object]:
    return {"subject": subject.pk, "area": subject.record.area_id}
