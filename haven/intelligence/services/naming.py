"""Naming a child or an adult whom a submission is about, so that whoever is excluded from her never sees it."""

from datetime import datetime
from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.intelligence.models import Report, Source
from haven.intelligence.queries.loading import facts_of, submission_to_change
from haven.ledger.services import record
from haven.people.seeing import seeing
from haven.subjects.disclosure.finding import Found, find
from haven.subjects.disclosure.recording import Purpose
from haven.subjects.models import About
from haven.subjects.rules.bases import Flow
from haven.subjects.rules.naming import Identity, Sort
from haven.subjects.services import add_subject

SEVERAL = "There are several whom Haven knows by this name and date of birth. Ask the privacy officer which is meant."


def name_person(*, submission_id: UUID, sort: Sort, identity: Identity, purpose: str, by: Actor, at: datetime) -> UUID:
    """Say whom a submission is about: found where Haven knows her, else added. Gives back the subject.

    The look-up stays written whatever comes of it. Raises `Refused`, with advice.
    """
    area = _area_of(submission_id=submission_id, by=by, at=at)
    found = find(area=area, identity=identity, purpose=Purpose(Flow.LOOKED_UP, purpose), by=by, at=at)
    if len(found) > 1:
        raise Refused(Reason.NOT_ASKABLE, SEVERAL)
    return _named(submission_id=submission_id, found=found, sort=sort, identity=identity, by=by, at=at)


@seeing("intelligence.working")
def _area_of(*, submission_id: UUID, by: Actor, at: datetime) -> UUID:
    return submission_to_change(submission_id, by, at).area_id


@seeing("intelligence.working")
def _named(*, submission_id: UUID, found: list[Found], sort: Sort, identity: Identity, by: Actor, at: datetime) -> UUID:
    row = submission_to_change(submission_id, by, at)
    known = found[0].subject if found else None
    subject = known or add_subject(area=row.area_id, sort=sort, identity=identity, by=by, at=at).pk
    records = [
        row.record_id,
        *Source.objects.filter(submission=row).values_list("record", flat=True),
        *Report.objects.filter(submission=row).values_list("record", flat=True),
    ]
    for each in records:
        About.objects.get_or_create(record_id=each, subject_id=subject)
    record("matter.named", by=by, at=at, about=facts_of(row) | {"subject": subject})
    return subject
