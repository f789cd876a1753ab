"""Rows that hold for a time: from one day up to, not including, another."""

from datetime import date

from django.contrib.postgres.fields import DateRangeField
from django.db.models import F, Func, Q, Value


class Between(Func):
    """The days from one column up to, not including, another."""

    function = "daterange"
    output_field = DateRangeField()
    bounds = "[)"

    def __init__(self, start: str = "starts_on", end: str = "ends_on") -> None:
        super().__init__(F(start), F(end), Value(self.bounds))


class BetweenAndWith(Between):
    """The days from one column up to and with another."""

    bounds = "[]"


def on_day(day: date, path: str = "") -> Q:
    """The dated rows that hold on this day; `path` leads to them, as in `served_areas__`."""
    begun = Q(**{f"{path}starts_on__lte": day})
    return begun & (Q(**{f"{path}ends_on__isnull": True}) | Q(**{f"{path}ends_on__gt": day}))
