"""Two editions of a local procedure in a browser: compared, looked at in every way, and judged by keyboard alone."""

import re

import pytest

from tests.browser.visitor import Visitor
from tests.shape.source import HAVEN

EDITIONS = HAVEN / "config" / "demo" / "guidance"
TITLE = "Procedures to compare"


def _add_edition(visitor: Visitor, label: str, year: int) -> None:
    page = visitor.page
    page.get_by_label("Edition", exact=True).fill(label)
    for number, part in enumerate((1, 9, year)):
        page.locator(f"#id_in_force_on_{number}").fill(str(part))
    visitor.press("Go on: the file")
    content = (EDITIONS / f"{year}.md").read_bytes() + b"\n"  # the demonstration keeps the very file itself
    file = {"name": f"{year}.md", "mimeType": "text/markdown", "buffer": content}
    page.locator("input[type=file]").set_input_files(files=[file])
    visitor.press("Read it")
    page.wait_for_url(lambda address: "/give/" not in address)


@pytest.fixture
def compared(visitor: Visitor) -> Visitor:
    """The council's lead before the comparison of two editions."""
    page = visitor.page
    visitor.be("Marcus Hale")
    visitor.go("/guidance/")
    if not page.get_by_role("link", name=TITLE).count():
        visitor.go("/guidance/new/")
        page.get_by_label("Title").fill(TITLE)
        page.get_by_label("Published by").fill("Fairhaven Council")
        page.get_by_label("Local procedure").check()
        visitor.press("Go on: its edition")
        _add_edition(visitor, "2025 as compared", 2025)
        page.get_by_role("link", name=TITLE).first.click()
        visitor.follow("Add an edition")
        _add_edition(visitor, "2026 as compared", 2026)
        visitor.go("/guidance/")
    visitor.follow(TITLE)
    visitor.follow("Compare two editions")
    visitor.finds_nothing()
    visitor.press("Compare them")
    page.wait_for_url(re.compile("/changes/"))
    return visitor


def _show(visitor: Visitor, name: str) -> None:
    """Narrow the changes by the link of this name, and wait until they stand there."""
    way = visitor.page.locator(".guidance-way", has_text=re.compile(f"^{name}"))
    address = str(way.get_attribute("href"))
    way.click()
    visitor.page.wait_for_url(lambda url: url.endswith(address))


def test_a_comparison_opens_on_a_picture_and_is_narrowed_by_links(compared: Visitor) -> None:
    page = compared.page
    assert "What changed from 2025 as compared to 2026 as compared" in page.inner_text("h1")
    every = page.locator(".guidance-change").count()
    assert every > 20
    compared.finds_nothing()
    compared.picture("comparison-of-two-editions")
    _show(compared, "Strengthened")
    strengthened = page.locator(".guidance-change").count()
    assert 0 < strengthened < every
    _show(compared, "Side by side")
    assert page.locator(".guidance-change").count() == strengthened
    sides = page.locator(".guidance-change .guidance-sides").first.locator(".guidance-side")
    first, second = (sides.nth(place).bounding_box() for place in (0, 1))
    assert first
    assert second
    assert first["y"] == second["y"]
    compared.finds_nothing()
    compared.picture("comparison-side-by-side")
    compared.follow("Show all")
    page.locator("details summary", has_text="The same as a table").click()
    compared.finds_nothing()


def test_changes_are_judged_by_keyboard_one_after_the_other(compared: Visitor) -> None:
    page = compared.page
    _show(compared, "Not judged yet")
    waiting = page.locator(".guidance-change")
    before, first = waiting.count(), waiting.first.get_attribute("id")
    waiting.first.locator("summary", has_text="Add your words").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Tell the governors.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#c-"))
    assert page.locator(f"#{first}").count() == 0
    assert page.locator(".guidance-change").count() == before - 1 or before == 50  # a page of them
    assert page.locator(".guidance-change:target").count() == 1
    _show(compared, "Note")
    assert "Tell the governors." in page.locator(f"#{first}").inner_text()
    compared.finds_nothing()
    page.locator(f"#{first}").get_by_role("link", name="Address of this change").click()
    assert page.locator(".guidance-change").count() == 1
    compared.finds_nothing()


def test_a_change_that_asks_something_reaches_a_school_and_leads_back(compared: Visitor) -> None:
    page = compared.page
    _show(compared, "Strengthened")
    change = page.locator(".guidance-change").last
    name = change.get_attribute("id")
    change.get_by_role("button", name="Action").click()
    page.wait_for_url(re.compile("#c-"))
    page.locator(f"#{name}").get_by_role("link", name="Ask schools to act on it").click()
    compared.finds_nothing()
    page.get_by_label("What is asked").fill("Change what your policy says")
    page.get_by_label("All schools in the area").check()
    compared.press("Ask it now")
    compared.finds_nothing()
    compared.picture("change-judged-and-asked")
    compared.be("Priya Nair")
    compared.go("/actions/")
    compared.follow("Change what your policy says")
    page.locator(".haven-words a").first.click()
    assert page.locator(f"#{name}").count() == 1
    compared.finds_nothing()


def test_it_reads_on_paper_and_without_javascript(compared: Visitor, plain_visitor: Visitor) -> None:
    address = compared.page.url.removeprefix(compared.site)
    plain_visitor.be("Priya Nair")
    plain_visitor.go(address)
    page = plain_visitor.page
    assert page.locator(".guidance-change").count() > 20
    assert page.locator(".guidance-judge").count() == 0
    page.emulate_media(media="print")
    assert not page.locator(".guidance-ways").is_visible()
    assert page.locator(".guidance-change del").first.is_visible()
    decoration = "each => getComputedStyle(each).textDecorationLine"
    assert page.locator(".guidance-change del").first.evaluate(decoration) == "line-through"
