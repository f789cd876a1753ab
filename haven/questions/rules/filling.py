"""An answer as the fields of a form: how it is put in, how what was typed is read, and whether anything was touched.

The fields of a question are called by its key and, after a full stop, their own name: "lead-named", "lead-named.words",
"lead-named.by.day". Keys have no full stops.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from haven.questions.rules.answering import Entry, Unsound, Value, sound, sound_words
from haven.questions.rules.kinds import Kind
from haven.questions.rules.outline import Question

NOT_A_DAY = "Give a real day by which it will be in place, such as 27 3 2026."
DAY_PARTS = ("day", "month", "year")
SPARE_ROWS = 3  # blank rows below those of a table

Fields = Mapping[str, str]
"""What stands in the fields of one question, by their own names; the value itself stands under ""."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What was typed into the fields of one question. `fault` says what is wrong with its day."""

    entry: Entry
    fault: str = ""


def fields_of(question: Question, entry: Entry) -> dict[str, str]:
    """The fields of a question as this entry fills them."""
    fields = _PUT.get(question.kind, _put_plain)(question, entry.value)
    fields |= {"words": entry.words, "why": entry.why}
    return fields | _put_day(entry.by_on, "by.")


def entry_of(question: Question, fields: Fields) -> Filled:
    """What was typed. Its value is not judged yet: `sound` does."""
    value = _READ.get(question.kind, _read_plain)(question, fields)
    typed = _read_day(fields, "by.")
    by_on, fault = None, ""
    if typed:
        try:
            by_on = date.fromisoformat(typed)
        except ValueError:
            fault = NOT_A_DAY
    return Filled(Entry(value=value, words=fields.get("words", ""), by_on=by_on, why=fields.get("why", "")), fault)


def fingerprint(question: Question, entry: Entry) -> str:
    """By what an entry is told from another: the same one typed again has the same."""
    try:
        value, words, why = sound(question, entry.value), sound_words(entry.words), sound_words(entry.why)
    except Unsound:
        value, words, why = entry.value, entry.words, entry.why
    text = json.dumps([value, words, str(entry.by_on or ""), why], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def fields_typed(typed: Iterable[tuple[str, str]]) -> dict[str, dict[str, str]]:
    """The fields of a whole form by question, from their full names."""
    found: dict[str, dict[str, str]] = {}
    for name, value in typed:
        key, _, rest = name.partition(".")
        found.setdefault(key, {})[rest] = value
    return found


def rows_wanted(fields: Fields) -> int:
    """How many rows of a table are put on the page: those that are filled, and a few blank ones."""
    used = [int(name.split(".")[0]) for name, value in fields.items() if value and re.fullmatch(r"\d{1,3}\..+", name)]
    return max(used, default=-1) + 1 + SPARE_ROWS


# --- putting in ---


def _put_plain(_: Question, value: Value) -> dict[str, str]:
    return {"": "" if value is None else str(value)}


def _put_date(_: Question, value: Value) -> dict[str, str]:
    try:
        return _put_day(date.fromisoformat(str(value)) if value else None, "")
    except ValueError:
        return _put_day(None, "")


def _put_person(_: Question, value: Value) -> dict[str, str]:
    given = value if isinstance(value, Mapping) else {}
    return {"name": given.get("name", ""), "role": given.get("role", "")}


def _put_table(question: Question, value: Value) -> dict[str, str]:
    rows = value if isinstance(value, list) else []
    return {
        f"{place}.{column.key}": _cell_in_words(column.kind, row[column.key])
        for place, row in enumerate(rows)
        for column in question.columns
        if row.get(column.key) is not None
    }


def _cell_in_words(kind: Kind, value: Value) -> str:
    if kind is not Kind.DATE:
        return str(value)
    day = date.fromisoformat(value)
    return f"{day.day} {day.month} {day.year}"


def _put_day(day: date | None, before: str) -> dict[str, str]:
    parts = (str(day.day), str(day.month), str(day.year)) if day else ("", "", "")
    return {f"{before}{name}": part for name, part in zip(DAY_PARTS, parts, strict=True)}


# --- reading ---


def _read_plain(_: Question, fields: Fields) -> Value:
    return fields.get("", "").strip() or None


def _read_date(_: Question, fields: Fields) -> Value:
    return _read_day(fields, "") or None


def _read_person(_: Question, fields: Fields) -> Value:
    given = {name: fields.get(name, "").strip() for name in ("name", "role")}
    return given if any(given.values()) else None


def _read_table(question: Question, fields: Fields) -> Value:
    rows: dict[int, dict[str, str]] = {}
    kinds = {column.key: column.kind for column in question.columns}
    for name, value in fields.items():
        place, _, column = name.partition(".")
        if place.isdecimal() and len(place) < 4 and column in kinds and value.strip():
            cell = _day_typed(value) if kinds[column] is Kind.DATE else value.strip()
            rows.setdefault(int(place), {})[column] = cell
    return [row for _, row in sorted(rows.items())] or None


def _read_day(fields: Fields, before: str) -> str:
    """The day as it is kept, or what was typed where it is none; empty where nothing was."""
    return _joined([fields.get(f"{before}{name}", "").strip() for name in DAY_PARTS])


def _day_typed(text: str) -> str:
    return _joined(re.split(r"[\s./-]+", text.strip()))


def _joined(parts: list[str]) -> str:
    if not any(parts):
        return ""
    try:
        day, month, year = (int(part) for part in parts)
        return date(year, month, day).isoformat()
    except ValueError:
        return " ".join(parts)


_PUT: Mapping[Kind, Callable[[Question, Value], dict[str, str]]] = {
    Kind.DATE: _put_date,
    Kind.PERSON: _put_person,
    Kind.TABLE: _put_table,
}
_READ: Mapping[Kind, Callable[[Question, Fields], Value]] = {
    Kind.DATE: _read_date,
    Kind.PERSON: _read_person,
    Kind.TABLE: _read_table,
}
