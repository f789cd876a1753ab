"""A school answers its audit in a browser: saved as typed, without a connection, by two at once, by plain forms."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.visitor import Visitor

SAVED = re.compile(r"Saved at \d\d:\d\d")


def _begin(visitor: Visitor) -> str:
    """Go to this year's audit of her school, begin it where nobody has, and say where it is."""
    page = visitor.page
    visitor.go("/audits/")
    page.locator("main a[href^='/audits/']").filter(has_text="2026").first.click()
    if page.get_by_role("button", name="Begin").count():
        visitor.press("Begin")
    expect(page.get_by_role("heading", name="Who signs")).to_be_visible()
    return page.url.removeprefix(visitor.site)


def _section(visitor: Visitor, name: str) -> None:
    visitor.page.locator(".govuk-task-list a", has_text=name).first.click()
    expect(visitor.page.locator("h1")).to_contain_text(name)


def _open_question(page: Page) -> str:
    """A question with choices that somebody has still to answer, or whose ready answer can be changed; its key."""
    box = page.locator("[data-question]:not([hidden])").filter(has=page.locator("[data-lacking]")).first
    change = box.locator("[data-change]:not([open]) > summary")
    if change.count():
        change.click()
    return str(box.get_attribute("data-question"))


def _box(page: Page, key: str):  # type: ignore[no-untyped-def]
    return page.locator(f"#q-{key}")


@contextmanager
def _another(browser: Browser, site: str, who: str) -> Iterator[Visitor]:
    with browser.new_context(viewport={"width": 1100, "height": 900}) as context:
        other = Visitor(context.new_page(), site)
        other.be(who)
        yield other


def test_what_is_typed_is_saved_and_stands_there_on_another_device(visitor: Visitor, browser: Browser) -> None:
    page = visitor.page
    visitor.be("Priya Nair")
    where = _begin(visitor)
    visitor.finds_nothing()
    _section(visitor, "Policies and procedures")
    key = _open_question(page)
    box = _box(page, key)
    box.locator("[data-lacking]").last.check()
    words = box.locator(f"[name='{key}.words']")
    expect(words).to_be_visible()
    words.fill("We shall write it in June.")
    for part, value in (("day", "30"), ("month", "6"), ("year", "2027")):
        box.locator(f"[name='{key}.by.{part}']").fill(value)
    if (why := box.locator(f"[name='{key}.why']")).count():
        why.fill("The new one is not approved yet.")
    expect(page.locator("[data-status]")).to_have_text(SAVED)
    expect(box.locator("[data-state]")).to_have_text("Answered")
    visitor.finds_nothing()
    with _another(browser, visitor.site, "Priya Nair") as elsewhere:
        elsewhere.go(f"{where}sections/policies/")
        assert elsewhere.page.locator(f"[name='{key}.words']").input_value() == "We shall write it in June."


def test_one_key_confirms_and_goes_to_the_next(visitor: Visitor) -> None:
    page = visitor.page
    visitor.be("Priya Nair")
    _begin(visitor)
    _section(visitor, "What staff know")
    waiting = page.locator("[data-confirm]")
    count = waiting.count()
    assert count > 3
    waiting.first.focus()
    page.keyboard.press("Enter")
    expect(waiting).to_have_count(count - 1)
    expect(waiting.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(waiting).to_have_count(count - 2)
    visitor.press("Confirm all ready answers of this section")
    expect(waiting).to_have_count(0)
    expect(page.locator("[data-status]")).to_contain_text("Nothing more stands ready here")
    page.reload()
    expect(waiting).to_have_count(0)


def test_without_a_connection_nothing_typed_is_lost(visitor: Visitor) -> None:
    page = visitor.page
    visitor.be("Priya Nair")
    where = _begin(visitor)
    _section(visitor, "Records")
    key = _open_question(page)
    box = _box(page, key)
    box.locator("[data-lacking]").last.check()
    expect(page.locator("[data-status]")).to_have_text(SAVED)
    page.context.set_offline(True)
    box.locator(f"[name='{key}.words']").fill("Written in a tunnel.")
    expect(page.locator("[data-status]")).to_contain_text("no connection")
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-status]")).to_have_text(SAVED)
    page.context.set_offline(True)
    box.locator(f"[name='{key}.words']").fill("Written in a longer tunnel.")
    expect(page.locator("[data-status]")).to_contain_text("no connection")
    page.goto("about:blank")
    page.context.set_offline(False)
    visitor.go(where)
    expect(page.locator("[data-resend]")).to_contain_text("has been saved")
    visitor.go(f"{where}sections/records/")
    assert page.locator(f"[name='{key}.words']").input_value() == "Written in a longer tunnel."
    visitor.complaints.clear()  # the browser itself says that there was no connection


