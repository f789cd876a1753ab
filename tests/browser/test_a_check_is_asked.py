"""A check in a browser: asked of a school and health, answered in parts by two people, shared, asked again, taken away.

The school works without JavaScript. Axe looks at every page at three widths, and every page is looked at on paper.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
import pytest
from django.core import mail
from playwright.sync_api import Page

from haven.access.actor import HAVEN
from haven.checks.services import load_prompts
from haven.subjects.rules.naming import Identity
from tests.browser.house import House, OpenHouse
from tests.browser.visitor import Visitor, fill_day
from tests.cast import NOW, Cast, assemble
from tests.checks.asked import PROMPTS
from tests.people.seen import enrol
from tests.subjects.known import JONAH, child, joined

GWEN = Identity("Gwen", "Quayle", date(2018, 2, 3))
MONDAY = datetime(2026, 3, 2, 9, 40, tzinfo=UTC)
MONDAY_LATER = datetime(2026, 3, 2, 11, 5, tzinfo=UTC)
MONDAY_AFTERNOON = datetime(2026, 3, 2, 14, 10, tzinfo=UTC)
TUESDAY = datetime(2026, 3, 3, 10, 20, tzinfo=UTC)
TUESDAY_LATER = datetime(2026, 3, 3, 12, 45, tzinfo=UTC)
WEDNESDAY = datetime(2026, 3, 4, 9, 15, tzinfo=UTC)
THERE = "Here 91 of 100 days; Mondays are missed."
BABY = "There is a new baby at home."
NURSE = "Seen by the school nurse in the autumn."


@pytest.fixture
def house(open_house: OpenHouse) -> Iterator[House]:
    """Fairhaven, where the police have named a brother and a sister, both at Oakfield."""
    with open_house(NOW, _furnished) as house:
        yield house


def _furnished() -> Cast:
    cast = assemble()
    joined(cast)
    enrol(*cast.people.values())
    load_prompts(content=PROMPTS, by=HAVEN, at=NOW)
    for identity in (JONAH, GWEN):
        child(cast, identity, cast.oakfield)
    return cast


def fits(house: House, page: Page) -> None:
    """Axe finds nothing on the page at any width; on paper there is no menu and no button, and nothing is cut off."""
    visitor = Visitor(page, house.address)
    visitor.finds_nothing()
    visitor.prints()


def _look_up(page: Page, identity: Identity) -> None:
    page.get_by_label("First name").last.fill(identity.first_name)
    page.get_by_label("Last name").last.fill(identity.last_name)
    assert identity.born_on
    fill_day(page, "born_on", identity.born_on)
    page.get_by_role("button", name="Look up").click()


def _ask(house: House, at: datetime, reference: str, concern: str) -> str:
    """Mina asks Oakfield and health about brother and sister; what the next page says."""
    with house.at(at), house.seen_by("mina", has_scripts=True) as page:
        house.go(page, "/checks/")
        fits(house, page)
        page.get_by_role("button", name="Ask schools and agencies").click()
        fits(house, page)
        _look_up(page, JONAH)
        fits(house, page)
        page.get_by_role("button", name="Choose, and look up a brother or sister").click()
        _look_up(page, GWEN)
        page.get_by_role("button", name="Ask about this child").click()
        page.get_by_role("button", name="Ask them").click()
        assert "There is a problem" in page.inner_text("main")
        fits(house, page)
        page.get_by_label("Case reference").fill(reference)
        page.locator("[name=band][value=red]").check()
        page.get_by_label("What are you concerned about?").fill(concern)
        page.get_by_label("Fairhaven Community Health").check()
        page.get_by_label(re.compile("I need this information for our public task")).check()
        page.locator("[name=told][value=yes]").check()
        page.get_by_role("button", name="Ask them").click()
        fits(house, page)
        return page.inner_text("main")


def _school_answers_in_parts(house: House) -> None:
    with house.at(MONDAY_LATER):
        with house.seen_by("priya") as page:
            assert "Quayle" not in house.go(page, "/checks/requests/")
            page.get_by_role("link", name="FH-3001").click()
            page.get_by_role("button", name="Open the request").click()
            assert "Jonah Quayle" in page.inner_text("h1")
            page.get_by_label(re.compile("How often has the child")).fill(THERE)
            page.get_by_role("button", name="Save", exact=True).click()
            assert "The council sees nothing of it until you send it" in page.inner_text("main")
        with house.seen_by("dee") as page:
            house.go(page, "/checks/requests/")
            assert "Being answered" in page.inner_text("main")
            page.get_by_role("link", name="FH-3001").click()
            page.get_by_role("button", name="Open the request").click()
            assert "Last written by Priya Nair: saved, not sent yet." in page.inner_text("main")
            page.get_by_label(re.compile("Anything else, or anything new")).fill(BABY)
            page.get_by_role("button", name="Save and send to the council").click()
            assert "Sent to the council" in page.inner_text("main")


def _health_answers(house: House) -> None:
    with house.at(MONDAY_LATER), house.seen_by("osei", has_scripts=True) as page:
        house.go(page, "/checks/requests/")
        fits(house, page)
        page.get_by_role("link", name="FH-3001").click()
        fits(house, page)
        page.get_by_role("button", name="Open the request").click()
        fits(house, page)
        assert THERE not in page.content()
        page.get_by_label(re.compile("being seen for")).fill(NURSE)
        page.get_by_role("button", name="Save and send to the council").click()
        fits(house, page)


def _given_and_closed(house: House) -> None:
    with house.at(MONDAY_AFTERNOON), house.seen_by("mina", has_scripts=True) as page:
        house.go(page, "/checks/")
        page.get_by_role("link", name="FH-3001").click()
        page.get_by_role("link", name="Give it to a worker").click()
        fits(house, page)
        page.get_by_label("Who works with this child?").select_option(label="Lena Fisk")
        page.get_by_role("button", name="Give it").click()
        page.get_by_role("button", name="Close the round and share answers").click()
        assert "Round closed" in page.inner_text("main")
        fits(house, page)


def _agencies_read_each_other(house: House) -> None:
    with house.at(MONDAY_AFTERNOON):
        for who, others in (("priya", NURSE), ("osei", THERE)):
            with house.seen_by(who, has_scripts=True) as page:
                words = _open(house, page)
                assert others in words[words.index("What others answered") :]
                fits(house, page)


def _worker_reads_and_asks_on(house: House) -> None:
    with house.at(TUESDAY), house.seen_by("lena", has_scripts=True) as page:
        house.go(page, "/checks/")
        page.get_by_role("link", name="FH-3001").click()
        page.get_by_role("button", name="Open the check and its answers").click()
        words = page.inner_text("main")
        assert all(each in words for each in (THERE, BABY, NURSE, "Jonah Quayle", "Gwen Quayle"))
        fits(house, page)
        page.get_by_role("link", name="The check").click()
        page.get_by_role("link", name=re.compile("^Ask for an update from Oakfield|^Ask for an update$")).last.click()
        fits(house, page)
        page.get_by_label("What do you need an update on?").fill("Who fetches them now?")
        page.get_by_role("button", name="Ask", exact=True).click()
        assert "Asked for more" in page.inner_text("main")


def _school_sees_that_it_was_read_and_answers_on(house: House) -> None:
    with house.at(TUESDAY_LATER), house.seen_by("priya", has_scripts=True) as page:
        words = _open(house, page)
        assert "Read by the allocated worker (social worker) on 3 March 2026 at 10:20" in words
        assert "Who fetches them now?" in words
        fits(house, page)
        page.get_by_label(re.compile("Anything else, or anything new")).fill(f"{BABY} An aunt fetches them.")
        page.get_by_role("button", name="Save and send to the council").click()
        assert "Sent to the council" in page.inner_text("main")


def _school_has_nothing_new(house: House) -> None:
    with house.at(WEDNESDAY), house.seen_by("priya", has_scripts=True) as page:
        words = _open(house, page)
        assert "Anything new? (FH-3002, 4 March 2026)" in words
        assert "A second call" in words
        assert THERE in page.get_by_label(re.compile("How often has the child")).input_value()
        fits(house, page)
        page.get_by_role("button", name="There is nothing new").click()
        assert "nothing more" in page.inner_text("main")
        assert "Nothing waits for you." in house.go(page, "/checks/requests/")


def _open(house: House, page: Page) -> str:
    house.go(page, "/checks/requests/")
    page.get_by_role("link", name="FH-3001").click()
    page.get_by_role("button", name="Open the request").click()
    return page.inner_text("main")


def _taken_away(house: House, folder: Path) -> None:
    with house.at(WEDNESDAY), house.seen_by("mina", has_scripts=True) as page:
        house.go(page, "/checks/")
        page.get_by_role("link", name="FH-3002").click()
        assert "Asked before: the earlier answer is here" in page.inner_text("main")
        page.get_by_role("button", name="Open the check and its answers").click()
        assert THERE in page.inner_text("main")
        found = {}
        for kind in ("PDF", "Data (JSON)"):
            with page.expect_download() as coming:
                page.get_by_role("button", name=f"Take it away as {kind}").click()
            assert "Quayle" not in coming.value.suggested_filename
            found[kind] = folder / coming.value.suggested_filename
            coming.value.save_as(found[kind])
    told = json.loads(found["Data (JSON)"].read_text())
    assert (told["format"], {each["earlier"] for each in told["threads"]}) == ("haven-check/1", {"FH-3001"})
    pages = pypdfium2.PdfDocument(found["PDF"].read_bytes())
    printed = " ".join(" ".join(each.get_textpage().get_text_bounded() for each in pages).split())
    assert all(each in printed for each in ("FH-3002", THERE, NURSE, "Gwen Quayle"))


def test_a_check_from_the_question_to_the_file(house: House, tmp_path: Path) -> None:
    assert "Asked." in _ask(house, MONDAY, "FH-3001", "Bruises on both.")
    _school_answers_in_parts(house)
    _health_answers(house)
    _given_and_closed(house)
    _agencies_read_each_other(house)
    _worker_reads_and_asks_on(house)
    _school_sees_that_it_was_read_and_answers_on(house)
    said = _ask(house, WEDNESDAY, "FH-3002", "A second call, at night.")
    assert "answered before: open it to read the earlier answer" in said
    _school_has_nothing_new(house)
    _taken_away(house, tmp_path)
    assert mail.outbox
    whole = "".join(str(each.message()) for each in mail.outbox)
    assert not any(word in whole for word in ("Quayle", "FH-300", "Oakfield", THERE, BABY, NURSE))
