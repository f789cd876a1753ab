"""The rules of a comparison, in tables: whom words speak of, by what a change is named, what was judged how."""

import pytest

from haven.changes.rules.comparing import (
    Concern,
    Judged,
    Sides,
    Verdict,
    concerns_of,
    judged_counts,
    quote_of,
    refs_of,
    sides_of,
)
from haven.engines.compare.changes import Change, ChangeKind
from haven.engines.compare.clauses import Clause


def _change(old: str = "", new: str = "", **clause: object) -> Change:
    olds, news = ((Clause(text, **clause),) if text else () for text in (old, new))
    return Change((ChangeKind.REWORDED,), olds, news)


@pytest.mark.parametrize(
    ("words", "concern"),
    [
        ("The governing body must see it.", Concern.GOVERNORS),
        ("Governors and proprietors must see it.", Concern.GOVERNORS),
        ("The trust board must see it.", Concern.GOVERNORS),
        ("The designated safeguarding lead keeps it.", Concern.LEADS),
        ("The DSL keeps it.", Concern.LEADS),
        ("Head teachers keep it.", Concern.HEADS),
        ("The headteacher keeps it.", Concern.HEADS),
    ],
)
def test_whom_a_change_speaks_of_is_told_from_its_words_on_either_side(words: str, concern: Concern) -> None:
    for change in (_change(words, "Nobody."), _change("Nobody.", words), _change("", words)):
        assert concerns_of(change) == {concern}


@pytest.mark.parametrize(
    "words", ["The government says so.", "In principal cases.", "A leading school.", "Trusted staff."]
)
def test_words_that_only_sound_alike_speak_of_nobody(words: str) -> None:
    assert concerns_of(_change(words)) == frozenset()


def test_what_stands_under_a_heading_speaks_of_those_it_names() -> None:
    assert concerns_of(_change("", "Check it each term.", heading=("For governors",))) == {Concern.GOVERNORS}


def test_a_change_keeps_its_name_whatever_its_number_typography_and_page() -> None:
    change = _change("A child's plan.", "A child's own plan.", number="3", page=4)
    other = _change("A child’s plan.", "A child’s own plan.", number="7", page=9, heading=("Elsewhere",))
    assert sides_of(change) == sides_of(other)
    assert sides_of(change) != sides_of(_change("A child's own plan.", "A child's plan."))
    assert sides_of(_change("", "Words.")).old == ""


def test_changes_of_the_same_words_are_told_apart_by_counting() -> None:
    same, other = Sides("a", "b"), Sides("a", "c")
    assert refs_of([same, other, same, same]) == [same.ref, other.ref, f"{same.ref}-2", f"{same.ref}-3"]


def test_what_was_judged_is_counted_by_verdict() -> None:
    counts = judged_counts([None, Verdict.NOTE, Verdict.ACTION, Verdict.NOTE, None])
    assert counts == {Judged.NOT_YET: 2, Judged.ALREADY: 3, Judged.NO_EFFECT: 0, Judged.NOTE: 2, Judged.ACTION: 1}


def test_the_words_quoted_are_those_that_hold_now_or_held_before() -> None:
    change = _change("Before.", "Now.")
    assert quote_of(change) == "Now."
    change.new = ()
    assert quote_of(change) == "Before."
