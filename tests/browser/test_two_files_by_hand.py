"""Two files of a visitor's own, dropped on the first page: compared before her eyes, with and without JavaScript."""

import re

import pytest

from tests.browser.visitor import Visitor
from tests.shape.source import HAVEN

EDITIONS = HAVEN / "config" / "demo" / "guidance"
TITLE = "A protocol to compare"
OLD = "# A protocol to compare\n\nMarch 2025\n\n" + "\n\n".join(
    f"{n}. Schools should keep list {n}." for n in range(1, 12)
)
NEW = OLD.replace("March 2025", "March 2026").replace("should keep list 7", "must keep list 7")
DROP = """([box, name, text]) => {
    const held = new DataTransfer();
    held.items.add(new File([text], name, { type: "text/markdown" }));
    box.dispatchEvent(new DragEvent("drop", { dataTransfer: held, bubbles: true, cancelable: true }));
}"""


def _choose(visitor: Visitor) -> None:
    for name, year in (("old", 2025), ("new", 2026)):
        visitor.page.locator(f"#id_{name}").set_input_files(str(EDITIONS / f"{year}.md"))
    visitor.press("Show what changed")


def test_a_visitor_compares_two_files_from_the_first_page_and_throws_them_away(visitor: Visitor) -> None:
    page = visitor.page
    visitor.go("/")
    visitor.finds_nothing()
    _choose(visitor)
    page.wait_for_selector(".guidance-change", timeout=60_000)
    assert "What changed from one file to the other" in page.inner_text("h1")
    visitor.finds_nothing()
    address = page.url
    with page.expect_download() as saved:
        visitor.follow("Save as a page")
    assert saved.value.suggested_filename == "changes.html"
    assert "Where the changes lie" in saved.value.path().read_text()
    page.locator(".guidance-way", has_text="Strengthened").click()
    page.wait_for_url(re.compile("kind=strengthened"))
    assert 0 < page.locator(".guidance-change").count() < 30
    visitor.press("Throw both files away now")
    assert "Both files were thrown away" in page.inner_text("main")
    visitor.finds_nothing()
    answer = page.request.get(address)
    assert answer.status == 404


def test_it_works_without_javascript_too(plain_visitor: Visitor) -> None:
    page = plain_visitor.page
    plain_visitor.go("/")
    _choose(plain_visitor)
    page.wait_for_selector(".guidance-change", timeout=60_000)
    assert "2025.md" in page.inner_text("main")


@pytest.mark.parametrize("given", ["", "old"])
def test_what_is_left_out_is_said_beside_its_field(visitor: Visitor, given: str) -> None:
    visitor.go("/changes/files/")
    if given:
        visitor.page.locator("#id_old").set_input_files(str(EDITIONS / "2025.md"))
    visitor.press("Show what changed")
    assert "Choose the later edition" in visitor.page.inner_text("main")
    visitor.finds_nothing()
    visitor.complaints.clear()  # a browser complains of every form that is not right


def test_a_lead_drops_two_files_keeps_them_and_judges_what_changed(visitor: Visitor) -> None:
    page = visitor.page
    visitor.be("Marcus Hale")
    visitor.follow("Compare two files of your own")
    for box, name, text in ((0, "one.md", OLD), (1, "two.md", NEW)):
        page.evaluate(DROP, [page.locator("[data-drop]").nth(box).element_handle(), name, text])
    visitor.press("Show what changed")
    page.wait_for_selector(".guidance-change", timeout=60_000)
    page.get_by_role("button", name="Keep both files").click()
    visitor.finds_nothing()
    page.get_by_label("Of which document are they editions?").select_option("new")
    visitor.press("Go on: its editions")
    assert page.get_by_label("Label of the earlier edition").input_value() == "March 2025"
    assert page.get_by_label("Title").input_value() == TITLE
    visitor.finds_nothing()
    page.get_by_label("Published by").fill("Fairhaven Council")
    page.get_by_label("Local procedure").check()
    visitor.press("Keep both, and judge what changed")
    page.wait_for_url(re.compile(r"/changes/[0-9a-f-]{36}/[0-9a-f-]{36}/"))
    assert "What changed from March 2025 to March 2026" in page.inner_text("h1")
    assert page.get_by_role("button", name="Action").count() == page.locator(".guidance-change").count() > 0
    visitor.go("/guidance/")
    visitor.follow(TITLE)
    assert page.get_by_role("link", name="What changed since March 2025").is_visible()
    visitor.follow("Withdraw it")
    page.get_by_label("Why it is withdrawn").fill("It was only tried.")
    visitor.finds_nothing()
    visitor.press("Withdraw the document")
    visitor.finds_nothing()
    visitor.go("/guidance/")
    assert page.get_by_role("link", name=TITLE).count() == 0
