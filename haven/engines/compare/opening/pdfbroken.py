"""Mends tables that a column or page breaks: the rest of a row, and a head that is printed again."""

from collections.abc import Iterator

from haven.engines.compare.opening.pdflines import Line

_EDGE = 3.0  # points between the left edges of what is one column
_CLOSE = 2.2  # letter heights: the widest pitch within a cell
_HYPHENS = "-\u2010\ufffe\x02\u00ad"


def is_head_again(head: list[list[str]], line: Line) -> bool:
    """Whether a line, or row of a table, says what the first row of the table says that was broken."""
    cells = line.cells or [[piece.text] for piece in line.pieces]
    return bool(head) and [" ".join(cell) for cell in cells] == [" ".join(cell) for cell in head]


def rest_of_row(table: list[Line], region: list[Line], shift: float) -> tuple[int, dict[int, list[str]]]:
    """How many lines at the beginning of a region go on with the last row of a table that was broken before it, and
    the lines of each cell, by its place in the row. `shift` is how far to the right the region may be."""
    for by in _shifts(table[-1], region, shift):
        count, cells = _rest(table, region, by)
        if count and _goes_on(table, cells):
            return count, cells
    return 0, {}


def _shifts(last: Line, region: list[Line], shift: float) -> Iterator[float]:
    """How far to the right the columns of a table may stand: as its next whole row does, where there is one."""
    full = next((line for line in region if line.cells and len(line.cells) == len(last.pieces)), None)
    if full:
        yield full.x0 - last.x0
    yield 0.0
    yield shift


def _rest(table: list[Line], region: list[Line], by: float) -> tuple[int, dict[int, list[str]]]:
    """The first lines of a region as far as each stands in columns of the last row."""
    edges = [piece.x0 + by for piece in table[-1].pieces]
    cells: dict[int, list[str]] = {}
    count = 0
    for line in region:
        before = region[count - 1] if count else None
        if before and (before.cells or before.y - line.y > _CLOSE * line.size):
            break
        columns = [_column(piece.x0, edges) for piece in line.pieces]
        if (
            None in columns
            or (line.cells and count)
            or any(line.x1 > x + 1 for x in edges if x > line.pieces[-1].x0 + _EDGE)
        ):
            break
        parts = line.cells or [[piece.text] for piece in line.pieces]
        for column, words in zip(columns, parts, strict=True):
            if column is not None:
                cells.setdefault(column, []).extend(words)
        count += 1
    return count, cells


def _column(x0: float, edges: list[float]) -> int | None:
    return next((at for at, edge in enumerate(edges) if abs(edge - x0) < _EDGE), None)


def _goes_on(table: list[Line], cells: dict[int, list[str]]) -> bool:
    """Whether all these cells go on with those of the last row: they begin small, or the last line there is as long as
    the others; where a new row would have as many cells, both."""
    last = table[-1].cells or []
    begin_small = [words[0][0].islower() for words in cells.values()]
    are_full = [_is_full(last[at][-1], words[0], _longest(table, at)) for at, words in cells.items()]
    if any(last[at][-1].endswith((".", "!", "?")) for at in cells) or not any(begin_small):
        return False
    if len(cells) == len(last):
        return all(begin_small) and all(are_full)
    return all(small or full for small, full in zip(begin_small, are_full, strict=True))


def _is_full(last: str, words: str, longest: int) -> bool:
    return last[-1] in _HYPHENS or len(last) + len(words.split(" ", 1)[0]) + 1 > longest


def _longest(table: list[Line], at: int) -> int:
    """How many letters the longest line in a column has."""
    return max(
        (len(words) for row in table if row.cells for cell in row.cells[at : at + 1] for words in cell), default=0
    )
