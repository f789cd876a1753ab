"""Puts the lines of a page in the order in which they are read, and leaves out what pages repeat."""

from itertools import pairwise

from haven.engines.compare.opening.furniture import TITLE, text_spans
from haven.engines.compare.opening.pdflines import Line, Page, Piece, is_lone_mark
from haven.engines.documents.pdfium import Run
from haven.engines.documents.pdflayout import parts_of

_SAME = 0.45  # of a line's size: baselines nearer than this are one
_NEAR = 0.8  # a gap of fewer letter heights than this is a blank
_GAP = 1.75  # a pitch of more letter heights than this is white space
_LARGE = 1.3  # of the size of a page's text
_FEWEST = 6  # lines that make a column


def regions_of(pages: list[Page]) -> tuple[list[list[Line]], str | None]:
    """The lines of all pages in reading order, region by region, each a column or what runs across, and the wording
    that most pages have at their head."""
    edged = [_edged(page.lines) for page in pages]
    spans, title = text_spans([[words for words, _ in told] for told in edged])
    regions: list[list[Line]] = []
    for page, told, (start, end) in zip(pages, edged, spans, strict=True):
        heights = [height for words, height in told[start:end] if words]
        if heights:
            within = [line for line in page.lines if heights[-1] - 1 <= line.y <= heights[0] + 1]
            regions += (_rows(part) for part in _parts(within))
    return regions, title and title.lstrip(TITLE)


def _edged(lines: list[Line]) -> list[tuple[str, float]]:
    """The words on each baseline from the top down, and how high it is; blank ones where white space parts them."""
    told: list[tuple[str, float]] = []
    last: Line | None = None
    sizes = sorted(line.size for line in lines)
    large = _LARGE * sizes[len(sizes) // 2] if sizes else 0.0
    for line in sorted(lines, key=lambda line: (-line.y, line.x0)):
        words = f"{line.note} {line.text}" if line.note else line.text
        if line.size > large:
            words = f"{TITLE}{words}"  # not the running head that says the same
        if last and last.y - line.y < _SAME * max(line.size, last.size):
            told[-1] = (f"{told[-1][0]} {words}", line.y)
        else:
            if last and last.y - line.y > _GAP * max(line.size, last.size):
                told.append(("", line.y))
            told.append((words, line.y))
        last = line
    return told


def _parts(lines: list[Line]) -> list[list[Line]]:
    """The lines of a page, column by column where it has columns."""
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    low, high = left + 0.35 * (right - left), left + 0.65 * (right - left)
    beyond = sum(line.x0 > low for line in lines)
    within = sum(line.x1 < high for line in lines)
    if beyond < _FEWEST or within < _FEWEST:
        return [lines]
    runs = [
        Run(line.text, line.x0, line.x1, line.y, line.size, line.is_bold, at, line.page)
        for at, line in enumerate(lines)
    ]
    return [[lines[run.order] for run in part] for part in parts_of(runs) if part]


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
