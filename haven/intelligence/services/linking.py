"""Saying what is mentioned in a submission. The same thing in two of them is one, and links them."""

from datetime import datetime
from uuid import UUID, uuid4

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, person_of
from haven.intelligence.disclosure.opening import entity_words
from haven.intelligence.models import Entity, Link, Submission
from haven.intelligence.queries.loading import facts_of, submission_to_change
from haven.intelligence.rules.linking import LONGEST_MENTION, NOTHING_TO_TELL, Kind, normal
from haven.keys.queries import index_of_words
from haven.ledger.services import record
from haven.people.seeing import seeing
from haven.subjects.rules.retention import Kept
from haven.subjects.services import make_record
from haven.subjects.services.records import NewRecord

TOO_LONG = f"Keep it to {LONGEST_MENTION} characters"
NO_KEYS = "The unit’s keys are not there. Ask whoever looks after Haven."


@seeing("intelligence.working")
def mention(*, submission_id: UUID, kind: Kind, words: str, by: Actor, at: datetime) -> Link:
    """Say that somebody or something is mentioned in a submission; again, it stays as it is.

    Raises `Refused`, with advice, for words that name nothing.
    """
    row = submission_to_change(submission_id, by, at)
    tidy = " ".join(words.split())
    if len(tidy) > LONGEST_MENTION:
        raise Refused(Reason.NOT_READY, TOO_LONG)
    try:
        plain = normal(kind, tidy)
    except ValueError:
        raise Refused(Reason.NOT_READY, NOTHING_TO_TELL) from None
    entity = _entity(row, kind, tidy, plain, by, at)
    if found := Link.objects.filter(submission=row, entity=entity, ended_at__isnull=True).first():
        return found
    made = Link.objects.create(submission=row, entity=entity, linked_at=at, linked_by_id=person_of(by))
    record("matter.linked", by=by, at=at, about=facts_of(row) | {"link": made.pk, "entity": entity.pk, "kind": kind})
    return made


@seeing("intelligence.working")
def end_mention(*, link_id: UUID, by: Actor, at: datetime) -> Link:
    """Say that it is not mentioned there after all."""
    link = Link.objects.filter(pk=link_id).first()
    if link is None:
        raise Refused(Reason.NOT_THE_ORGANISATION)
    row = submission_to_change(link.submission_id, by, at)
    if link.ended_at is None:
        link.ended_at = at
        link.save(update_fields=["ended_at"])
        record("matter.unlinked", by=by, at=at, about=facts_of(row) | {"link": link.pk, "entity": link.entity_id})
    return link


def _entity(row: Submission, kind: Kind, words: str, plain: str, by: Actor, at: datetime) -> Entity:
    """What these words mean to the unit: found by its mark, opened and compared; made where it is new."""
    mark = index_of_words(organisation=row.unit_id, field=f"mention|{kind}", words=plain)
    if mark is None:
        raise Refused(Reason.WRONG_STATE, NO_KEYS)
    for each in Entity.objects.filter(unit=row.unit_id, kind=kind, mark=mark):
        told = entity_words(each)
        if told is not None and normal(kind, told) == plain:
            return each
    fields = {"words": words.encode()}
    new = NewRecord("intelligence-mention", row.area_id, row.unit_id, fields, kept_as=Kept.INTELLIGENCE)
    kept, sealed = make_record(new=new, by=by, at=at)
    made = {"unit_id": row.unit_id, "kind": kind, "record": kept, "mark": mark, "added_at": at}
    return Entity.objects.create(pk=uuid4(), **made, **sealed)
