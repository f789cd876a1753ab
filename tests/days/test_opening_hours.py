"""Hours that run only while the team is there."""

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from haven.engines.days.counting import NeverOpens
from haven.engines.days.hours import (
    OFFICE_HOURS,
    ROUND_THE_CLOCK,
    Opening,
    OpeningHours,
    hours_after,
    hours_between,
    weekdays,
)
from haven.engines.days.moments import LONDON, local, moment
from tests.days.calendars import NINE_TO_FIVE, moments, teams

NIL = dt.timedelta(0)
spans = st.timedeltas(dt.timedelta(seconds=1), dt.timedelta(hours=30)).map(
    lambda d: dt.timedelta(seconds=d.seconds + 1)
)


@pytest.mark.parametrize(
    ("received", "hours", "due"),
    [
        ("2026-11-02 10:00", 4, "2026-11-02 14:00"),
        ("2026-11-02 13:00", 4, "2026-11-02 17:00"),  # the last minute of today, not the first of tomorrow
        ("2026-11-02 15:00", 4, "2026-11-03 11:00"),
        ("2026-11-02 06:00", 4, "2026-11-02 13:00"),  # before they open
        ("2026-11-06 18:00", 4, "2026-11-09 13:00"),  # on a Friday evening
        ("2026-12-24 16:00", 4, "2026-12-29 12:00"),  # over Christmas 2026
        ("2026-11-02 09:00", 24, "2026-11-04 17:00"),
        ("2026-10-23 16:00", 4, "2026-10-26 12:00"),  # over the long night
        ("2027-03-25 16:00", 4, "2027-03-30 12:00"),  # over Easter and the short night
    ],
)
def test_hours_run_only_while_the_team_is_open(received: str, hours: int, due: str) -> None:
    at = hours_after(NINE_TO_FIVE, _london(received), dt.timedelta(hours=hours))
    assert local(at).strftime("%Y-%m-%d %H:%M") == due


@given(teams(), moments, spans)
def test_as_many_hours_run_up_to_the_moment_as_were_asked(
    team: OpeningHours, at: dt.datetime, hours: dt.timedelta
) -> None:
    due = hours_after(team, at, hours)
    assert due > at
    assert hours_between(team, at, due) == hours
    assert hours_between(team, at, due - dt.timedelta(seconds=1)) < hours
    assert team.is_open(local(due - dt.timedelta(microseconds=1)).date())


@given(teams(), moments, spans, spans)
def test_running_some_hours_and_then_more_is_running_them_all(
    team: OpeningHours, at: dt.datetime, some: dt.timedelta, more: dt.timedelta
) -> None:
    assert hours_after(team, hours_after(team, at, some), more) == hours_after(team, at, some + more)


@given(teams(), moments, moments, moments)
def test_hours_between_add_up_in_whatever_order(
    team: OpeningHours, a: dt.datetime, b: dt.datetime, c: dt.datetime
) -> None:
    assume(max(a, b, c) - min(a, b, c) < dt.timedelta(days=1000))
    assert hours_between(team, a, b) + hours_between(team, b, c) == hours_between(team, a, c)


@given(moments, spans)
def test_a_team_that_never_closes_counts_hours_as_they_pass(at: dt.datetime, hours: dt.timedelta) -> None:
    assert hours_after(ROUND_THE_CLOCK, at, hours) == at.astimezone(dt.UTC) + hours


@pytest.mark.parametrize(
    ("night", "hours"), [(dt.date(2027, 3, 28), 23), (dt.date(2026, 10, 25), 25), (dt.date(2026, 10, 26), 24)]
)
def test_a_whole_day_is_as_long_as_its_night(night: dt.date, hours: int) -> None:
    next_day = night + dt.timedelta(days=1)
    ran = hours_between(ROUND_THE_CLOCK, moment(night, dt.time(0)), moment(next_day, dt.time(0)))
    assert ran == dt.timedelta(hours=hours)


def test_an_hour_that_comes_twice_is_two_hours() -> None:
    first, again = (dt.datetime(2026, 10, 25, 1, 30, fold=fold, tzinfo=LONDON) for fold in (0, 1))
    assert hours_between(ROUND_THE_CLOCK, first, again) == dt.timedelta(hours=1)
    assert hours_after(ROUND_THE_CLOCK, first, dt.timedelta(hours=1)) == again.astimezone(dt.UTC)


def test_an_opening_that_the_clocks_skip_has_no_hours() -> None:
    night_shift = OpeningHours(week=(Opening(dt.time(1), dt.time(2)),) * 7, closed=())
    received = dt.datetime(2027, 3, 27, 12, tzinfo=dt.UTC)
    assert hours_after(night_shift, received, dt.timedelta(hours=1)) == dt.datetime(2027, 3, 29, 1, tzinfo=dt.UTC)


def test_a_weekday_may_have_hours_of_its_own() -> None:
    short_friday = OpeningHours(week=(*OFFICE_HOURS.week[:4], Opening(dt.time(9), dt.time(16)), None, None))
    due = hours_after(short_friday, _london("2026-11-06 15:00"), dt.timedelta(hours=2))
    assert due == _london("2026-11-09 10:00")


def test_a_team_that_never_opens_is_named() -> None:
    with pytest.raises(NeverOpens):
        hours_after(OpeningHours(week=(None,) * 7), _london("2026-11-06 15:00"), dt.timedelta(hours=1))


def test_no_hours_at_all_are_refused() -> None:
    with pytest.raises(ValueError, match="more than nothing"):
        hours_after(OFFICE_HOURS, _london("2026-11-06 15:00"), NIL)


def test_a_day_that_closes_before_it_opens_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot close at 08:00"):
        weekdays(dt.time(9), dt.time(8))


def test_a_week_of_five_days_is_refused() -> None:
    with pytest.raises(ValueError, match="seven days"):
        OpeningHours(week=(Opening(dt.time(9), dt.time(17)),) * 5)


def _london(text: str) -> dt.datetime:
    shown = dt.datetime.fromisoformat(text)
    return moment(shown.date(), shown.time())
