"""Who must never see what concerns a subject: set by the police, by the council, or declared by herself."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused, require
from haven.access.roles import Kind
from haven.engines.days.moments import local_day
from haven.ledger.services import record
from haven.people.models import Person
from haven.people.seeing import seeing, working_as
from haven.subjects.models import Exclusion, Ground, Subject
from haven.subjects.models.exclusions import SetBy
from haven.subjects.policy import EXCLUDERS, decide, may_end_exclusion, may_exclude
from haven.subjects.queries.loading import subject_to_change
from haven.subjects.queries.places import home_areas_on, schools_on
from haven.subjects.queries.recipients import home_recipients, recipients_of
from haven.subjects.rules.recipients import Rung
from haven.subjects.rules.ties import Asker, Deed, acting_as

NOBODY_LEFT = "That would leave nobody in the whole area who may have it. Ask the council to name somebody first"
TWICE = "She is excluded already"


@seeing("subjects.excluding")
def exclude(*, subject_id: UUID, person_id: UUID, ground: Ground, by: Actor, at: datetime) -> Exclusion:
    """Let a person never see anything about a subject, from this moment. Refused where nobody at all would be left."""
    subject = subject_to_change(subject_id=subject_id)
    area = subject.record.area_id
    require(may_exclude(by, area))
    require(decide(Asker(by, at), Deed.READ, subject.record))
    post = acting_as(by, EXCLUDERS, area)
    assert post is not None
    set_as = SetBy.SENDER if post.kind is Kind.POLICE else SetBy.COUNCIL
    return _set(subject, person_id, ground, set_as, post.organisation, by, at)


@seeing("subjects.excluding")
def declare_interest(*, subject_id: UUID, ground: Ground, by: Actor, at: datetime) -> Exclusion:
    """She who may read it says that she should not, and from then on cannot. Only a privacy officer undoes it."""
    subject = subject_to_change(subject_id=subject_id)
    require(decide(Asker(by, at), Deed.READ, subject.record))
    assert by.person is not None
    return _set(subject, by.person, ground, SetBy.DECLARED, by.posts[0].organisation, by, at)


@transaction.atomic
def end_exclusion(*, exclusion_id: UUID, by: Actor, at: datetime) -> Exclusion:
    """End an exclusion that was a mistake, or whose ground is gone. For the privacy officer, never for herself."""
    with working_as(HAVEN, "subjects.excluding"):  # nobody but Haven changes one, or sees whom another excludes
        rows = Exclusion.objects.select_for_update(of=("self",)).select_related("subject__record")
        row = rows.get(pk=exclusion_id)
        require(may_end_exclusion(by, row, row.subject.record.area_id))
        if row.ended_at is not None:
            raise Refused(Reason.WRONG_STATE, "It has ended already")
        row.ended_at, row.ended_by_id = at, by.person
        row.save(update_fields=["ended_at", "ended_by"])
    record("subject.exclusion_ended", by=by, at=at, about=_facts(row))
    return row


def _set(
    subject: Subject, person: UUID, ground: Ground, set_as: SetBy, organisation: UUID, by: Actor, at: datetime
) -> Exclusion:
    Person.objects.get(pk=person)
    assert by.person is not None
    try:
        with transaction.atomic():
            row = Exclusion.objects.create(
                subject=subject,
                person_id=person,
                ground=ground,
                set_as=set_as,
                set_at=at,
                set_by_id=by.person,
                organisation_id=organisation,
            )
    except IntegrityError:
        raise Refused(Reason.WRONG_STATE, TWICE) from None
    _require_somebody(subject, at)
    record("subject.excluded", by=by, at=at, about=_facts(row))
    return row


def _require_somebody(subject: Subject, at: datetime) -> None:
    """Whatever is excluded, at every place of the child somebody is left who gets what concerns her."""
    today, pk = local_day(at), subject.pk
    chosen = [recipients_of(subject=pk, school=each, on=today) for each in schools_on(subject=pk, on=today)]
    chosen += [home_recipients(subjects=[pk], area=each, on=today) for each in home_areas_on(subject=pk, on=today)]
    if any(each.rung is Rung.NOBODY for each in chosen):
        raise Refused(Reason.LAST_OF_ITS_KIND, NOBODY_LEFT)


def _facts(row: Exclusion) -> dict[str, object]:
    """Without the person: the ledger has readers of its own."""
    return {"exclusion": row.pk, "subject": row.subject_id, "set_as": row.set_as, "area": row.subject.record.area_id}
