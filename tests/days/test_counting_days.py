"""Counting open days, in any calendar."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haven.engines.days.counting import (
    CALENDAR_DAYS,
    DayCalendar,
    NeverOpens,
    next_open_day,
    nth_after,
    nth_before,
    nth_from,
    on_or_after,
    on_or_before,
    open_days_between,
)
from haven.engines.days.school import SchoolCalendar
from haven.engines.days.working import WORKING_DAYS
from tests.days.calendars import FAIRHAVEN, KNOWS_NOTHING, day_calendars, days, schools

ONE_DAY = dt.timedelta(days=1)
counts = st.integers(1, 30)


@given(day_calendars, days)
def test_the_next_open_day_is_later_and_open_and_none_was_skipped(calendar: DayCalendar, day: dt.date) -> None:
    found = next_open_day(calendar, day)
    assert found > day
    assert calendar.is_open(found)
    assert not any(calendar.is_open(day + ONE_DAY * i) for i in range(1, (found - day).days))


@given(day_calendars, days, counts, counts)
def test_counting_n_and_then_m_days_is_counting_n_and_m(calendar: DayCalendar, day: dt.date, n: int, m: int) -> None:
    assert nth_after(calendar, nth_after(calendar, day, n), m) == nth_after(calendar, day, n + m)
    assert nth_before(calendar, nth_before(calendar, day, n), m) == nth_before(calendar, day, n + m)


@given(day_calendars, days, counts)
def test_the_nth_day_after_has_n_open_days_up_to_it(calendar: DayCalendar, day: dt.date, n: int) -> None:
    assert open_days_between(calendar, day, nth_after(calendar, day, n)) == n


@given(day_calendars, days, counts)
def test_counting_back_from_where_a_count_ended_comes_home(calendar: DayCalendar, day: dt.date, n: int) -> None:
    start = on_or_after(calendar, day)
    assert nth_before(calendar, nth_after(calendar, start, n), n) == start


@given(day_calendars, days, days, days)
def test_days_between_add_up_in_whatever_order(calendar: DayCalendar, a: dt.date, b: dt.date, c: dt.date) -> None:
    assert open_days_between(calendar, a, b) + open_days_between(calendar, b, c) == open_days_between(calendar, a, c)


@given(day_calendars, days)
def test_an_open_day_stays_and_a_closed_one_moves_to_its_neighbours(calendar: DayCalendar, day: dt.date) -> None:
    before, after = on_or_before(calendar, day), on_or_after(calendar, day)
    assert (before == day == after) if calendar.is_open(day) else (before < day < after)
    assert open_days_between(calendar, before, after) == (0 if calendar.is_open(day) else 1)


@given(day_calendars, days, counts)
def test_counting_from_a_day_makes_it_day_one_if_it_is_open(calendar: DayCalendar, day: dt.date, n: int) -> None:
    assert nth_from(calendar, day, n) == nth_after(calendar, day - ONE_DAY, n)


@given(days, counts)
def test_calendar_days_are_plain_addition(day: dt.date, n: int) -> None:
    assert nth_after(CALENDAR_DAYS, day, n) == day + ONE_DAY * n


@given(schools(), days, counts)
def test_knowing_a_holiday_never_makes_a_deadline_earlier(school: SchoolCalendar, day: dt.date, n: int) -> None:
    ignorant = SchoolCalendar(opened=school.opened, closed=school.closed)
    assert nth_after(ignorant, day, n) <= nth_after(school, day, n)


@pytest.mark.parametrize("n", [0, -1])
def test_a_count_of_no_days_is_refused(n: int) -> None:
    with pytest.raises(ValueError, match="starts at 1"):
        nth_after(CALENDAR_DAYS, dt.date(2026, 9, 1), n)


def test_day_six_of_a_suspension_counts_its_first_day() -> None:
    assert nth_from(FAIRHAVEN, dt.date(2026, 10, 19), 6) == dt.date(2026, 11, 2)


def test_fifteen_working_days_run_over_christmas() -> None:
    assert nth_after(WORKING_DAYS, dt.date(2026, 12, 17), 15) == dt.date(2027, 1, 12)


def test_a_calendar_that_never_opens_is_named_and_not_searched_for_ever() -> None:
    gone = SchoolCalendar(closed_for_good_on=dt.date(2026, 9, 1))
    with pytest.raises(NeverOpens, match="2026-08-28") as refusal:
        nth_after(gone, dt.date(2026, 8, 27), 3)
    assert refusal.value.day == dt.date(2026, 8, 28)


@pytest.mark.parametrize(("count", "edge"), [(nth_after, dt.date.max), (nth_before, dt.date.min)])
def test_a_count_that_leaves_the_calendar_altogether_ends_the_same_way(count: object, edge: dt.date) -> None:
    assert callable(count)
    with pytest.raises(NeverOpens):
        count(KNOWS_NOTHING, edge, 1)
