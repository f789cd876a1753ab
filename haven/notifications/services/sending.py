"""The one door by which a notification comes in, from the form, a file or a program: kept once, readable at once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused, require
from haven.engines.faultpoints import faultpoint
from haven.files.queries import require_room
from haven.ledger.services import record
from haven.notifications.models import Delivery, Notice, Notification
from haven.notifications.policy import may_send
from haven.notifications.queries.checking import faults_of
from haven.notifications.rules.sending import (
    NewChild,
    NewNotification,
    as_content,
    body_hash,
    content_of,
    new_reference,
)
from haven.notifications.services.placing import Place, Sending, deliver, write_sent
from haven.people.seeing import working_as
from haven.subjects.models import Exclusion, Ground, Subject
from haven.subjects.rules.bases import Flow
from haven.subjects.services.delivering import Places, keep_record, link_all, name_child
from haven.subjects.services.exclusions import exclude
from haven.subjects.services.records import NewRecord

FLOW = Flow.POLICE_TO_SCHOOL
SAME_CHILD = "The same child is here twice"
NEEDS_PERSON = "Only somebody who is signed in can keep a person from seeing it"


class KeyIsUsed(Exception):
    """The sender has used this key for something else: nothing was kept."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A notification that is kept, with its deliveries. `is_new` is false where the same had come before."""

    notification: Notification
    deliveries: tuple[Delivery, ...]
    is_new: bool


def accept(*, new: NewNotification, by: Actor, at: datetime) -> Accepted:
    """Keep a notification and put it where its children learn, in one transaction; from its commit on it can be read.

    The same key with the same content gives what was kept the first time. Raises `KeyIsUsed` for the same key with
    other content, and `Refused`, with advice, for what cannot be sent.
    """
    faultpoint("notifications.accept.begin")
    require(may_send(by, new.sender, new.area))
    with transaction.atomic(), working_as(HAVEN, "subjects.delivering"):
        kept, is_new = _kept(new, by, at)
        faultpoint("notifications.accept.inserted")
        if is_new:
            _put(new, kept, by, at)
        elif kept.body_hash != body_hash(new):
            raise KeyIsUsed
        deliveries = tuple(kept.deliveries.filter(follows=None).order_by("made_at", "id"))
        faultpoint("notifications.accept.committing")
    faultpoint("notifications.accept.committed")
    return Accepted(kept, deliveries, is_new)


def _kept(new: NewNotification, by: Actor, at: datetime) -> tuple[Notification, bool]:
    """The row of this key, and whether it was written just now. Whoever comes second with a key waits for the first."""
    row = Notification(
        pk=uuid4(),
        reference=new_reference(),
        sender_id=new.sender,
        area_id=new.area,
        key=new.key,
        body_hash=body_hash(new),
        accepted_at=at,
        sent_by_id=by.person,
        channel=new.channel,
    )
    Notification.objects.bulk_create([row], ignore_conflicts=True)
    kept = Notification.objects.get(sender=new.sender, key=new.key)
    return kept, kept.pk == row.pk


def _put(new: NewNotification, of: Notification, by: Actor, at: datetime) -> None:
    require_room()
    if wrong := faults_of(new, at=at):
        raise Refused(Reason.NOT_READY, "\n".join(wrong))
    subjects = [_child(new, child, by, at) for child in new.children]
    everyone = frozenset(each.pk for each in subjects)
    if len(everyone) < len(subjects):
        raise Refused(Reason.NOT_READY, SAME_CHILD)
    _exclude(new, everyone, by, at)
    if new.are_siblings and len(subjects) > 1:
        link_all(subjects=everyone, by=by, at=at)
    sending = Sending(of, everyone, counted_from=at)
    for child, subject in zip(new.children, subjects, strict=True):
        notice = _notice(new, child, subject, sending, by, at)
        for place in [*(Place(school=each) for each in child.schools), *_home(child)]:
            row = deliver(notice=notice, sending=sending, place=place, by=by, at=at)
            write_sent(delivery=row, flow=FLOW, by=by, at=at)
    about = {"notification": of.pk, "sender": new.sender, "area": new.area, "body": of.body_hash}
    about |= {"deliveries": list(of.deliveries.values_list("pk", flat=True)), "channel": new.channel}
    of.detail = record("notification.accepted", by=by, at=at, about=about)
    of.save(update_fields=["detail"])


def _child(new: NewNotification, child: NewChild, by: Actor, at: datetime) -> Subject:
    places = Places(child.schools, child.home_area)
    return name_child(area=new.area, owner=new.sender, identity=child.identity, places=places, by=by, at=at)


def _home(child: NewChild) -> list[Place]:
    return [Place(home_area=child.home_area)] if child.home_area else []


def _exclude(new: NewNotification, subjects: frozenset[UUID], by: Actor, at: datetime) -> None:
    if new.excluded and by.person is None:
        raise Refused(Reason.NOT_SIGNED_IN, NEEDS_PERSON)
    known = set(Exclusion.objects.filter(subject__in=subjects, ended_at=None).values_list("subject", "person"))
    for each in new.excluded:
        for subject in sorted(subjects):
            if (subject, each.person) not in known:
                exclude(subject_id=subject, person_id=each.person, ground=Ground(each.ground), by=by, at=at)


def _notice(
    new: NewNotification, child: NewChild, subject: Subject, sending: Sending, by: Actor, at: datetime
) -> Notice:
    fields = {"content": as_content(content_of(new, child))}
    if child.override.strip():
        fields["override"] = child.override.strip().encode()
    kept = NewRecord("notification", new.area, new.sender, fields, sending.children, born_on=child.identity.born_on)
    row, sealed = keep_record(new=kept, by=by, at=at)
    return Notice.objects.create(notification=sending.of, record=row, subject=subject, **sealed)
