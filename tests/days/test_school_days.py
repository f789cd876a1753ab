"""What a school's calendar says of each day."""

import datetime as dt

import pytest
from hypothesis import given

from haven.engines.days.bank_holidays import ENGLAND_AND_WALES
from haven.engines.days.counting import open_days_between
from haven.engines.days.school import SchoolCalendar, Standing, Term
from tests.days.calendars import FAIRHAVEN, FAIRHAVEN_TERMS, KNOWS_NOTHING, days, schools


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        ("2026-09-01", Standing.UNKNOWN),  # the day before the first term we know
        ("2026-09-02", Standing.TERM),
        ("2026-09-05", Standing.WEEKEND),
        ("2026-10-23", Standing.TERM),
        ("2026-10-26", Standing.HOLIDAY),  # half-term
        ("2026-12-25", Standing.BANK_HOLIDAY),
        ("2026-12-31", Standing.HOLIDAY),
        ("2027-03-26", Standing.BANK_HOLIDAY),  # Good Friday
        ("2027-05-03", Standing.BANK_HOLIDAY),  # in term
        ("2027-08-02", Standing.HOLIDAY),  # the summer between two years we know
        ("2027-10-25", Standing.UNKNOWN),  # after the last term we know
        ("2027-10-30", Standing.WEEKEND),
        ("2027-12-27", Standing.BANK_HOLIDAY),
    ],
)
def test_every_day_has_its_standing(day: str, standing: Standing) -> None:
    assert FAIRHAVEN.standing(dt.date.fromisoformat(day)) is standing


@given(days)
def test_a_school_with_no_calendar_is_open_on_every_weekday_but_bank_holidays(day: dt.date) -> None:
    assert KNOWS_NOTHING.is_open(day) == (day.isoweekday() <= 5 and day not in ENGLAND_AND_WALES)


@pytest.mark.parametrize("missing", range(1, 6))
def test_a_term_that_nobody_entered_is_not_taken_for_a_holiday(missing: int) -> None:
    absent = FAIRHAVEN_TERMS[missing]
    school = SchoolCalendar(terms=FAIRHAVEN_TERMS[:missing] + FAIRHAVEN_TERMS[missing + 1 :])
    assert school.standing(absent.starts) is school.standing(absent.ends) is Standing.UNKNOWN


def test_a_year_that_nobody_entered_is_not_taken_for_a_summer() -> None:
    school = SchoolCalendar(terms=(Term(dt.date(2026, 6, 1), dt.date(2026, 7, 21)), FAIRHAVEN_TERMS[-1]))
    assert school.standing(dt.date(2026, 8, 5)) is Standing.UNKNOWN


def test_the_unknown_days_of_a_span_can_be_counted() -> None:
    assert open_days_between(FAIRHAVEN.unknown_days, dt.date(2027, 10, 20), dt.date(2027, 10, 27)) == 3
    assert open_days_between(FAIRHAVEN.unknown_days, dt.date(2026, 9, 1), dt.date(2027, 10, 22)) == 0


def test_a_schools_own_word_wins_over_the_areas() -> None:
    inset, fair = dt.date(2026, 9, 2), dt.date(2026, 9, 5)
    area = FAIRHAVEN.overridden(closed=[inset])
    assert area.standing(inset) is Standing.CLOSED
    school = area.overridden(opened=[inset, fair])
    assert school.standing(inset) is school.standing(fair) is Standing.OPENED
    assert school.overridden(closed=[fair]).standing(fair) is Standing.CLOSED


@given(schools(), days)
def test_a_school_that_has_gone_is_closed_from_that_day_and_unchanged_before(
    school: SchoolCalendar, day: dt.date
) -> None:
    ending = SchoolCalendar(
        terms=school.terms, opened=school.opened, closed=school.closed, closed_for_good_on=dt.date(2027, 1, 1)
    )
    expected = Standing.GONE if day >= dt.date(2027, 1, 1) else school.standing(day)
    assert ending.standing(day) is expected


@given(schools(), days)
def test_the_schools_own_days_are_always_as_it_said(school: SchoolCalendar, day: dt.date) -> None:
    assert school.overridden(opened=[day]).is_open(day)
    assert not school.overridden(closed=[day]).is_open(day)


def test_terms_may_be_given_in_any_order() -> None:
    assert SchoolCalendar(terms=FAIRHAVEN_TERMS[::-1]) == FAIRHAVEN


def test_terms_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="from 2026-10-01 begins before the one from 2026-09-01"):
        SchoolCalendar(
            terms=(
                Term(dt.date(2026, 9, 1), dt.date(2026, 10, 1)),
                Term(dt.date(2026, 10, 1), dt.date(2026, 12, 1)),
            )
        )


def test_a_term_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot end on 2026-08-31"):
        Term(dt.date(2026, 9, 1), dt.date(2026, 8, 31))


def test_a_day_both_opened_and_closed_is_refused() -> None:
    day = frozenset({dt.date(2026, 9, 1)})
    with pytest.raises(ValueError, match="2026-09-01 is both"):
        SchoolCalendar(opened=day, closed=day)
