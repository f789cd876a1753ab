"""Takes the words of a PDF out of PDFium, each run with its place on the page and the links that lie over it."""

import ctypes
import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

import pypdfium2_raw as pdfium

from haven.engines.apart import Begin, in_turn
from haven.engines.documents.limits import PAGES
from haven.engines.documents.refusal import Unreadable
from haven.engines.documents.weblinks import behind
from haven.engines.patterns.late import late

HYPHENS = "\ufffe\x02\u00ad"
_BLANKS = late(r"[ \t\u00a0]+")
_SEGMENT = late(r"[^\r\n\ufffe\x02\x00]+[\ufffe\x02]?")
_ODD_LETTER = late(r"[\ufffd\ue000-\uf8ff\x00\x01\x03-\x08\x0a-\x1f]")
_PASSWORD = 4
_URI = 3
_MOST_LINKS = 2000  # of a page
_BOLD = late(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_PLAIN = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"} | {
    0: None,
    0xA0: " ",
    0xAD: None,
    0x2010: "-",
    0x2011: "-",
}
_FEWEST_LETTERS = 20
_SAMPLE = 2000  # letters that mostly tell whether there are enough
_MEANINGLESS = 0.3
_LONG = 20  # pages from which the second half is worth a process of its own
_WIDE = 1.3  # a gap of so many letter heights parts two runs


@dataclass(slots=True)
class Run:
    """Words that stand close together on one line. `order` is their place in the file; `y` is their baseline, counted
    upwards; `links` are spans of `text` and where they lead."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    is_bold: bool
    order: int
    page: int
    links: list[tuple[int, int, str]] = field(default_factory=list)


@dataclass(slots=True)
class Page:
    """The runs of one page, in the file's order, and how far up and down the page reaches."""

    number: int
    bottom: float
    top: float
    runs: list[Run]


def pages_of(content: bytes, begin: Begin = in_turn) -> list[Page]:
    """The pages of a PDF. Raises Unreadable where it is locked, damaged or far too long. `begin` says how the second
    half of a long one is begun."""
    document, count = opened(content)
    half = count // 2 if count >= _LONG else count
    rest = (begin if half < count else in_turn)(partial(_pages, document, half, count))
    return _pages(document, 0, half) + rest()


def opened(content: bytes) -> tuple[object, int]:
    """A PDF as PDFium opens it, and how many pages it has. Raises Unreadable where it is locked, damaged or far too
    long."""
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(content, len(content), None)
    if not document:
        if pdfium.FPDF_GetLastError() == _PASSWORD:
            raise Unreadable("it is protected by a password; save it without one and read that")
        raise Unreadable("it is damaged, or not a PDF; save it again and read that")
    count = pdfium.FPDF_GetPageCount(document)
    if count > PAGES:
        raise Unreadable(
            f"it has {count:,} pages, more than the {PAGES:,} that are read; save the pages that matter alone"
        )
    return document, count


def check_letters(pages: int, words: str) -> None:
    """Raises Unreadable where the pages of a PDF hold no words, or none that can be told."""
    if not pages:
        raise Unreadable("it has no page that can be opened; save it again and read that")
    if all(sum(map(str.isalnum, part)) < _FEWEST_LETTERS for part in (words[:_SAMPLE], words)):
        raise Unreadable(
            "it holds no text, only pictures or nothing; have its text recognised (OCR), or ask for the original"
        )
    odd = len(_ODD_LETTER.findall(words))
    if odd > _MEANINGLESS * len(words):
        raise Unreadable(
            "its letters cannot be told (its fonts lack their alphabet); ask for the original, or paste the text"
        )


def _pages(document: object, first: int, end: int) -> list[Page]:
    pages = []
    for index in range(first, end):
        page = pdfium.FPDF_LoadPage(document, index)
        if page:
            text = pdfium.FPDFText_LoadPage(page)
            if text:
                pages.append(read_page(document, page, text, index + 1))
                pdfium.FPDFText_ClosePage(text)
            pdfium.FPDF_ClosePage(page)
    return pages


