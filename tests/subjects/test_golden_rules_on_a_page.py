"""The golden rules as a part of a page: seven questions, open until somebody says that she knows them."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from haven.subjects.rules.golden import GOLDEN_RULES, KNOWN_COOKIE
from tests.people.seen import enrol

PART = "subjects/parts/golden_rules.html"
pytestmark = pytest.mark.django_db


def part(back: str = "", method: str = "get", **cookies: str) -> str:
    request = getattr(RequestFactory(), method)("/somewhere/")
    request.COOKIES |= cookies
    return render_to_string(PART, {"back": back}, request=request)


def test_all_seven_questions_stand_open() -> None:
    shown = part()
    assert len(GOLDEN_RULES) == 7
    assert all(rule.words in shown for rule in GOLDEN_RULES)
    assert '<details class="govuk-details haven-screen-only" id="golden-rules" open>' in shown


def test_whoever_knows_them_says_so_once_and_has_them_one_click_away(cast) -> None:
    client = cast.client("priya")
    answer = client.post("/children/golden-rules/", {"next": "/actions/"})
    assert (answer.status_code, answer["Location"]) == (302, "/actions/")
    assert client.cookies[KNOWN_COOKIE]["httponly"]
    known = part(**{KNOWN_COOKIE: "1"})
    assert " open>" not in known
    assert GOLDEN_RULES[0].words in known


@pytest.mark.parametrize("away", ["https://example.org/", "//example.org/", "javascript:alert(1)", ""])
def test_nobody_is_led_elsewhere(cast, away) -> None:
    assert cast.client("priya").post("/children/golden-rules/", {"next": away})["Location"] == "/"


def test_a_page_that_answers_what_was_sent_says_itself_where_the_press_leads() -> None:
    assert 'name="next" value="/somewhere/"' in part()
    assert "<button" not in part(method="post")
    assert 'name="next" value="/checks/"' in part(back="/checks/", method="post")


def test_they_stand_on_the_form_of_a_notification_and_of_what_is_told(cast) -> None:
    enrol(cast.bell, cast.priya)
    for who, address in (("bell", "/notifications/send/"), ("bell", "/notifications/send/file/")):
        assert GOLDEN_RULES[0].words in cast.client(who).get(address).content.decode()
    assert GOLDEN_RULES[0].words in cast.client("priya").get("/intelligence/tell/").content.decode()
