"""The rules of school policies, without a database."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from haven.access.roles import Role
from haven.policies.rules.facts import KINDS, SIGNING, cycle_in_words, faults_of_policy, is_web_address
from haven.policies.rules.life import (
    STANDINGS,
    STATES,
    STEPS,
    TRANSITIONS,
    Move,
    Standing,
    State,
    Step,
    after,
    next_review,
    review_due,
    standing_on,
    years_before,
)
from haven.policies.rules.resting import (
    Footing,
    but_for_references,
    footing_of_clause,
    footing_of_document,
    marked,
    nearest,
)
from haven.policies.rules.usual import USUAL
from tests.policies.registered import FACTS

TODAY = date(2026, 3, 2)
AHEAD = timedelta(weeks=6)


@pytest.mark.parametrize(
    ("state", "moves"),
    [
        (State.DRAFT, {Move.SEND, Move.RECORD, Move.DISCARD, Move.WITHDRAW}),
        (State.SENT, {Move.SEND_BACK, Move.APPROVE, Move.RECORD, Move.DISCARD, Move.WITHDRAW}),
        (State.APPROVED, {Move.REPLACE, Move.WITHDRAW}),
        (State.REPLACED, set()),
        (State.WITHDRAWN, set()),
    ],
)
def test_a_version_moves_on_as_the_table_says(state, moves):
    assert {move for move in Move if after(state, move)} == moves


def test_a_version_is_approved_only_after_it_was_sent_or_as_a_meeting_did():
    ways = {key for key, then in TRANSITIONS.items() if then is State.APPROVED}
    assert ways == {(State.SENT, Move.APPROVE), (State.SENT, Move.RECORD), (State.DRAFT, Move.RECORD)}


@pytest.mark.parametrize(
    ("review_on", "has_version", "is_withdrawn", "standing"),
    [
        (TODAY - timedelta(days=1), True, False, Standing.OVERDUE),
        (TODAY - timedelta(days=1), False, False, Standing.OVERDUE),
        (TODAY - timedelta(days=1), True, True, Standing.WITHDRAWN),
        (TODAY, True, False, Standing.DUE),
        (TODAY + AHEAD, True, False, Standing.DUE),
        (TODAY + AHEAD + timedelta(days=1), True, False, Standing.IN_DATE),
        (None, True, False, Standing.IN_DATE),
        (None, False, False, Standing.UNAPPROVED),
        (TODAY + AHEAD, False, False, Standing.UNAPPROVED),
    ],
)
def test_where_a_policy_stands_follows_from_its_dates(review_on, has_version, is_withdrawn, standing):
    told = {"review_on": review_on, "has_version": has_version, "is_withdrawn": is_withdrawn}
    assert standing_on(**told, on=TODAY, ahead=AHEAD) is standing


@pytest.mark.parametrize(
    ("approved_on", "months", "expected"),
    [
        (date(2026, 3, 2), 12, date(2027, 3, 2)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 31), 25, date(2028, 2, 29)),
    ],
)
def test_the_next_review_is_so_many_months_later(approved_on, months, expected):
    assert next_review(approved_on, months) == expected


def test_years_before_a_day():
    assert years_before(date(2028, 2, 29), 7) == date(2021, 2, 28)


@pytest.mark.parametrize(
    ("review_on", "due"),
    [
        (None, TODAY + AHEAD),
        (TODAY + timedelta(days=9), TODAY + timedelta(days=9)),
        (TODAY - timedelta(days=9), TODAY + AHEAD),
        (TODAY + timedelta(days=200), TODAY + AHEAD),
    ],
)
def test_a_review_is_due_on_its_own_date_where_that_is_near(review_on, due):
    assert review_due(review_on, TODAY) == due


@pytest.mark.parametrize(
    ("months", "words"),
    [(1, "every month"), (6, "every 6 months"), (12, "every year"), (18, "every 18 months"), (36, "every 3 years")],
)
def test_how_often_it_comes_up_is_said_as_people_do(months, words):
    assert cycle_in_words(months) == words


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": " "}, "Give the policy its title."),
        ({"title": "x" * 151}, "Give it a title of no more than 150 letters."),
        ({"owner_role": None}, "Say whose it is: a post, or one person."),
        ({"owner": uuid4()}, "Say whose it is: a post, or one person."),
        ({"owner_role": Role.TRAINER}, "Choose a post in the school as its owner."),
        ({"review_months": 0}, "Review it at least every 60 months."),
        ({"review_months": 61}, "Review it at least every 60 months."),
        ({"address": "javascript:alert(1)"}, "Give the whole address, beginning with https://."),
        ({"kept_at": "x" * 201}, "Say in no more than 200 letters where it is kept."),
    ],
)
def test_what_is_wrong_with_a_policy_is_said_in_a_sentence(changes, said):
    assert faults_of_policy(replace(FACTS, **changes)) == [said]


def test_what_is_sound_has_no_fault():
    assert faults_of_policy(FACTS) == []
    assert is_web_address("https://example.org/policies")


def test_everything_has_its_words():
    assert set(STATES) == set(State)
    assert set(STEPS) == set(Step)
    assert set(STANDINGS) == set(Standing)
    assert all(KINDS.values())


def test_each_usual_policy_is_sound_and_of_a_kind_of_its_own():
    assert len({usual.kind for usual in USUAL}) == len(USUAL) == 8
    assert [usual.title for usual in USUAL if faults_of_policy(usual.facts)] == []
    assert all(usual.label and SIGNING[usual.approver] for usual in USUAL)
    assert sum(bool(usual.named_in) for usual in USUAL) == 6, "where no source names one, that is said"


@pytest.mark.parametrize(
    ("is_in_force", "has_text", "stands", "footing"),
    [
        (True, True, True, Footing.STANDS),
        (True, True, False, Footing.MOVED),
        (True, False, False, Footing.UNTOLD),
        (False, False, False, Footing.OVER),
    ],
)
def test_the_footing_of_a_clause(is_in_force, has_text, stands, footing):
    assert footing_of_clause(is_in_force=is_in_force, has_text=has_text, stands=stands) is footing


@pytest.mark.parametrize(
    ("since", "footing"),
    [(None, Footing.OVER), (TODAY, Footing.STANDS), (TODAY + timedelta(days=1), Footing.NEWER)],
)
def test_the_footing_of_a_document(since, footing):
    assert footing_of_document(in_force_since=since, looked_on=TODAY) is footing


CLAUSES = [
    (1, "1", "every school must name a lead"),
    (2, "2", "staff must meet within two school days"),
    (3, "3", "governors may ask for minutes"),
]


@pytest.mark.parametrize(
    ("key", "number", "place"),
    [
        ("staff must meet within five school days", "7", 2),
        ("every school should name a lead", "1", 1),
        ("nothing of the kind stands anywhere", "3", None),
        ("", "1", None),
    ],
)
def test_the_nearest_clause_shares_most_of_its_words(key, number, place):
    assert nearest(key, number, CLAUSES) == place


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("as paragraph 22 says", "as paragraph 24 says", True),
        ("see paragraphs 22 and 29 and Annex B", "see paragraphs 30 and 31 and Annex C", True),
        ("within 5 days", "within 2 days", False),
        ("part 2 of the form", "part 3 of the form", True),
    ],
)
def test_a_number_that_points_elsewhere_is_no_change_and_any_other_is(one, other, is_same):
    assert (but_for_references(one) == but_for_references(other)) is is_same


def test_two_texts_are_shown_as_one_with_what_differs_marked():
    runs = marked("Staff should meet within five days.", "Staff must meet within five days.")
    assert [(kind, text.strip()) for kind, text in runs] == [
        ("same", "Staff"),
        ("old", "should"),
        ("new", "must"),
        ("same", "meet within five days."),
    ]
    assert marked("", "All new") == (("new", "All new"),)
