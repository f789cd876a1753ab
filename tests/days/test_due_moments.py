"""When a thing is due."""

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from haven.engines.days.counting import NeverOpens
from haven.engines.days.due import Calendars, Limit, Unit, due_at, next_school_start
from haven.engines.days.moments import LONDON, local, local_day, moment
from haven.engines.days.school import SchoolCalendar
from haven.engines.days.working import WORKING_DAYS
from tests.days.calendars import FAIRHAVEN, KNOWS_NOTHING, NINE_TO_FIVE, moments, schools, teams, working_calendars

CALENDARS = Calendars(school=FAIRHAVEN, working=WORKING_DAYS, mash=NINE_TO_FIVE)


@given(schools(), moments)
@example(KNOWS_NOTHING, dt.datetime(2026, 10, 25, 1, 30, fold=0, tzinfo=LONDON))
@example(KNOWS_NOTHING, dt.datetime(2026, 10, 25, 1, 30, fold=1, tzinfo=LONDON))
@example(KNOWS_NOTHING, dt.datetime(2027, 3, 28, 1, 30, tzinfo=LONDON))
@example(KNOWS_NOTHING, dt.datetime(2026, 12, 31, 23, 59, 59, tzinfo=LONDON))
@example(KNOWS_NOTHING, dt.datetime(2028, 2, 29, 8, 30, tzinfo=LONDON))
def test_the_deadline_is_after_acceptance_on_an_open_day_and_no_earlier_start_was_skipped(
    school: SchoolCalendar, accepted_at: dt.datetime
) -> None:
    due = next_school_start(school, accepted_at)
    assert due > accepted_at
    assert school.is_open(local_day(due))
    assert due == moment(local_day(due), school.day_starts)
    day = local_day(accepted_at)
    while day < local_day(due):
        assert not (school.is_open(day) and moment(day, school.day_starts) > accepted_at)
        day += dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("accepted", "due"),
    [
        ("2026-09-08 08:29", "2026-09-08 08:30"),
        ("2026-09-08 08:30", "2026-09-09 08:30"),
        ("2026-09-08 23:40", "2026-09-09 08:30"),
        ("2026-09-11 16:00", "2026-09-14 08:30"),  # Friday
        ("2026-10-24 22:00", "2026-11-02 08:30"),  # half-term, over the long night
        ("2026-12-31 23:59", "2027-01-04 08:30"),
        ("2027-07-21 12:00", "2027-09-01 08:30"),  # the last day of the year
        ("2027-12-30 12:00", "2027-12-31 08:30"),  # beyond the terms we know
    ],
)
def test_the_next_school_day_starts(accepted: str, due: str) -> None:
    assert local(next_school_start(FAIRHAVEN, _london(accepted))).strftime("%Y-%m-%d %H:%M") == due


def test_a_school_that_has_closed_for_good_has_no_next_day() -> None:
    gone = SchoolCalendar(closed_for_good_on=dt.date(2026, 9, 1))
    with pytest.raises(NeverOpens):
        next_school_start(gone, _london("2026-09-01 08:00"))


@pytest.mark.parametrize(
    ("amount", "unit", "due"),
    [
        (15, Unit.SCHOOL_DAYS, "2026-11-12 23:59"),
        (15, Unit.WORKING_DAYS, "2026-11-05 23:59"),
        (15, Unit.CALENDAR_DAYS, "2026-10-30 23:59"),
        (15, Unit.MASH_HOURS, "2026-10-19 14:00"),
    ],
)
def test_a_limit_runs_in_its_own_days(amount: int, unit: Unit, due: str) -> None:
    received_at = _london("2026-10-15 15:00")
    assert local(due_at(Limit(amount, unit), received_at, CALENDARS)).strftime("%Y-%m-%d %H:%M") == due


@given(
    st.builds(Limit, st.integers(1, 40), st.sampled_from(Unit)),
    moments,
    st.builds(Calendars, school=schools(), working=working_calendars, mash=teams()),
)
def test_every_limit_ends_later_on_a_day_its_calendar_calls_open(
    limit: Limit, received_at: dt.datetime, calendars: Calendars
) -> None:
    due = due_at(limit, received_at, calendars)
    assert due > received_at
    assert calendars.of(limit.unit).is_open(local_day(due - dt.timedelta(microseconds=1)))


@given(st.integers(1, 40), st.sampled_from(Unit), moments, moments)
def test_what_comes_later_is_never_due_earlier(amount: int, unit: Unit, one: dt.datetime, other: dt.datetime) -> None:
    first, second = sorted([one.astimezone(dt.UTC), other.astimezone(dt.UTC)])
    limit = Limit(amount, unit)
    assert due_at(limit, first, CALENDARS) <= due_at(limit, second, CALENDARS)


def test_a_limit_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        Limit(0, Unit.SCHOOL_DAYS)


def _london(text: str) -> dt.datetime:
    shown = dt.datetime.fromisoformat(text)
    return moment(shown.date(), shown.time())
