"""What a person does in a browser, and what axe says of the pages she sees."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from playwright.sync_api import BrowserContext, Page

from tests.shape.source import ROOT

WIDTHS = (320, 768, 1100)
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
LOOK = """async () => (await axe.run(document, {resultTypes: ['violations'], runOnly: [
    'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})).violations.map(
    violation => violation.id + ': ' + violation.nodes.map(node => node.html.slice(0, 160)).join(' | '))"""
A4 = {"width": 672, "height": 1000}  # what lies between the margins
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Visitor:
    """A person at a browser, at the address of a running Haven."""

    page: Page
    site: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda said: said.type == "error" and self.complaints.append(said.text))
        self.page.on("pageerror", lambda fault: self.complaints.append(str(fault)))

    def go(self, path: str) -> None:
        """Open a page of this Haven."""
        self.page.goto(self.site + path)

    def be(self, name: str) -> None:
        """Sign in to the demonstration as one of the cast."""
        self.go("/demo/")
        self.page.get_by_role("button", name=f"Be {name}").click()
        self.page.wait_for_url(self.site + "/")

    def press(self, name: str) -> None:
        """Press the button with these words."""
        self.page.get_by_role("button", name=name).first.click()

    def follow(self, name: str) -> None:
        """Follow the link with these words."""
        self.page.get_by_role("link", name=name).first.click()

    def picture(self, name: str, *, top: str = "body") -> None:
        """Keep a picture of the page as it looks on a laptop: in the docs with HAVEN_PICTURES=1, else in var/. Scrolled
        so far that what `top` selects is first.
        """
        folder = ROOT / ("docs" if os.environ.get("HAVEN_PICTURES") == "1" else "var") / "pictures"
        self.page.set_viewport_size({"width": 1100, "height": 900})
        self.page.locator(top).first.evaluate("element => element.scrollIntoView()")
        self.page.screenshot(path=folder / f"{name}.png")

    def finds_nothing(self) -> None:
        """Axe finds nothing on this page at any of three widths, and nothing sticks out sideways."""
        self.page.wait_for_load_state()  # a page followed to may still lack its style
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text())
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            where = f"{self.page.url} at {width} px"
            found = self.page.evaluate(LOOK)
            assert found == [], f"{where}: {found}"
            assert self.page.evaluate(OVERFLOW) <= 0, f"{where}: the page is wider than the window"

    def prints(self, *shown: str) -> None:
        """On paper these words stand, there is no menu, no button and no way back, and nothing is cut off."""
        page = self.page
        page.wait_for_load_state()
        page.emulate_media(media="print")
        page.set_viewport_size(A4)
        assert page.evaluate(OVERFLOW) <= 0, f"{page.url} on paper"
        assert not page.locator("button:visible, .haven-header:visible, .govuk-back-link:visible").count(), (
            f"{page.url} on paper"
        )
        for words in shown:
            assert page.get_by_text(words).first.is_visible(), f"{page.url} on paper: {words}"
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": 1100, "height": 900})


@contextmanager
def asking_only(context: BrowserContext, site: str) -> Iterator[None]:
    """Within, the pages of this browser ask no other host than Haven's own for anything."""
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    yield
    assert [each for each in asked if not each.startswith((f"{site}/", "data:", "blob:"))] == []


def fill_notification(page: Page, *, born_on: date) -> None:
    """Type what an officer tells about Jonah Quayle: all but what happened."""
    page.get_by_label("Police reference").fill("FP/26/118")
    fill_day(page, "happened_on", date(2026, 2, 28))
    page.get_by_label("Time it happened").fill("21:40")
    page.get_by_label("First name").fill("Jonah")
    page.get_by_label("Last name").fill("Quayle")
    fill_day(page, "child0-born_on", born_on)
    page.get_by_label("School", exact=True).fill("Oakfield")
    page.get_by_label("Yes, there when it happened").check()


def fill_day(page: Page, name: str, day: date) -> None:
    """Type a day into its three fields."""
    for number, part in enumerate((day.day, day.month, day.year)):
        page.locator(f"#id_{name}_{number}").fill(str(part))
