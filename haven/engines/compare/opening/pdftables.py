"""Finds tables among the lines of a PDF, and what stands in their cells."""

from itertools import pairwise

from haven.engines.compare.opening.pdflines import Line, Piece

_FARTHEST = 4.5  # letter heights between the lines of one table
_MOST_LINES = 4000
_MOST_LONE = 3  # lines in a row with nothing beside them in the first column


def table_end(lines: list[Line], at: int) -> int:
    """The line after the table that begins at `at`, or `at` where none does."""
    if len(lines[at].pieces) < 2:
        return at
    columns = [(piece.x0, piece.x1) for piece in lines[at].pieces]
    rows, last, end, lone = 1, at, at + 1, 0
    while end < min(len(lines), at + _MOST_LINES):
        line = lines[end]
        if lines[end - 1].y - line.y > _FARTHEST * line.size:
            break
        if len(line.pieces) > 1:
            united = _united(columns, line.pieces)
            if len(united) < 2:
                break
            columns, rows, last, lone = united, rows + 1, end, 0
        else:
            lone = lone + 1 if _column(line.pieces[0], columns) == 0 else 0
            if not _fits(line, columns) or lone > _MOST_LONE:
                break
        end += 1
    return _with_wrapped(lines, last, columns) if rows > 1 else at


def rows_of(lines: list[Line]) -> list[list[list[str]]]:
    """The rows of a table: of each cell that has words, its lines."""
    columns: list[tuple[float, float]] = []
    for line in lines:
        if len(line.pieces) > 1:
            columns = _united(columns, line.pieces)
    pitches = [a.y - b.y for a, b in pairwise(lines)]
    within = min(pitches, default=0.0)
    is_padded = max(pitches, default=0.0) > 1.2 * within and within < 1.4 * lines[0].size
    rows: list[dict[int, list[str]]] = []
    for number, line in enumerate(lines):
        at = [_column(piece, columns) for piece in line.pieces]
        if not rows or (pitches[number - 1] > 1.12 * within if is_padded else 0 in at):
            rows.append({})
        for piece, column in zip(line.pieces, at, strict=True):
            rows[-1].setdefault(column, []).append(piece.text)
    return [[row[column] for column in sorted(row)] for row in rows]


def _united(columns: list[tuple[float, float]], pieces: list[Piece]) -> list[tuple[float, float]]:
    united: list[tuple[float, float]] = []
    for x0, x1 in sorted([*columns, *((piece.x0, piece.x1) for piece in pieces)]):
        if united and x0 < united[-1][1] - 1:
            united[-1] = (united[-1][0], max(united[-1][1], x1))
        else:
            united.append((x0, x1))
    return united


def _fits(line: Line, columns: list[tuple[float, float]]) -> bool:
    """Whether a line of one piece lies within one column of a table."""
    return sum(line.x0 < x1 and line.x1 > x0 for x0, x1 in columns) <= 1


def _with_wrapped(lines: list[Line], last: int, columns: list[tuple[float, float]]) -> int:
    """The end of a table whose last row's cells go on below it."""
    end = last + 1
    while end < len(lines) and len(lines[end].pieces) == 1:
        line = lines[end]
        if lines[end - 1].y - line.y > 1.35 * line.size or not _fits(line, columns):
            break
        column = _column(line.pieces[0], columns)
        if column == 0 and (line.text[:1].isupper() or line.x1 > columns[0][1] + 2):
            break
        end += 1
    return end


def _column(piece: Piece, columns: list[tuple[float, float]]) -> int:
    shared = [min(piece.x1, x1) - max(piece.x0, x0) for x0, x1 in columns]
    return shared.index(max(shared))
