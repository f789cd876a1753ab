"""Taking what a program sends: let in, read, and accepted, in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import NOBODY, Actor
from haven.access.decision import Reason, Refused
from haven.api.queries.receipts import Receipt, receipt_of
from haven.api.rules.bodies import Sent, SentChild, read_body, read_key
from haven.api.rules.problems import Fault, Problem, Refusal
from haven.api.rules.signatures import Request
from haven.api.services.admitting import admit
from haven.engines.days.moments import local_day
from haven.notifications.queries.choosing import School, areas_sent_to, schools_numbered, staff_called
from haven.notifications.rules.sending import Channel, NewChild, NewNotification
from haven.notifications.services import KeyIsUsed
from haven.notifications.services.checking import send

NO_ROOM_WAIT = 60  # seconds: somebody has to make room
NO_AREA = "Give the number of a local authority that your force serves"
NO_SCHOOL = "No open school has this number"
WORKS_THERE = "Somebody of this name works there. A person must keep her out: send this one by the form"


@dataclass(frozen=True, slots=True)
class Taken:
    """The receipt, and whether the notification is new. From now on the school can read it."""

    receipt: Receipt
    is_new: bool


def take_notification(*, request: Request, by: Actor, at: datetime) -> Taken:
    """Take a notification. `by` is nobody yet: the signature says who it is.

    Raises `Refusal`; then nothing was kept, and the same request may come again.
    """
    with transaction.atomic():
        assert by is NOBODY
        program = admit(request=request, at=at)
        key = read_key(request.headers.get("idempotency-key", ""))
        sent = read_body(request.body)
        new = _resolved(sent, key, program, at)
        try:
            accepted = send(new=new, are_words_checked=sent.are_words_checked, by=program, at=at)
        except KeyIsUsed:
            raise Refusal(Problem.OTHER_BODY, "Give each notification a key of its own") from None
        except Refused as refused:
            if refused.reason is Reason.NO_ROOM:
                raise Refusal(Problem.NO_ROOM, wait=NO_ROOM_WAIT) from None
            if refused.reason is not Reason.NOT_READY:
                raise Refusal(Problem.NOT_ALLOWED) from None
            raise Refusal(Problem.UNFIT, faults=[Fault("body", each) for each in refused.advice.split("\n")]) from None
    return Taken(receipt_of(accepted.notification), accepted.is_new)


def _resolved(sent: Sent, key: UUID, by: Actor, at: datetime) -> NewNotification:
    """With schools and area as Haven knows them."""
    sender = by.posts[0].organisation
    area = areas_sent_to(by=by).filter(code=sent.area).values_list("pk", flat=True).first()
    schools = schools_numbered(urns={urn for child in sent.children for urn in child.schools})
    faults = [] if area else [Fault("area", NO_AREA)]
    faults += [
        Fault(f"children.{place}.schools.{each}", NO_SCHOOL)
        for place, child in enumerate(sent.children)
        for each, urn in enumerate(child.schools)
        if urn not in schools
    ]
    faults += _staff(sent, schools, at)
    if faults or area is None:
        raise Refusal(Problem.UNFIT, faults=faults)
    children = tuple(_child(each, schools, area) for each in sent.children)
    return NewNotification(key, sender, area, Channel.PROGRAM, children, sent.items, (), sent.are_siblings)


def _staff(sent: Sent, schools: dict[int, School], at: datetime) -> list[Fault]:
    places = [each.id for each in schools.values()]
    return [
        Fault(f"works_there.{place}", WORKS_THERE)
        for place, name in enumerate(sent.works_there)
        if staff_called(names=[name], schools=places, on=local_day(at))
    ]


def _child(child: SentChild, schools: dict[int, School], area: UUID) -> NewChild:
    places = tuple(schools[urn].id for urn in child.schools)
    return NewChild(child.identity, places, area if child.is_at_home else None, child.items, child.override)
