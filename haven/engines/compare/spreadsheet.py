"""A comparison as a table for a spreadsheet, one line a change, in which nothing is ever a formula."""

import csv
import io

from haven.engines.compare.changes import Change, Comparison
from haven.engines.compare.clauses import Clause
from haven.engines.compare.telling import heading_of, kinds_of, path_of, strength_of, what_changed

ENCODING = "utf-8-sig"  # marked as UTF-8, so that Excel reads its accents
COLUMNS = (
    "What happened",
    "Old number",
    "New number",
    "Heading",
    "Old page",
    "New page",
    "Old text",
    "New text",
    "What changed",
    "Strength",
)
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def csv_of(comparison: Comparison) -> str:
    """The table as CSV, to be written in ENCODING."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([_plain(cell) for cell in _cells(change)] for change in comparison.changes)
    return text.getvalue()


def _cells(change: Change) -> tuple[str, ...]:
    return (
        ", ".join(kinds_of(change)),
        _numbers(change.old),
        _numbers(change.new),
        path_of(heading_of(change)),
        _page(change.old),
        _page(change.new),
        _text(change.old),
        _text(change.new),
        what_changed(change),
        strength_of(change),
    )


def _numbers(clauses: tuple[Clause, ...]) -> str:
    return ", ".join(clause.number or "–" for clause in clauses) if any(c.number for c in clauses) else ""


def _page(clauses: tuple[Clause, ...]) -> str:
    return str(clauses[0].page or "") if clauses else ""


def _text(clauses: tuple[Clause, ...]) -> str:
    return "\n".join(clause.text for clause in clauses)


def _plain(cell: str) -> str:
    """The cell as no spreadsheet calculates it: text that would start a formula gets a quote before it."""
    return f"'{cell}" if cell.startswith(STARTS_A_FORMULA) else cell
