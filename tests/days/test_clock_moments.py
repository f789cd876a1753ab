"""Days and clocks into moments and back, over the nights on which the clocks change."""

import datetime as dt

import pytest
from hypothesis import given

from haven.engines.days.moments import end_of, local, local_day, moment
from tests.days.calendars import clock_times, days

SHORT_NIGHT = dt.date(2027, 3, 28)
LONG_NIGHT = dt.date(2026, 10, 25)


@pytest.mark.parametrize(
    ("day", "clock", "expected"),
    [
        (dt.date(2026, 1, 5), "08:30", "2026-01-05T08:30"),
        (dt.date(2026, 7, 6), "08:30", "2026-07-06T07:30"),
        (SHORT_NIGHT, "00:59", "2027-03-28T00:59"),
        (SHORT_NIGHT, "01:00", "2027-03-28T01:00"),
        (SHORT_NIGHT, "01:59", "2027-03-28T01:00"),
        (SHORT_NIGHT, "02:00", "2027-03-28T01:00"),
        (SHORT_NIGHT, "08:30", "2027-03-28T07:30"),
        (LONG_NIGHT, "00:59", "2026-10-24T23:59"),
        (LONG_NIGHT, "01:30", "2026-10-25T00:30"),
        (LONG_NIGHT, "02:00", "2026-10-25T02:00"),
    ],
)
def test_a_clock_time_is_one_moment(day: dt.date, clock: str, expected: str) -> None:
    assert moment(day, dt.time.fromisoformat(clock)) == dt.datetime.fromisoformat(expected).replace(tzinfo=dt.UTC)


@given(days, clock_times, clock_times)
def test_moments_of_a_day_are_in_the_order_of_its_clock(day: dt.date, one: dt.time, other: dt.time) -> None:
    assert moment(day, min(one, other)) <= moment(day, max(one, other))


@given(days, clock_times)
def test_a_moment_lies_on_its_own_day(day: dt.date, clock: dt.time) -> None:
    assert local_day(moment(day, clock)) == local_day(end_of(day)) == day
    assert moment(day, clock).tzinfo is dt.UTC


def test_people_are_shown_their_own_clock() -> None:
    assert local(dt.datetime(2026, 7, 6, 23, 30, tzinfo=dt.UTC)).isoformat() == "2026-07-07T00:30:00+01:00"


def test_a_moment_without_its_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        local_day(dt.datetime(2026, 7, 6, 23, 30))
