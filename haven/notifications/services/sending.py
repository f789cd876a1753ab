"""The one door by which notifications come in, from the form, a file or a program: kept once, readable at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice
from uuid import UUID

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused
from haven.engines.days.moments import local_day
from haven.engines.faultpoints import faultpoint
from haven.files.queries import require_room
from haven.keys.queries import live_keys
from haven.ledger.services import Deed, record_now
from haven.ledger.together import as_one, part
from haven.notifications.models import Delivery, Notice, Notification
from haven.notifications.policy import may_send
from haven.notifications.queries.checking import faults_of_all
from haven.notifications.rules.sending import (
    NewChild,
    NewNotification,
    as_content,
    body_hash,
    content_of,
    new_reference,
)
from haven.notifications.services.placing import Place, Placing, Sending, deliver_all
from haven.people.queries.serving import agencies_serving
from haven.people.seeing import working_as
from haven.subjects.models import Exclusion, Ground, Subject
from haven.subjects.rules.bases import Flow
from haven.subjects.services.delivering import keep_records, link_families
from haven.subjects.services.exclusions import exclude
from haven.subjects.services.naming import Called, Places, name_children
from haven.subjects.services.records import NewRecord

FLOW = Flow.POLICE_TO_SCHOOL
NEEDS_PERSON = "Only somebody who is signed in can keep a person from seeing it"


class KeyIsUsed(Exception):
    """The sender has used this key for something else: nothing was kept."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A notification that is kept, with its deliveries. `is_new` is false where the same had come before."""

    notification: Notification
    deliveries: tuple[Delivery, ...]
    is_new: bool


Answer = Accepted | KeyIsUsed | Refused
Kept = tuple[NewNotification, Notification]


def accept(*, new: NewNotification, by: Actor, at: datetime) -> Accepted:
    """Keep a notification and put it where its children learn, in one transaction; from its commit on it can be read.

    The same key with the same content gives what was kept the first time. Raises `KeyIsUsed` for the same key with
    other content, and `Refused`, with advice, for what cannot be sent.
    """
    answer = accept_all(new=[new], by=by, at=at)[0]
    if isinstance(answer, Accepted):
        return answer
    raise answer


def accept_all(*, new: Sequence[NewNotification], by: Actor, at: datetime) -> list[Answer]:
    """The same for many, in one transaction: what cannot be sent is refused by itself, and the others are kept."""
    faultpoint("notifications.accept.begin")
    with part(), working_as(HAVEN, "subjects.delivering"):
        answers = [answer for some in _apart(new) for answer in _answered(some, by, at)]
        faultpoint("notifications.accept.committing")
    faultpoint("notifications.accept.committed")
    return answers


def _apart(new: Sequence[NewNotification]) -> Iterator[list[NewNotification]]:
    """What keeps a person out comes by itself: nothing beside it may be put anywhere before she is kept out."""
    for excludes, found in groupby(new, key=lambda each: bool(each.excluded)):
        some = list(found)
        yield from ([each] for each in some) if excludes else [some]


def _answered(new: Sequence[NewNotification], by: Actor, at: datetime) -> list[Answer]:
    """Where one of many turns out not to be sendable only once it is half written, each is taken by itself."""
    try:
        with as_one():
            return _accepted(new, by, at)
    except Refused as refused:
        if len(new) == 1:
            return [refused]
    return [answer for each in new for answer in _answered([each], by, at)]


def _accepted(new: Sequence[NewNotification], by: Actor, at: datetime) -> list[Answer]:
    known = _there(new)
    strange = [each for each in new if (each.sender, each.key) not in known]
    faults = iter(faults_of_all(strange, at=at) if strange else [])
    refusals = [_refusal(each, [] if (each.sender, each.key) in known else next(faults), by) for each in new]
    taken = [each for each, refusal in zip(new, refusals, strict=True) if refusal is None]
    kept = _kept(taken, by, at)
    faultpoint("notifications.accept.inserted")
    delivered = _put([(each, row) for each, (row, is_new) in zip(taken, kept, strict=True) if is_new], by, at)
    delivered |= _delivered({row.pk for row, _ in kept} - set(delivered))
    answers = iter(
        Accepted(row, delivered[row.pk], is_new) if is_new or row.body_hash == body_hash(each) else KeyIsUsed()
        for each, (row, is_new) in zip(taken, kept, strict=True)
    )
    return [refusal or next(answers) for refusal in refusals]


def _refusal(new: NewNotification, faults: Sequence[str], by: Actor) -> Refused | None:
    if not (decision := may_send(by, new.sender, new.area)):
        return Refused(decision.reason)
    if new.excluded and by.person is None:
        return Refused(Reason.NOT_SIGNED_IN, NEEDS_PERSON)
    return Refused(Reason.NOT_READY, "\n".join(faults)) if faults else None


def _there(new: Iterable[NewNotification]) -> dict[tuple[UUID, UUID], Notification]:
    """What is kept under these keys, by sender and key."""
    wanted = {(each.sender, each.key) for each in new}
    rows = Notification.objects.filter(sender__in={one for one, _ in wanted}, key__in={key for _, key in wanted})
    return {(row.sender_id, row.key): row for row in rows}


def _kept(new: Sequence[NewNotification], by: Actor, at: datetime) -> list[tuple[Notification, bool]]:
    """The row of each key, and whether it was written just now. Whoever comes second with a key waits for the first."""
    first = {(each.sender, each.key): each for each in reversed(new)}
    there: dict[tuple[UUID, UUID], Notification] = {}
    written: set[UUID] = set()
    while missing := sorted(first.keys() - there.keys()):  # again where a reference was drawn that is another's
        rows = [_row(first[key], by, at) for key in missing]
        Notification.objects.bulk_create(rows, ignore_conflicts=True)
        there |= _there(first[key] for key in missing)
        written |= {row.pk for row in rows}
    kept = []
    for each in new:
        row = there[each.sender, each.key]
        kept.append((row, row.pk in written))
        written.discard(row.pk)
    return kept


