"""A notification comes in once, can be read at once, and opens in two steps at the school of the child alone."""

import pytest

from haven.notifications.disclosure.showing import open_circumstances, open_name
from haven.notifications.rules.stages import Stage
from tests.cast import NOW
from tests.notifications.sent import CANARY, confirmed, now, one
from tests.subjects.known import JONAH

pytestmark = pytest.mark.django_db


def test_from_its_acceptance_the_schools_lead_sees_whom_it_concerns(fairhaven) -> None:
    delivery = one(fairhaven)
    look = open_name(delivery_id=delivery.pk, by=fairhaven.actor("priya"), at=NOW)
    assert look.identity == JONAH
    assert now(delivery).stage == Stage.SEEN


def test_what_happened_opens_once_the_child_is_confirmed_and_the_rule_is_seen(fairhaven) -> None:
    delivery = confirmed(fairhaven, one(fairhaven))
    look = open_circumstances(delivery_id=delivery.pk, by=fairhaven.actor("priya"), at=NOW)
    assert look.told is not None
    assert CANARY in "".join(each.words for each in look.told)
    assert "Do not ring" in look.handling
    assert now(delivery).stage == Stage.OPENED
