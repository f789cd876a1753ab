"""What follows a recall of what was read: for the place that read it, and for its sender. It says nothing of whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models.query import QuerySet

from haven.access.actor import HAVEN, Actor
from haven.access.decision import require
from haven.notifications.models import Breach, Delivery
from haven.notifications.policy import breaches_to_confirm, may_confirm, may_sign
from haven.notifications.rules.breaches import IN_WORDS, Copies, Lack, lacking
from haven.notifications.rules.showing import WHO
from haven.notifications.rules.stages import Stage
from haven.people.seeing import seeing, working_as
from haven.subjects.models import Disclosure, Outcome
from haven.subjects.queries.loading import there


@dataclass(frozen=True, slots=True)
class BreachLine:
    """One recall of what was read, at one place."""

    breach: UUID
    delivery: UUID
    notification: UUID
    reference: str
    sender: str
    place: str
    made_at: datetime
    due_at: datetime
    is_late: bool
    copies: str  # in words; empty where nobody has said it yet
    confirmed_at: datetime | None
    confirmed_by: str
    signed_at: datetime | None
    signed_by: str
    signed_as: str


@dataclass(frozen=True, slots=True)
class Seen:
    """One time that somebody was shown the name, or what happened, as she was then."""

    at: datetime
    person: str
    role: str
    place: str
    what: str


@dataclass(frozen=True, slots=True)
class SeenPage:
    """Everybody at a place who had seen it, for its sender to sign."""

    line: BreachLine
    seen: Sequence[Seen]


@seeing("notifications.breaches")
def copies_waiting(*, by: Actor, at: datetime) -> list[BreachLine]:
    """What somebody at her place must say of copies, the first due first."""
    rows = _waiting(by).select_related("sender", "place", "confirmed_by", "signed_by")
    return [_line(row, at) for row in rows]


@seeing("notifications.breaches")
def copies_to_confirm(*, by: Actor) -> int:
    """How many of them there are."""
    return _waiting(by).count()


@seeing("notifications.breaches")
def breach_at_place(*, breach_id: UUID, by: Actor, at: datetime) -> BreachLine:
    """One of them, answered or not. Raises `Refused`."""
    row = there(Breach.objects.filter(pk=breach_id).first())
    require(may_confirm(by, row))
    return _line(row, at)


@seeing("notifications.breaches")
def seen_page(*, delivery_id: UUID, by: Actor, at: datetime) -> SeenPage:
    """Who at a place had seen what was recalled, for whoever sends for its sender. Raises `Refused`."""
    row = there(Breach.objects.filter(delivery=delivery_id).first())
    require(may_sign(by, row))
    with working_as(HAVEN, "subjects.delivering"):  # a place’s own look-ups are no business of the sender’s but these
        delivery = Delivery.objects.select_related("notice", "subject").get(pk=delivery_id)
        shown = Disclosure.objects.filter(outcome=Outcome.SHOWN, organisation=row.place_id)
        whole = [_seen(each, "What happened") for each in shown.filter(record=delivery.notice.record_id)]
        names = shown.filter(record=delivery.subject.record_id, purpose=WHO.format(reference=row.reference))
        seen = whole + [_seen(each, "The child’s name") for each in names]
    return SeenPage(_line(row, at), sorted(seen, key=lambda each: (each.at, each.what)))


def lacking_after(*, delivery: Delivery) -> Sequence[Lack]:
    """What of a recall's papers is not there where it was recalled after it was read; nothing where it was not.

    As Haven: whoever settles it was asked about that before.
    """
    if delivery.stage != Stage.RECALLED_AFTER_OPEN:
        return []
    with transaction.atomic(), working_as(HAVEN, "subjects.delivering"):
        row = Breach.objects.filter(delivery=delivery).first()
        return lacking(is_signed=bool(row and row.signed_at), copies=row.copies if row else "")


def _waiting(by: Actor) -> QuerySet[Breach]:
    return Breach.objects.filter(breaches_to_confirm(by), confirmed_at=None)


def _line(row: Breach, at: datetime) -> BreachLine:
    return BreachLine(
        breach=row.pk,
        delivery=row.delivery_id,
        notification=row.notification,
        reference=row.reference,
        sender=row.sender.name,
        place=row.place.name,
        made_at=row.made_at,
        due_at=row.due_at,
        is_late=row.confirmed_at is None and at >= row.due_at,
        copies=IN_WORDS[Copies(row.copies)] if row.copies else "",
        confirmed_at=row.confirmed_at,
        confirmed_by=row.confirmed_by.name if row.confirmed_by else "",
        signed_at=row.signed_at,
        signed_by=row.signed_by.name if row.signed_by else "",
        signed_as=row.signed_as,
    )


def _seen(row: Disclosure, what: str) -> Seen:
    return Seen(row.at, row.person_name, row.role, row.organisation_name, what)
