"""Notifications as the tests send them: one of Jonah, to Oakfield, by PC Bell, on a Monday in lessons."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from haven.access.actor import HAVEN
from haven.notifications import services
from haven.notifications.disclosure.showing import open_circumstances, open_name
from haven.notifications.models import Breach, Delivery
from haven.notifications.rules.sending import Channel, NewChild, NewExclusion, NewNotification
from haven.notifications.rules.support import Kind
from haven.notifications.services import Accepted
from haven.notifications.services.receiving import NewSupport
from haven.people.seeing import working_as
from tests.cast import NOW, Cast
from tests.subjects.known import JONAH

CANARY = "a vase thrown at the kitchen door"
TOLD = {
    "reference": "FP/26/118",
    "happened-at": "2026-03-01T21:40:00+00:00",
    "present": "present",
    "circumstances": f"An argument, {CANARY}.",
}


def sending(cast: Cast, *children: NewChild, **other) -> NewNotification:
    """What PC Bell types of Jonah at Oakfield, or of others."""
    row: dict = {"key": uuid4(), "sender": cast.police.pk, "area": cast.area.pk, "channel": Channel.FORM}
    row |= {"children": children or (NewChild(JONAH, (cast.oakfield.pk,)),), "items": TOLD}
    return NewNotification(**row | other)


def sent(cast: Cast, *children: NewChild, who: str = "bell", at: datetime = NOW, **other) -> Accepted:
    """The same, accepted."""
    return services.accept(new=sending(cast, *children, **other), by=cast.actor(who), at=at)


def one(cast: Cast, *children: NewChild, **other) -> Delivery:
    """Its first delivery."""
    return sent(cast, *children, **other).deliveries[0]


def keeping_out(cast: Cast, *people: str) -> tuple[NewExclusion, ...]:
    """These people, to be kept from it."""
    return tuple(NewExclusion(cast.people[each].pk, "relative") for each in people)


def confirmed(cast: Cast, delivery: Delivery, who: str = "priya", at: datetime = NOW) -> Delivery:
    """The same once its school has said that the child is theirs, and read the rule."""
    open_name(delivery_id=delivery.pk, by=cast.actor(who), at=at)
    services.confirm_on_roll(delivery_id=delivery.pk, by=cast.actor(who), at=at)
    return services.see_rule(delivery_id=delivery.pk, by=cast.actor(who), at=at)


def read(cast: Cast, delivery: Delivery, who: str = "priya", at: datetime = NOW) -> Delivery:
    """The same, opened."""
    confirmed(cast, delivery, who, at)
    open_circumstances(delivery_id=delivery.pk, by=cast.actor(who), at=at)
    return delivery


def recalled(cast: Cast, delivery: Delivery | None = None, at: datetime = NOW) -> Breach:
    """What follows where it was read at Oakfield, and then recalled."""
    delivery = delivery or read(cast, one(cast))
    services.recall(notification_id=delivery.notification_id, by=cast.actor("bell"), at=at)
    with seen_by_haven():
        return Breach.objects.get(delivery=delivery)


def done(cast: Cast, delivery: Delivery, who: str = "priya", at: datetime = NOW) -> Delivery:
    """The same, with what the school did."""
    read(cast, delivery, who, at)
    services.record_support(delivery_id=delivery.pk, new=NewSupport(Kind.SILENT), by=cast.actor(who), at=at)
    return delivery


def swept(at: datetime) -> int:
    """Haven tells whoever must be told by now; how many letters went out."""
    services.sweep(by=HAVEN, at=at)
    return services.send_prompts(by=HAVEN, at=at)


@contextmanager
def seen_by_haven(service: str = "subjects.delivering") -> Iterator[None]:
    """A time in which every row is seen."""
    with transaction.atomic(), working_as(HAVEN, service):
        yield


def now(delivery: Delivery) -> Delivery:
    """The delivery as it is kept now."""
    with seen_by_haven():
        return Delivery.objects.select_related("notice", "notification", "subject").get(pk=delivery.pk)
