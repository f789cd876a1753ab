"""Finds rows of tables by the order in which most files are written: cell after cell, and each from the top down."""

from dataclasses import dataclass
from itertools import pairwise

from haven.engines.compare.opening.pdflines import Line, Piece, is_lone_mark

_SAME = 0.45  # of a line's size: baselines nearer than this are one
_PITCH = 1.75  # letter heights: the widest pitch of lines that follow one another
_LOOSER = 1.3  # times the pitch of the lines above, where these are several
_BACK = 1.5  # letter heights that a line begins before the one above it, at most
_WITHIN = 2.2  # letter heights between the paragraphs of a cell
_BETWEEN = 4.0  # letter heights between the rows of a table
_TALL = 6  # lines, from which what stands side by side may be columns of a page
_LONG = 0.75  # of the width of a column: a line that goes on in the next
_EDGE = 3.0  # points between the left edges of what is one column
_SLACK = 1.0


@dataclass(slots=True)
class Cell:
    """Lines that stand under one another."""

    lines: list[Line]
    x0: float
    x1: float

    @property
    def top(self) -> float:
        return self.lines[0].y

    @property
    def bottom(self) -> float:
        return self.lines[-1].y

    def take(self, lines: list[Line]) -> None:
        """Add lines below."""
        self.lines += lines
        self.x0 = min(self.x0, *(line.x0 for line in lines))
        self.x1 = max(self.x1, *(line.x1 for line in lines))


@dataclass(slots=True)
class Row:
    """Cells side by side, from left to right; of running text a single one."""

    cells: list[Cell]

    @property
    def lines(self) -> list[Line]:
        return [line for cell in self.cells for line in cell.lines]

    @property
    def top(self) -> float:
        return max(cell.top for cell in self.cells)

    @property
    def bottom(self) -> float:
        return min(cell.bottom for cell in self.cells)

    @property
    def size(self) -> float:
        return self.cells[0].lines[0].size


def apart(lines: list[Line]) -> list[Line]:
    """Lines in the file's order, each piece as a line of its own."""
    if all(len(line.pieces) == 1 for line in lines):
        return lines
    return [single for line in lines for single in _pieces(line)]


def _pieces(line: Line) -> list[Line]:
    if len(line.pieces) == 1:
        return [line]
    notes = [line.note] + [""] * (len(line.pieces) - 1)
    return [
        Line([piece], line.y, line.size, line.is_bold, line.page, note)
        for piece, note in zip(line.pieces, notes, strict=True)
    ]


def steps(lines: list[Line]) -> int:
    """How often lines in the file's order are not below the one written before, but beside it or higher, as a cell or
    column is that stands beside another."""
    return sum(b.y > a.y - _SAME * a.size or len(b.pieces) > 1 for a, b in pairwise(lines))


def tables_of(lines: list[Line], *, in_column: bool) -> list[list[Row]]:
    """The rows of each table among lines in the file's order. `in_column` says that they are known to be of a single
    column, so that what stands side by side is no column of text."""
    tables: list[list[Row]] = []
    before: Row | None = None
    for row in _rows(_blocks(lines)):
        if not in_column and _is_led_by_column(row):
            row.cells = row.cells[1:]
        if len(row.cells) > 1 and not _is_set_out(row):
            if before and _follows(before, row) and (in_column or _has_edges_of(before, row)):
                tables[-1].append(row)
            else:
                tables.append([row])
            before = row
        else:
            before = None
    return [table for table in tables if _is_table(table, in_column=in_column)]


def columns_of(lines: list[Line], tables: list[list[Row]]) -> Row | None:
    """The first short columns of running text among the lines of a part of a page, side by side, which are no table."""
    known = {id(line) for table in tables for row in table for line in row.lines}
    for row in _rows(_blocks(lines)):
        is_free = len(row.cells) > 1 and id(row.lines[0]) not in known and not _is_set_out(row)
        if is_free and len(row.lines) > len(row.cells) and _is_flow(row):
            return row
    return None


def row_line(row: Row) -> Line:
    """A row as one line, whose pieces are its cells."""
    pieces = [Piece(" ".join(line.text for line in cell.lines), cell.x0, cell.x1) for cell in row.cells]
    first = row.cells[0].lines[0]
    is_bold = all(line.is_bold for line in row.lines)
    line = Line(pieces, row.top, first.size, is_bold, first.page)
    line.cells = [[part.text for part in cell.lines] for cell in row.cells]
    line.foot = row.bottom
    return line


def _blocks(lines: list[Line]) -> list[Cell]:
    """Lines in the file's order as long as they stand closely under one another."""
    blocks: list[Cell] = []
    for line in lines:
        if blocks and _is_under(blocks[-1], line):
            blocks[-1].take([line])
        else:
            blocks.append(Cell([line], line.x0, line.x1))
    return blocks


def _is_under(block: Cell, line: Line) -> bool:
    last = block.lines[-1]
    size = max(last.size, line.size)
    drop = last.y - line.y
    most = _PITCH * size
    if len(block.lines) > 1:
        most = min(most, _LOOSER * (block.lines[0].y - block.lines[1].y))
    overlaps = line.x0 < block.x1 and line.x1 > block.x0
    return _SAME * size < drop <= most and overlaps and line.x0 > block.x0 - _BACK * size


def _rows(blocks: list[Cell]) -> list[Row]:
    rows: list[Row] = []
    for block in blocks:
        if not rows or not _takes(rows, block):
            rows.append(Row([block]))
    return rows