def read_page(document: object, page: object, text: object, number: int) -> Page:
    """An open page, turned upright where it lies on its side."""
    return _PageReader(document, page, text, number).page()


def words_of(text: object) -> str:
    """The letters of an open page, one for each that PDFium counts."""
    count = pdfium.FPDFText_CountChars(text)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text, 0, count, buffer)
    words = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "surrogatepass")
    if len(words) == count:
        return words
    codes = (pdfium.FPDFText_GetUnicode(text, i) for i in range(count))
    return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)


def size_of(text: object, index: int) -> float:
    """The size of a letter in points, as it is printed."""
    size = abs(float(pdfium.FPDFText_GetFontSize(text, index)))
    if size > 2:
        return size
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, index, ctypes.byref(matrix))
    return max(1.0, size * math.hypot(matrix.c, matrix.d))


class _PageReader:
    """Reads one open page."""

    def __init__(self, document: object, page: object, text: object, number: int) -> None:
        self._document = document
        self._page = page
        self._text = text
        self._number = number
        self._box = (ctypes.c_double * 4)()
        self._refs = [ctypes.byref(ctypes.c_double.from_buffer(self._box, 8 * at)) for at in range(4)]
        self._turn = 0.0
        self._starts: list[int] = []

    def page(self) -> Page:
        """The page's runs, turned upright where the page lies on its side."""
        words = words_of(self._text)
        segments = [(m.start(), m.end()) for m in _SEGMENT.finditer(words) if not m.group().isspace()]
        angles = [self._angle(start) for start, _ in segments]
        usual = Counter(a for a in angles if a is not None).most_common(1)
        self._turn = -math.radians(usual[0][0]) if usual else 0.0
        runs: list[Run] = []
        for (start, end), angle in zip(segments, angles, strict=True):
            if usual and angle == usual[0][0]:
                runs += self._runs(words, start, end, len(runs))
        self._link(runs)
        bottom, top = self._extent()
        return Page(self._number, bottom, top, runs)

    def _extent(self) -> tuple[float, float]:
        """The foot and the top of the page as it is read."""
        width, height = pdfium.FPDF_GetPageWidthF(self._page), pdfium.FPDF_GetPageHeightF(self._page)
        if pdfium.FPDFPage_GetRotation(self._page) % 2:
            width, height = height, width  # of the sheet before it was turned
        corners = [self._turned(0.0, 0.0)[1], self._turned(width, height)[1]]
        return min(corners), max(corners)

    def _angle(self, index: int) -> int | None:
        """The direction of writing in whole right angles, or None for what lies askew, as a watermark does."""
        degrees = math.degrees(pdfium.FPDFText_GetCharAngle(self._text, index)) % 360
        nearest = round(degrees / 90) * 90
        return nearest % 360 if abs(degrees - nearest) < 3 else None

    def _place(self, index: int) -> tuple[float, float, float]:
        """Left, right and foot of a letter."""
        pdfium.FPDFText_GetCharBox(self._text, index, *self._refs)
        left, right, bottom, top = self._box
        if not self._turn:
            return left, right, bottom
        corners = [self._turned(left, bottom), self._turned(right, top)]
        return min(c[0] for c in corners), max(c[0] for c in corners), min(c[1] for c in corners)

    def _turned(self, x: float, y: float) -> tuple[float, float]:
        cosine, sine = math.cos(self._turn), math.sin(self._turn)
        return x * cosine + y * sine, y * cosine - x * sine

    def _baseline(self, index: int) -> float:
        pdfium.FPDFText_GetCharOrigin(self._text, index, *self._refs[:2])
        x, y = self._box[:2]
        return self._turned(x, y)[1] if self._turn else y

    def _runs(self, words: str, start: int, end: int, order: int) -> Iterator[Run]:
        """The runs of one segment, parted at wide gaps."""
        while start < end and words[start].isspace():
            start += 1
        stop = end - 1 if words[end - 1] in HYPHENS else end
        size = size_of(self._text, start)
        begin = start
        for space in _BLANKS.finditer(words, start, stop):
            at, after = space.span()
            if at <= begin or after >= stop:
                continue
            if self._is_parted(at, after, size):
                yield self._run(words, begin, at, order)
                order, begin = order + 1, after
        if begin < end:
            yield self._run(words, begin, end, order)

    def _is_parted(self, at: int, after: int, size: float) -> bool:
        before, following = self._place(at - 1), self._place(after)
        gap = following[0] - before[1]
        return gap > _WIDE * size or gap < -2 * size or abs(following[2] - before[2]) > 1.2 * size

    def _run(self, words: str, start: int, end: int, order: int) -> Run:
        text = words[start:end].rstrip()
        last = start + len(text) - 1
        inner = max(start, last - (text[-1] in HYPHENS))
        is_bold = self._is_bold(start) and self._is_bold(inner)
        size = max(size_of(self._text, start), size_of(self._text, inner))
        self._starts.append(start)
        left, right = self._place(start)[0], self._place(last)[1]
        return Run(text, left, max(left, right), self._baseline(start), size, is_bold, order, self._number)

    def _is_bold(self, index: int) -> bool:
        name = (ctypes.c_char * 128)()
        length = pdfium.FPDFText_GetFontInfo(self._text, index, name, 128, None)
        heavy = pdfium.FPDFText_GetFontWeight(self._text, index) >= 600
        return heavy or bool(length and _BOLD.search(bytes(name).partition(b"\0")[0].decode("utf-8", "replace")))

    def _link(self, runs: list[Run]) -> None:
        """Give each run the links that lie over its letters."""
        by_height = sorted(range(len(runs)), key=lambda i: runs[i].y)
        heights = [runs[i].y for i in by_height]
        for left, bottom, right, top, url in self._annotations():
            for i in by_height[bisect_left(heights, bottom - 4) : bisect_left(heights, top)]:
                run = runs[i]
                if run.x0 < right and run.x1 > left and run.y + run.size * 0.3 > bottom:
                    span = self._covered(run, self._starts[i], left, right)
                    if span:
                        run.links.append((*span, url))

    def _covered(self, run: Run, start: int, left: float, right: float) -> tuple[int, int] | None:
        inside = []
        for offset in range(len(run.text)):
            x0, x1, _ = self._place(start + offset)
            if not run.text[offset].isspace() and left - 0.5 <= (x0 + x1) / 2 <= right + 0.5:
                inside.append(offset)
        while len(inside) > 1 and run.text[inside[-1]] in ".,;:)":
            inside.pop()
        return (inside[0], inside[-1] + 1) if inside else None

    def _annotations(self) -> Iterator[tuple[float, float, float, float, str]]:
        position, link, box = ctypes.c_int(0), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
        for _ in range(_MOST_LINKS):
            if not pdfium.FPDFLink_Enumerate(self._page, ctypes.byref(position), ctypes.byref(link)):
                return
            url = behind(self._uri(link))
            if url and pdfium.FPDFLink_GetAnnotRect(link, ctypes.byref(box)):
                corners = [self._turned(box.left, box.bottom), self._turned(box.right, box.top)]
                (x0, x1), (y0, y1) = (sorted(axis) for axis in zip(*corners, strict=True))
                yield x0, y0, x1, y1, url

    def _uri(self, link: object) -> str | None:
        action = pdfium.FPDFLink_GetAction(link)
        if not action or pdfium.FPDFAction_GetType(action) != _URI:
            return None
        length = pdfium.FPDFAction_GetURIPath(self._document, action, None, 0)
        if not 1 < length < 4000:
            return None
        buffer = ctypes.create_string_buffer(length)
        pdfium.FPDFAction_GetURIPath(self._document, action, buffer, length)
        return buffer.value.decode("utf-8", "replace")


def spelt(text: str) -> str:
    """Text with ligatures taken apart, and the blanks and hyphens that only typesetting knows made plain."""
    return text if text.isascii() else text.translate(_PLAIN)
