"""What schools are told of a month, and which schools the lead sees taking part."""

from datetime import date

import pytest

from haven.access.decision import Refused
from haven.intelligence.disclosure.counts import month_told, taking_part
from haven.intelligence.rules.outcomes import Outcome
from haven.intelligence.rules.telling import Theme
from haven.intelligence.services import answer, name_person
from haven.subjects.rules.naming import Sort
from tests.cast import NOW
from tests.intelligence.told import submitted, told
from tests.subjects.known import JONAH, child, kept_from

pytestmark = pytest.mark.django_db
FEBRUARY, BEFORE = date(2026, 2, 1), NOW.replace(month=2)


def month(cast, who="priya"):
    return month_told(area=cast.area.pk, first=FEBRUARY, by=cast.actor(who), at=NOW)


def test_a_month_counts_what_was_told_and_answered_in_it(fairhaven) -> None:
    for outcome in [Outcome.USED] * 6 + [Outcome.NO_ACTION] * 5:
        row = submitted(fairhaven, at=BEFORE)
        answer(submission_id=row.pk, outcome=outcome, by=fairhaven.actor("ivo"), at=BEFORE)
    submitted(fairhaven)  # in March
    found = month(fairhaven)
    assert {line.words: line.count for line in found.answered.lines} == {
        "Used as intelligence": 6,
        "Passed to safeguarding": 0,
        "Given to officers as a crime": 0,
        "No action": 5,
    }
    assert (found.told.total, found.answered.total) == (11, 11)


def test_a_month_of_few_shows_nothing_of_them(fairhaven) -> None:
    for theme in (Theme.DRUGS, Theme.DRUGS, Theme.CRIMINAL):
        told(fairhaven, at=BEFORE, theme=theme)
    found = month(fairhaven)
    assert found.told.total is None
    assert sorted(line.words for line in found.told.lines if line.count is None) == ["Criminal exploitation", "Drugs"]
    assert found.schools.sent is None


def test_nothing_is_told_of_a_month_that_is_not_over(fairhaven) -> None:
    with pytest.raises(Refused):
        month_told(area=fairhaven.area.pk, first=date(2026, 3, 1), by=fairhaven.actor("priya"), at=NOW)


@pytest.mark.parametrize("who", ["sam", "nadia", "nobody"])
def test_nobody_outside_is_told_of_a_month(fairhaven, who) -> None:
    with pytest.raises(Refused):
        month(fairhaven, who)


def taking(cast, who="marcus"):
    return taking_part(area=cast.area.pk, by=cast.actor(who), at=NOW)


@pytest.mark.parametrize("who", ["marcus", "iris"])
def test_the_lead_and_that_of_the_unit_see_how_much_each_school_told(fairhaven, who) -> None:
    told(fairhaven, at=BEFORE)
    told(fairhaven, at=NOW.replace(year=2025, month=6))
    told(fairhaven, "bell", at=BEFORE)  # no school
    found = taking(fairhaven, who)
    assert [(each.name, each.in_term, each.in_year, each.ever) for each in found.schools] == [
        ("Ashdown Academy", 0, 0, 0),
        ("Oakfield Primary School", 1, 1, 2),
    ]
    assert (found.never, found.sent_in_term) == (1, 1)


def test_nobody_sees_a_number_rise_in_the_month_in_which_something_comes_in(fairhaven) -> None:
    told(fairhaven)
    found = taking(fairhaven)
    assert [each.ever for each in found.schools] == [0, 0]
    assert found.until == date(2026, 2, 28)


@pytest.mark.parametrize("who", ["marcus", "iris"])
def test_what_is_about_somebody_from_whom_she_is_kept_is_not_counted_for_her(fairhaven, who) -> None:
    for theme in [Theme.DRUGS] * 6:
        told(fairhaven, at=BEFORE, theme=theme)
    row = submitted(fairhaven, at=BEFORE, theme=Theme.DRUGS)
    named = {"sort": Sort.CHILD, "identity": JONAH, "purpose": "to link what is known"}
    jonah = child(fairhaven, JONAH, fairhaven.oakfield)
    kept_from(fairhaven, jonah, who)
    assert name_person(submission_id=row.pk, **named, by=fairhaven.actor("ivo"), at=NOW) == jonah.pk
    assert (taking(fairhaven, who).schools[-1].ever, month(fairhaven, who).told.total) == (6, 6)
    other = "iris" if who == "marcus" else "marcus"
    assert (taking(fairhaven, other).schools[-1].ever, month(fairhaven, other).told.total) == (7, 7)


@pytest.mark.parametrize("who", ["priya", "tom", "osei", "bell", "lena", "sam", "ivo"])
def test_nobody_else_does(fairhaven, who) -> None:
    with pytest.raises(Refused):
        taking(fairhaven, who)
