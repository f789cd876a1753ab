"""What a document's tables say once for many cells: the headings of columns, and their hours."""

import re
from collections.abc import Iterator, Mapping

from haven.engines.documents.document import Block, BlockKind, Document
from haven.engines.patterns.late import late
from haven.engines.reading.when.clock import Clock, find_clocks

_TIMES = late(r"\W*(?:start\s+)?(?:times?|hours|start|starts)\W*", re.IGNORECASE)


def column_headings(document: Document) -> Mapping[tuple[int, int], str]:
    """(table, column) → the words at the head of that column."""
    headings: dict[tuple[int, int], str] = {}
    first_rows: dict[int, int] = {}
    for table, row, column, block in _cells(document):
        if row == first_rows.setdefault(table, row):
            headings.setdefault((table, column), document.text[block.start : block.end].strip())
    return headings


def column_hours(document: Document, headings: Mapping[tuple[int, int], str]) -> Mapping[tuple[int, int], Clock]:
    """(table, column) → the hours that the column's heading, or its cell in a row of times, gives for the column."""
    hours: dict[tuple[int, int], Clock] = {}
    for key, words in headings.items():
        stretches = [c for c in find_clocks(words) if c.until is not None or _is_all(words, c)]
        if len(stretches) == 1:
            hours[key] = stretches[0]
    timed: tuple[int, int] | None = None
    for table, row, column, block in _cells(document):
        words = document.text[block.start : block.end]
        if column == 0:
            timed = (table, row) if _TIMES.fullmatch(words) else None
        elif timed == (table, row) and (found := find_clocks(words)):
            hours.setdefault((table, column), found[0])
    return hours


def _is_all(words: str, clock: Clock) -> bool:
    """Whether a heading is an hour and no more."""
    return not clock.is_weak and re.search(r"\w", words[: clock.start] + words[clock.end :]) is None


def _cells(document: Document) -> Iterator[tuple[int, int, int, Block]]:
    for block in document.blocks:
        if (
            block.kind is BlockKind.CELL
            and block.table is not None
            and block.row is not None
            and block.column is not None
        ):
            yield block.table, block.row, block.column, block
