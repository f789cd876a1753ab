"""What waits at a place, and where one delivery stands, for those who receive it. Nothing here says of whom or what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import require
from haven.notifications.models import Delivery, Support
from haven.notifications.policy import deliveries_received, delivery_to_change, may_enter, may_receive
from haven.notifications.queries.clocks import minutes_left
from haven.notifications.queries.settings import rule_of
from haven.notifications.rules.stages import IN_WORDS, UNREAD, Must, Stage, Step, leads_to, must_act
from haven.people.models import Person
from haven.people.seeing import seeing
from haven.subjects.rules.ties import Asker

SHOWN = 200
NEXT = {
    Stage.AVAILABLE: "See whom it concerns",
    Stage.SEEN: "Say whether the child is yours",
    Stage.CONFIRMED: "Read what happened",
    Stage.OPENED: "Record what you did",
    Stage.ACKNOWLEDGED: "Close it, or look again",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One delivery as a list shows it."""

    delivery: UUID
    reference: str
    sender: str
    place: str
    accepted_at: datetime
    deadline_at: datetime
    stage: Stage
    words: str
    next_step: str
    is_unread: bool
    is_late: bool
    is_alarm: bool
    minutes_left: int
    remind_on: date | None


@dataclass(frozen=True, slots=True)
class Inbox:
    """What waits for somebody, the most urgent first, and what is done with."""

    waiting: Sequence[Line]
    ended: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Happened:
    """One step that somebody took."""

    words: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    """One delivery, its rule, what was done with it by whom, and what can be done now."""

    line: Line
    handling: str
    rule_is_seen: bool
    happened: Sequence[Happened]
    may: frozenset[Step]


@seeing("notifications.listing")
def inbox_of(*, by: Actor, at: datetime) -> Inbox:
    """What was sent to the places where she receives, or to her by name. Raises `Refused` for who never does."""
    require(may_enter(by))
    rows = Delivery.objects.filter(deliveries_received(Asker(by, at)))
    rows = rows.exclude(stage=Stage.NOT_OURS).select_related("sender", "school", "home_area")
    lines = [_line(row, at) for row in rows.order_by("-made_at")[:SHOWN]]
    waiting = [line for line in lines if must_act(line.stage) is Must.RECEIVER]
    urgent = sorted(waiting, key=lambda line: (not line.is_unread, line.deadline_at, line.reference))
    return Inbox(urgent, [line for line in lines if must_act(line.stage) is not Must.RECEIVER])


@seeing("notifications.listing")
def unread_by(*, by: Actor, at: datetime) -> int:
    """How many at the places where she receives nobody has read yet; none for who never receives."""
    if not may_enter(by):
        return 0
    return Delivery.objects.filter(deliveries_received(Asker(by, at)), stage__in=UNREAD).count()


@seeing("notifications.listing")
def delivery_page(*, delivery_id: UUID, by: Actor, at: datetime) -> DeliveryPage:
    """One of them. Raises `Refused`."""
    row = delivery_to_change(delivery_id=delivery_id)
    require(may_receive(Asker(by, at), row))
    steps = frozenset(step for step in Step if leads_to(step, Stage(row.stage)) is not None)
    return DeliveryPage(_line(row, at), rule_of(area=row.area_id).handling, row.ruled_at is not None, _past(row), steps)


def _line(row: Delivery, at: datetime) -> Line:
    stage = Stage(row.stage)
    coming = Support.objects.filter(delivery=row, remind_on__isnull=False, reminded_at=None).order_by("remind_on")
    return Line(
        delivery=row.pk,
        reference=row.reference,
        sender=row.sender.name,
        place=row.school.name if row.school else f"Taught at home in {row.home_area}",
        accepted_at=row.accepted_at,
        deadline_at=row.deadline_at,
        stage=stage,
        words=IN_WORDS[stage],
        next_step=NEXT.get(stage, ""),
        is_unread=stage in UNREAD,
        is_late=stage in UNREAD and at >= row.deadline_at,
        is_alarm=row.is_alarm,
        minutes_left=minutes_left(row, at),
        remind_on=coming.values_list("remind_on", flat=True).first() if stage is Stage.ACKNOWLEDGED else None,
    )


def _past(row: Delivery) -> list[Happened]:
    """Who did what, in the order in which it was done. Names of the place's own people only."""
    steps = [
        ("Saw whom it concerns", row.seen_at, row.seen_by_id),
        ("Said that the child is theirs", row.confirmed_at, row.confirmed_by_id),
        ("Read how it may be handled", row.ruled_at, row.ruled_by_id),
        ("Read what happened", row.opened_at, row.opened_by_id),
        ("Closed it", row.closed_at, row.closed_by_id),
    ]
    people = Person.objects.filter(pk__in={who for _, _, who in steps if who})
    names = dict(people.values_list("pk", "name"))
    return [Happened(words, at, names[who]) for words, at, who in steps if at and who]
