"""A month as a calendar: its weeks, from Monday, and the months on either side."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_MONTH = re.compile(r"(\d{4})-(\d{2})")
EARLIEST, LATEST = 1990, 2100
LAST_MONTH = 12


class Event(StrEnum):
    """What happens on a day, in the order in which it is told."""

    OPENS = "opens"
    OURS = "ours"
    CLOSES = "closes"
    ANSWERED = "answered"


EVENTS = (
    (Event.OPENS, "▷", "Opens"),
    (Event.OURS, "◆", "Our area’s own closing date"),
    (Event.CLOSES, "■", "Closes"),
    (Event.ANSWERED, "✓", "Answered"),
)
"""Each with the shape by which the picture shows it, and in words."""


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One month of a year."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.after.first - timedelta(days=1)

    @property
    def name(self) -> str:
        """As people write it."""
        return f"{self.first:%B %Y}"

    @property
    def before(self) -> "Month":
        """The month before."""
        return Month(self.year - 1, LAST_MONTH) if self.number == 1 else Month(self.year, self.number - 1)

    @property
    def after(self) -> "Month":
        """The month after."""
        return Month(self.year + 1, 1) if self.number == LAST_MONTH else Month(self.year, self.number + 1)

    def has(self, day: date) -> bool:
        """Whether a day lies in it."""
        return (day.year, day.month) == (self.year, self.number)

    @property
    def weeks(self) -> list[list[date]]:
        """Its weeks from Monday to Sunday, filled up with days of the months beside it."""
        return calendar.Calendar().monthdatescalendar(self.year, self.number)


def month_of(day: date) -> Month:
    """The month in which a day lies."""
    return Month(day.year, day.month)


def month_asked(typed: str, today: date) -> Month:
    """The month that an address names, such as 2026-03; this month where it names none."""
    found = _MONTH.fullmatch(typed)
    if found and EARLIEST <= int(found[1]) <= LATEST and 1 <= int(found[2]) <= LAST_MONTH:
        return Month(int(found[1]), int(found[2]))
    return month_of(today)
