"""What may be answered: a value for its kind, what a lacking answer owes, and what looks like a child's name."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from haven.questions.rules.kinds import CHOSEN, LACKING, Kind, Stands
from haven.questions.rules.outline import Column, Question

Value = Any
"""An answer as JSON: a choice's value, a number, a day as 2026-09-01, words, `{name, role}`, or a list of rows."""

LONGEST_WORDS, LONGEST_NAME, MOST_ROWS = 20_000, 150, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What somebody answers: the value, the explanation beside it, and by when what is lacking will be in place.

    `why` says why the answer is another than Haven knew.
    """

    value: Value = None
    words: str = ""
    by_on: date | None = None
    why: str = ""


class Unsound(ValueError):
    """A value that does not fit its question; the text says what to do, in one sentence."""


def sound(question: Question, value: Value) -> Value:
    """The value as it is kept. Raises `Unsound`."""
    if value is None or value in ("", [], {}):
        return None
    if question.kind in CHOSEN:
        if question.choice(value) is None:
            raise Unsound("Choose one of the answers.")
        return value
    return _BY_KIND[question.kind](question, value)


def sound_words(words: str) -> str:
    """An explanation as it is kept. Raises `Unsound`."""
    words = words.replace("\r\n", "\n").replace("\0", "").strip()
    if len(words) > LONGEST_WORDS:
        raise Unsound(f"Write no more than {LONGEST_WORDS:,} characters.")
    return words


def _number(question: Question, value: Value) -> float | int:
    try:
        number = float(str(value).replace(",", "").strip())
    except ValueError:
        raise Unsound("Give a number, in digits.") from None
    if not math.isfinite(number):
        raise Unsound("Give a number, in digits.")
    if question.least is not None and number < question.least:
        raise Unsound(f"Give a number of {question.least:g} or more.")
    if question.most is not None and number > question.most:
        raise Unsound(f"Give a number of {question.most:g} or less.")
    return int(number) if number.is_integer() else number


def _day(_: Question, value: Value) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise Unsound("Give a real day, such as 27 3 2026.") from None


def _person(_: Question, value: Value) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise Unsound("Give the person’s name and role.")
    name, role = (str(value.get(part) or "").strip() for part in ("name", "role"))
    if not name:
        raise Unsound("Give the person’s name.")
    if max(len(name), len(role)) > LONGEST_NAME:
        raise Unsound(f"Write no more than {LONGEST_NAME} characters.")
    return {"name": name, "role": role}


def _words(_: Question, value: Value) -> str:
    return sound_words(str(value))


def _link(_: Question, value: Value) -> str:
    address = str(value).strip()
    if not re.fullmatch(r"https?://[^\s/?#]+\S*", address) or len(address) > 500:
        raise Unsound("Give the whole address of the page, beginning with https://.")
    return address


def _file(_: Question, __: Value) -> str:
    raise Unsound("Attach the file.")


def _rows(question: Question, value: Value) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        raise Unsound("Fill in the rows of the table.")
    if len(value) > MOST_ROWS:
        raise Unsound(f"Give no more than {MOST_ROWS} rows.")
    rows = []
    for place, row in enumerate(value, start=1):
        cells = {column.key: _cell(column, row.get(column.key), place) for column in question.columns}
        if any(cell is not None for cell in cells.values()):
            rows.append({key: cell for key, cell in cells.items() if cell is not None})
    return rows


def _cell(column: Column, value: Value, place: int) -> Value:
    if value is None or not str(value).strip():
        return None
    try:
        return _BY_KIND[column.kind](Question(key="", ref="", words="", kind=column.kind), value)
    except Unsound as unsound:
        raise Unsound(f"Row {place}, {column.label}: {unsound}") from None


_BY_KIND: Mapping[Kind, Callable[[Question, Value], Value]] = {
    Kind.NUMBER: _number,
    Kind.DATE: _day,
    Kind.PERSON: _person,
    Kind.TEXT: _words,
    Kind.LINK: _link,
    Kind.FILE: _file,
    Kind.TABLE: _rows,
}


def owed(question: Question, entry: Entry) -> list[str]:
    """What an answer still owes before it can be signed, a sentence each: why, and by when."""
    stands = question.stands(entry.value)
    if stands not in LACKING:
        return []
    wanted = ["Say what is missing and what you will do."] if not entry.words else []
    if stands is Stands.NOT_IN_PLACE and entry.by_on is None:
        wanted.append("Give the day by which it will be in place.")
    return wanted


_ABOUT_A_CHILD = re.compile(
    r"\b(?i:child|children|pupil|pupils|student|students|boy|girl|son|daughter|sibling|learner)s?\b[ ,:(]*"
    r"(?i:called|named|is called|was called|,)?[ ,:(]*(?P<name>[A-Z][a-z]{2,}(?:[ -][A-Z][a-z]+)?)"
)
_YEAR_AND_NAME = re.compile(
    r"\b(?P<name>[A-Z][a-z]{2,}(?: [A-Z](?:[a-z]+|\.)?)?),? (?:in|from|of) (?:Year|year|Y) ?\d{1,2}\b"
)
_BORN = re.compile(r"(?P<name>\b(?i:date of birth|dob|born on|upn)\b)")
_NOT_NAMES = frozenset(
    "The This That These They Their There Then All Any Both Each Every Some Most Many Our Who Where When Which What "
    "January February March April May June July August September October November December Monday Tuesday Wednesday "
    "Thursday Friday Year Key Stage Early School Protection Safeguarding Council Services Voice Premium Passport "
    "Governors Staff Parents Are And For With Has Have Can Must Should Will Were Was Not You Use See".split()
)


def looks_like_a_child(words: str) -> str:
    """The words that look as if they named a child; empty where none do. A warning, never a refusal."""
    for pattern in (_ABOUT_A_CHILD, _YEAR_AND_NAME, _BORN):
        for found in pattern.finditer(words):
            name = found["name"]
            if name.split()[0] not in _NOT_NAMES:
                return name
    return ""
