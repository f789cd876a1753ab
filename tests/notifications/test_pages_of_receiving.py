"""A school's pages: nothing of a child before it is asked for, and then name, rule, what happened, what was done."""

import pytest
import time_machine

from haven.notifications.rules.stages import Stage
from tests.behind import at_the_hour
from tests.cast import NOW
from tests.notifications.sent import CANARY, confirmed, keeping_out, now, one, read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_monday():
    with time_machine.travel(NOW, tick=False):
        yield


def at(delivery, end: str = "") -> str:
    return f"/notifications/{delivery.pk}/{end}"


def words(response) -> str:
    return response.content.decode()


def test_the_list_and_the_page_name_nobody_and_opening_needs_a_press(fairhaven) -> None:
    delivery, priya = one(fairhaven), fairhaven.client("priya")
    seen = words(priya.get("/notifications/")) + words(priya.get(at(delivery)))
    assert delivery.reference in seen
    assert not [each for each in ("Jonah", "Quayle", CANARY) if each in seen]
    assert now(delivery).stage == Stage.AVAILABLE


def test_from_the_name_to_what_was_done_in_few_presses(fairhaven) -> None:
    delivery, priya = one(fairhaven), fairhaven.client("priya")
    named = words(priya.post(at(delivery, "name/")))
    assert "Jonah Quayle" in named
    assert CANARY not in named
    priya.post(at(delivery, "answer/"), {"answer": "ours"})
    assert "Do not ring" in words(priya.get(at(delivery)))
    assert CANARY in words(priya.post(at(delivery, "open/"), {"rule": "read"}))
    assert priya.post(at(delivery, "support/"), {"kind": "silent"}).status_code == 302
    assert now(delivery).stage == Stage.ACKNOWLEDGED
    priya.post(at(delivery, "close/"))
    assert now(delivery).stage == Stage.CLOSED
    assert "Done with" in words(priya.get("/notifications/"))


def test_without_the_rule_nothing_opens(fairhaven) -> None:
    delivery, priya = one(fairhaven), fairhaven.client("priya")
    priya.post(at(delivery, "name/"))
    priya.post(at(delivery, "answer/"), {"answer": "ours"})
    answer = priya.post(at(delivery, "open/"), follow=True)
    assert "Read first how this may be handled" in words(answer)
    assert CANARY not in words(answer)


def test_not_ours_sends_it_back_and_leaves_the_list(fairhaven) -> None:
    delivery, priya = one(fairhaven), fairhaven.client("priya")
    priya.post(at(delivery, "name/"))
    answer = priya.post(at(delivery, "answer/"), {"answer": "moved", "moved_to": "900002"}, follow=True)
    assert "Sent back" in words(answer)
    assert delivery.reference not in words(answer)
    assert now(delivery).moved_to == fairhaven.ashdown
    assert priya.get(at(delivery)).status_code == 404


def test_a_number_that_no_school_has_is_said_beside_the_name(fairhaven) -> None:
    delivery, priya = one(fairhaven), fairhaven.client("priya")
    priya.post(at(delivery, "name/"))
    answer = priya.post(at(delivery, "answer/"), {"answer": "moved", "moved_to": "999999"})
    assert answer.status_code == 422
    assert "There is no open school with this number" in words(answer)
    assert "Jonah Quayle" in words(answer)


def test_doing_nothing_without_a_reason_keeps_what_was_typed(fairhaven) -> None:
    delivery, priya = read(fairhaven, one(fairhaven)), fairhaven.client("priya")
    answer = priya.post(at(delivery, "support/"), {"kind": "none", "note": ""})
    assert answer.status_code == 422
    assert "Say in a sentence why you did nothing" in words(answer)


def test_the_new_school_is_shown_before_anything_is_handed_on(fairhaven) -> None:
    delivery, priya = read(fairhaven, one(fairhaven)), fairhaven.client("priya")
    looked = priya.post(at(delivery, "hand-on/"), {"school": "900002"})
    assert "Ashdown Academy" in words(looked)
    assert now(delivery).stage == Stage.OPENED
    priya.post(at(delivery, "hand-on/"), {"school": "900002", "looked_at": "900002"})
    assert now(delivery).stage == Stage.REASSIGNED
    assert delivery.reference in words(fairhaven.client("grace").get("/notifications/"))


def test_a_double_press_does_no_harm(fairhaven) -> None:
    delivery, priya = confirmed(fairhaven, one(fairhaven)), fairhaven.client("priya")
    priya.post(at(delivery, "answer/"), {"answer": "ours"})
    assert now(delivery).stage == Stage.CONFIRMED


def test_whoever_is_excluded_sees_a_list_as_if_there_were_nothing(fairhaven) -> None:
    blank = words(fairhaven.client("priya").get("/notifications/"))
    delivery = one(fairhaven, excluded=keeping_out(fairhaven, "priya"))
    priya = fairhaven.client("priya")
    assert words(priya.get("/notifications/")) == blank
    assert priya.get(at(delivery)).status_code == 404
    assert priya.post(at(delivery, "name/")).status_code == 404


def test_the_duty_list_says_where_it_stands_and_whom_to_ask_for_and_nothing_else(fairhaven) -> None:
    delivery = one(fairhaven)
    dara = fairhaven.client("dara")
    later = words(dara.get("/notifications/duty/"))
    assert "There is time yet" in later
    with at_the_hour(delivery.deadline_at):
        due, list_ = words(fairhaven.client("dara").get("/notifications/duty/")), fairhaven.client("dara")
        ring = words(list_.get("/notifications/duty/telephone/"))
        first = words(list_.get("/notifications/"))
    assert "Late" in due
    assert "Ask for Divya Aldous or Priya Nair" in due
    assert "Ask for Divya Aldous or Priya Nair" in ring
    assert "1 was not read in time" in first
    assert "Nothing waits for you" not in first
    assert not [each for each in ("Jonah", "Quayle", CANARY) if each in due + ring + later + first]
    assert dara.get(at(delivery)).status_code == 404
