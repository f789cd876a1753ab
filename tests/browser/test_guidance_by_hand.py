"""Guidance in a browser: an area's own document, from nothing to what differs under the same cover."""

from playwright.sync_api import Page

from tests.browser.visitor import Visitor

FIRST = """Fairhaven protocol

Issued July 2018

1. Every school must name a lead, who should have regard to the wishes of each child.

2. Schools should keep a list of those who have been trained.
"""


def _give(visitor: Visitor, label: str, day: str, text: str) -> None:
    page = visitor.page
    page.get_by_label("Edition", exact=True).fill(label)
    for number, part in enumerate(day.split()):
        page.locator(f"#id_in_force_on_{number}").fill(part)
    visitor.finds_nothing()
    visitor.press("Go on: the file")
    file = {"name": "protocol.txt", "mimeType": "text/plain", "buffer": text.encode()}
    page.locator("input[type=file]").set_input_files(files=[file])
    visitor.finds_nothing()
    visitor.press("Read it")


def _is_in_view(page: Page, mark: str) -> bool:
    return bool(page.locator(mark).evaluate("each => each.getBoundingClientRect().top < innerHeight"))


def test_an_areas_own_document_is_added_read_searched_and_compared(visitor: Visitor) -> None:
    page = visitor.page
    visitor.be("Marcus Hale")
    visitor.go("/guidance/new/")
    visitor.finds_nothing()
    page.get_by_label("Title").fill("Fairhaven protocol")
    page.get_by_label("Published by").fill("Fairhaven Council")
    page.get_by_label("Local procedure").check()
    visitor.press("Go on: its edition")
    _give(visitor, "July 2018", "4 7 2018", FIRST)
    visitor.finds_nothing()
    page.get_by_role("link", name="Fairhaven protocol").first.click()
    visitor.follow("Add an edition")
    _give(visitor, "December 2020", "1 12 2020", FIRST.replace("should keep", "must keep"))
    assert "the same cover as “July 2018”" in page.inner_text("main")
    assert "“should” became “must”" in page.inner_text("main")
    visitor.finds_nothing()
    visitor.be("Priya Nair")
    visitor.go("/guidance/")
    page.get_by_label("Search every clause in force today").fill('"must keep"')
    visitor.press("Search clauses")
    assert set(page.locator("mark").all_inner_texts()) == {"must", "keep"}  # other tests may have given their own words
    visitor.finds_nothing()
    page.get_by_role("link", name="December 2020").first.click()
    assert _is_in_view(page, ":target")
    visitor.go("/guidance/")
    visitor.follow("Fairhaven protocol")
    assert "in force at once from 1 December 2020 on" in page.inner_text("main")
    visitor.finds_nothing()


def test_a_lineage_of_many_editions_is_a_picture_at_every_width(visitor: Visitor) -> None:
    visitor.be("Priya Nair")
    visitor.go("/guidance/")
    visitor.follow("Working together to safeguard children")
    visitor.finds_nothing()
    visitor.picture("lineage-of-guidance")
    visitor.go("/guidance/")
    visitor.follow("Keeping children safe in education")
    visitor.finds_nothing()
    assert visitor.complaints == []
