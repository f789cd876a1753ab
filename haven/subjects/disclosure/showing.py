"""Showing a subject to somebody who may see her, as far as she may."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import HAVEN, Actor, HeldPost
from haven.access.decision import Reason, Refused
from haven.access.roles import Kind, Role
from haven.people.seeing import seeing_as, working_as
from haven.subjects.disclosure.opening import identities, opened
from haven.subjects.disclosure.recording import Purpose, write_down
from haven.subjects.models import Attendance, Outcome, Record, SafeAddress, Siblings, Subject
from haven.subjects.policy import OUTSIDE_SCHOOLS, decide, records_for
from haven.subjects.rules.naming import Identity, Sort
from haven.subjects.rules.ties import Asker, Deed


@dataclass(frozen=True, slots=True)
class Place:
    """Where a child learns, or learned. `moved_to` is where she went, once she has left."""

    attendance: UUID
    name: str
    starts_on: date
    ends_on: date | None
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class Sibling:
    """A brother or sister whom the reader may see herself. Nothing here says where she learns."""

    subject: UUID
    identity: Identity


@dataclass(frozen=True, slots=True)
class SubjectView:
    """A subject as one reader may see her. `identity` is none where her record does not open."""

    subject: UUID
    record: UUID
    area: UUID
    sort: Sort
    identity: Identity | None
    places: Sequence[Place]
    siblings: Sequence[Sibling]
    is_outside: bool  # whether the reader works outside schools
    has_safe_address: bool  # always false for a school


def open_subject(*, subject_id: UUID, purpose: Purpose, by: Actor, at: datetime) -> SubjectView:
    """The subject, the disclosure written down first. A refusal is written down, too. Raises `Refused`."""
    with transaction.atomic(), working_as(HAVEN, "subjects.showing"):
        subject = Subject.objects.select_related("record").get(pk=subject_id)
        has_safe_address = subject.addresses.filter(replaced_at__isnull=True).exists()
    post = shown_or_refused(subject.record, purpose=purpose, deed=Deed.READ, asker=Asker(by, at))
    with transaction.atomic(), seeing_as(by):
        return _seen(subject_id, post, has_safe_address, by, at)


def open_safe_address(*, subject_id: UUID, purpose: Purpose, by: Actor, at: datetime) -> str | None:
    """Where she may be found, the disclosure written down first; none where it does not open. Never for a school."""
    standing = SafeAddress.objects.select_related("record").filter(replaced_at__isnull=True)
    with transaction.atomic(), working_as(HAVEN, "subjects.showing"):
        row = standing.get(subject=subject_id)
    shown_or_refused(row.record, purpose=purpose, deed=Deed.READ, asker=Asker(by, at))
    outside = {post.organisation for post in by.posts if post.kind in OUTSIDE_SCHOOLS}
    with transaction.atomic(), seeing_as(by):
        row = standing.get(subject=subject_id)
        return opened(row.record_id, "address", row.address, organisations=outside)


def shown_or_refused(
    record: Record, *, purpose: Purpose, deed: Deed, asker: Asker, outcome: Outcome = Outcome.SHOWN
) -> HeldPost:
    """Write down that it is shown, or that it was refused, and give back the post it is shown to. Raises `Refused`.

    Each is written in a transaction of its own, which has ended before anything is shown: also where what was asked is
    then refused.
    """
    with transaction.atomic():
        decision = decide(asker, deed, record)
        post = _post(record, asker.actor)
        told = outcome if decision else Outcome.REFUSED
        write_down(told, record=record, purpose=purpose, post=post, by=asker.actor, at=asker.at)
    if not decision or post is None:
        raise Refused(decision.reason if not decision else Reason.NO_LIVE_POST)
    return post


def _seen(subject_id: UUID, post: HeldPost, has_safe_address: bool, by: Actor, at: datetime) -> SubjectView:
    subject = Subject.objects.select_related("record").get(pk=subject_id)
    places = {each.organisation for each in by.posts}
    is_outside = post.kind in OUTSIDE_SCHOOLS
    return SubjectView(
        subject=subject.pk,
        record=subject.record_id,
        area=subject.record.area_id,
        sort=Sort(subject.sort),
        identity=identities([subject], organisations=places).get(subject.pk),
        places=_places(subject, None if is_outside else places),
        siblings=_siblings(subject, places, by, at),
        is_outside=is_outside,
        has_safe_address=is_outside and has_safe_address,
    )


def _post(record: Record, actor: Actor) -> HeldPost | None:
    """The post in which she reads it: one in an organisation tied to it, else the first that she holds herself."""
    with working_as(HAVEN, "subjects.showing"):
        tied = set(record.ties.values_list("organisation", flat=True))
    ranked = sorted(
        actor.posts, key=lambda post: (post.organisation not in tied, post.role is Role.ADMINISTRATOR, post.is_cover)
    )
    return ranked[0] if ranked else None


def _places(subject: Subject, schools: Collection[UUID] | None) -> list[Place]:
    """Everywhere she learns or learned; for a school, what concerns itself and nothing of where she went."""
    rows = Attendance.objects.filter(subject=subject).select_related("school", "home_area", "moved_to")
    if schools is None:
        return [
            Place(
                row.pk,
                row.school.name if row.school else f"At home, {row.home_area}",
                row.starts_on,
                row.ends_on,
                row.moved_to.name if row.moved_to else "",
            )
            for row in rows
        ]
    own = rows.filter(school__in=schools, school__kind=Kind.SCHOOL)
    return [Place(row.pk, row.school.name if row.school else "", row.starts_on, row.ends_on) for row in own]


def _siblings(subject: Subject, places: Collection[UUID], by: Actor, at: datetime) -> list[Sibling]:
    """Only those whom the reader may see herself, so that nobody learns of a child elsewhere by her brother."""
    seen = Record.objects.filter(records_for(Asker(by, at), Deed.READ))
    rows = list(Subject.objects.filter(pk__in=Siblings.of(subject.pk), record__in=seen).select_related("record"))
    return [Sibling(pk, identity) for pk, identity in identities(rows, organisations=places).items()]
