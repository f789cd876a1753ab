"""Working days: Monday to Friday without bank holidays."""

import datetime as dt
from collections.abc import Container
from dataclasses import dataclass

from haven.engines.days.bank_holidays import ENGLAND_AND_WALES, SATURDAY


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The working days of England and Wales, less those on which one office is closed besides."""

    bank_holidays: Container[dt.date] = ENGLAND_AND_WALES
    closed: frozenset[dt.date] = frozenset()

    def is_open(self, day: dt.date) -> bool:
        return day.weekday() < SATURDAY and day not in self.closed and day not in self.bank_holidays


WORKING_DAYS = WorkingCalendar()
