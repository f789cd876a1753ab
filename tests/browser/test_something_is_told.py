"""Something is told in a school and worked with in the unit, until the school sees what became of it: in a browser."""

import re

from tests.browser.visitor import Visitor

KEYS = 20  # at most, to move about the form without a mouse: what is written is not counted


def _tell(visitor: Visitor) -> int:
    """Tell something by keyboard alone; how many keys it took besides what was written."""
    page, pressed = visitor.page, 0

    def press(*keys: str) -> None:
        nonlocal pressed
        for key in keys:
            page.keyboard.press(key)
            pressed += 1

    page.get_by_label("What do you know?").focus()
    page.keyboard.type("A man called Big Jay waits at Harbour Steps.")
    press("Tab", "ArrowDown", "ArrowDown", "ArrowDown")
    press("Tab", "Space")
    press("Tab")
    page.keyboard.type("Casey")
    press("Tab", "ArrowDown")
    press("Tab", "Space")
    press("Tab", "Tab", "Tab", "Tab", "Tab", "Enter")
    return pressed


def _work(visitor: Visitor, stage: str) -> None:
    """Grade it, link it, sanitise it, send it, answer it."""
    page = visitor.page
    visitor.go(stage)
    visitor.finds_nothing()
    visitor.press("Open and work with it")
    assert "Big Jay waits" in page.inner_text("main")
    assert "Casey" not in page.inner_text("main")
    visitor.finds_nothing()
    grading = page.locator("form[action$='/grade/']")
    for name, value in (("source", "2"), ("information", "C"), ("handling", "P"), ("priority", "low")):
        grading.locator(f"[name={name}][value='{value}']").check()
    visitor.press("Save the grade")
    page.get_by_label("What is it?").select_option("place")
    page.get_by_label("Name, place or number plate").fill("harbour steps")
    visitor.press("Add it")
    assert "also in" in page.inner_text("main")
    page.get_by_label("What others may read").fill("A man waits for children at Harbour Steps.")
    visitor.press("Save this version")
    page.get_by_label("Send to").select_option(label="Fairhaven Community Health")
    page.locator("form[action$='/send/'] [name=handling][value=P]").check()
    page.get_by_label("What do they need it for?").fill("to look out for it")
    visitor.press("Send it")
    assert "They have been told" in page.inner_text("main")
    visitor.finds_nothing()
    visitor.go(stage)
    visitor.press("Show what links it with others")
    assert page.locator(".intelligence-line--shared").count() > 1
    visitor.finds_nothing()
    visitor.picture("what-links-it", top="h1")
    visitor.go(stage)
    page.get_by_label("Used as intelligence").check()
    visitor.press("Answer")


def test_what_a_school_tells_comes_back_as_what_became_of_it(visitor: Visitor) -> None:
    page = visitor.page
    visitor.be("Priya Nair")
    visitor.go("/intelligence/")
    visitor.finds_nothing()
    visitor.press("Tell it here")
    visitor.finds_nothing()
    assert _tell(visitor) <= KEYS
    page.wait_for_url(re.compile(r"/told/[0-9a-f-]{36}/$"))
    visitor.finds_nothing()
    receipt = page.url.removeprefix(visitor.site)
    visitor.be("Ivo Marlowe")
    visitor.go("/intelligence/unit/")
    visitor.finds_nothing()
    newest = page.locator(".haven-card", has_text="Not graded").last.get_by_role("link")
    stage = newest.get_attribute("href") or ""
    _work(visitor, stage)
    visitor.be("Dr Osei")
    visitor.go("/intelligence/received/")
    visitor.finds_nothing()
    page.locator(".haven-card", has_text="New").first.get_by_role("button").click()
    visitor.finds_nothing()
    visitor.be("Priya Nair")
    visitor.go(receipt)
    assert "Used as intelligence" in page.inner_text("main")
    visitor.go("/intelligence/month/")
    assert "not shown" in page.inner_text("main")
    visitor.finds_nothing()
    visitor.be("Marcus Hale")
    for path in ("schools", "settings"):
        visitor.go(f"/intelligence/{path}/")
        visitor.finds_nothing()
    _who_told(visitor, stage)


def _who_told(visitor: Visitor, stage: str) -> None:
    visitor.be("Iris Tolland")
    visitor.go(stage)
    visitor.follow("Learn who told it")
    visitor.finds_nothing()
    visitor.page.get_by_label("Why must you know who told?").fill("A court asks")
    visitor.press("Open it")
    assert "Priya Nair" in visitor.page.inner_text("main")
    visitor.finds_nothing()
