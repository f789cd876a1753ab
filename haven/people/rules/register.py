"""The national register of schools, row by row: what each column may hold and what Haven takes from it.

The register (Get Information about Schools) gives out one wide CSV file. Its columns have come and gone over the years
and moved about, so they are found by name; the fifteen read here have kept theirs since 2018. Nothing is guessed: a row
that cannot be what it says stops the load.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from hashlib import sha256
from operator import attrgetter
from typing import NoReturn

READING = "1"  # part of every digest: raise it when the same row comes to be read differently

URN, NAME, STATUS, PHASE = "URN", "EstablishmentName", "EstablishmentStatus (name)", "PhaseOfEducation (name)"
AREA_CODE, AREA_NAME, TYPE = "LA (code)", "LA (name)", "TypeOfEstablishment (name)"
OPENED, CLOSED = "OpenDate", "CloseDate"
TRUST_NUMBER, TRUST_NAME = "Trusts (code)", "Trusts (name)"
STREET, TOWN, POSTCODE, WEBSITE = "Street", "Town", "Postcode", "SchoolWebsite"

NEEDED = (URN, AREA_CODE, AREA_NAME, NAME, TYPE, STATUS, PHASE, STREET, TOWN, POSTCODE)
OPTIONAL = (OPENED, CLOSED, TRUST_NUMBER, TRUST_NAME, WEBSITE)
LONGEST = {NAME: 200, TYPE: 100, AREA_NAME: 100, TRUST_NAME: 200, STREET: 200, TOWN: 100, POSTCODE: 20, WEBSITE: 300}

PHASES = {
    "": "",
    "not applicable": "",
    "nursery": "nursery",
    "primary": "primary",
    "middle deemed primary": "middle",
    "middle deemed secondary": "middle",
    "secondary": "secondary",
    "16 plus": "16-plus",
    "all through": "all-through",
    "all-through": "all-through",
}

STATUSES = {
    "open": "open",
    "open, but proposed to close": "closing",
    "proposed to open": "proposed",
    "closed": "closed",
}

NO_AREA = "000"  # schools overseas and offshore
SUCCESSOR, PREDECESSOR = "successor", "predecessor"

A_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}", re.IGNORECASE)

A_DAY = re.compile(r"([0-9]{1,2})[-/]([0-9]{1,2})[-/]([0-9]{4})")
A_URN = range(10_000, 10_000_000)


class BadRow(Exception):
    """A row that cannot be read: which (the headings are row 1), which column, and why."""

    def __init__(self, row: int, column: str, why: str) -> None:
        super().__init__(f"row {row}, {column}: {why}" if column else f"row {row}: {why}")
        self.row, self.column, self.why = row, column, why


@dataclass(frozen=True, slots=True)
class RegisteredSchool:
    """What Haven keeps of one row. Areas and trusts are still numbers and names."""

    urn: int
    name: str
    phase: str
    school_type: str
    status: str
    opened_on: date | None
    closed_on: date | None
    trust_number: int | None
    trust_name: str
    street: str
    town: str
    postcode: str
    website: str
    area_code: str  # three figures; "000" for none
    area_name: str

    @property
    def digest(self) -> str:
        """The same for the same reading of the same row."""
        return sha256(repr((READING, *_KEPT(self))).encode()).hexdigest()


KEPT = tuple(field.name for field in fields(RegisteredSchool))
_KEPT = attrgetter(*KEPT)


@dataclass(frozen=True, slots=True)
class Link:
    """One school follows another."""

    predecessor: int
    successor: int


def read_schools(rows: Iterable[Sequence[str]]) -> Iterator[RegisteredSchool]:
    """The schools of an extract, headings first. Raises BadRow at the first row that cannot be read."""
    numbered = enumerate(rows, start=1)
    columns = _columns(next(numbered, (1, ()))[1])
    seen: dict[int, int] = {}
    for number, cells in numbered:
        if not any(cells):
            continue
        school = _school(_Row(number, cells, columns))
        if school.urn in seen:
            raise BadRow(number, URN, f"{school.urn} stands in row {seen[school.urn]} already")
        seen[school.urn] = number
        yield school


def read_links(rows: Iterable[Sequence[str]]) -> Iterator[Link]:
    """The successions in the register's file of links, headings first. Other kinds of link are left out."""
    numbered = enumerate(rows, start=1)
    columns = _positions(next(numbered, (1, ()))[1], needed=(URN, "LinkURN", "LinkType"))
    for number, cells in numbered:
        if not any(cells):
            continue
        row = _Row(number, cells, columns)
        kind = row.text("LinkType").lower()
        one, other = row.urn(URN), row.urn("LinkURN")
        if one != other and kind.startswith(SUCCESSOR):
            yield Link(one, other)
        elif one != other and kind.startswith(PREDECESSOR):
            yield Link(other, one)


