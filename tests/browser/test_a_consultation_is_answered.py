"""A consultation in a browser: from a draft to what was sent, by plain forms alone; and what a script eases in it."""

import re
from datetime import date, timedelta

from tests.browser.visitor import Visitor, fill_day

TITLE = "Who walks whom to school"
QUESTIONS = """1. Should every school have a walking bus?
Yes
No
2. Do you agree that volunteers need training?
3. What is missing?
"""
FURNISHED = "Children missing from school"


def _draft(visitor: Visitor, today: date) -> None:
    """A document of the area's own whose draft is out for consultation."""
    page = visitor.page
    visitor.go("/guidance/new/")
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Published by").fill("Fairhaven Council")
    page.get_by_label("Local procedure").check()
    visitor.press("Go on: its edition")
    page.get_by_label("Edition", exact=True).fill("Draft")
    page.locator("summary", has_text="Before it was issued").click()
    fill_day(page, "opens_on", today - timedelta(days=1))
    fill_day(page, "closes_on", today + timedelta(days=30))
    visitor.press("Go on: the file")


def _gather(visitor: Visitor) -> None:
    page = visitor.page
    visitor.go("/consultations/")
    page.get_by_role("link", name=f"Gather your area’s response to {TITLE}").click()
    page.get_by_label("All schools in the area").check()
    page.get_by_label("Fairhaven Police").check()
    visitor.press("Go on: its questions")
    page.get_by_label("Paste or write questions").fill(QUESTIONS)
    visitor.press("Add these questions")
    page.get_by_role("button", name="Move up question 3").click()
    assert page.get_by_label("Words of question 2").input_value() == "What is missing?"
    visitor.press("Save and go on")
    visitor.press("Look at it and ask")
    assert "97 organisations will have this" in page.inner_text("main")
    visitor.press("Ask them now")
    assert "Asked. 97 have it on their page." in page.inner_text("main")


def test_from_a_draft_to_what_was_sent_without_a_script(plain_visitor: Visitor) -> None:
    visitor, page = plain_visitor, plain_visitor.page
    visitor.be("Marcus Hale")
    _draft(visitor, date.today())
    _gather(visitor)
    visitor.be("Priya Nair")
    assert TITLE in page.inner_text("main")
    visitor.go("/consultations/")
    visitor.follow(f"{TITLE}: Draft")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("In words, on question 1").fill("Children arrive awake.")
    visitor.press("Keep and come back later")
    assert page.get_by_label("In words, on question 1").input_value() == "Children arrive awake."
    visitor.press("Send your view")
    assert "Oakfield Primary School has answered" in page.inner_text("main")
    visitor.be("Marcus Hale")
    visitor.go("/consultations/")
    page.get_by_role("link", name=f"Response of Fairhaven to {TITLE}").click()
    assert "of 97 have contributed" in page.inner_text("main")
    visitor.follow("Question 1. Should every school have a walking bus?")
    page.get_by_label("Our answer in words").fill("We think so.")
    page.get_by_role("button", name="Quote Oakfield Primary School").click()
    quoted = page.get_by_label("Our answer in words").input_value()
    assert quoted == "We think so.\n\n“Children arrive awake.” (a primary school)"
    visitor.press("Save and go on")
    for _ in range(2):
        visitor.press("Leave this question out")
    visitor.press("Record what was sent")
    page.get_by_label("By the online form").check()
    visitor.press("Record it")
    assert "Recorded. Those who contributed will be told" in page.inner_text("main")
    visitor.be("Priya Nair")
    visitor.go("/consultations/")
    visitor.follow(f"{TITLE}: Draft")
    assert "Children arrive awake.” (a primary school)" in page.inner_text("main")


def test_every_page_of_a_consultation_is_read_by_everybody(visitor: Visitor) -> None:
    page = visitor.page
    visitor.be("Marcus Hale")
    visitor.finds_nothing()
    visitor.go("/consultations/")
    visitor.finds_nothing()
    visitor.follow("See them as a calendar")
    visitor.finds_nothing()
    visitor.picture("consultations-by-month")
    page.get_by_role("link", name=re.compile("→$")).click()
    visitor.go("/consultations/")
    page.get_by_role("link", name=f"Response of Fairhaven to {FURNISHED}").click()
    response = page.url
    visitor.finds_nothing()
    for path in ("change/", "questions/", "closing/", "record/"):
        page.goto(response + path)
        visitor.finds_nothing()
    visitor.be("Priya Nair")
    visitor.go("/consultations/")
    visitor.follow(FURNISHED)
    visitor.finds_nothing()


def test_a_press_puts_a_quotation_where_the_cursor_stands_and_typing_is_kept(visitor: Visitor) -> None:
    page = visitor.page
    visitor.be("Marcus Hale")
    visitor.go("/consultations/")
    page.get_by_role("link", name=f"Response of Fairhaven to {FURNISHED}").click()
    visitor.follow("Question 4.")
    answer = page.get_by_label("Our answer in words")
    answer.fill("Before.After.")
    answer.evaluate("each => each.setSelectionRange(7, 7)")
    page.get_by_role("button", name="Quote Cedar High School").click()
    assert answer.input_value() == "Before.\n\n“Cover for two hours a week.” (a secondary school)\n\nAfter."
    page.get_by_text(re.compile(r"Kept at \d\d:\d\d")).wait_for()
    visitor.finds_nothing()
    visitor.picture("views-beside-the-answer")
    page.reload()
    assert "Cover for two hours a week." in page.get_by_label("Our answer in words").input_value()
    visitor.be("Grace Adeyemi")
    visitor.go("/consultations/")
    visitor.follow(FURNISHED)
    page.get_by_label("In words, on question 1").fill("Typed and not sent.")
    page.get_by_text(re.compile(r"Kept at \d\d:\d\d")).wait_for()
    page.reload()
    assert page.get_by_label("In words, on question 1").input_value() == "Typed and not sent."
    assert visitor.complaints == []
