"""Puts the lines of a page in the order in which they are read, and leaves out what pages repeat."""

from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import NamedTuple

from haven.engines.compare.opening.furniture import TITLE, text_spans
from haven.engines.compare.opening.pdfcells import Row, apart, columns_of, row_line, steps, tables_of
from haven.engines.compare.opening.pdflines import Line, Page, Piece, is_lone_mark
from haven.engines.documents.pdfium import Run
from haven.engines.documents.pdflayout import parts_of

_SAME = 0.45  # of a line's size: baselines nearer than this are one
_NEAR = 0.8  # a gap of fewer letter heights than this is a blank
_TOUCHING = 0.9  # of a line's size: lines nearer than this overlap
_GAP = 1.75  # a pitch of more letter heights than this is white space
_LARGE = 1.3  # of the size of a page's text
_FEWEST = 6  # lines that make a column
_ACROSS = 0.6  # of the width of a page's text: wider tables are in no column


def regions_of(pages: list[Page]) -> tuple[list[list[Line]], str | None]:
    """The lines of all pages in reading order, region by region, each a column or what runs across, and the wording
    that most pages have at their head."""
    edged = [_edged(page.lines) for page in pages]
    spans, title = text_spans([[line.words for line in told] for told in edged])
    regions: list[list[Line]] = []
    for page, told, (start, end) in zip(pages, edged, spans, strict=True):
        start, end = _whole(told, start, -1), _whole(told, end, 1)
        kept = [line for line in told[start:end] if line.words]
        if kept:
            within = [line for line in page.lines if kept[-1].low - 1 <= line.y <= kept[0].high + 1]
            regions += _regions(within)
    return regions, title and title.lstrip(TITLE)


class _Told(NamedTuple):
    """The words on one baseline, and between which heights they stand; none where there is white space."""

    words: str
    low: float
    high: float
    size: float


