"""The made-up notes and what is said to be in them: nothing here looks at the reader."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

from benchmarks.plaintext import addresses_in, plain_text
from benchmarks.scoring import KINDS, SETS, GoldNote, gold_as_items, gold_notes, score
from tests.reading.notes.make_files import made_files

NOTES = Path(__file__).parent / "notes"
ALL = [note for folder in SETS for note in gold_notes(NOTES / folder)]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_NAMED = re.compile(
    r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)?\b(?![:.]\d)", re.IGNORECASE
)
FICTIONAL = re.compile(r"\+44(1632960\d{3}|2079460\d{3}|7700900\d{3})")
OWN_ADDRESS = re.compile(r"(?:[\w-]+\.)*example\.(?:org|gov\.uk)")

every_note = pytest.mark.parametrize("note", ALL, ids=lambda note: note.name)


def folded(text: str) -> str:
    """Words without white space, mark-up and soft hyphens, so that a quote may run over lines and cells."""
    return re.sub(r"[\s*_#>|`~\u00ad\u200b]+|(?<=\w)-\n", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text))


def words_of(note: GoldNote) -> str:
    return plain_text(note.path.name, note.path.read_bytes())


def items_of(note: GoldNote, *kinds: str) -> list[dict[str, Any]]:
    return [item for kind in kinds for item in note.gold[kind]]


def quotes_of(item: dict[str, Any]) -> list[str]:
    single = [item[key] for key in ("quote", "date_quote", "marking_quote") if key in item]
    return single + item.get("also_quotes", [])


@every_note
def test_every_quote_stands_in_the_note(note: GoldNote) -> None:
    text = folded(words_of(note))
    items = items_of(note, "deadlines", "events", "contacts", "links", "actions", "guidance")
    assert [quote for item in items for quote in quotes_of(item) if folded(quote) not in text] == []


@every_note
def test_a_named_weekday_fits_its_date_unless_the_gold_says_that_it_does_not(note: GoldNote) -> None:
    dated = [(item, item.get("date") or item.get("start")) for item in items_of(note, "deadlines", "events")]
    wrong = [
        (quote, day)
        for item, day in dated
        if day and "conflict" not in item
        for quote in quotes_of(item)
        for weekday, number in DAY_NAMED.findall(quote)
        if int(number) == int(day[8:10]) and not _falls_on(day, weekday)
    ]
    assert wrong == []


def _falls_on(day: str, weekday: str) -> bool:
    return dt.date.fromisoformat(day[:10]).weekday() == WEEKDAYS.index(weekday.lower())


@every_note
def test_a_conflict_offers_more_than_one_date(note: GoldNote) -> None:
    conflicting = [item for item in items_of(note, "deadlines", "events") if "conflict" in item]
    assert all(item.get("date_alternatives") or item.get("start_alternatives") for item in conflicting)


@every_note
def test_nothing_ends_before_it_starts(note: GoldNote) -> None:
    spans = [(event["start"], event["end"]) for event in note.gold["events"] if event["end"]]
    assert [span for span in spans if span[1] < span[0]] == []


@every_note
def test_the_reference_date_is_a_date_and_what_is_past_lies_before_it(note: GoldNote) -> None:
    reference = dt.date.fromisoformat(note.gold["reference_date"]).isoformat()
    past = [event["start"] for event in note.gold["events"] if event.get("past")]
    assert [start for start in past if start[:10] > reference] == []


@every_note
def test_numbers_and_addresses_are_nobodys(note: GoldNote) -> None:
    contacts = items_of(note, "contacts")
    assert [number for contact in contacts for number in contact["phones"] if not FICTIONAL.fullmatch(number)] == []
    hosts = [mail.partition("@")[2] for contact in contacts for mail in contact["emails"]]
    hosts += re.findall(r"[\w.-]+@([\w-]+(?:\.[\w-]+)+)", words_of(note))
    hosts += [re.sub(r"https?://([^/?#]*).*", r"\1", link["url"]) for link in note.gold["links"]]
    assert [host for host in hosts if not OWN_ADDRESS.fullmatch(host)] == []


@every_note
def test_every_address_of_a_contact_stands_in_the_note(note: GoldNote) -> None:
    content = note.path.read_bytes()
    written = re.findall(r"\]\(mailto:([^)]+)\)", content.decode("utf-8", "replace"))
    text = folded(" ".join([words_of(note), *addresses_in(note.path.name, content), *written])).casefold()
    mails = [mail for contact in items_of(note, "contacts") for mail in contact["emails"]]
    assert [mail for mail in mails if folded(mail) not in text] == []
    digits = re.sub(r"\D", "", text)
    numbers = [number for contact in items_of(note, "contacts") for number in contact["phones"]]
    assert [number for number in numbers if number[3:] not in digits] == []


@every_note
def test_an_action_with_a_due_day_has_its_deadline(note: GoldNote) -> None:
    days = {day for item in note.gold["deadlines"] for day in (item["date"], *item.get("date_alternatives", ()))}
    days |= {event["start"][:10] for event in note.gold["events"] if event["start"]}
    assert [action["due"] for action in note.gold["actions"] if action["due"] and action["due"] not in days] == []


@every_note
def test_a_gold_fed_back_scores_one(note: GoldNote) -> None:
    result = score(note.name, note.gold, gold_as_items(note.gold))
    assert result.differences == ()
    assert {kind: result.kinds[kind].misses for kind in KINDS} == dict.fromkeys(KINDS, 0)


def test_there_are_as_many_notes_to_check_on_as_to_tune_on() -> None:
    counts = [len(gold_notes(NOTES / folder)) for folder in SETS]
    assert min(counts) >= 20


def test_the_made_files_are_what_their_descriptions_say() -> None:
    stale = [target.name for target, content in made_files().items() if target.read_bytes() != content]
    assert stale == []
