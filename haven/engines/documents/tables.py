"""Writes the cells of a table, and tells a table of data from one that only lays out a page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborNode

from haven.engines.documents.document import Block, BlockKind
from haven.engines.documents.scribe import Piece, Scribe, tidied
from haven.engines.patterns.late import late

_DIGIT = late(r"\d")
_LONGEST_HEADER = 40
_MOST_COLUMNS = 200
_COLUMN_NAME = late(
    r"\b(?:who|whom|what|when|where|why|how|by|dates?|days?|times?|actions?|tasks?|owners?|leads?|names?|roles?|posts?|phones?|"
    r"tel|telephone|mobile|numbers?|e-?mails?|venues?|places?|locations?|events?|deadlines?|due|schools?|contacts?|training|"
    r"courses?|sessions?|items?|status|progress|done|links?|returns?|subjects?|topics?|audience|for|notes?|organisations?|"
    r"agency|agencies|service|services|title|clusters?|initials|details|responsible|responsibility|documents?|guidance)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Cell:
    """A cell as its file gives it: the row it begins in, its words, and how far it reaches."""

    row: int
    pieces: list[Piece] = field(default_factory=list)
    across: int = 1
    down: int = 1
    is_header: bool = False
    column: int | None = None  # where the file says it; otherwise worked out


def is_laid_out(table: LexborNode) -> bool:
    """Whether an HTML table only lays out a page: it says so, holds another table or headings, or has one column."""
    if (table.attributes.get("role") or "").lower() in ("presentation", "none"):
        return True
    if table.css_first("th") is not None and table.css_first("table table") is None:
        return False
    if any(node.mem_id != table.mem_id for node in table.css("table")[:2]):
        return True
    if table.css_first("h1, h2, h3, h4, h5, h6, ul, ol") is not None:
        return True
    return not any(len([c for c in row.iter() if c.tag in ("td", "th")]) > 1 for row in table.css("tr"))


def write_table(scribe: Scribe, cells: Sequence[Cell], like: Block) -> None:
    """Write a table: its rows on lines of their own, cells parted by tabs, a merged cell's words once."""
    worded = ((cell, column, "".join(p.text for p in tidied(cell.pieces))) for cell, column in _placed(cells))
    placed = [(cell, column, words) for cell, column, words in worded if words]
    if not placed:
        return
    table = scribe.new_table()
    first = placed[0][0].row
    rows = len({cell.row for cell, _, _ in placed})
    has_headings = _is_heading_row([words for cell, _, words in placed if cell.row == first], rows)
    has_labels = not has_headings and _is_label_column(placed)
    above = -1
    for cell, column, _ in placed:
        kind = like.kind if like.kind in (BlockKind.FURNITURE, BlockKind.NOISE) else BlockKind.CELL
        is_header = cell.is_header or (has_headings and cell.row == first) or (has_labels and column == 0)
        block = replace(like, kind=kind, level=0, table=table, row=cell.row, column=column, is_header=is_header)
        scribe.write(cell.pieces, block, "\n\n" if above < 0 else "\t" if above == cell.row else "\n")
        above = cell.row


def _placed(cells: Sequence[Cell]) -> list[tuple[Cell, int]]:
    """Each cell with its column, past the cells that reach down from rows above."""
    reaching: dict[int, int] = {}  # column → last row taken by a cell above
    placed = []
    row, column = -1, 0
    for cell in cells:
        if cell.row != row:
            row, column = cell.row, 0
        while column in reaching and reaching[column] >= row and column < _MOST_COLUMNS:
            column += 1
        at = column if cell.column is None else cell.column
        placed.append((cell, at))
        column = at + cell.across
        if cell.down > 1:
            reaching.update(dict.fromkeys(range(at, min(column, _MOST_COLUMNS)), row + cell.down - 1))
    return placed


def _is_heading_row(words: list[str], rows: int) -> bool:
    """Whether a first row names its columns: short cells without figures; where there are only two, usual names."""
    if rows < 2 or len(words) < 2 or not all(_is_label(w) for w in words):
        return False
    return len(words) > 2 or all(_COLUMN_NAME.search(w) for w in words)


def _is_label_column(placed: Sequence[tuple[Cell, int, str]]) -> bool:
    """Whether a table of two columns is a list of labels, each with its value."""
    labels = [words for _, column, words in placed if column == 0]
    return max(column for _, column, _ in placed) == 1 and len(labels) > 1 and all(map(_is_label, labels))


def _is_label(words: str) -> bool:
    return len(words) <= _LONGEST_HEADER and not _DIGIT.search(words) and "@" not in words