def _row(new: NewNotification, by: Actor, at: datetime) -> Notification:
    return Notification(
        reference=new_reference(),
        sender_id=new.sender,
        area_id=new.area,
        key=new.key,
        body_hash=body_hash(new),
        accepted_at=at,
        sent_by_id=by.person,
        channel=new.channel,
    )


def _delivered(notifications: Collection[UUID]) -> dict[UUID, tuple[Delivery, ...]]:
    """Where these went first."""
    rows = Delivery.objects.filter(notification__in=notifications, follows=None) if notifications else []
    return _by_notification(rows)


def _by_notification(rows: Iterable[Delivery]) -> dict[UUID, tuple[Delivery, ...]]:
    ordered = sorted(rows, key=lambda row: (row.made_at, row.pk))
    found: defaultdict[UUID, tuple[Delivery, ...]] = defaultdict(tuple)
    for row in ordered:
        found[row.notification_id] += (row,)
    return found


def _put(kept: Sequence[Kept], by: Actor, at: datetime) -> dict[UUID, tuple[Delivery, ...]]:
    """Name their children, keep what is said of each, and put it where she learns; the deliveries by notification."""
    if not kept:
        return {}
    require_room()
    live_keys(organisations=_opening(kept, at))
    called = [_called(new, child) for new, _ in kept for child in new.children]
    named = iter(name_children(called=called, by=by, at=at))
    of_each = [list(islice(named, len(new.children))) for new, _ in kept]
    for (new, _), subjects in zip(kept, of_each, strict=True):
        _exclude(new, subjects, by, at)
    families = [those for (new, _), those in zip(kept, of_each, strict=True) if new.are_siblings and len(those) > 1]
    link_families(families=[[each.pk for each in those] for those in families], by=by, at=at)
    concerned = [
        Concerned(new, child, subject, Sending(row, frozenset(each.pk for each in subjects), counted_from=at))
        for (new, row), subjects in zip(kept, of_each, strict=True)
        for child, subject in zip(new.children, subjects, strict=True)
    ]
    placings = [
        Placing(notice, each.sending, place)
        for each, notice in zip(concerned, _notices(concerned, by, at), strict=True)
        for place in _places(each.child)
    ]
    found = _by_notification(deliver_all(placings=placings, flow=FLOW, by=by, at=at))
    _write_down([row for _, row in kept], found, by, at)
    return found


def _opening(kept: Iterable[Kept], at: datetime) -> set[UUID]:
    """Whoever is to open something of these, so that all their keys are asked for in one question."""
    serving = agencies_serving(areas={new.area for new, _ in kept}, on=local_day(at))
    found = {each.organisation for those in serving.values() for each in those}
    found |= {school for new, _ in kept for child in new.children for school in child.schools}
    return found | {new.sender for new, _ in kept}


@dataclass(frozen=True, slots=True)
class Concerned:
    """A child of a notification that is being put."""

    new: NewNotification
    child: NewChild
    subject: Subject
    sending: Sending


def _called(new: NewNotification, child: NewChild) -> Called:
    return Called(new.area, new.sender, child.identity, Places(child.schools, child.home_area))


def _places(child: NewChild) -> list[Place]:
    return [Place(school=each) for each in child.schools] + (
        [Place(home_area=child.home_area)] if child.home_area else []
    )


def _exclude(new: NewNotification, subjects: Iterable[Subject], by: Actor, at: datetime) -> None:
    if not new.excluded:
        return
    children = sorted(each.pk for each in subjects)
    known = set(Exclusion.objects.filter(subject__in=children, ended_at=None).values_list("subject", "person"))
    for each in new.excluded:
        for child in children:
            if (child, each.person) not in known:
                exclude(subject_id=child, person_id=each.person, ground=Ground(each.ground), by=by, at=at)


def _notices(concerned: Sequence[Concerned], by: Actor, at: datetime) -> list[Notice]:
    """What is said of each child, sealed."""
    kept = keep_records(new=[_record_of(each) for each in concerned], by=by, at=at)
    rows = [
        Notice(notification=each.sending.of, record=record, subject=each.subject, **sealed)
        for each, (record, sealed) in zip(concerned, kept, strict=True)
    ]
    Notice.objects.bulk_create(rows)
    return rows


def _record_of(of: Concerned) -> NewRecord:
    fields = {"content": as_content(content_of(of.new, of.child))}
    if override := of.child.override.strip():
        fields["override"] = override.encode()
    about, born_on = of.sending.children, of.child.identity.born_on
    return NewRecord("notification", of.new.area, of.new.sender, fields, about, born_on=born_on)


def _write_down(
    rows: Sequence[Notification], deliveries: Mapping[UUID, Sequence[Delivery]], by: Actor, at: datetime
) -> None:
    """Write in the ledger that each was accepted, and in each where the ledger says so."""
    about = [
        {
            "notification": row.pk,
            "sender": row.sender_id,
            "area": row.area_id,
            "body": row.body_hash,
            "deliveries": [each.pk for each in deliveries[row.pk]],
            "channel": row.channel,
        }
        for row in rows
    ]
    details = record_now([Deed("notification.accepted", each) for each in about], by=by, at=at)
    for row, detail in zip(rows, details, strict=True):
        row.detail = detail
    Notification.objects.bulk_update(rows, ["detail"])
