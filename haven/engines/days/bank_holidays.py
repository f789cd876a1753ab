"""Bank holidays of England and Wales, known without a network."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import MappingProxyType

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class EnglandAndWales:
    """The days themselves, to ask `day in …`. `added` holds those proclaimed since the `holidays` package came out."""

    added: frozenset[dt.date] = frozenset()

    def __contains__(self, day: object) -> bool:
        return isinstance(day, dt.date) and (day in self.added or day in bank_holidays(day.year))


ENGLAND_AND_WALES = EnglandAndWales()


@cache
def bank_holidays(year: int) -> Mapping[dt.date, str]:
    """The year's bank holidays and their names, weekdays only: one that falls at a weekend is kept on its substitute.

    The `holidays` package takes a second to load, so it is loaded by the first question, not by starting up.
    """
    found = import_module("holidays").country_holidays("GB", subdiv="ENG", years=year, language="en_GB")
    return MappingProxyType({day: name for day, name in sorted(found.items()) if day.weekday() < SATURDAY})
