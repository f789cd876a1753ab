"""What waits to be read: the returns that were sent, the oldest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.db.models.query import QuerySet

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.audits.models import Copy, Return
from haven.audits.rules.life import State
from haven.moderation.models import Reading, Remark
from haven.moderation.policy import returns_overseen_by

READINGS = Reading.objects.filter(copy__of=OuterRef("pk"), copy__lapsed_at__isnull=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToRead:
    """What a lead has before her."""

    unread: Sequence[Return]  # nobody has opened it
    unanswered: Sequence[Return]  # read, and no feedback given
    replied: Sequence[Return]  # a school has answered a remark since somebody of the council read it last


def to_read(*, by: Actor) -> ToRead:
    """What waits for this lead, the oldest first. Raises `Refused`."""
    if not by.leads:
        raise Refused(Reason.NOT_THE_ROLE)
    return ToRead(
        unread=list(_waiting(by).filter(~Exists(READINGS))),
        unanswered=list(_waiting(by).filter(Exists(READINGS))),
        replied=list(_replied(by)),
    )


def next_to_read(*, by: Actor, but: UUID) -> Return | None:
    """The oldest that nobody has read yet, but for this one."""
    return _waiting(by).filter(~Exists(READINGS)).exclude(pk=but).first()


def oldest_to_read(*, by: Actor) -> Return | None:
    """The oldest that nobody has read yet."""
    return _waiting(by).filter(~Exists(READINGS)).first()


def unread_count(*, by: Actor) -> int:
    """How many nobody has read yet."""
    return _waiting(by).filter(~Exists(READINGS)).count()


def _waiting(by: Actor) -> QuerySet[Return]:
    rows = Return.objects.filter(returns_overseen_by(by), state=State.SUBMITTED, cycle__brought_from="")
    return rows.select_related("cycle", "organisation").order_by("submitted_at", "pk")


def _replied(by: Actor) -> QuerySet[Return]:
    """Where a reply came after the last reading."""
    later = Reading.objects.filter(copy__of=OuterRef("copy__of"), read_at__gt=OuterRef("said_at"))
    replies = Remark.objects.filter(copy__of=OuterRef("pk"), kind=Remark.Kind.REPLY).filter(~Exists(later))
    rows = Return.objects.filter(returns_overseen_by(by), Exists(replies)).select_related("cycle", "organisation")
    rows = rows.filter(Exists(Copy.objects.filter(of=OuterRef("pk"), sent_at__isnull=False)))
    return rows.order_by("submitted_at", "pk")
