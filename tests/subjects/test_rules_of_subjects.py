"""What holds of confidential records whoever asks: chains of recipients, times, bases of law, names."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from uuid import uuid4

import pytest

from haven.subjects.rules.bases import EDITIONS, USUAL, Flow, basis_called, edition_on
from haven.subjects.rules.breaking import MOST, ends_at
from haven.subjects.rules.breaking import USUAL as USUAL_TIME
from haven.subjects.rules.breaking import review_due as review_glass_due
from haven.subjects.rules.golden import GOLDEN_RULES
from haven.subjects.rules.naming import Identity, Sort, faults, from_text
from haven.subjects.rules.recipients import Candidate, Rung, choose
from haven.subjects.rules.retention import RULES, From, Kept, review_due

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PEOPLE = [Candidate(uuid4(), rung) for rung in list(Rung)[:-1] for _ in range(2)]


def test_every_subset_of_people_excluded_leaves_somebody_as_long_as_anybody_is_left() -> None:
    subsets = [set(each) for n in range(len(PEOPLE) + 1) for each in combinations([c.person for c in PEOPLE], n)]
    assert len(subsets) == 1024
    for excluded in subsets:
        chosen = choose(PEOPLE, excluded=excluded)
        assert bool(chosen.people) == (len(excluded) < len(PEOPLE))
        assert not set(chosen.people) & excluded


def test_it_goes_up_one_rung_at_a_time_and_says_so_above_the_schools_leads() -> None:
    excluded: set = set()
    climbed = []
    while (chosen := choose(PEOPLE, excluded=excluded)).people:
        climbed.append((chosen.rung, chosen.is_alarm, len(chosen.people)))
        excluded |= set(chosen.people)
    assert climbed == [
        (Rung.RECIPIENT, False, 2),
        (Rung.HEAD, True, 2),
        (Rung.ABOVE, True, 2),
        (Rung.COUNCIL, True, 2),
        (Rung.ANYONE, True, 2),
    ]
    assert choose(PEOPLE, excluded=excluded).rung is Rung.NOBODY


@pytest.mark.parametrize(
    ("wished", "lasts"),
    [
        (USUAL_TIME, timedelta(minutes=60)),
        (timedelta(hours=3), MOST),
        (timedelta(hours=9), MOST),
        (timedelta(0), timedelta(minutes=1)),
    ],
)
def test_broken_glass_lasts_as_wished_and_three_hours_at_most(wished: timedelta, lasts: timedelta) -> None:
    assert ends_at(AT, wished) == AT + lasts


def test_a_review_is_due_after_five_working_days_with_bank_holidays_left_out() -> None:
    assert review_glass_due(date(2026, 3, 2)) == date(2026, 3, 9)
    assert review_glass_due(date(2026, 4, 2)) == date(2026, 4, 13)  # Good Friday and Easter Monday between


@pytest.mark.parametrize(
    ("kept", "years", "born_on", "due"),
    [
        (Kept.CHILD, None, date(2016, 5, 4), date(2041, 9, 1)),
        (Kept.CHILD, None, date(2016, 9, 2), date(2042, 9, 1)),
        (Kept.CHILD, 30, date(2016, 5, 4), date(2046, 9, 1)),
        (Kept.CHILD, None, None, date(2051, 9, 1)),
        (Kept.ABUSE_INQUIRY, None, date(2016, 5, 4), date(2101, 9, 1)),
        (Kept.MISDIRECTED, None, None, date(2027, 9, 1)),
        (Kept.CHILD, None, date(2016, 2, 29), date(2041, 9, 1)),
    ],
)
def test_what_is_kept_is_reviewed_on_a_first_of_september(kept: Kept, years: int, born_on: date, due: date) -> None:
    assert review_due(kept, years=years, born_on=born_on, touched_on=date(2026, 3, 2)) == due


def test_a_childs_period_has_its_source_and_counts_from_birth() -> None:
    assert (RULES[Kept.CHILD].years, RULES[Kept.CHILD].counted_from) == (25, From.BIRTH)
    assert "IRMS" in RULES[Kept.CHILD].source


def test_recognised_interests_are_offered_once_the_law_has_them() -> None:
    assert basis_called("recognised-interests", on=date(2026, 2, 28)) is None
    assert basis_called("recognised-interests", on=date(2026, 3, 1)) is not None
    assert basis_called("recognised-interests", on=date(2026, 3, 1), recognised_from=date(2026, 4, 1)) is None
    assert (edition_on(date(2026, 2, 28))[0], edition_on(date(2026, 3, 1))[0]) == ("2018", "2025")


def test_every_flow_has_a_usual_basis_in_every_edition_and_consent_is_in_none() -> None:
    assert set(USUAL) == set(Flow)
    assert len(EDITIONS) == 2
    for _, bases in EDITIONS:
        assert set(USUAL.values()) <= set(bases)
        assert not any("consent" in basis.words.casefold() for basis in bases)


def test_the_seventh_golden_rule_alone_stands_without_a_source() -> None:
    assert [rule.number for rule in GOLDEN_RULES] == [1, 2, 3, 4, 5, 6, 7]
    assert [rule.number for rule in GOLDEN_RULES if not rule.is_sourced] == [7]


@pytest.mark.parametrize(
    ("identity", "sort", "said"),
    [
        (Identity("Jonah", "Quayle", date(2016, 5, 4)), Sort.CHILD, []),
        (Identity("", "Quayle", date(2016, 5, 4)), Sort.CHILD, ["Give a first name and a last name."]),
        (Identity("Jonah", "Quayle"), Sort.CHILD, ["Give the child’s date of birth."]),
        (Identity("Jonah", "Quayle"), Sort.ADULT, []),
        (Identity("Jonah", "Quayle", date(2026, 3, 3)), Sort.CHILD, ["A date of birth cannot lie ahead."]),
        (Identity("Jonah", "Quayle", date(1716, 3, 3)), Sort.ADULT, ["That date of birth cannot be right."]),
        (Identity("Jonah", "Quayle", date(2008, 3, 2)), Sort.CHILD, ["Somebody of 18 or more is an adult here."]),
        (Identity("Jonah", "Quayle", date(2008, 3, 3)), Sort.CHILD, []),
    ],
)
def test_a_name_and_a_birth_date_are_sound_or_it_is_said_what_is_wrong(identity, sort, said) -> None:
    assert faults(identity, sort, date(2026, 3, 2)) == said


def test_what_was_sealed_comes_back_as_it_was() -> None:
    identity = Identity(" Zoë  Ann ", "O’Dell-Łukasz", date(2016, 5, 4), "Zo").tidy()
    assert from_text(identity.as_text(), "2016-05-04") == identity
    assert identity.first_name == "Zoë Ann"