def _edged(lines: list[Line]) -> list[_Told]:
    """The words on each baseline from the top down, parted where white space parts them."""
    told: list[_Told] = []
    last: Line | None = None
    sizes = sorted(line.size for line in lines)
    large = _LARGE * sizes[len(sizes) // 2] if sizes else 0.0
    for line in sorted(lines, key=lambda line: (-line.y, line.x0)):
        words = f"{line.note} {line.text}" if line.note else line.text
        if line.size > large:
            words = f"{TITLE}{words}"  # not the running head that says the same
        if last and last.y - line.y < _SAME * max(line.size, last.size):
            told[-1] = _Told(f"{told[-1].words} {words}", line.y, told[-1].high, line.size)
        else:
            if last and last.y - line.y > _GAP * max(line.size, last.size):
                told.append(_Told("", line.y, line.y, line.size))
            told.append(_Told(words, line.y, line.y, line.size))
        last = line
    return told


def _whole(told: list[_Told], at: int, step: int) -> int:
    """Where the text of a page begins or ends, so that what overlaps its outermost line is not taken from it: as a cell
    of two lines does with one beside it that stands half a line lower."""
    while 0 < at < len(told):
        above, below = told[at - 1 : at + 1]
        if not (above.words and below.words) or above.low - below.high > _TOUCHING * above.size:
            break
        at += step
    return at


def _regions(lines: list[Line]) -> list[list[Line]]:
    """The lines of a page, column by column where it has columns, and the rows of its tables."""
    count = steps(lines)
    if not count:
        return [_rows(part) for part in _parts(lines, [])]
    lines = apart(lines)
    tables = tables_of(lines, in_column=False) if count > 1 else []  # once it goes up to a second column
    return [region for part in _parts(lines, tables) for region in _columns(part)]


def _columns(lines: list[Line]) -> Iterator[list[Line]]:
    """A part of a page: what stands above short columns in it, they, and what stands below."""
    if not steps(lines):
        yield _rows(lines)
        return
    tables = tables_of(lines, in_column=True)
    columns = columns_of(lines, tables)
    if columns is None:
        yield _with_tables(lines, tables)
        return
    taken = {id(line) for line in columns.lines}
    rest = [line for line in lines if id(line) not in taken]
    sides = [line for line in rest if line.y > columns.top], [line for line in rest if line.y <= columns.top]
    yield from _columns(sides[0]) if sides[0] else ()
    yield from (_rows(cell.lines) for cell in columns.cells)
    yield from _columns(sides[1]) if sides[1] else ()


def _with_tables(lines: list[Line], tables: list[list[Row]]) -> list[Line]:
    """Lines from the top down, a row of a table as one."""
    rows = [row for table in tables for row in table]
    taken = {id(line) for row in rows for line in row.lines}
    rest = _rows([line for line in lines if id(line) not in taken])
    return sorted([*rest, *map(row_line, rows)], key=lambda line: -line.y)


def _parts(lines: list[Line], tables: list[list[Row]]) -> list[list[Line]]:
    """The lines of a page, each part in the file's order, column by column where it has columns. A row of a table is
    not parted."""
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    low, high = left + 0.35 * (right - left), left + 0.65 * (right - left)
    beyond = sum(line.x0 > low for line in lines)
    within = sum(line.x1 < high for line in lines)
    if beyond < _FEWEST or within < _FEWEST:
        return [lines]
    rows = [row for table in tables for row in table]
    reach = {id(line): (row.cells[0].x0, row.cells[-1].x1) for row in rows for line in row.lines}
    runs, across = [], set()
    for at, line in enumerate(lines):
        x0, x1 = reach.get(id(line), (line.x0, line.x1))
        runs.append(Run(line.text, x0, x1, line.y, line.size, line.is_bold, at, line.page))
        if id(line) in reach and x1 - x0 > _ACROSS * (right - left):
            across.add(at)
    for at, height in enumerate(_cuts(lines), 1):
        runs.append(Run("", left, right, height, 1.0, is_bold=False, order=-at, page=0))
        across.add(-at)
    parts = [sorted(run.order for run in part if run.order >= 0) for part in parts_of(runs, across)]
    return [[lines[at] for at in part] for part in parts if part]


def _cuts(lines: list[Line]) -> Iterator[float]:
    """The heights between what is written and read wholly before and wholly after, where columns end beside each other
    and others begin below them."""
    highest = list(accumulate((line.y for line in reversed(lines)), max))[::-1]
    lowest = lines[0].y
    has_risen = False
    for at, (before, line) in enumerate(pairwise(lines), 1):
        lowest = min(lowest, before.y)
        has_risen = has_risen or line.y > before.y + _SAME * line.size
        if has_risen and line.x0 < before.x0 - line.size and highest[at] < lowest - _SAME * line.size:
            yield (lowest + highest[at]) / 2
            has_risen = False


def _rows(lines: list[Line]) -> list[Line]:
    """Lines from the top down; those on one baseline are one."""
    if any(b.y > a.y - _SAME * b.size for a, b in pairwise(lines)):
        lines = sorted(lines, key=lambda line: (-line.y, line.x0))
    rows: list[Line] = []
    for line in lines:
        if rows and rows[-1].y - line.y < _SAME * max(line.size, rows[-1].size) and _is_beside(rows[-1], line):
            _merge(rows[-1], line)
        else:
            rows.append(line)
    return rows


def _is_beside(row: Line, line: Line) -> bool:
    return all(line.x1 <= piece.x0 + 2 or line.x0 >= piece.x1 - 2 for piece in row.pieces)


def _merge(row: Line, line: Line) -> None:
    """Put a line beside what stands on its baseline; a number or glyph apart from its words belongs before them."""
    row.is_bold = row.is_bold and (line.is_bold or not line.text[-1:].isalnum())
    row.note = row.note if row.x0 < line.x0 else line.note
    row.y, row.size = min(row.y, line.y), max(row.size, line.size)
    pieces: list[Piece] = []
    for piece in sorted(row.pieces + line.pieces, key=lambda piece: piece.x0):
        gap = piece.x0 - pieces[-1].x1 if pieces else 0.0
        is_lone = len(pieces) == 1 and is_lone_mark(pieces[0].text, gap, row.size)
        if pieces and (gap < _NEAR * row.size or is_lone):
            between = "" if gap < 0.1 * row.size and not is_lone else " "
            pieces[-1] = Piece(pieces[-1].text + between + piece.text, pieces[-1].x0, piece.x1)
        else:
            pieces.append(piece)
    row.pieces = pieces
    row.settle()
