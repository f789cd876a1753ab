"""What a force sends, and where each of its deliveries truly stands. Nothing here says of whom or what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import Prefetch
from django.db.models.query import QuerySet

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.notifications.models import Delivery, Notification
from haven.notifications.policy import SENDING, deliveries_sent
from haven.notifications.queries.choosing import areas_sent_to
from haven.notifications.queries.settings import items_of, profile_of
from haven.notifications.rules.items import Item
from haven.notifications.rules.stages import IN_WORDS, MOVES, Must, Stage, Step, must_act
from haven.people.models import Area
from haven.people.seeing import seeing_as
from haven.subjects.rules.ties import SENDERS

A_PAGE = 50
WAITING = (Stage.NOT_OURS, Stage.RECALLED_AFTER_OPEN)  # for the sender


@dataclass(frozen=True, slots=True)
class Desk:
    """For whom somebody sends, to which areas, and what her force's profile lets her say."""

    organisation: UUID
    name: str
    areas: Sequence[Area]
    items: Sequence[Item]
    reasons: Sequence[str]  # not to notify


@dataclass(frozen=True, slots=True)
class Stands:
    """Where one delivery stands, as its sender sees it."""

    delivery: Delivery
    place: str
    in_words: str
    steps: Sequence[tuple[str, datetime]]
    moved_to: str  # where the school that refused it says that the child went
    is_late: bool
    minutes_left: int  # until it must be read; negative past that
    waits_for_sender: bool
    may_send_on: bool
    may_settle: bool
    was_recalled_read: bool


@dataclass(frozen=True, slots=True)
class SentLine:
    """One notification with its deliveries."""

    notification: Notification
    deliveries: Sequence[Stands]
    may_recall: bool
    was_opened: bool


@dataclass(frozen=True, slots=True)
class SentPage:
    """What was sent, the newest first, and before it what came back and waits for the sender."""

    desk: Desk
    waiting: Sequence[Stands]
    lines: Sequence[SentLine]
    page: Page[Notification]


def sending_desk(*, by: Actor) -> Desk:
    """For whom she sends: her own post before one that she covers. Raises `Refused` where she sends for nobody."""
    post = next((each for each in by.posts if each.role in SENDERS and each.kind in SENDING and each.areas), None)
    if post is None:
        raise Refused(Reason.NOT_THE_ROLE)
    profile = profile_of(organisation=post.organisation)
    areas = [area for area in areas_sent_to(by=by) if area.pk in post.areas]
    return Desk(post.organisation, post.organisation_name, areas, items_of(profile), profile.reasons_not_to_notify)


def sends(*, by: Actor) -> bool:
    """Whether she sends for anybody."""
    return any(each.role in SENDERS and each.kind in SENDING and each.areas for each in by.posts)


def sent_page(*, by: Actor, at: datetime, number: str = "1") -> SentPage:
    """Everything her force sent but what she must know nothing of. Raises `Refused` where she sends for nobody."""
    desk = sending_desk(by=by)
    with transaction.atomic(), seeing_as(by):
        deliveries = _deliveries(by)
        waiting = deliveries.filter(stage__in=WAITING).order_by("deadline_at", "pk")
        page = Paginator(_notifications(deliveries), A_PAGE).get_page(number)
        return SentPage(desk, _stand(waiting, at), [_line(row, at) for row in page], page)


def came_back(*, by: Actor) -> int:
    """How many deliveries wait for her force: not their child, or recalled after reading. 0 where she sends none."""
    if not sends(by=by):
        return 0
    with transaction.atomic(), seeing_as(by):
        return _deliveries(by).filter(stage__in=WAITING).count()


def sent_notification(*, notification_id: UUID, by: Actor, at: datetime) -> SentLine:
    """One notification. Raises `DoesNotExist` where there is none that she may see."""
    with transaction.atomic(), seeing_as(by):
        return _line(_notifications(_deliveries(by)).get(pk=notification_id), at)


def sent_delivery(*, delivery_id: UUID, by: Actor, at: datetime) -> Stands:
    """One delivery. Raises `DoesNotExist` where there is none that she may see."""
    with transaction.atomic(), seeing_as(by):
        return _stands(_deliveries(by).get(pk=delivery_id), at)


def _deliveries(by: Actor) -> QuerySet[Delivery]:
    return Delivery.objects.filter(deliveries_sent(by)).select_related("school", "home_area", "moved_to")


def _notifications(deliveries: QuerySet[Delivery]) -> QuerySet[Notification]:
    shown = Prefetch("deliveries", queryset=deliveries.order_by("made_at", "pk"))
    rows = Notification.objects.filter(pk__in=deliveries.values("notification"))
    return rows.select_related("sent_by", "recalled_by").prefetch_related(shown).order_by("-accepted_at", "pk")


def _line(row: Notification, at: datetime) -> SentLine:
    stands = _stand(row.deliveries.all(), at)
    may_recall = row.recalled_at is None and any(_can(Step.RECALL, each.delivery) for each in stands)
    return SentLine(row, stands, may_recall, any(each.delivery.opened_at for each in stands))


def _stand(rows: Iterable[Delivery], at: datetime) -> list[Stands]:
    return [_stands(row, at) for row in rows]


def _stands(row: Delivery, at: datetime) -> Stands:
    reached = [
        ("Name seen", row.seen_at),
        ("Child confirmed", row.confirmed_at),
        ("Not their child", row.refused_at),
        ("Read", row.opened_at),
        ("Support recorded", row.acknowledged_at),
        ("Recalled", row.recalled_at),
        ("Closed", row.closed_at),
    ]
    school = ", ".join(each for each in (row.school.name, row.school.town) if each) if row.school else ""
    return Stands(
        delivery=row,
        place=school or f"At home, {row.home_area}",
        in_words=IN_WORDS[Stage(row.stage)],
        steps=[(label, moment) for label, moment in reached if moment is not None],
        moved_to=row.moved_to.name if row.moved_to else "",
        is_late=row.missed_at is not None,
        minutes_left=int((row.deadline_at - at).total_seconds() // 60),
        waits_for_sender=must_act(Stage(row.stage)) is Must.SENDER,
        may_send_on=_can(Step.SEND_ON, row),
        may_settle=_can(Step.SETTLE, row),
        was_recalled_read=row.recalled_at is not None and row.opened_at is not None,
    )


def _can(step: Step, row: Delivery) -> bool:
    return Stage(row.stage) in MOVES[step]
