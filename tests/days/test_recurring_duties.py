"""Duties that come round."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haven.engines.days.counting import CALENDAR_DAYS, DayCalendar, NeverOpens
from haven.engines.days.recurrence import Rhythm, next_due
from haven.engines.days.school import SchoolCalendar, Term
from haven.engines.days.working import WORKING_DAYS
from haven.engines.reading.items import Recurs
from tests.days.calendars import FAIRHAVEN, FAIRHAVEN_TERMS, KNOWS_NOTHING, day_calendars, days, schools

rhythms = st.sampled_from(Rhythm)


def run(rhythm: Rhythm, first: str, times: int, kept_on: DayCalendar = CALENDAR_DAYS) -> list[str]:
    """The days a duty falls due, one after the other, as month and day."""
    found = [dt.date.fromisoformat(first)]
    while len(found) < times:
        found.append(next_due(rhythm, first=found[0], after=found[-1], school=FAIRHAVEN, kept_on=kept_on))
    return [day.strftime("%m-%d") for day in found]


@pytest.mark.parametrize(
    ("rhythm", "first", "expected"),
    [
        (Rhythm.WEEKLY, "2026-12-21", "12-21 12-28 01-04"),
        (Rhythm.MONTHLY, "2026-10-05", "10-05 11-05 12-05 01-05"),
        (Rhythm.MONTHLY, "2028-01-31", "01-31 02-29 03-31 04-30"),  # the short month does not shorten the next
        (Rhythm.MONTH_END, "2026-11-30", "11-30 12-31 01-31 02-28"),
        (Rhythm.YEARLY, "2028-02-29", "02-29 02-28 02-28 02-28 02-29"),
        (Rhythm.TERMLY, "2026-09-02", "09-02 01-04 04-12 09-01 01-05"),  # then the usual start
        (Rhythm.TERMLY, "2026-09-30", "09-30 02-01 05-10 09-29"),  # four weeks into each
        (Rhythm.TERMLY, "2026-12-31", "12-31 04-11 08-10"),  # as long a term as this, but not into the next
    ],
)
def test_a_duty_comes_round(rhythm: Rhythm, first: str, expected: str) -> None:
    assert run(rhythm, first, len(expected.split())) == expected.split()


def test_a_month_end_kept_on_working_days_is_the_last_working_day_of_the_month() -> None:
    assert run(Rhythm.MONTH_END, "2026-10-30", 5, WORKING_DAYS) == ["10-30", "11-30", "12-31", "01-29", "02-26"]


def test_a_duty_kept_on_school_days_is_due_before_the_holiday() -> None:
    assert run(Rhythm.MONTHLY, "2026-11-28", 3, FAIRHAVEN) == ["11-28", "12-18", "01-28"]


def test_a_term_whose_first_half_alone_is_known_starts_once() -> None:
    halves = SchoolCalendar(terms=(Term(dt.date(2026, 12, 31), dt.date(2027, 2, 10)), *FAIRHAVEN_TERMS[3:]))
    first = dt.date(2026, 9, 1)
    assert next_due(Rhythm.TERMLY, first=first, after=first, school=halves) == dt.date(2026, 12, 31)
    assert next_due(Rhythm.TERMLY, first=first, after=dt.date(2026, 12, 31), school=halves) == dt.date(2027, 4, 12)


@given(rhythms, days, days, schools(), st.one_of(st.just(CALENDAR_DAYS), day_calendars))
def test_the_next_one_is_later_and_on_a_day_that_is_kept_and_none_between_was_skipped(
    rhythm: Rhythm, first: dt.date, after: dt.date, school: SchoolCalendar, kept_on: DayCalendar
) -> None:
    due = next_due(rhythm, first=first, after=after, school=school, kept_on=kept_on)
    assert due > after
    assert kept_on.is_open(due)
    for day in (after, max(after, due - dt.timedelta(days=1))):
        assert next_due(rhythm, first=first, after=day, school=school, kept_on=kept_on) == due


@given(st.sampled_from([r for r in Rhythm if r is not Rhythm.MONTH_END]), days, schools())
def test_the_first_is_the_first(rhythm: Rhythm, first: dt.date, school: SchoolCalendar) -> None:
    assert next_due(rhythm, first=first, after=first - dt.timedelta(days=400), school=school) == first


@pytest.mark.parametrize(
    ("rhythm", "shortest", "longest"),
    [
        (Rhythm.WEEKLY, 7, 7),
        (Rhythm.MONTHLY, 28, 31),
        (Rhythm.MONTH_END, 28, 31),
        (Rhythm.TERMLY, 99, 140),
        (Rhythm.YEARLY, 365, 366),
    ],
)
@given(first=days)
def test_its_days_are_as_far_apart_as_its_name_says(
    rhythm: Rhythm, shortest: int, longest: int, first: dt.date
) -> None:
    found = [first]
    for _ in range(6):
        found.append(next_due(rhythm, first=first, after=found[-1], school=KNOWS_NOTHING))
    gaps = [(later - earlier).days for earlier, later in pairwise(found[1:])]
    assert shortest <= min(gaps) <= max(gaps) <= longest


def test_a_duty_kept_by_a_calendar_that_never_was_open_is_named() -> None:
    never = SchoolCalendar(closed_for_good_on=dt.date(2000, 1, 1), bank_holidays=())
    with pytest.raises(NeverOpens):
        next_due(
            Rhythm.WEEKLY,
            first=dt.date(2026, 9, 1),
            after=dt.date(2026, 9, 1),
            school=never,
            kept_on=never,
        )


@pytest.mark.parametrize("recurs", Recurs)
def test_every_recurrence_that_reading_finds_is_a_rhythm(recurs: Recurs) -> None:
    assert Rhythm(recurs.value).value == recurs.value
