"""A notification of the child that its sender knows of, and what becomes of it at the school."""

import random
from datetime import timedelta

import time_machine

from haven.notifications import services as notifications
from haven.notifications.models import Delivery
from haven.notifications.rules.support import Kind as Did
from haven.notifications.services.receiving import NewSupport
from tests.behind import stop_the_clock
from tests.cast import NOW, Cast
from tests.notifications import sent as notified
from tests.unseen.guesses import Guess
from tests.unseen.hidden import steps_at_school

SENT_AT = NOW + timedelta(minutes=10)
LEADS = ("priya", "dee")
Way = tuple[int, str]
WAYS: tuple[Way, ...] = (
    *((steps, "") for steps in range(7)),
    *((steps, "not ours") for steps in (1, 2, 3) * 2),  # before and after somebody said that the child is theirs
    *((steps, "recalled") for steps in range(7)),
)
"""After how many steps of the school it is left, given back or recalled."""


def sent_of_her(cast: Cast) -> Delivery:
    """Sent after all else that its force has sent, and delivered to Oakfield."""
    with time_machine.travel(SENT_AT, tick=False):
        stop_the_clock(SENT_AT)
        return notified.now(notified.one(cast, at=SENT_AT))


def take(cast: Cast, row: Delivery, way: Way, *, who: str, draw: random.Random) -> None:
    """Take it this way. What is written down at the school, and where it is said that the child went, is drawn."""
    steps, end = way
    by, of = cast.actor(who), {"delivery_id": row.pk}
    support = NewSupport(
        draw.choice([*Did]), draw.choice(["Nothing yet.", "Spoke with her at lunch.", "Her aunt fetches her."])
    )
    with time_machine.travel(SENT_AT, tick=False):
        stop_the_clock(SENT_AT)
        for _, step in steps_at_school(delivery=row.pk, by=by, support=support, at=SENT_AT)[:steps]:
            step()
        if end == "not ours":
            moved_to = draw.choice([None, cast.ashdown.pk])
            notifications.not_ours(**of, moved_to=moved_to, by=by, at=SENT_AT)
        if end == "recalled":
            notifications.recall(notification_id=row.notification_id, by=cast.actor("bell"), at=SENT_AT)


def guess_of(row: Delivery) -> Guess:
    """What its sender knows of it."""
    kept = row.notification
    return Guess(kept.pk, kept.key, kept.reference, kept.accepted_at)
