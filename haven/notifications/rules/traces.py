"""Words by which somebody could be found who must not be: postcodes, telephone numbers, streets, e-mail addresses.

Words that go to a school can reach a parent. A council was reprimanded because a letter bore the new address of a
family in hiding (security.md §2, row 21). So whoever sends is asked before such words leave; it is better to ask too
often than not to ask.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Trace(StrEnum):
    """What may tell where somebody is."""

    POSTCODE = "postcode"
    TELEPHONE = "telephone"
    STREET = "street"
    EMAIL = "email"


IN_WORDS: Mapping[Trace, str] = {
    Trace.POSTCODE: "a postcode",
    Trace.TELEPHONE: "a telephone number",
    Trace.STREET: "a street with a number",
    Trace.EMAIL: "an e-mail address",
}

_GAP = r"[\s\u00a0.\-/()]{0,3}"
_STREETS = (
    "avenue ave boulevard brow close court crescent dale drive end farm fold garden gardens gate green grove hill "
    "house lane ln mews mount park parade passage path place quay rd rise road row square st street terrace vale view "
    "villas walk way wharf yard"
).split()
_NO_NAME = (  # words of a sentence: "3 men in the house" is no address
    "a an and are at by children for from had has have he her his in into is it its men my no of officers on or our "
    "out people she that the their there they times to was we were who with women years"
).split()

_FINDERS: Mapping[Trace, re.Pattern[str]] = {
    Trace.POSTCODE: re.compile(
        rf"(?<![A-Z0-9])(?:GIR{_GAP}0AA|[A-Z]{{1,2}}[0-9][A-Z0-9]?{_GAP}[0-9][A-Z]{{2}})(?![A-Z0-9])", re.IGNORECASE
    ),
    Trace.TELEPHONE: re.compile(
        rf"(?<![\d/])(?:(?:\+|00){_GAP}44{_GAP}(?:\(?0\)?)?{_GAP}[1-9]|0{_GAP}[1-9])(?:{_GAP}\d){{8,9}}(?!\d)"
    ),
    Trace.STREET: re.compile(
        rf"\b(?:(?:flat|unit|apartment)\s+)?\d{{1,4}}[a-z]?,?\s+"
        rf"(?:(?!(?:{'|'.join(_NO_NAME)})\b)[a-z][\w’'.\-]*\s+){{1,4}}?(?:{'|'.join(_STREETS)})\b",
        re.IGNORECASE,
    ),
    Trace.EMAIL: re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """Words that may tell where somebody is, and from where to where they stand."""

    trace: Trace
    starts: int
    ends: int


def traces(words: str) -> list[Found]:
    """Every such place in the words, in order. Two kinds may lie over each other."""
    found = [Found(kind, *each.span()) for kind, pattern in _FINDERS.items() for each in pattern.finditer(words)]
    return sorted(found, key=lambda each: (each.starts, each.trace))
