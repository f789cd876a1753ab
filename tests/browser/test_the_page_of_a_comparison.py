"""The page that `haven compare --html` writes, in a browser without scripts: read, narrowed down and printed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import haven
from haven.engines.compare.comparing import compare
from haven.engines.compare.opening.editions import open_edition
from haven.engines.compare.report import report_of
from haven.engines.compare.structure import edition_of
from tests.browser.visitor import Visitor
from tests.compare.reported import comparison

GUIDANCE = Path(haven.__file__).parent / "config/demo/guidance"


@pytest.fixture
def file(tmp_path: Path) -> str:
    """Where the page of a comparison lies."""
    path = tmp_path / "report.html"
    path.write_text(report_of(comparison()), encoding="utf-8")
    return str(path)


@pytest.fixture
def page(browser: Browser, file: str) -> Iterator[Page]:
    """The page, in a browser that runs no script."""
    with browser.new_context(viewport={"width": 1300, "height": 900}, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"file://{file}")
        yield page


def test_axe_finds_nothing_and_nothing_sticks_out(browser: Browser, file: str) -> None:
    with browser.new_context() as context:
        visitor = Visitor(context.new_page(), "file://")
        visitor.go(file)
        visitor.page.locator("summary").click()
        visitor.finds_nothing()
        visitor.page.get_by_label("Side by side").check()
        visitor.finds_nothing()
        assert visitor.complaints == []


def test_the_two_editions_of_fairhavens_guidance_are_a_page_to_look_at(browser: Browser, tmp_path: Path) -> None:
    old, new = (edition_of(open_edition(path.name, path.read_bytes())) for path in sorted(GUIDANCE.glob("*.md")))
    path = tmp_path / "fairhaven.html"
    path.write_text(report_of(compare(old, new)), encoding="utf-8")
    with browser.new_context() as context:
        visitor = Visitor(context.new_page(), "file://")
        visitor.go(str(path))
        expect(visitor.page.get_by_role("article")).to_have_count(105)
        visitor.picture("compare-editions")


def test_a_choice_shows_one_kind_alone_and_hides_parts_without_it(page: Page) -> None:
    expect(page.get_by_role("article")).to_have_count(7)
    page.get_by_label("Weakened 1").check()
    expect(page.get_by_role("article")).to_have_count(1)
    expect(page.get_by_role("heading", name="Part two: What governors do")).to_be_hidden()
    page.get_by_label("All 7").check()
    expect(page.get_by_role("article")).to_have_count(7)


def test_a_mark_of_the_picture_leads_to_a_change_even_while_its_kind_is_hidden(page: Page) -> None:
    page.get_by_label("Weakened 1").check()
    page.locator(".lane.is-added a").click()
    expect(page.locator("article.is-added:target")).to_be_in_viewport()


def test_reworded_clauses_are_shown_in_one_text_or_side_by_side(page: Page) -> None:
    change = page.locator("article.is-strengthened")
    assert change.get_by_text("Later edition").is_hidden()
    page.get_by_label("Side by side").check()
    expect(change.get_by_text("Later edition")).to_be_visible()
    expect(change.locator(".inline")).to_be_hidden()
    page.set_viewport_size({"width": 600, "height": 900})
    expect(change.locator(".inline")).to_be_visible()
    expect(change.locator(".sides")).to_be_hidden()


def test_the_keyboard_reaches_the_changes_without_the_picture(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the changes")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("summary")).to_be_focused()


def test_on_paper_there_are_changes_and_no_choices(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.locator(".choices")).to_be_hidden()
    expect(page.locator("summary")).to_be_hidden()
    expect(page.get_by_role("article").last).to_be_visible()
    marks = page.locator("article.is-strengthened .inline")
    assert marks.locator("del").evaluate("e => getComputedStyle(e).textDecorationLine") == "line-through"
    assert marks.locator("ins").evaluate("e => getComputedStyle(e).textDecorationLine") == "underline"
