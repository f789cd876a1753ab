"""Takes the lines of a PDF out of PDFium, each with its place: a handful of questions a line, none a letter."""

import ctypes
import math
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

import pypdfium2_raw as pdfium

from haven.engines.apart import Begin, in_turn
from haven.engines.documents.pdfium import check_letters, opened, read_page, words_of
from haven.engines.patterns.late import late

_LINE = late(r"[^\r\n\ufffe\x02\x00]+[\ufffe\x02]?")
_HYPHENS = "\ufffe\x02\u00ad"
_BOLD = late(r"bold|black|heavy|semib|demi", re.IGNORECASE)
_FIGURES = late(r"\d{1,3}(?=[\s.,;:)]|$)")
_LONE = late(r"(?:\(?(?:\d{1,4}(?:\.\d{1,3})*|[a-z]|[ivxl]{1,5})[.):]?|[^\w\s]|[\ue000-\uf8ff]|o)")
_FAR = 6.0  # a number or glyph is no more letter heights than this from its words
_BLANKS = late(r"[ \t\u00a0]+")
_NOTE = late(r"(?:\d{1,3}|[*†‡])\s*(?=\S)")
_SUNK = 0.4  # letter heights below its baseline that a letter reaches at most
_RAISED = 0.3  # letter heights above another baseline that a letter stands at least
_UNSCALED = 2.0  # a font set in this size or less has its true size in each letter's matrix
_SMALLER = 0.8  # of the letters around it, how tall a raised mark is at most
_WIDE = 0.8  # a gap of so many letter heights parts two cells
_WIDEST = 1.3  # the same where few other gaps show what is usual
_WIDER = 2.5  # times the gap between other words of the line
_TIGHT = 0.45  # letter heights, where a column of other lines begins at the same place
_TIGHTER = 1.5  # times the gap between other words, likewise
_EXACT = 1.2  # points
_DEEP = 3.0  # letter heights that a line must begin after the one above it, to be under its second cell
_LEVEL = 0.45  # letter heights: a line that is so much higher than the one before is not on its baseline
_FEW = 2  # blanks, of which each may part two cells
_WIDE_TYPE = 0.62  # the width of a letter, as a share of its height, in the widest type that is common
_STRETCHED = 1.12  # how much wider than usual, letter for letter, a line with gaps is
_LONG = 40  # pages from which the second half is worth a process of its own


@dataclass(slots=True)
class Piece:
    """Words that stand together on a line."""

    text: str
    x0: float
    x1: float


@dataclass(slots=True)
class Line:
    """A line of a page: its pieces from left to right, several where wide gaps part them. `y` is its baseline, counted
    upwards. A row of a table may be one line, whose pieces are its cells; then `cells` has the lines of each, and
    `foot` the lowest baseline."""

    pieces: list[Piece]
    y: float
    size: float
    is_bold: bool
    page: int
    note: str = ""  # a raised number that stands before the words
    text: str = ""
    x0: float = 0.0
    x1: float = 0.0
    cells: list[list[str]] | None = None
    foot: float = 0.0

    def __post_init__(self) -> None:
        self.settle()

    def settle(self) -> None:
        """Work out the words and the reach of the whole line from its pieces."""
        self.text = " ".join(piece.text for piece in self.pieces)
        self.x0, self.x1 = self.pieces[0].x0, self.pieces[-1].x1


@dataclass(slots=True)
class Page:
    """The lines of one page in the file's order, and how far up and down the page reaches."""

    number: int
    bottom: float
    top: float
    lines: list[Line] = field(default_factory=list)


def is_lone_mark(text: str, gap: float, size: float) -> bool:
    """Whether the words that begin a line are a number or glyph of what follows after the gap."""
    return gap < _FAR * size and len(text) < 12 and _LONE.fullmatch(text) is not None


def pages_of(content: bytes, begin: Begin = in_turn) -> list[Page]:
    """The pages of a PDF. Raises Unreadable where it is locked, damaged, far too long, or holds no words. `begin` says
    how the second half of a long one is begun."""
    document, count = opened(content)
    half = count // 2 if count >= _LONG else count
    rest = (begin if half < count else in_turn)(partial(_pages, document, half, count))
    pages = _pages(document, 0, half) + rest()
    check_letters(len(pages), "".join(line.text for page in pages for line in page.lines))
    return pages


def _pages(document: object, first: int, end: int) -> list[Page]:
    reader = _Reader(document)
    pages = []
    for index in range(first, end):
        page = pdfium.FPDF_LoadPage(document, index)
        if page:
            text = pdfium.FPDFText_LoadPage(page)
            if text:
                pages.append(reader.page(page, text, index + 1))
                pdfium.FPDFText_ClosePage(text)
            pdfium.FPDF_ClosePage(page)
    return pages