class _Row:
    """One row's cells by the name of their column."""

    def __init__(self, number: int, cells: Sequence[str], columns: dict[str, int]) -> None:
        self.row, self.cells, self.columns = number, cells, columns
        width = columns[""]
        if len(cells) < width:
            raise BadRow(number, "", f"it has {len(cells)} values, and the headings name {width}")
        if len(cells) > width:
            self._require_alignment(width)

    def _require_alignment(self, width: int) -> None:
        """Later columns follow the address. A longer row is read if the postcode shows that none came before it."""
        if POSTCODE not in self.columns or not A_POSTCODE.fullmatch(self.text(POSTCODE)):
            why = f"it has {len(self.cells)} values, the headings name {width}, and no postcode stands under {POSTCODE}"
            raise BadRow(self.row, POSTCODE, why)

    def text(self, column: str) -> str:
        at = self.columns.get(column)
        if at is None:
            return ""
        value = " ".join(self.cells[at].split())
        if "\x00" in value:
            raise BadRow(self.row, column, "it holds a zero byte")
        if len(value) > LONGEST.get(column, 1000):
            raise BadRow(self.row, column, f"it is {len(value)} characters long, and {LONGEST.get(column)} fit")
        return value

    def number(self, column: str) -> int:
        value = self.text(column)
        if not (value.isascii() and value.isdigit() and len(value) <= 9 and int(value)):
            raise BadRow(self.row, column, f"{_quoted(value)} is not a number of the register")
        return int(value)

    def urn(self, column: str) -> int:
        value = self.number(column)
        if value not in A_URN:
            raise BadRow(self.row, column, f"{value} is not a school's number: those have five to seven figures")
        return value

    def day(self, column: str) -> date | None:
        value = self.text(column)
        if not value:
            return None
        parts = A_DAY.fullmatch(value)
        try:
            return date(int(parts[3]), int(parts[2]), int(parts[1])) if parts else self._no_day(column, value)
        except ValueError:
            return self._no_day(column, value)

    def _no_day(self, column: str, value: str) -> NoReturn:
        raise BadRow(self.row, column, f"{_quoted(value)} is not a date like 31-08-2026")

    def one_of(self, column: str, words: dict[str, str]) -> str:
        value = self.text(column)
        if value.lower() not in words:
            raise BadRow(self.row, column, f"{_quoted(value)} is none of the register's words for this")
        return words[value.lower()]

    def filled(self, column: str) -> str:
        value = self.text(column)
        if not value:
            raise BadRow(self.row, column, "it is empty")
        return value


def _school(row: _Row) -> RegisteredSchool:
    opened_on, closed_on = row.day(OPENED), row.day(CLOSED)
    if opened_on and closed_on and closed_on < opened_on:
        raise BadRow(row.row, CLOSED, f"it closed on {closed_on:%d-%m-%Y}, before it opened on {opened_on:%d-%m-%Y}")
    trust_name = row.text(TRUST_NAME)
    return RegisteredSchool(
        urn=row.urn(URN),
        name=row.filled(NAME),
        phase=row.one_of(PHASE, PHASES),
        school_type=row.text(TYPE),
        status=row.one_of(STATUS, STATUSES),
        opened_on=opened_on,
        closed_on=closed_on,
        trust_number=row.number(TRUST_NUMBER) if trust_name and row.text(TRUST_NUMBER) else None,
        trust_name=trust_name,
        street=row.text(STREET),
        town=row.text(TOWN),
        postcode=row.text(POSTCODE).upper(),
        website=row.text(WEBSITE),
        area_code=_area_code(row),
        area_name=row.filled(AREA_NAME),
    )


def _area_code(row: _Row) -> str:
    value = row.text(AREA_CODE)
    if not (value.isascii() and value.isdigit() and len(value) <= 3):
        raise BadRow(row.row, AREA_CODE, f"{_quoted(value)} is not an authority's number of up to three figures")
    return value.zfill(3)


def _columns(headings: Sequence[str]) -> dict[str, int]:
    return _positions(headings, needed=NEEDED)


def _positions(headings: Sequence[str], *, needed: Sequence[str]) -> dict[str, int]:
    """Where each heading stands; under "" how many there are."""
    names = [" ".join(heading.split()) for heading in headings]
    missing = [column for column in needed if column not in names]
    if missing:
        raise BadRow(1, "", f"this is not the register's file: no column {', '.join(map(_quoted, missing))}")
    twice = [column for column in (*needed, *OPTIONAL) if names.count(column) > 1]
    if twice:
        raise BadRow(1, twice[0], "two columns have this heading")
    return {name: at for at, name in enumerate(names) if name} | {"": len(names)}


def _quoted(value: str) -> str:
    return f"“{value[:40]}”"
