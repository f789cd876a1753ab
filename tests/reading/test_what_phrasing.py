"""Asks in few words: a short order for a list, the audience named, and prohibitions only where not doing is asked."""

import pytest

from haven.engines.reading.what.asking import asked, audiences
from haven.engines.reading.what.phrasing import audience, short_order


@pytest.mark.parametrize(
    ("words", "order"),
    [
        ("Please return the audit by Friday 5 March.", "Return the audit"),
        ("Please can everyone remember to sign the register by Friday 13 June.", "Sign the register"),
        ("Can everyone remember to send the return by 20 June, please.", "Send the return"),
        ("Secondary schools: please send us your figures by Monday 16 June.", "Send us your figures"),
        ("By Thursday 12 June, return the audit.", "Return the audit"),
        ("All DSLs must complete the audit no later than 5pm on Friday 27 June.", "Complete the audit"),
        ("Schools must not ring the parent.", "Do not ring the parent"),
        ("If you would like to, tell us by 27 June.", "Tell us"),
        ("Please read it at https://example.org/guide before Monday 23 June.", "Read it"),
        ("Reminder: check your list before half term.", "Check your list"),
        ("ANK to circulate the chart by 3 May", "Circulate the chart"),
        ("Complete the checklist – Friday 9 October, 4pm", "Complete the checklist"),
    ],
)
def test_an_order_is_told_without_courtesies_and_without_its_day(words: str, order: str) -> None:
    assert short_order(words, is_dated=True) == order


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("Please can everyone", "everyone"),
        ("Secondary schools", "Secondary schools"),
        ("LV asked members", "members"),
        ("Anyone whose certificate has run out", "Anyone whose certificate has run out"),
        ("A few things that every school", None),
        ("Names of those", None),
        ("The list", None),
    ],
)
def test_an_audience_is_people_and_not_a_clause(words: str, who: str | None) -> None:
    assert audience(words) == who


def test_an_owner_of_a_table_is_kept_as_written() -> None:
    assert audiences(("Head", "business manager", "Please can everyone")) == ("Head", "business manager", "everyone")


@pytest.mark.parametrize(
    "words",
    [
        "Check every new member of staff against the list of people prohibited from teaching.",
        "Tell every member of staff that worry must never stand in the way of sharing.",
        "Remind pupils that they must not film fights.",
        "Make sure that visitors do not wander about.",
    ],
)
def test_what_is_told_to_others_forbids_the_reader_nothing(words: str) -> None:
    ask = asked(words)
    assert ask is not None
    assert not ask.prohibits


@pytest.mark.parametrize(
    "words",
    [
        "It says in plain words when you may share and when you must.",
        "A few things that every school must have in order",
        "The rules that all schools must follow",
    ],
)
def test_a_duty_within_a_question_or_a_noun_asks_nothing(words: str) -> None:
    assert asked(words) is None
