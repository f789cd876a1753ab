"""The golden rules as a part of a page: seven questions, open until somebody says that she knows them."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from haven.subjects.rules.golden import GOLDEN_RULES, KNOWN_COOKIE

PART = "subjects/parts/golden_rules.html"
pytestmark = pytest.mark.django_db


def part(**cookies: str) -> str:
    request = RequestFactory().get("/somewhere/")
    request.COOKIES |= cookies
    return render_to_string(PART, {}, request=request)


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