def test_signed_out_meanwhile_she_signs_in_elsewhere_and_it_is_saved(visitor: Visitor) -> None:
    page = visitor.page
    visitor.be("Priya Nair")
    _begin(visitor)
    _section(visitor, "Visitors and premises")
    key = _open_question(page)
    box = _box(page, key)
    page.context.clear_cookies()
    box.locator("[data-lacking]").last.check()
    expect(page.locator("[data-status]")).to_contain_text("you have been signed out")
    tab = Visitor(page.context.new_page(), visitor.site)
    tab.be("Priya Nair")
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.locator("[data-status]")).to_have_text(SAVED)
    visitor.complaints.clear()  # the browser itself tells of the refusals


def test_somebody_elses_session_never_saves_her_words(visitor: Visitor) -> None:
    page = visitor.page
    visitor.be("Priya Nair")
    _begin(visitor)
    _section(visitor, "Safer recruitment")
    key = _open_question(page)
    tab = Visitor(page.context.new_page(), visitor.site)
    tab.be("Tom Whitlock")
    _box(page, key).locator("[data-lacking]").last.check()
    expect(page.locator("[data-status]")).to_contain_text("somebody else has signed in")
    visitor.complaints.clear()


def test_two_at_one_question_both_see_both_wordings(visitor: Visitor, browser: Browser) -> None:
    page = visitor.page
    visitor.be("Priya Nair")
    where = _begin(visitor)
    _section(visitor, "Allegations and low-level concerns")
    key = _open_question(page)
    with _another(browser, visitor.site, "Tom Whitlock") as tom:
        tom.go(f"{where}sections/allegations/")
        assert _open_question(tom.page) == key
        _box(tom.page, key).locator("[data-lacking]").last.check()
        _box(tom.page, key).locator(f"[name='{key}.words']").fill("Tom’s words.")
        expect(_box(tom.page, key).locator("[data-state]")).to_have_text("Something is missing")
        expect(tom.page.locator("[data-status]")).to_have_text(SAVED)
        tom.page.wait_for_timeout(1200)
    _box(page, key).locator("[data-lacking]").first.check()
    _box(page, key).locator(f"[name='{key}.words']").fill("Priya’s words.")
    clash = _box(page, key).locator(".questions-clash")
    expect(clash).to_contain_text("Tom’s words.")
    expect(clash).to_contain_text("Priya’s words.")
    visitor.finds_nothing()
    clash.get_by_role("button", name="Take this one").click()
    expect(_box(page, key).locator(".questions-clash")).to_have_count(0)
    assert page.locator(f"[name='{key}.words']").input_value() == "Priya’s words."


@pytest.mark.parametrize("width", [320, 1100])
def test_everything_is_answered_by_plain_forms_alone(plain_visitor: Visitor, width: int) -> None:
    visitor, page = plain_visitor, plain_visitor.page
    page.set_viewport_size({"width": width, "height": 900})
    visitor.be("Priya Nair")
    _begin(visitor)
    _section(visitor, "Teaching children to keep safe")
    key = _open_question(page)
    box = _box(page, key)
    box.locator("[data-lacking]").last.check()
    box.locator(f"[name='{key}.words']").fill(f"Typed at {width} pixels.")
    visitor.press("Save and go on")
    expect(page.locator("h1")).not_to_contain_text("Teaching children")
    page.go_back()
    assert page.locator(f"[name='{key}.words']").input_value() == f"Typed at {width} pixels."
    for part, value in (("day", "31"), ("month", "2"), ("year", "2027")):
        page.locator(f"[name='{key}.by.{part}']").fill(value)
    visitor.press("Save and go on")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert page.locator(f"[name='{key}.by.day']").input_value() == "31"
    page.locator(f"[name='{key}.by.month']").fill("3")
    page.locator(f"button[name=evidence][value='{key}']").click()
    page.get_by_label("Or the address of a web page").fill("https://example.org/lessons")
    visitor.press("Add it")
    expect(page.locator("main")).to_contain_text("stands behind your answer now")
    visitor.follow("Back to the question")
    assert page.locator(f"[name='{key}.by.month']").input_value() == "3"
