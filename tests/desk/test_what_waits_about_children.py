"""The home page says how many wait of what is shared about children, and nothing of whom or what."""

from datetime import datetime, timedelta

import pytest
import time_machine

from haven.desk.queries import AboutChildren, home_of
from haven.intelligence.rules.outcomes import Outcome
from haven.intelligence.rules.telling import Theme
from haven.intelligence.services import answer
from haven.notifications import services
from haven.notifications.disclosure.showing import open_name
from haven.notifications.rules.breaches import Copies
from tests.cast import NOW, Cast
from tests.checks.asked import asked
from tests.intelligence.told import STAFF, submitted
from tests.notifications.sent import CANARY, keeping_out, one, read, recalled
from tests.people.seen import enrol
from tests.subjects.known import JONAH, child, joined

pytestmark = pytest.mark.django_db


@pytest.fixture
def fairhaven(cast: Cast, settings) -> Cast:
    """The cast, and those who join it for what is confidential."""
    settings.ROOT_KEY = "5a" * 32
    joined(cast)
    enrol(*cast.people.values())
    return cast


def waiting(cast: Cast, who: str, at: datetime = NOW) -> AboutChildren:
    """What the home page of somebody has to say."""
    return home_of(by=cast.actor(who), at=at).children


def test_a_school_is_told_how_many_nobody_has_read(fairhaven: Cast) -> None:
    delivery = one(fairhaven)
    page = fairhaven.client("priya").get("/").content.decode()
    assert "1 notification from the police</a>, not read yet" in page
    assert not any(word in page for word in ("Jonah", "Quayle", CANARY, delivery.reference))
    read(fairhaven, delivery)
    assert waiting(fairhaven, "priya") == AboutChildren()
    assert "About children" not in fairhaven.client("priya").get("/").content.decode()


def test_nobody_else_hears_of_it(fairhaven: Cast) -> None:
    one(fairhaven)
    for who in ("grace", "osei", "marcus", "lena", "nadia", "sam"):
        assert waiting(fairhaven, who) == AboutChildren(), who


def test_whoever_is_kept_from_a_child_hears_of_nothing(fairhaven: Cast) -> None:
    one(fairhaven)
    one(fairhaven, excluded=keeping_out(fairhaven, "priya"))
    assert waiting(fairhaven, "priya") == AboutChildren()


def test_an_officer_is_told_what_came_back(fairhaven: Cast) -> None:
    delivery = one(fairhaven)
    assert waiting(fairhaven, "bell") == AboutChildren()
    open_name(delivery_id=delivery.pk, by=fairhaven.actor("priya"), at=NOW)
    services.not_ours(delivery_id=delivery.pk, moved_to=None, by=fairhaven.actor("priya"), at=NOW)
    assert waiting(fairhaven, "bell") == AboutChildren(back=1)
    assert "1 of what you sent</a> waits for you" in fairhaven.client("bell").get("/").content.decode()


def test_a_school_is_told_to_destroy_copies(fairhaven: Cast) -> None:
    breach = recalled(fairhaven)
    assert waiting(fairhaven, "priya") == AboutChildren(copies=1)
    assert waiting(fairhaven, "grace") == AboutChildren()
    page = fairhaven.client("priya").get("/").content.decode()
    assert "1 notification recalled</a>: destroy every copy and say so" in page
    services.confirm_copies(breach_id=breach.pk, copies=Copies.DESTROYED, by=fairhaven.actor("priya"), at=NOW)
    assert waiting(fairhaven, "priya") == AboutChildren()


def test_the_councils_lead_is_told_how_many_were_not_read_in_time(fairhaven: Cast) -> None:
    delivery = one(fairhaven)
    before, after = delivery.deadline_at - timedelta(seconds=1), delivery.deadline_at
    assert waiting(fairhaven, "marcus", before).late == 0
    assert waiting(fairhaven, "marcus", after) == AboutChildren(late=1)
    assert waiting(fairhaven, "priya", after) == AboutChildren(unread=1)
    with time_machine.travel(after, tick=False):
        page = fairhaven.client("marcus").get("/").content.decode()
    assert "1 notification not read in time</a>" in page
    assert not any(word in page for word in ("Jonah", "Quayle", CANARY, delivery.reference))
    read(fairhaven, delivery)
    assert waiting(fairhaven, "marcus", after) == AboutChildren()


def test_whoever_works_with_checks_is_told_how_many_are_late(fairhaven: Cast) -> None:
    check = asked(fairhaven, child(fairhaven, JONAH, fairhaven.oakfield), fairhaven.oakfield)
    late = check.due_at + timedelta(seconds=1)
    assert waiting(fairhaven, "mina", check.due_at) == AboutChildren()
    assert waiting(fairhaven, "mina", late) == AboutChildren(checks=1)
    assert waiting(fairhaven, "priya", late) == AboutChildren(requests=1)
    assert waiting(fairhaven, "sam", late) == AboutChildren()
    with time_machine.travel(late, tick=False):
        page = fairhaven.client("mina").get("/").content.decode()
    assert "1 MASH check late</a>" in page
    assert not any(word in page for word in ("Jonah", "Quayle", "FH-1017"))


def test_a_unit_is_told_how_many_wait_for_an_answer(fairhaven: Cast) -> None:
    staff = {who: STAFF[who] for who in ("ivo", "iris")}
    joined(fairhaven, staff)
    enrol(*(fairhaven.people[who] for who in staff))
    row = submitted(fairhaven)
    submitted(fairhaven, theme=Theme.SEXUAL)
    assert waiting(fairhaven, "ivo") == waiting(fairhaven, "iris") == AboutChildren(told=2)
    assert waiting(fairhaven, "priya") == waiting(fairhaven, "marcus") == AboutChildren()
    page = fairhaven.client("ivo").get("/").content.decode()
    assert "2 things told to your unit</a>" in page
    assert not any(word in page for word in ("van", "Pike", row.reference))
    answer(submission_id=row.pk, outcome=Outcome.USED, by=fairhaven.actor("ivo"), at=NOW)
    assert waiting(fairhaven, "ivo") == AboutChildren(told=1)


def test_whoever_answers_is_told_of_requests(fairhaven: Cast) -> None:
    asked(fairhaven, child(fairhaven, JONAH, fairhaven.oakfield), fairhaven.oakfield)
    assert waiting(fairhaven, "priya").requests == 1
    assert waiting(fairhaven, "bell").requests == 0
