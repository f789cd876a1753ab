"""Whatever is done in whatever order, every delivery has somebody who must act, or has ended (I2)."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from haven.access.decision import Refused
from haven.notifications import services
from haven.notifications.disclosure.showing import open_circumstances, open_name
from haven.notifications.models import Delivery
from haven.notifications.queries.telling import Around
from haven.notifications.rules.escalating import Audience
from haven.notifications.rules.stages import HOLDING, Must, Stage, must_act
from haven.notifications.rules.support import Kind
from haven.notifications.services.receiving import NewSupport
from tests.cast import NOW, Cast
from tests.notifications.sent import now, one, seen_by_haven, swept
from tests.notifications.test_a_school_is_told import holding

pytestmark = pytest.mark.django_db
SUPPORT = NewSupport(Kind.SILENT)
WORKERS = ("priya", "grace", "bell")


def deeds(cast: Cast, delivery: Delivery, who: str, at) -> dict:
    """What anybody may try with a delivery."""
    by, pk = cast.actor(who), {"delivery_id": delivery.pk}
    other = cast.ashdown.pk if delivery.school_id == cast.oakfield.pk else cast.oakfield.pk
    return {
        "see": lambda: open_name(**pk, by=by, at=at),
        "confirm": lambda: services.confirm_on_roll(**pk, by=by, at=at),
        "not ours": lambda: services.not_ours(**pk, moved_to=other, by=by, at=at),
        "rule": lambda: services.see_rule(**pk, by=by, at=at),
        "open": lambda: open_circumstances(**pk, by=by, at=at),
        "support": lambda: services.record_support(**pk, new=SUPPORT, by=by, at=at),
        "close": lambda: services.close(**pk, by=by, at=at),
        "hand on": lambda: services.hand_on(**pk, to_school=other, by=by, at=at),
        "send on": lambda: services.send_on(**pk, to_school=other, to_home=None, by=by, at=at),
        "recall": lambda: services.recall(notification_id=delivery.notification_id, by=by, at=at),
        "settle": lambda: services.settle(**pk, why="4/26", without="shut", by=by, at=at),
        "sweep": lambda: swept(at),
    }


NAMES = (
    "see", "confirm", "not ours", "rule", "open", "support", "close", "hand on", "send on", "recall", "settle", "sweep"
)  # fmt: skip
TRIES = st.tuples(st.sampled_from(NAMES), st.sampled_from(WORKERS), st.integers(0, 9), st.integers(0, 600))
LIKELY = st.sampled_from(
    [
        [("see", "priya", 0, 1), ("confirm", "priya", 0, 1), ("rule", "priya", 0, 1), ("open", "priya", 0, 1)],
        [("see", "priya", 0, 1), ("not ours", "priya", 0, 1), ("send on", "bell", 0, 1)],
        [],
    ]
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LIKELY, st.lists(TRIES, max_size=12))
def test_no_delivery_is_ever_nobodys(fairhaven, begun, tries) -> None:
    with transaction.atomic():
        first, at = one(fairhaven), NOW
        for name, who, which, minutes in begun + tries:
            with seen_by_haven():
                rows = list(Delivery.objects.filter(notification=first.notification_id).order_by("made_at", "id"))
            at += timedelta(minutes=minutes)
            try:
                with transaction.atomic():
                    deeds(fairhaven, rows[which % len(rows)], who, at)[name]()
            except Refused:
                continue
        _every_one_has_its_owner(first)
        transaction.set_rollback(True)


def _every_one_has_its_owner(first: Delivery) -> None:
    with seen_by_haven():
        rows = list(Delivery.objects.filter(notification=first.notification_id))
    assert rows
    for row in rows:
        stage = Stage(row.stage)
        followed = [each for each in rows if each.follows_id == row.pk]
        if must_act(stage) is Must.RECEIVER:
            assert Around([row], NOW.date()).told(row, Audience.READERS)
        if must_act(stage) is Must.SENDER:
            assert Around([row], NOW.date()).told(row, Audience.SENDER)
        if stage is Stage.REASSIGNED:
            assert len(followed) == 1
        if stage not in HOLDING:
            assert "what" not in holding(now(row)) or _another_there(row, rows)


def _another_there(row: Delivery, rows: list[Delivery]) -> bool:
    return any(each.school_id == row.school_id and Stage(each.stage) in HOLDING for each in rows if each.pk != row.pk)
