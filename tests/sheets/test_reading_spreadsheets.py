"""Spreadsheets are read as plain grids, and what is hostile is refused in one line."""

from datetime import date, datetime

import pytest
from openpyxl import Workbook

from haven.engines.documents.refusal import Unreadable
from haven.engines.sheets import grid, kinds, opening, wire
from haven.engines.sheets.grid import Grid
from haven.engines.sheets.opening import open_sheets
from haven.engines.sheets.safely import open_sheets_safely
from tests.sheets.books import ods, saved, with_part, xlsx, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _refused(name: str, content: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        open_sheets_safely(name, content)
    assert "\n" not in refused.value.line
    return refused.value.line


def test_a_workbook_is_read_as_text_numbers_and_days() -> None:
    book = xlsx(["URN", "When", "Read", None], [100001, date(2025, 3, 5), True, None], [2.5, datetime(2025, 3, 6, 9)])
    (read,) = open_sheets_safely("answers.xlsx", book)
    assert read == Grid("Sheet", (("URN", "When", "Read"), (100001, date(2025, 3, 5), "Yes"), (2.5, date(2025, 3, 6))))


def test_an_open_document_is_read() -> None:
    assert open_sheets_safely("answers.ods", ods()) == (Grid("Answers", (("URN", 3),)),)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_however_it_is_separated_and_encoded(separator: str, encoding: str) -> None:
    text = f'URN{separator}Words\r\n100001{separator}"Café{separator} two\r\nlines"\r\n\r\n'
    (read,) = open_sheets("a.csv", text.encode(encoding))
    assert read.rows == (("URN", "Words"), ("100001", f"Café{separator} two\r\nlines"))


def test_a_quote_that_guards_against_formulas_is_taken_off() -> None:
    (read,) = open_sheets("a.csv", b"'=1+1,'tis,'-none\n")
    assert read.rows == (("=1+1", "'tis", "-none"),)


def test_hidden_and_empty_sheets_are_left_out() -> None:
    book = xlsx(["a"], Secret=[["b"]], Other=[["c"]], Empty=[], hidden="Secret")
    assert [each.name for each in open_sheets("a.xlsx", book)] == ["Sheet", "Other"]


def test_what_is_read_passes_as_bytes_and_anything_else_does_not() -> None:
    read = open_sheets("a.xlsx", xlsx(["Ä", 1, 2.5, date(2025, 1, 1), ""], ["x"]))
    assert wire.unpacked(wire.packed(read)) == read
    for strange in (b"", b"{}x", b"[[1,[]]]", b'[["a",[[null]]]]', b'[["a",[[["no day"]]]]]'):
        with pytest.raises(ValueError):
            wire.unpacked(strange)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.xlsm", xlsx(["a"]), "macros"),
        ("a.xlsx", with_part(xlsx(["a"]), "xl/vbaProject.bin", b"x"), "macros"),
        ("a.ods", ods(**{"Basic/Standard/Module1.xml": "<a/>"}), "macros"),
        ("a.xls", OLE + b"\0" * 600 + "_VBA_PROJECT".encode("utf-16-le"), "macros"),
        ("a.xlsx", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("a.xls", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("a.ods", ods(more="<manifest:encryption-data/>"), "password"),
        ("a.xlsx", zipped({"xl/workbook.xml": "<a/>", "xl/worksheets/sheet1.xml": b" " * 90_000_000}), "far larger"),
        ("a.xlsx", zipped({f"part{n}": "" for n in range(2_100)}), "far larger"),
        ("a.xlsx", ods(), "by its content it is not"),
        ("a.ods", xlsx(["a"]), "by its content it is not"),
        ("a.csv", xlsx(["a"]), "by its content it is not"),
        ("a.xlsx", b"URN,School\n1,2\n", "by its content it is not"),
        ("a.xls", b"URN,School\n1,2\n", "by its content it is not"),
        ("a.csv", bytes(range(9)) * 400, "not text"),
        ("a.pdf", b"%PDF-1.7", "not a spreadsheet that can be read"),
        ("a", b"x", "not a spreadsheet that can be read"),
        ("a.csv", b"  \r\n", "empty"),
        ("a.csv", b",,,\n,,\n", "no cell"),
        ("a.xlsx", xlsx(["a"])[:-40], "damaged"),
        ("a.xlsx", zipped({"xl/workbook.xml": "<not-a-workbook"}), "damaged"),
        ("a.xls", OLE + b"\0" * 2_000, "damaged"),
        ("a.csv", b'"' + b"x" * 200_000 + b'"\n', "damaged"),
    ],
)
def test_what_is_hostile_or_no_spreadsheet_is_refused_in_one_line(name: str, content: bytes, says: str) -> None:
    assert says in _refused(name, content)


def test_a_part_that_is_longer_than_it_declares_is_refused() -> None:
    book = bytearray(zipped({"xl/workbook.xml": b" " * 4_000}))
    at = book.rindex(b"PK\x01\x02") + 24  # the declared size in the central directory
    book[at : at + 4] = (10).to_bytes(4, "little")
    assert "damaged" in _refused("a.xlsx", bytes(book))


def test_one_cell_in_the_last_corner_does_not_fill_the_memory() -> None:
    book = Workbook()
    book.active["A1"], book.active["XFD1048576"] = "a", "z"
    assert _refused("a.xlsx", saved(book))


def test_a_file_that_is_too_large_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("haven.engines.sheets.safely.LARGEST_SHEETS_FILE", 10)
    assert "larger than" in _refused("a.csv", b"x" * 11)


@pytest.mark.parametrize(
    ("limit", "says"), [("MOST_ROWS", "rows"), ("MOST_COLUMNS", "columns"), ("MOST_CELLS", "cells")]
)
def test_more_rows_columns_and_cells_than_fit_are_refused(
    monkeypatch: pytest.MonkeyPatch, limit: str, says: str
) -> None:
    monkeypatch.setattr(opening, limit, 2)
    for name, content in (("a.csv", b"a,b,c\nd\ne\n"), ("a.xlsx", xlsx(["a", "b", "c"], ["d"], ["e"]))):
        with pytest.raises(Unreadable, match=says):
            open_sheets(name, content)


def test_a_long_cell_is_cut_as_a_spreadsheet_would() -> None:
    (read,) = open_sheets("a.csv", b"x" * 40_000 + b"\n")
    assert len(str(read.rows[0][0])) == grid.LONGEST_CELL


def test_known_kinds_are_named_to_whoever_gives_another() -> None:
    assert all(ending in kinds.KNOWN for ending in (".xlsx", ".xls", ".ods", ".csv"))