def _takes(rows: list[Row], block: Cell) -> bool:
    """Put a block into the row it belongs to, if it stands beside what was written before it or goes on with it."""
    row = rows[-1]
    if len(row.cells) == 1:
        return _opens_row(rows, block)
    last = row.cells[-1]
    slack = _SAME * row.size
    if block.x0 >= last.x1 - _SLACK:
        is_level = block.top > row.bottom - slack and block.bottom < row.top + slack
        if is_level:
            row.cells.append(block)
        return is_level
    is_below = 0 < last.bottom - block.top <= _WITHIN * row.size and block.x0 < last.x1
    if is_below and block.x0 >= row.cells[-2].x1 - _SLACK:
        last.take(block.lines)
        return True
    return False


def _opens_row(rows: list[Row], block: Cell) -> bool:
    """Whether what was written before a block is the first cell of a row that it is the second of."""
    slack = _SAME * block.lines[0].size
    for at in range(len(rows) - 1, -1, -1):
        row = rows[at]
        (cell,) = row.cells[:1]
        is_flow = at + 1 == len(rows) or _is_above(cell, rows[at + 1].cells[0])
        if len(row.cells) > 1 or not is_flow or (block.x0 < cell.x1 - _SLACK and cell.top <= block.top + slack):
            break
        level = next((i for i, line in enumerate(cell.lines) if abs(line.y - block.top) < slack), None)
        if level is not None:
            level = 0 if at + 1 == len(rows) and _are_centred(cell, block) else level
            return _split_off(rows, at, level, block)
        if cell.top > block.top + slack:
            break
    cell = rows[-1].cells[0]
    is_beside = block.x0 >= cell.x1 - _SLACK and block.top > cell.bottom - slack and block.bottom < cell.top + slack
    if is_beside:
        rows[-1].cells.append(block)
    return is_beside


def _are_centred(cell: Cell, block: Cell) -> bool:
    """Whether two cells have their middles at one height."""
    return abs(cell.top + cell.bottom - block.top - block.bottom) < _SAME * block.lines[0].size


def _split_off(rows: list[Row], at: int, level: int, block: Cell) -> bool:
    """Make a row of what was written from a line on, and the block beside it."""
    lines = rows[at].cells[0].lines
    first = _cell(lines[level:])
    for row in rows[at + 1 :]:
        first.take(row.cells[0].lines)
    if block.x0 < first.x1 - _SLACK:
        return False
    rows[at:] = [Row([_cell(lines[:level])]), Row([first, block])] if level else [Row([first, block])]
    return True


def _cell(lines: list[Line]) -> Cell:
    return Cell(lines[:], min(line.x0 for line in lines), max(line.x1 for line in lines))


def _is_above(cell: Cell, below: Cell) -> bool:
    return cell.bottom > below.top and cell.x0 < below.x1 and below.x0 < cell.x1


def _is_set_out(row: Row) -> bool:
    """Whether a row is no more than numbers or glyphs before their words, or words and the page they are on."""
    first, second = row.cells[0], row.cells[1]
    if all(is_lone_mark(line.text, second.x0 - line.x1, line.size) for line in first.lines):
        return len(row.cells) == 2
    return len(row.cells) == 2 and len(second.lines) == 1 and second.lines[0].text.strip(". ").isdigit()


def _is_led_by_column(row: Row) -> bool:
    """Whether the first cell is a column of the page, beside which a table stands in the next."""
    first, *others = row.cells
    is_tall = len(first.lines) >= _TALL and len(others) > 1
    return is_tall and first.bottom < min(cell.bottom for cell in others) - _WITHIN * row.size


def _follows(before: Row, row: Row) -> bool:
    gap = before.bottom - row.top
    overlaps = row.cells[0].x0 < before.cells[-1].x1 and before.cells[0].x0 < row.cells[-1].x1
    return -_SAME * row.size < gap + row.size and before.top > row.top and gap < _BETWEEN * row.size and overlaps


def _is_flow(row: Row) -> bool:
    """Whether each cell ends as a passage does, or goes on in the next."""
    return all(_flows(a, b) for a, b in pairwise(row.cells))


def _flows(cell: Cell, after: Cell) -> bool:
    last, first = cell.lines[-1], after.lines[0].text[0]
    is_long = len(cell.lines) > 1 and last.x1 - cell.x0 > _LONG * (cell.x1 - cell.x0)
    return last.text.endswith((".", ";", ":")) or (first.islower() and is_long)


def _is_running(cell: Cell) -> bool:
    """Whether a cell is as long as running text and has gaps as that has."""
    pitches = [a.y - b.y for a, b in pairwise(cell.lines)]
    return len(pitches) >= _TALL and max(pitches) > _LOOSER * min(pitches)


def _has_edges_of(one: Row, other: Row) -> bool:
    """Whether the cells of one row begin where cells of the other do."""
    few, many = sorted(([cell.x0 for cell in row.cells] for row in (one, other)), key=len)
    return all(any(abs(x - y) < _EDGE for y in many) for x in few)


def _is_table(rows: list[Row], *, in_column: bool) -> bool:
    """Whether rows are a table: some cell has several lines, and no cells are as tall as columns of a page."""
    if all(len(cell.lines) == 1 for row in rows for cell in row.cells):
        return False  # nothing that its baselines would not tell as well
    if len(rows) == 1 and _is_flow(rows[0]):
        return False
    are_low = [min(len(cell.lines) for cell in row.cells) < _TALL for row in rows]
    if in_column:
        return len(rows) > 1 or (are_low[0] and not any(_is_running(cell) for cell in rows[0].cells))
    if any(is_low and len(row.cells) > 2 for row, is_low in zip(rows, are_low, strict=True)):
        return True
    edges = [row.cells[1].x0 for row in rows]
    return any(abs(a - b) < _EDGE for a, b in pairwise(edges))
