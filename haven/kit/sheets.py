"""Tables to take away, as CSV or Excel, in which nothing that people typed is ever a formula."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import xlsxwriter
from django.http import HttpResponse

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Sheets = Mapping[str, tuple[Sequence[str], Iterable[Sequence[object]]]]
"""By its title, the columns and the rows of each."""


def plain(value: object) -> object:
    """The value as a cell that no spreadsheet calculates: text that would start a formula gets a quote before it."""
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(STARTS_A_FORMULA):
        return f"'{value}"
    return value


def as_csv(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """The table as CSV, marked as UTF-8 so that Excel reads its accents."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([plain(value) for value in row] for row in rows)
    return _attached(text.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", f"{name}.csv")


def as_excel(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """The table as an Excel workbook of one sheet, its first row kept in view."""
    return as_workbook(name, {"": (columns, rows)})


def as_workbook(name: str, sheets: Sheets) -> HttpResponse:
    """Tables as an Excel workbook to take away."""
    return _attached(workbook(sheets), EXCEL, f"{name}.xlsx")


def workbook(sheets: Sheets) -> bytes:
    """Tables as an Excel workbook, a sheet for each by its title, the first row of each kept in view."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "d mmm yyyy"})
    bold = book.add_format({"bold": True})
    for title, (columns, rows) in sheets.items():
        sheet = book.add_worksheet(title or None)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column, bold)
        for line, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                _write(sheet, line, place, plain(value))
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    book.close()
    return file.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, line: int, place: int, value: object) -> None:
    if isinstance(value, date):
        sheet.write_datetime(line, place, value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(line, place, value)
    else:
        sheet.write_string(line, place, str(value))


def _attached(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
