"""A file of notifications, a child on each line: read strictly, and what is wrong told by line with what to do."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from uuid import UUID, uuid5

from haven.engines.days.moments import moment
from haven.notifications.rules.items import ASKED, Item
from haven.subjects.rules.naming import Identity

MOST_LINES = 200
LARGEST = 1024 * 1024  # bytes
SAME = UUID("7f3a6c1e-55a1-4f0e-9a53-6d1f4f9d2b10")  # keys are made in this space, so that a line keeps its key

NEEDED = ("reference", "happened-on", "happened-at", "first-name", "last-name", "born-on", "school", "present")
ITEMS = tuple(item.value for item in Item if item is not Item.HAPPENED_AT)
COLUMNS = (*NEEDED, "other-names", "why-this-school", *(name for name in ITEMS if name not in NEEDED))
"""Every column that a file may have. `school` is a number of the national register, or the words at home."""

AT_HOME = "at home"
_DAY = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})|(\d{4})-(\d{2})-(\d{2})")
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?::[0-5]\d)?")


class NotAFile(ValueError):
    """It cannot be read as a whole; the words say why and what to do."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong on a line, counted as a spreadsheet counts, and what to do."""

    line: int
    column: str
    what: str


@dataclass(frozen=True, slots=True)
class Line:
    """One child's notification, as it stands in the file. `urn` is none where the child learns at home."""

    number: int
    key: UUID
    identity: Identity = field(repr=False)
    urn: int | None
    items: Mapping[str, str] = field(repr=False)
    override: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Read:
    """The lines that can be read, and what is wrong with the others."""

    lines: Sequence[Line]
    faults: Sequence[Fault]


def decoded(content: bytes) -> str:
    """The file as text. Raises `NotAFile`."""
    if len(content) > LARGEST:
        raise NotAFile("The file is larger than 1 MB. Send it in parts")
    if content.startswith(b"PK"):
        raise NotAFile("This is a workbook. Save it as CSV and give that")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise NotAFile("This is not a CSV file")


def read_lines(text: str, *, sender: UUID) -> Read:
    """Every line of the file. Raises `NotAFile` where its columns are not those that are described."""
    head, rows = _rows(text)
    lines, faults, seen = [], [], dict[UUID, int]()
    for number, row in rows:
        read, wrong = _line(number, dict(zip(head, row, strict=False)), sender)
        if len(row) > len(head) and any(each.strip() for each in row[len(head) :]):
            wrong.append(Fault(number, "", "There are more cells than columns. Look for a stray comma"))
        if read and not wrong and read.key in seen:
            wrong.append(Fault(number, "", f"Line {seen[read.key]} says the very same. Take one of them out"))
        if read and not wrong:
            seen[read.key] = number
            lines.append(read)
        faults += wrong
    return Read(lines, faults)


def _rows(text: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    first = text.split("\n", 1)[0]
    cut = ";" if first.count(";") > first.count(",") else ","
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=cut, strict=True)
        rows = list(enumerate(reader, start=1))
    except csv.Error:
        raise NotAFile("A quotation mark is open to the end of the file. Save it as CSV again") from None
    if not rows:
        raise NotAFile("The file is empty")
    head = [name.strip().lower().replace(" ", "-").replace("_", "-") for name in rows[0][1]]
    if missing := [name for name in NEEDED if name not in head]:
        raise NotAFile(f"These columns are missing: {', '.join(missing)}")
    if strange := [name for name in head if name not in COLUMNS]:
        raise NotAFile(f"These columns are not known: {', '.join(name[:40] or '(no name)' for name in strange)}")
    if len(set(head)) != len(head):
        raise NotAFile("A column stands there twice")
    told = [(number, row) for number, row in rows[1:] if any(cell.strip() for cell in row)]
    if not told:
        raise NotAFile("There is no line below the names of the columns")
    if len(told) > MOST_LINES:
        raise NotAFile(f"There are {len(told)} lines, and {MOST_LINES} go in one file. Send it in parts")
    return head, told


def _line(number: int, cells: Mapping[str, str], sender: UUID) -> tuple[Line | None, list[Fault]]:
    said = {name: words.strip().replace("\r\n", "\n") for name, words in cells.items() if words.strip()}
    wrong = [Fault(number, name, "Fill it in") for name in NEEDED if name not in said]
    born_on, happened_on = (_day(said[name]) if name in said else None for name in ("born-on", "happened-on"))
    clock = _time(said["happened-at"]) if "happened-at" in said else None
    days = (("born-on", born_on), ("happened-on", happened_on))
    wrong += [Fault(number, name, "Give a day as 4/5/2016") for name, day in days if name in said and day is None]
    if "happened-at" in said and clock is None:
        wrong.append(Fault(number, "happened-at", "Give a time as 21:40"))
    school = said.get("school", "")
    is_at_home = school.casefold() == AT_HOME
    if school and not is_at_home and not (school.isdecimal() and 6 <= len(school) <= 7):
        wrong.append(Fault(number, "school", f"Give the school’s number (URN), or “{AT_HOME}”"))
    if wrong or happened_on is None or clock is None:
        return None, wrong
    items = {name: said[name] for name in ITEMS if name in said}
    for item in (Item(name) for name in items if ASKED[Item(name)].choices):
        items[item] = _chosen(item, items[item])
    items[Item.HAPPENED_AT.value] = moment(happened_on, clock).isoformat()
    who = Identity(said["first-name"], said["last-name"], born_on, said.get("other-names", "")).tidy()
    key = uuid5(SAME, "\n".join([str(sender), *(f"{name}={said[name]}" for name in sorted(said))]))
    urn = None if is_at_home else int(school)
    return Line(
        number, key, who, urn, {str(name): words for name, words in items.items()}, said.get("why-this-school", "")
    ), []


def _chosen(item: Item, words: str) -> str:
    """A choice by its code or by its words, whatever the case."""
    choices = ASKED[item].choices or {}
    for code, label in choices.items():
        if words.casefold() in (code.casefold(), label.casefold()):
            return code
    return words


def _day(words: str) -> date | None:
    found = _DAY.fullmatch(words)
    if not found:
        return None
    day, month, year = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _time(words: str) -> time | None:
    found = _CLOCK.fullmatch(words)
    return time(int(found[1]), int(found[2])) if found else None
