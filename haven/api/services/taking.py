"""Taking what a program sends: let in, read, and accepted, in one transaction."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from haven.access.actor import NOBODY, Actor
from haven.access.decision import Reason, Refused
from haven.api.queries.receipts import Receipt, receipt_of
from haven.api.rules.bodies import Sent, SentChild, read_bodies, read_body, read_key
from haven.api.rules.problems import Fault, Problem, Refusal
from haven.api.rules.signatures import Request
from haven.api.services.admitting import admit
from haven.engines.days.moments import local_day
from haven.ledger.together import as_one
from haven.notifications.queries.choosing import School, areas_sent_to, schools_numbered, staff_called
from haven.notifications.rules.sending import Channel, NewChild, NewNotification
from haven.notifications.services import Accepted, KeyIsUsed
from haven.notifications.services.checking import Checked, send_all
from haven.people.seeing import plans_kept

NO_ROOM_WAIT = 60  # seconds: somebody has to make room
NO_AREA = "Give the number of a local authority that your force serves"
NO_SCHOOL = "No open school has this number"
WORKS_THERE = "Somebody of this name works there. A person must keep her out: send this one by the form"


@dataclass(frozen=True, slots=True)
class Taken:
    """The receipt, and whether the notification is new. From now on the school can read it."""

    receipt: Receipt
    is_new: bool


Given = tuple[UUID, Sent] | Refusal
Answer = Taken | Refusal


def take_notification(*, request: Request, by: Actor, at: datetime) -> Taken:
    """Take a notification. `by` is nobody yet: the signature says who it is.

    Raises `Refusal`; then nothing was kept, and the same request may come again.
    """
    with plans_kept(), as_one():
        assert by is NOBODY
        program = admit(request=request, at=at)
        key = read_key(request.headers.get("idempotency-key", ""))
        answer = _taken([(key, read_body(request.body))], program, at)[0]
        if isinstance(answer, Refusal):
            raise answer
    return answer


@as_one()
def take_notifications(*, request: Request, by: Actor, at: datetime) -> list[Answer]:
    """Take many, each with a key of its own: one that cannot be taken is refused by itself, and the others are kept.

    Raises `Refusal` where the request itself cannot be taken; then nothing was kept.
    """
    assert by is NOBODY
    program = admit(request=request, at=at)
    return _taken(read_bodies(request.body), program, at)


def _taken(given: Sequence[Given], by: Actor, at: datetime) -> list[Answer]:
    resolved = _resolved(given, by, at)
    answers = iter(send_all(checked=[each for each in resolved if isinstance(each, Checked)], by=by, at=at))
    return [each if isinstance(each, Refusal) else _answer(next(answers)) for each in resolved]


def _answer(answer: Accepted | KeyIsUsed | Refused) -> Answer:
    match answer:
        case Accepted():
            return Taken(receipt_of(answer.notification), answer.is_new)
        case KeyIsUsed():
            return Refusal(Problem.OTHER_BODY, "Give each notification a key of its own")
        case Refused(reason=Reason.NOT_READY):
            return Refusal(Problem.UNFIT, faults=[Fault("body", each) for each in answer.advice.split("\n")])
        case Refused(reason=Reason.NO_ROOM):
            return Refusal(Problem.NO_ROOM, wait=NO_ROOM_WAIT)
    return Refusal(Problem.NOT_ALLOWED)


def _resolved(given: Sequence[Given], by: Actor, at: datetime) -> list[Checked | Refusal]:
    """With schools and areas as Haven knows them."""
    sent = [each[1] for each in given if not isinstance(each, Refusal)]
    schools = schools_numbered(urns={urn for each in sent for child in each.children for urn in child.schools})
    coded = areas_sent_to(by=by).filter(code__in={each.area for each in sent})
    areas = {code: area for code, area in coded.values_list("code", "pk") if code}
    return [each if isinstance(each, Refusal) else _one(*each, areas, schools, by, at) for each in given]


def _one(
    key: UUID, sent: Sent, areas: Mapping[str, UUID], schools: Mapping[int, School], by: Actor, at: datetime
) -> Checked | Refusal:
    faults = [] if sent.area in areas else [Fault("area", NO_AREA)]
    faults += [
        Fault(f"children.{place}.schools.{each}", NO_SCHOOL)
        for place, child in enumerate(sent.children)
        for each, urn in enumerate(child.schools)
        if urn not in schools
    ]
    faults += _staff(sent, [schools[urn].id for urn in _urns(sent) if urn in schools], at)
    if faults:
        return Refusal(Problem.UNFIT, faults=faults)
    area = areas[sent.area]
    children = tuple(_child(each, schools, area) for each in sent.children)
    sender = by.posts[0].organisation
    new = NewNotification(key, sender, area, Channel.PROGRAM, children, sent.items, (), sent.are_siblings)
    return Checked(new, sent.are_words_checked)


def _urns(sent: Sent) -> Iterable[int]:
    return {urn for child in sent.children for urn in child.schools}


def _staff(sent: Sent, schools: Collection[UUID], at: datetime) -> list[Fault]:
    return [
        Fault(f"works_there.{place}", WORKS_THERE)
        for place, name in enumerate(sent.works_there)
        if staff_called(names=[name], schools=schools, on=local_day(at))
    ]


def _child(child: SentChild, schools: Mapping[int, School], area: UUID) -> NewChild:
    places = tuple(schools[urn].id for urn in child.schools)
    return NewChild(child.identity, places, area if child.is_at_home else None, child.items, child.override)
