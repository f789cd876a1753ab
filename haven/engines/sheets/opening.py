"""Opens a spreadsheet as grids."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import python_calamine

from haven.engines.documents.decoding import written
from haven.engines.documents.refusal import DAMAGED, Unreadable
from haven.engines.sheets.grid import LONGEST_CELL, MOST_CELLS, MOST_COLUMNS, MOST_GRIDS, MOST_ROWS, Cell, Grid
from haven.engines.sheets.kinds import KNOWN, checked

_TOO_LONG = f"a sheet of it has more than {MOST_ROWS:,} rows; save only the rows with answers and give that"
_TOO_WIDE = f"a sheet of it has more than {MOST_COLUMNS:,} columns; save only those with answers and give that"
_TOO_MANY = f"it has more than {MOST_CELLS:,} cells; save only the sheet with the answers and give that"
_WORDLESS = "no cell of it holds anything; check that the file was saved or sent whole"
_LOCKED = "it is protected by a password; save it without one and give that"
_BINARY = f"it is not text, so it is no .csv file; save it as {KNOWN} and give that"
_SEPARATORS = ",;\t|"
_GUARDED = re.compile(r"^'(?=[=+\-@\t\r\n\0＝＋－＠])")  # the quote that keeps text from being calculated


def open_sheets(name: str, content: bytes) -> tuple[Grid, ...]:
    """Its grids in order, without those that are empty or hidden. Raises Unreadable."""
    grids = _of_text(name, content) if checked(name, content) == ".csv" else _of_workbook(content)
    kept = tuple(grid for grid in grids if grid.rows)
    if not kept:
        raise Unreadable(_WORDLESS)
    return kept


def _of_text(name: str, content: bytes) -> tuple[Grid, ...]:
    try:
        text = written(content).removeprefix("\ufeff")
    except Unreadable as refusal:
        raise Unreadable(_BINARY) from refusal
    line = text[:20_000].partition("\n")[0]
    separator = max(_SEPARATORS, key=line.count)
    try:
        rows = _bounded(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
        return (Grid(name, _tidied(rows)),)
    except csv.Error as error:
        raise Unreadable(DAMAGED) from error


def _of_workbook(content: bytes) -> tuple[Grid, ...]:
    try:
        book = python_calamine.CalamineWorkbook.from_object(io.BytesIO(content))
        shown = [
            each.name
            for each in book.sheets_metadata
            if each.visible == python_calamine.SheetVisibleEnum.Visible
            and each.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
        left, grids = MOST_CELLS, []
        for name in shown[:MOST_GRIDS]:
            sheet = book.get_sheet_by_name(name)
            left -= sheet.height * sheet.width
            _check_size(sheet.height, sheet.width, left)
            grids.append(Grid(name, _tidied(sheet.iter_rows())))
        return tuple(grids)
    except python_calamine.PasswordError as error:
        raise Unreadable(_LOCKED) from error
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise Unreadable(DAMAGED) from error


def _bounded(rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    left = MOST_CELLS
    for number, row in enumerate(rows, start=1):
        left -= len(row)
        _check_size(number, len(row), left)
        yield row


def _check_size(rows: int, columns: int, left: int) -> None:
    if rows > MOST_ROWS:
        raise Unreadable(_TOO_LONG)
    if columns > MOST_COLUMNS:
        raise Unreadable(_TOO_WIDE)
    if left < 0:
        raise Unreadable(_TOO_MANY)


def _tidied(rows: Iterable[Sequence[Any]]) -> tuple[tuple[Cell, ...], ...]:
    """The rows without what is empty at their ends and below the last."""
    kept: list[tuple[Cell, ...]] = []
    for row in rows:
        cells = [_cell(value) for value in row]
        while cells and cells[-1] == "":
            cells.pop()
        kept.append(tuple(cells))
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        return _GUARDED.sub("", value.replace("\0", "").strip())[:LONGEST_CELL].strip()
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    return value if isinstance(value, int) else str(value)
