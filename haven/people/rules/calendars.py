"""Term dates of a school year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

MOST_TERMS = 12  # six half terms are usual; some areas have more


class NotTermDates(Exception):
    """These days cannot be a school year's terms. The text says why, to whoever typed them."""


@dataclass(frozen=True, slots=True)
class TermSpan:
    """A term or half term as it is entered; both days are school days."""

    name: str
    starts_on: date
    ends_on: date


def checked_terms(school_year: int, terms: Sequence[TermSpan]) -> list[TermSpan]:
    """The terms in order. Raises NotTermDates unless they lie in the school year and do not overlap."""
    if not 1 <= len(terms) <= MOST_TERMS:
        raise NotTermDates(f"Enter between 1 and {MOST_TERMS} terms")
    ordered = sorted(terms, key=lambda term: term.starts_on)
    for term in ordered:
        if term.ends_on < term.starts_on:
            raise NotTermDates(f"{term.name} ends before it starts")
        if term.starts_on < date(school_year, 8, 1) or term.ends_on > date(school_year + 1, 8, 31):
            raise NotTermDates(f"{term.name} must lie between 1 August {school_year} and 31 August {school_year + 1}")
    for one, other in pairwise(ordered):
        if other.starts_on <= one.ends_on:
            raise NotTermDates(f"{other.name} starts before {one.name} has ended")
    return ordered


def school_year_of(day: date) -> int:
    """The year in which the school year of this day begins; it begins in August."""
    return day.year if day.month >= 8 else day.year - 1