class _Reader:
    """Reads the pages of one document."""

    def __init__(self, document: object) -> None:
        self._document = document
        self._box = [ctypes.c_double() for _ in range(4)]
        self._refs = [ctypes.byref(value) for value in self._box]
        self._is_bold: dict[int, bool] = {}
        self._scales: dict[float, float] = {}
        self._matrix = pdfium.FS_MATRIX()
        self._text: object = None

    def page(self, page: object, text: object, number: int) -> Page:
        """The lines of an open page."""
        self._text = text
        self._scales.clear()
        words = words_of(text)
        found = _LINE.search(words)
        if pdfium.FPDFPage_GetRotation(page) or (found and self._is_turned(found.start())):
            return self._turned(page, text, number)
        top = pdfium.FPDF_GetPageHeightF(page)
        lines = []
        for match in _LINE.finditer(words):
            start, end = _bare(words, *match.span())
            if start < end:
                line = self._line(words, start, end, number)
                if words[end - 1].isalpha() and self._is_off(line):
                    words = self._broken(words, start, end, line)
                    spans = [_bare(words, *part.span()) for part in _LINE.finditer(words, start, end)]
                    lines += [(self._line(words, *span, number), span[0]) for span in spans]
                elif line.size < 100 and not (line.size > 30 and self._is_turned(start)):
                    lines.append((line, start))
        self._part(words, lines)
        return Page(number, 0.0, top, [line for line, _ in lines])

    def _is_off(self, line: Line) -> bool:
        """Whether the last letter of a line, whose box was asked for last, stands on another baseline."""
        return not -_SUNK * line.size < self._box[2].value - line.y < _RAISED * line.size

    def _broken(self, words: str, start: int, end: int, line: Line) -> str:
        """Letters with a line end at each blank of a line after which another baseline begins, as cells of a table have
        that are set at their middles."""
        y = line.y
        for blank in _BLANKS.finditer(words, start, end):
            at, after = blank.span()
            self._left(after)
            if abs(self._box[1].value - y) > _RAISED * line.size:
                words = f"{words[:at]}\n{words[at + 1 :]}"
                y = self._box[1].value
        return words

    def _line(self, words: str, start: int, end: int, number: int) -> Line:
        text, a, b, _ = self._text, *self._refs[:3]
        last = end - 2 if words[end - 1] in _HYPHENS and end - start > 1 else end - 1
        size = self._size(start)
        pdfium.FPDFText_GetCharOrigin(text, start, a, b)
        x0, y = self._box[0].value, self._box[1].value
        is_bold = self._bold(start)
        said, note = words[start:end], ""
        if words[start].isdigit() or words[last].isdigit() or said[0] in "*†‡":
            first_size, last_size = size, self._size(last)
            pdfium.FPDFText_GetCharOrigin(text, last, a, b)
            y = min(y, self._box[1].value)
            size = max(first_size, last_size)
            raised = _NOTE.match(said) if first_size < _SMALLER * size else None
            if raised:
                said, note = said[raised.end() :], raised.group().strip()
        if is_bold and last > start:
            is_bold = self._bold(last)
        pdfium.FPDFText_GetCharBox(text, last, *self._refs)
        x1 = self._box[1].value
        said = self._unraised(said, end - len(said), size)
        return Line([Piece(said, x0, max(x0, x1))], y, size, is_bold, number, note)

    def _unraised(self, said: str, start: int, size: float) -> str:
        """Words without the small numbers that stand for footnotes."""
        for mark in reversed(list(_FIGURES.finditer(said))):
            at = mark.start()
            if at and not said[at - 1].isdigit() and self._size(start + at) < _SMALLER * size:
                said = said[:at].rstrip() + said[mark.end() :]
        return said

    def _size(self, index: int) -> float:
        """The size of a letter in points, as it is printed."""
        size = abs(float(pdfium.FPDFText_GetFontSize(self._text, index)))
        if size not in self._scales or size <= _UNSCALED:
            pdfium.FPDFText_GetMatrix(self._text, index, ctypes.byref(self._matrix))
            self._scales[size] = math.hypot(self._matrix.c, self._matrix.d)
        return max(1.0, size * self._scales[size])

    def _bold(self, index: int) -> bool:
        letter = pdfium.FPDFText_GetTextObject(self._text, index)
        font = pdfium.FPDFTextObj_GetFont(letter) if letter else None
        if not font:
            return False
        key = ctypes.addressof(font.contents)
        if key not in self._is_bold:
            name = ctypes.create_string_buffer(128)
            pdfium.FPDFFont_GetBaseFontName(font, name, 128)
            heavy = pdfium.FPDFFont_GetWeight(font) >= 600
            self._is_bold[key] = heavy or bool(_BOLD.search(name.value.decode("utf-8", "replace")))
        return self._is_bold[key]

    def _is_turned(self, index: int) -> bool:
        """Whether a letter does not stand upright."""
        degrees = math.degrees(pdfium.FPDFText_GetCharAngle(self._text, index)) % 360
        return 3 < degrees < 357

    def _turned(self, page: object, text: object, number: int) -> Page:
        """A page that lies on its side."""
        read = read_page(self._document, page, text, number)
        lines = [
            Line([Piece(run.text, run.x0, run.x1)], run.y, run.size, run.is_bold, number)
            for run in read.runs
            if run.text.strip()
        ]
        return Page(number, read.bottom, read.top, lines)

    def _part(self, words: str, lines: list[tuple[Line, int]]) -> None:
        """Part the lines that are wider than their letters account for at their wide gaps; then those in which the
        columns of others begin."""
        widths = sorted((line.x1 - line.x0) / (line.size * len(line.text)) for line, _ in lines if len(line.text) > 20)
        usual = min(widths[len(widths) * 2 // 5], _WIDE_TYPE) if widths else _WIDE_TYPE
        for line, start in lines:
            if " " in line.text and line.x1 - line.x0 > _STRETCHED * usual * line.size * len(line.text):
                self._part_line(words, line, start, [])
        for (line, start), (below, _) in pairwise(lines):
            if _hangs(line, below):
                self._part_line(words, line, start, [round(below.x0)])
        edges = _edges([line for line, _ in lines])
        for line, start in lines if edges else ():
            if any(line.x0 + line.size < x < line.x1 for x in edges):
                self._part_line(words, line, start, edges)

    def _part_line(self, words: str, line: Line, start: int, edges: list[int]) -> None:
        """Part a line at gaps that are wide, and wider than those between its other words, as justified ones are; and
        where other lines have an edge of a column."""
        end = start + len(words[start:].split("\n", 1)[0].rstrip("\r \t\u00a0"))
        blanks = [blank.span() for blank in _BLANKS.finditer(words, start, end)]
        places = [(at, after, self._right(at - 1), self._left(after)) for at, after in blanks]
        gaps = sorted(right - left for _, _, left, right in places)
        usual = gaps[len(gaps) // 2] if len(gaps) > _FEW else 0.0
        least = max(_WIDE * line.size, _WIDER * usual) if usual else _WIDEST * line.size
        tight = max(_TIGHT * line.size, _TIGHTER * usual)
        x0, x1 = line.x0, line.x1
        cells: list[Piece] = []
        begin = start
        for at, after, left, right in places:
            gap = right - left
            if begin == start and is_lone_mark(words[start:at], gap, line.size):
                continue
            if gap > least or (gap > tight and any(abs(right - x) < _EXACT for x in edges)):
                cells.append(Piece(self._unraised(words[begin:at], begin, line.size), x0, left))
                begin, x0 = after, right
        if cells:
            cells.append(Piece(self._unraised(words[begin:end], begin, line.size), x0, x1))
            line.pieces = cells
            line.settle()

    def _left(self, index: int) -> float:
        pdfium.FPDFText_GetCharOrigin(self._text, index, *self._refs[:2])
        return self._box[0].value

    def _right(self, index: int) -> float:
        pdfium.FPDFText_GetCharBox(self._text, index, *self._refs)
        return self._box[1].value


def _bare(words: str, start: int, end: int) -> tuple[int, int]:
    """Where words begin and end without the white space around them."""
    while start < end and words[start].isspace():
        start += 1
    while end > start and words[end - 1].isspace():
        end -= 1
    return start, end


def _hangs(line: Line, below: Line) -> bool:
    """Whether the line written next stands under a line, but begins further to the right than a number before it
    would account for, as the second line of a cell does beside a cell of one line."""
    if len(line.pieces) > 1 or not line.x0 + _DEEP * line.size < below.x0 < line.x1:
        return False
    first = line.text.split(" ", 1)[0]
    return 0.8 * line.size < line.y - below.y < 2 * line.size and not is_lone_mark(first, 0.0, line.size)


def _edges(lines: list[Line]) -> list[int]:
    """Where columns begin: where several pieces do, or a line that is written after lower ones to the left."""
    starts = Counter(round(piece.x0) for line in lines for piece in line.pieces[1:])
    starts.update(round(b.x0) for a, b in pairwise(lines) if b.y > a.y + _LEVEL * a.size and b.x0 > a.x1)
    return [x for x, times in starts.items() if times > 1]
