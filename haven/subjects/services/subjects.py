"""Subjects: added, told apart from nobody, linked to brothers and sisters, and where they are safe."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused, require
from haven.engines.days.moments import local_day
from haven.keys.queries import lookups
from haven.ledger.services import record
from haven.people.seeing import seeing, working_as
from haven.subjects.models import About, FindMark, Record, SafeAddress, Siblings, Subject
from haven.subjects.policy import decide, may_add
from haven.subjects.queries.loading import subject_to_change
from haven.subjects.queries.places import finding_in
from haven.subjects.rules.finding import FIND_BY, words_of
from haven.subjects.rules.naming import Identity, Sort, faults
from haven.subjects.rules.retention import Kept
from haven.subjects.rules.ties import OWNERS, Asker, Deed, acting_as
from haven.subjects.services.records import NewRecord, make_record


@seeing("subjects.adding")
def add_subject(*, area: UUID, sort: Sort, identity: Identity, by: Actor, at: datetime) -> Subject:
    """Somebody named in confidential work, for whoever may look subjects up. Look her up first: two are never merged.

    Raises `Refused`, with advice, for a name or birth date that cannot be.
    """
    require(may_add(by, area))
    post = acting_as(by, OWNERS, area)
    assert post is not None
    tidy = identity.tidy()
    if wrong := faults(tidy, sort, local_day(at)):
        raise Refused(Reason.NOT_READY, " ".join(wrong))
    finding = finding_in(area=area, on=local_day(at)) | {post.organisation}
    fields = {"names": tidy.as_text().encode()}
    fields |= {"birth_date": tidy.born_on.isoformat().encode()} if tidy.born_on else {}
    kept_as = Kept.CHILD if sort is Sort.CHILD else Kept.ADULT
    new = NewRecord("subject", area, post.organisation, fields, (), finding, kept_as, tidy.born_on)
    row, sealed = make_record(new=new, by=by, at=at)
    subject = Subject.objects.create(pk=uuid4(), sort=sort, record=row, added_at=at, **sealed)
    About.objects.create(record=row, subject=subject)
    mark_subjects(markings=[Marking(subject.pk, tidy, finding)], by=by, at=at)
    record("subject.added", by=by, at=at, about={"subject": subject.pk, "sort": sort, "area": area})
    return subject


@seeing("subjects.adding")
def link_siblings(*, one_id: UUID, other_id: UUID, by: Actor, at: datetime) -> None:
    """Say that two subjects are brothers or sisters. Whoever links them must be allowed to change both."""
    rows = list(Subject.objects.select_related("record").filter(pk__in={one_id, other_id}))
    if len(rows) != 2:
        raise Refused(Reason.NOT_ASKABLE, "Choose two different people")
    for row in rows:
        require(decide(Asker(by, at), Deed.CHANGE, row.record))
    one, other = sorted((one_id, other_id))
    Siblings.objects.get_or_create(one_id=one, other_id=other)
    about = {"subjects": [one, other], "area": rows[0].record.area_id}
    record("subject.siblings_linked", by=by, at=at, about=about)


@seeing("subjects.adding")
def give_safe_address(*, subject_id: UUID, address: str, by: Actor, at: datetime) -> SafeAddress:
    """Where somebody may be found who must not be found, in the place of what was known. Its record and its key are
    its own: whoever may read who she is does not thereby know where. For whoever keeps hers."""
    subject = subject_to_change(subject_id=subject_id)
    require(decide(Asker(by, at), Deed.SEND_ON, subject.record))
    if not address.strip():
        raise Refused(Reason.NOT_READY, "Give the address")
    SafeAddress.objects.filter(subject=subject, replaced_at__isnull=True).update(replaced_at=at)
    old: Record = subject.record
    new = NewRecord("address", old.area_id, old.owner_id, {"address": address.strip().encode()}, (subject.pk,))
    row, sealed = make_record(new=new, by=by, at=at)
    Record.objects.filter(pk=row.pk).update(review_on=old.review_on, kept_as=old.kept_as)
    kept = SafeAddress.objects.create(subject=subject, record=row, given_at=at, **sealed)
    record("subject.address_given", by=by, at=at, about={"subject": subject.pk, "area": old.area_id})
    return kept


@dataclass(frozen=True, slots=True)
class Marking:
    """Somebody whom these organisations are to find again. Without a birth date nobody does."""

    subject: UUID
    identity: Identity
    organisations: Collection[UUID]


def mark_subjects(*, markings: Sequence[Marking], by: Actor, at: datetime) -> None:  # noqa: ARG001 - recorded with who was added
    """By which each organisation finds them again. Raises `Refused` for a name without a letter."""
    whole = [(each, _words(each.identity)) for each in markings if each.identity.born_on]
    found = lookups(organisations={place for each, _ in whole for place in each.organisations}, field=FIND_BY)
    with working_as(
        HAVEN, "subjects.marking", or_as="subjects.delivering"
    ):  # each organisation sees its own marks alone
        FindMark.objects.bulk_create(
            FindMark(subject_id=each.subject, organisation_id=place, mark=found[place](words))
            for each, words in whole
            for place in sorted(each.organisations)
            if place in found
        )


def _words(identity: Identity) -> str:
    try:
        return words_of(identity)
    except ValueError:
        raise Refused(Reason.NOT_ASKABLE, "A name needs at least one letter") from None
