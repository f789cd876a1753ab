"""An answer as it is read: its value in words, and what it is worth as a word with a shape."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from haven.engines.days.moments import day_in_words
from haven.questions.rules.answering import Value
from haven.questions.rules.kinds import STANDS, Choice, Kind, Stands
from haven.questions.rules.outline import Column, Question

NOTHING = "Not answered"


@dataclass(frozen=True, slots=True)
class Worth:
    """What an answer is worth, as it is shown. The word says all that shape and colour do."""

    key: str  # of `Stands`; empty where nothing is answered
    label: str
    shape: str
    colour: str


WORTHS: Mapping[str, Worth] = {
    worth.key: worth
    for worth in (
        Worth(Stands.IN_PLACE.value, STANDS[Stands.IN_PLACE], "✓", "green"),
        Worth(Stands.PARTLY.value, STANDS[Stands.PARTLY], "◐", "yellow"),
        Worth(Stands.NOT_IN_PLACE.value, STANDS[Stands.NOT_IN_PLACE], "✕", "red"),
        Worth(Stands.NOT_APPLICABLE.value, STANDS[Stands.NOT_APPLICABLE], "–", "grey"),
        Worth(Stands.SAID.value, STANDS[Stands.SAID], "●", "blue"),
        Worth("", NOTHING, "○", "grey"),
    )
}
"""By the key of what an answer stands for; the empty one is for no answer."""


def worth_of(stands: Stands | str | None) -> Worth:
    """How this worth is shown."""
    return WORTHS.get(str(stands or ""), WORTHS[""])


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of an answer, every cell in words."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A value in words. A table has its rows besides; a web page its address."""

    words: str = ""
    table: Table | None = None
    address: str = ""

    def __bool__(self) -> bool:
        return bool(self.words)


def told(question: Question, value: Value) -> Told:
    """The value of an answer in words; empty where nothing is answered. One that no longer fits is said as it is."""
    if value is None or value in ("", [], {}):
        return Told()
    if question.is_chosen:
        taken = question.choice(value)
        return Told(taken.label if taken else str(value))
    return _BY_KIND.get(question.kind, _plainly)(question, value)


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing that stands behind an answer."""

    title: str
    address: str = ""  # where it opens; empty where it can be opened no more
    kind: str = ""
    warning: str = ""
    is_ours: bool = True  # within Haven
    is_looked_into: bool = True  # false for a file that Haven has still to open


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One answer, ready to be read: what `questions/parts/said.html` shows."""

    question: Question
    value: Told = field(default_factory=Told)
    worth: Worth = WORTHS[""]
    choice: Choice | None = None
    words: str = ""  # the explanation
    by_on: date | None = None
    from_where: str = ""  # where it came from, where not from the school's own hand
    known: str = ""  # what Haven knew
    why: str = ""  # why the school answered otherwise
    shown: tuple[Shown, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Whether anything was answered, were it only a file."""
        return bool(self.value) or bool(self.words) or (self.question.kind is Kind.FILE and bool(self.shown))


def _number(question: Question, value: Value) -> Told:
    number = f"{value:,}" if isinstance(value, int | float) else str(value)
    return Told(f"{number} {question.unit}".strip())


def _day(_: Question, value: Value) -> Told:
    return Told(_day_in_words(value))


def _person(_: Question, value: Value) -> Told:
    given: Mapping[str, Any] = value if isinstance(value, Mapping) else {"name": str(value)}
    return Told(", ".join(part for part in (given.get("name", ""), given.get("role", "")) if part))


def _link(_: Question, value: Value) -> Told:
    return Told(str(value), address=str(value))


def _rows(question: Question, value: Value) -> Told:
    given = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
    rows = tuple(tuple(_cell(column, row.get(column.key)) for column in question.columns) for row in given)
    table = Table(tuple(column.label for column in question.columns), rows)
    return Told(f"{len(rows)} row{'' if len(rows) == 1 else 's'}", table)


def _cell(column: Column, value: Value) -> str:
    if value is None:
        return ""
    if column.kind is Kind.DATE:
        return _day_in_words(value)
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def _day_in_words(value: Value) -> str:
    try:
        return day_in_words(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)


def _plainly(_: Question, value: Value) -> Told:
    return Told(str(value))


_BY_KIND: Mapping[Kind, Callable[[Question, Value], Told]] = {
    Kind.NUMBER: _number,
    Kind.DATE: _day,
    Kind.PERSON: _person,
    Kind.LINK: _link,
    Kind.TABLE: _rows,
}
