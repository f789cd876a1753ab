"""What the scorer counts as found, as a false alarm and as a miss."""

from typing import Any

import pytest

from benchmarks.scoring import Tally, score

GOLD: dict[str, Any] = {
    "deadlines": [
        {"date": "2021-03-05", "time": "12:00", "quote": "by noon on 5 March"},
        {"date": "2021-03-12", "quote": "answer if you like", "optional": True},
        {"date": "2021-12-16", "date_alternatives": ["2021-12-15"], "quote": "Wednesday 16 December"},
    ],
    "events": [{"start": "2021-04-21T18:00", "end": None, "quote": "21 April, 6pm"}],
    "contacts": [{"phones": ["+447700900123"], "emails": ["A@example.org"], "marking": "internal", "quote": "A"}],
    "links": [{"url": "https://Example.org/form/", "quote": "here"}],
    "actions": [{"quote": "Please return the form by noon on 5 March"}],
    "guidance": [{"title": "Keeping children safe in education", "quote": "KCSIE"}],
}


def tally(kind: str, *items: dict[str, Any]) -> Tally:
    return score("a note", GOLD, [{"kind": kind, **item} for item in items]).kinds[kind]


@pytest.mark.parametrize(
    ("kind", "item"),
    [
        ("event", {"starts": "2021-04-21T18:00"}),
        ("contact", {"emails": ["a@example.org"], "phones": []}),
        ("contact", {"emails": [], "phones": ["07700 900123"]}),
        ("link", {"url": "https://example.org/form"}),
        ("guidance", {"title": "Keeping Children Safe in Education 2021"}),
        ("action", {"quote": "return the form by noon"}),
    ],
)
def test_an_item_that_agrees_is_a_hit(kind: str, item: dict[str, Any]) -> None:
    assert tally(kind, item) == Tally(hits=1)


@pytest.mark.parametrize(
    ("kind", "item"),
    [
        ("event", {"starts": "2021-04-21"}),
        ("event", {"starts": "2021-04-21T06:00"}),
        ("contact", {"emails": ["b@example.org"], "phones": []}),
        ("link", {"url": "https://example.org/form?page=2"}),
        ("guidance", {"title": "Prevent duty guidance"}),
        ("action", {"quote": "ring the school"}),
    ],
)
def test_an_item_that_does_not_agree_is_a_false_alarm_and_leaves_a_miss(kind: str, item: dict[str, Any]) -> None:
    assert tally(kind, item) == Tally(alarms=1, misses=1)


def test_a_deadline_may_fall_on_any_of_its_alternatives_but_needs_the_time_that_is_told() -> None:
    right = {"date": "2021-03-05", "time": "12:00"}
    assert tally("deadline", right, {"date": "2021-12-15", "time": None}) == Tally(hits=2)
    assert tally("deadline", {"date": "2021-03-05", "time": None}) == Tally(alarms=1, misses=2)


def test_an_optional_item_found_is_neither_hit_nor_false_alarm() -> None:
    assert tally("deadline", {"date": "2021-03-12", "time": None}) == Tally(misses=2)


def test_an_item_told_twice_counts_once() -> None:
    event = {"starts": "2021-04-21T18:00"}
    assert tally("event", event, event) == Tally(hits=1)


def test_the_marking_counts_only_on_contacts_that_were_found() -> None:
    found = {"kind": "contact", "emails": ["a@example.org"], "phones": [], "marking": "professional-only"}
    stranger = {"kind": "contact", "emails": ["b@example.org"], "phones": [], "marking": "internal"}
    result = score("a note", GOLD, [found, stranger])
    assert result.marking == Tally(misses=1)
    assert result.figure("marking") == 0


def test_precision_recall_and_f1_follow_from_the_tally() -> None:
    counted = Tally(hits=6, alarms=2, misses=4)
    assert (counted.precision, counted.recall) == (0.75, 0.6)
    assert counted.f1 == pytest.approx(2 / 3)
    assert Tally().f1 == 0
