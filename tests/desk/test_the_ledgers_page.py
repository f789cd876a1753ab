"""A scrutineer reads the ledger of her areas in people's words, and that she reads it is recorded."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from haven.access.actor import HAVEN, NOBODY, Actor
from haven.access.decision import Refused
from haven.desk.queries import LedgerLine, ledger_page
from haven.desk.rules import VERBS, about_in_words, post_in_words, verb_in_words
from haven.ledger.services import Deed, erase, note_reading, record, record_now
from haven.people.models import Area, Organisation, Person, Post, ServedArea
from haven.people.queries import actor_of
from tests.behind import stop_the_clock
from tests.cast import BEGAN, NOW, TODAY, Cast
from tests.sealed import sealed_and_verified
from tests.shape.source import ROOT

ITEM = "8c1f4b8e-1111-4222-8333-944455556666"


@pytest.fixture
def stranger(cast: Cast) -> Actor:
    """A lead of another area."""
    elsewhere = Area.objects.create(name="Westmarch", code="998")
    council = Organisation.objects.create(kind="council", name="Westmarch Council")
    ServedArea.objects.create(organisation=council, area=elsewhere, starts_on=BEGAN)
    person = Person.objects.create_user(email="far@example.org", name="Far Away", password="far away walks a dog")
    Post.objects.create(person=person, organisation=council, role="safeguarding-lead", starts_on=BEGAN)
    return actor_of(person=person, has_second_factor=True, on=TODAY)


def lines(cast: Cast, before: int | None = None) -> tuple[LedgerLine, ...]:
    return ledger_page(by=cast.actor("nadia"), before=before).lines


def test_every_verb_of_the_ledger_has_words_and_all_words_a_verb() -> None:
    text = (ROOT / "docs" / "reference" / "ledger-verbs.md").read_text()
    told = set(re.findall(r"`([a-z_]+\.[a-z_]+)`", text))
    assert len(told) > 60
    assert told == set(VERBS)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (verb_in_words("bulletin.published"), "published a bulletin"),
        (verb_in_words("moon.landed_on"), "moon: landed on"),
        (post_in_words("safeguarding-lead", "Fairhaven Council"), "Council safeguarding lead, Fairhaven Council"),
        (post_in_words("head", "Oakfield", is_cover=True), "Headteacher (covering), Oakfield"),
        (post_in_words("moon-walker", "Oakfield"), "moon-walker, Oakfield"),
        (
            about_in_words({"item": "8c1f4b8e-1111-4222-8333-944455556666", "is_open": True}),
            "is open yes, item 8c1f4b8e",
        ),
        (about_in_words({"kinds": ["word", "file"], "count": 3, "note": ""}), "count 3, kinds word and file"),
        (about_in_words({"assignments": [ITEM, ITEM], "entries": [4, 2]}), "assignments (2), entries (2)"),
        (about_in_words({"due_on": "2026-03-20", "code": "2026-02-31"}), "code 2026-02-31, due on 20 March 2026"),
    ],
)
def test_what_the_ledger_says_is_said_in_peoples_words(said: str, words: str) -> None:
    assert said == words


def test_an_entry_says_who_when_what_and_why(cast: Cast) -> None:
    record("bulletin.withdrawn", by=cast.actor("marcus"), at=NOW, about={"bulletin": uuid4()}, why="A mistake.")
    line = lines(cast)[0]
    assert (line.who, line.what, line.why, line.at) == ("Marcus Hale", "withdrew a bulletin", "A mistake.", NOW)
    assert line.posts == ("Council safeguarding lead, Fairhaven Council",)
    page = cast.client("nadia").get("/ledger/").content.decode()
    assert "2 March 2026" in page
    assert "withdrew a bulletin" in page
    assert "Because: A mistake." in page


def test_a_sign_in_names_who_signed_in(cast: Cast) -> None:
    record("account.signed_in", by=Actor(person=cast.priya.pk, name=""), at=NOW, about={"person": cast.priya.pk})
    record("account.signed_in", by=Actor(person=uuid4(), name=""), at=NOW, about={})
    record("account.password_reset", by=NOBODY, at=NOW, about={})
    assert [line.who for line in lines(cast)] == [
        "Somebody not signed in",
        "Somebody whose account is gone",
        "Priya Nair",
    ]


def test_an_erased_entry_says_so_and_nothing_else(cast: Cast) -> None:
    (detail,) = record_now([Deed("test.done", {})], by=cast.actor("priya"), at=NOW)
    erase([detail], rule="seven years after the post ended", by=HAVEN, at=NOW)
    assert lines(cast)[1].who == "Priya Nair"
    assert sealed_and_verified().holds
    assert lines(cast)[1] == LedgerLine(detail, 1)
    assert "Erased under a rule of retention" in cast.client("nadia").get("/ledger/").content.decode()


def test_a_scrutineer_reads_of_her_own_areas_alone(cast: Cast, stranger: Actor) -> None:
    record("action.raised", by=stranger, at=NOW, about={})
    record("account.signed_in", by=Actor(person=stranger.person, name=""), at=NOW, about={})
    record("terms.set", by=HAVEN, at=NOW, about={"area": Area.objects.get(name="Westmarch").pk})
    assert lines(cast) == ()
    record("action.raised", by=cast.actor("marcus"), at=NOW, about={})
    record("terms.set", by=HAVEN, at=NOW, about={"area": cast.area.pk})
    record("account.signed_in", by=Actor(person=cast.sam.pk, name=""), at=NOW, about={})
    record("digests.sent", by=HAVEN, at=NOW, about={"letters": 3})
    assert [line.who for line in lines(cast)] == ["Haven", "Sam Loveday", "Haven", "Marcus Hale"]


def test_who_works_in_two_areas_is_read_of_in_both(cast: Cast, stranger: Actor) -> None:
    both = cast.client("nadia")
    ServedArea.objects.create(
        organisation=cast.police, area=Area.objects.get(name="Westmarch"), starts_on=BEGAN, is_home=False
    )
    record("bulletin.published", by=cast.actor("bell"), at=NOW, about={})
    assert "PC Bell" in both.get("/ledger/").content.decode()


def test_that_she_looked_is_recorded_once_for_each_day_of_a_session(cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        client = cast.client("nadia")
        first = client.get("/ledger/").content.decode()
        assert "read the ledger" in first
        client.get("/ledger/?before=9")
        assert [line.what for line in lines(cast)] == ["read the ledger"]
        cast.client("nadia").get("/ledger/")
        assert len(lines(cast)) == 2
        clock.shift(timedelta(hours=7))
        session = client.session
        session["read_the_ledger_on"] = "2026-03-01"
        session["seen_at"] = (NOW + timedelta(hours=7)).timestamp()
        session.save()
        client.get("/ledger/")
        assert len(lines(cast)) == 3


@pytest.mark.parametrize("name", ["priya", "tom", "grace", "marcus", "bell", "osei", "lena", "sam"])
def test_nobody_else_finds_the_ledger_and_nothing_is_recorded(cast: Cast, name: str) -> None:
    assert cast.client(name).get("/ledger/").status_code == 404
    with pytest.raises(Refused):
        note_reading(by=cast.actor(name), at=NOW)
    with pytest.raises(Refused):
        ledger_page(by=cast.actor(name), before=None)
    assert lines(cast) == ()


@pytest.mark.parametrize("before", ["9" * 400, "0", "-3", "x", "²", "9223372036854775807", "1"])
def test_whatever_stands_in_the_address_there_is_a_page(cast: Cast, before: str) -> None:
    assert cast.client("nadia").get("/ledger/", {"before": before}).status_code == 200


def test_a_long_ledger_is_read_page_by_page(cast: Cast) -> None:
    told = record_now([Deed("test.done", {})] * 60, by=HAVEN, at=NOW)
    page = ledger_page(by=cast.actor("nadia"), before=None)
    assert (len(page.lines), page.earlier) == (50, told[10])
    last = ledger_page(by=cast.actor("nadia"), before=page.earlier)
    assert [line.id for line in last.lines] == told[9::-1]
    assert last.earlier is None
    client = cast.client("nadia")
    client.get("/ledger/")
    assert f"?before={told[11]}" in client.get("/ledger/").content.decode()
    assert "There is nothing before that" in client.get("/ledger/?before=1").content.decode()


def test_what_is_not_sealed_yet_is_shown_and_says_so(cast: Cast) -> None:
    record("bulletin.withdrawn", by=cast.actor("marcus"), at=NOW, about={})
    client = cast.client("nadia")
    page = client.get("/ledger/").content.decode()
    assert page.count("Not sealed yet") == 2
    assert "are sealed" not in page
    assert sealed_and_verified().entries == 2
    page = client.get("/ledger/").content.decode()
    assert "Not sealed yet" not in page
    assert "Entries 1 to 2 are sealed: 1 January 2100, 00:00." in page


def test_a_page_left_open_for_too_long_asks_to_sign_in_again(cast: Cast) -> None:
    client = cast.client("nadia")
    assert client.get("/ledger/").status_code == 200
    stop_the_clock(NOW + timedelta(minutes=16))
    assert client.get("/ledger/").status_code == 302
