"""A weekend of notifications in a browser, by plain forms alone: from Saturday night to the lead's picture.

The clock is moved from hand to hand, so the house answers from this process: the real pages and the real database with
its locks, the cast, and moments of the tests' own. What it wrote in the ledger the independent verifier checks.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core import mail

from haven.access.actor import HAVEN
from haven.config.command import main as haven
from haven.notifications import services
from haven.notifications.models import SignUp
from haven.people.models import Cover, Organisation, Post, ServedArea
from tests.browser.house import House, OpenHouse
from tests.browser.visitor import fill_notification
from tests.cast import BEGAN, Cast, assemble
from tests.people.seen import enrol
from verifier.__main__ import main as verify

SATURDAY_NIGHT = datetime(2026, 2, 28, 22, 40, tzinfo=UTC)
SUNDAY = datetime(2026, 3, 1, 10, 5, tzinfo=UTC)
SUNDAY_LATER = datetime(2026, 3, 1, 10, 30, tzinfo=UTC)
BEFORE_THE_BELL = datetime(2026, 3, 2, 7, 50, tzinfo=UTC)
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
IN_APRIL = datetime(2026, 4, 1, 6, 5, tzinfo=UTC)
CANARY = "a vase thrown at the kitchen door"
RIGHT, WRONG = "Oakfield Primary School", "Oakfield Junior School"


@pytest.fixture
def house(open_house: OpenHouse) -> Iterator[House]:
    """Fairhaven with two schools that sound alike; Priya is away, and Tom covers for her."""
    with open_house(SATURDAY_NIGHT, _furnished) as house:
        yield house


def _furnished() -> Cast:
    cast = assemble()
    enrol(*cast.people.values())
    alike = Organisation.objects.create(kind="school", name=WRONG, urn=900003, phase="primary", town="Fairhaven")
    ServedArea.objects.create(organisation=alike, area=cast.area, starts_on=BEGAN)
    Post.objects.create(person=cast.grace, organisation=alike, role="dsl", starts_on=BEGAN)
    priya = Post.objects.get(person=cast.priya)
    Cover.objects.create(post=priya, covered_by=cast.tom, starts_on=date(2026, 2, 27), ends_on=date(2026, 3, 7))
    SignUp.objects.create(school=cast.oakfield, agreed_on=date(2026, 1, 5))
    return cast


def _officer_sends(house: House) -> str:
    """PC Bell tells the school whose name sounds like the right one; the reference on his receipt."""
    with house.at(SATURDAY_NIGHT), house.seen_by("bell") as page:
        house.go(page, "/notifications/send/")
        fill_notification(page, born_on=date(2016, 5, 4))
        page.get_by_label("What happened (optional)", exact=True).fill(f"An argument, {CANARY}.")
        page.locator("button[value=check]").last.click()
        page.get_by_label(re.compile(WRONG)).check()
        page.get_by_role("button", name="Send it now").click()
        return page.inner_text("h1").strip()


def _wrong_school_says_so(house: House) -> None:
    with house.at(SUNDAY), house.seen_by("grace") as page:
        assert "Jonah" not in house.go(page, "/notifications/")
        page.get_by_role("link", name=re.compile("^Notification ")).click()
        page.get_by_role("button", name="See whom it concerns").click()
        assert "Jonah Quayle" in page.inner_text("main")
        assert CANARY not in page.content()
        page.get_by_label("No, we do not know this child").check()
        page.get_by_role("button", name="Go on").click()
        assert "Sent back" in page.inner_text("main")
        assert "Nothing waits for you." in page.inner_text("main")


def _officer_sends_it_on(house: House) -> None:
    with house.at(SUNDAY_LATER), house.seen_by("bell") as page:
        assert "Not their child" in house.go(page, "/notifications/sent/")
        page.get_by_role("link", name=re.compile("^Send it to the right place")).first.click()
        page.get_by_label("Find the right school").fill("Oakfield")
        page.get_by_role("button", name="Find it").click()
        page.get_by_label(re.compile(RIGHT)).check()
        page.get_by_role("button", name="Send it on now").click()
        assert RIGHT in house.go(page, "/notifications/sent/")


def _cover_reads_and_records(house: House) -> None:
    with house.at(BEFORE_THE_BELL), house.seen_by("tom") as page:
        house.go(page, "/notifications/")
        page.get_by_role("link", name=re.compile("^Notification ")).click()
        page.get_by_role("button", name="See whom it concerns").click()
        page.get_by_label("Yes, the child is on our roll").check()
        page.get_by_role("button", name="Go on").click()
        assert "Do not ring or write to the parents" in page.inner_text("main")
        assert CANARY not in page.content()
        page.get_by_role("button", name="I have read this: show what happened").click()
        assert CANARY in page.inner_text("main")
        page.get_by_label(re.compile("Silent support")).check()
        page.get_by_label("A note (optional)").fill("His form teacher knows that it was a hard night.")
        page.get_by_role("button", name="Record it").click()
        assert "Recorded. The sender does not see it." in page.inner_text("main")


def _lead_sees_it(house: House, reference: str) -> None:
    with house.at(MONDAY), house.seen_by("marcus") as page:
        words = house.go(page, "/notifications/picture/")
        figures = page.locator(".haven-figures").first.inner_text()
        assert re.sub(r"\s+", " ", figures) == (
            "1 sent 1 there before the bell 1 read before the bell 0 not read before the bell"
        )
        assert "Everything was read before the bell" in words
        assert reference not in words
        assert "Jonah" not in words


def _school_returns_the_month(house: House) -> None:
    with house.at(IN_APRIL):
        assert services.make_returns(by=HAVEN, at=IN_APRIL) == 1
        with house.seen_by("priya") as page:
            house.go(page, f"/notifications/schools/{house.cast.oakfield.pk}/")
            page.get_by_role("link", name="March 2026").click()
            row = page.locator("tr", has_text="Read before the bell").inner_text()
            assert row.split() == ["Read", "before", "the", "bell", "1"]
            page.get_by_role("button", name="Confirm this return").click()
            assert "Confirmed on 1 April 2026 by Priya Nair" in page.inner_text("main")
        with house.seen_by("marcus") as page:
            assert "March 2026: 1 of 1 schools have confirmed" in house.go(page, "/notifications/returns/")


def test_a_weekend_from_saturday_night_to_the_leads_picture(
    house: House, settings: LazySettings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reference = _officer_sends(house)
    assert re.fullmatch(r"\w{4}-\w{4}", reference)
    _wrong_school_says_so(house)
    _officer_sends_it_on(house)
    _cover_reads_and_records(house)
    _lead_sees_it(house, reference)
    _school_returns_the_month(house)
    assert not [each for each in mail.outbox if "Jonah" in str(each.message()) or CANARY in str(each.message())]
    assert haven(["ledger", "sequence", "--once"]) == 0
    key = (tmp_path / "ledger-key.pub").read_text().splitlines()[-1]
    assert haven(["ledger", "export", str(tmp_path / "export")]) == 0
    capsys.readouterr()
    assert verify([str(tmp_path / "export"), "--key", key]) == 0, capsys.readouterr().out
    assert "HOLDS." in capsys.readouterr().out
    told = b"".join(path.read_bytes() for path in (tmp_path / "export").rglob("*") if path.is_file())
    assert b"notification.return_confirmed" in told
    assert b"Jonah" not in told
    assert CANARY.encode() not in told
