"""Bank holidays and working days of England and Wales."""

import datetime as dt
import subprocess
import sys

import pytest
from hypothesis import given

from haven.engines.days.bank_holidays import ENGLAND_AND_WALES, EnglandAndWales, bank_holidays
from haven.engines.days.working import WORKING_DAYS, WorkingCalendar
from tests.days.calendars import days


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"),  # May Day moved to VE Day
        (2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"),  # Christmas at a weekend
        (2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"),  # the jubilee and the Queen's funeral
        (2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26"),  # the coronation
        (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
    ],
)
def test_a_year_has_the_bank_holidays_that_were_proclaimed(year: int, expected: str) -> None:
    assert [day.strftime("%m-%d") for day in bank_holidays(year)] == expected.split()


def test_each_bank_holiday_has_its_name() -> None:
    assert bank_holidays(2026)[dt.date(2026, 4, 3)] == "Good Friday"


def test_a_newly_proclaimed_day_can_be_added() -> None:
    day = dt.date(2031, 6, 3)
    assert day not in ENGLAND_AND_WALES
    assert day in EnglandAndWales(added=frozenset({day}))


@given(days)
def test_a_working_day_is_a_weekday_without_a_bank_holiday(day: dt.date) -> None:
    assert WORKING_DAYS.is_open(day) == (day.isoweekday() <= 5 and day not in bank_holidays(day.year))


def test_an_office_can_be_closed_besides() -> None:
    day = dt.date(2026, 12, 29)
    assert WORKING_DAYS.is_open(day)
    assert not WorkingCalendar(closed=frozenset({day})).is_open(day)


def test_the_holidays_package_is_not_loaded_before_it_is_asked() -> None:
    script = "import sys, haven.engines.days.due, haven.engines.days.recurrence; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
