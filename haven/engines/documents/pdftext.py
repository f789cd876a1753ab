"""Makes paragraphs, bullets, headings and tables of a PDF's lines."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from haven.engines.documents.document import BlockKind
from haven.engines.documents.hyphens import KEEPS_HYPHEN
from haven.engines.documents.pdfium import HYPHENS, Run, spelt
from haven.engines.documents.pdflayout import Line, Region
from haven.engines.documents.plaintext import BULLET
from haven.engines.documents.scribe import Piece
from haven.engines.patterns.late import late

_WORD = late(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_LAST = late(r"\S+$")
_FIRST = late(r"\S+")
_MAIL_ENDS = late(r"@[\w.-]+\.(?:uk|com|org|net|info|london|wales|scot|cymru|edu|eu|ie)$", re.IGNORECASE)
_ADDRESS = late(r"(?:https?://|www\.)\S*$|\b[\w-]+\.(?:gov|org|co|ac|sch|nhs|police)\.uk/\S*$", re.IGNORECASE)


@dataclass(slots=True)
class Passage:
    """Lines that make up one block."""

    kind: BlockKind
    lines: list[Line]
    page: int
    level: int = 0
    cells: list[tuple[int, int, list[Run]]] = field(default_factory=list)  # row, column, runs


def passages_of(regions: list[Region]) -> list[Passage]:
    """The blocks of all regions, in order; one that a column or page breaks in two is made whole."""
    letters: Counter[float] = Counter()
    for region in regions:
        for line in region.lines:
            letters[round(line.size * 2) / 2] += len(line.text)
    body = letters.most_common(1)[0][0] if letters else 10.0
    whole: list[Passage] = []
    for region in regions:
        for number, passage in enumerate(_passages(region, body)):
            if number == 0 and whole and _goes_on(whole[-1], passage):
                whole[-1].lines += passage.lines
            else:
                whole.append(passage)
    return whole


def _goes_on(before: Passage, after: Passage) -> bool:
    if before.kind not in (BlockKind.PARAGRAPH, BlockKind.BULLET) or after.kind is not BlockKind.PARAGRAPH:
        return False
    last, first = before.lines[-1].text, after.lines[0].text
    is_open = last[-1] in HYPHENS or last[-1] not in ".!?:;"
    return (
        is_open
        and (first[:1].islower() or last[-1] in HYPHENS)
        and abs(before.lines[-1].size - after.lines[0].size) < 1
    )


def _passages(region: Region, body: float) -> Iterator[Passage]:
    lines = region.lines
    edges = sorted(line.x1 for line in lines if len(line.runs) == 1)
    right = edges[int(len(edges) * 0.9) if len(edges) > 4 else -1] if edges else 0.0
    leading = _leading(lines)
    depths = _depths(lines)
    at = 0
    while at < len(lines):
        after = _table_end(lines, at)
        if after > at:
            yield _table(lines[at:after], region.page)
            at = after
            continue
        passage = _opened(lines[at], depths, region.page)
        at += 1
        while at < len(lines) and _table_end(lines, at) == at and _continues(passage, lines[at], right, leading):
            passage.lines.append(lines[at])
            at += 1
        if passage.kind is BlockKind.PARAGRAPH or (len(passage.lines) == 1 and passage.lines[0].text[:1].isdigit()):
            _make_heading(passage, body)
        yield passage


def _leading(lines: list[Line]) -> float:
    pitches = Counter(round(a.y - b.y, 0) for a, b in pairwise(lines) if 0 < a.y - b.y < 3 * a.size)
    return pitches.most_common(1)[0][0] if pitches else 14.0


def _depths(lines: list[Line]) -> list[float]:
    """Where the bullets of a region begin, from the left."""
    depths: list[float] = []
    for x in sorted(line.x0 for line in lines if BULLET.match(line.text)):
        if not depths or x - depths[-1] > 5:
            depths.append(x)
    return depths


def _opened(line: Line, depths: list[float], page: int) -> Passage:
    if BULLET.match(line.text):
        level = sum(1 for x in depths if x < line.x0 - 3)
        return Passage(BlockKind.BULLET, [line], page, min(level, 8))
    return Passage(BlockKind.PARAGRAPH, [line], page)


def _continues(passage: Passage, line: Line, right: float, leading: float) -> bool:
    """Whether a line goes on with the passage above it."""
    before = passage.lines[-1]
    pitch = before.y - line.y
    if pitch > 1.35 * max(leading, before.size) or abs(line.size - before.size) > 0.08 * before.size + 0.3:
        return False
    if line.is_bold != before.is_bold and (before.is_bold or line.is_bold) and before.text[-1] not in HYPHENS:
        return False
    if before.text[-1] in HYPHENS:
        return True
    if passage.kind is BlockKind.BULLET:
        return _continues_bullet(passage, line, right)
    if BULLET.match(line.text) or (line.x0 > passage.lines[-1].x0 + 0.9 * line.size and before.text[-1] in ".!?:"):
        return False
    return (line.is_bold and line.size > 15) or _is_full(before, line, right)


def _continues_bullet(passage: Passage, line: Line, right: float) -> bool:
    first, before = passage.lines[0], passage.lines[-1]
    if len(passage.lines) > 1 and line.x0 < passage.lines[1].x0 - 3:
        return False
    if BULLET.match(line.text) and (line.x0 <= first.x0 + 3 or not line.text[:1].isalnum()):
        return False
    hangs = line.x0 > first.x0 + 3
    return line.x0 >= first.x0 - 3 and (_is_full(before, line, right) or (hangs and before.text[-1] not in ".!?"))


def _is_full(before: Line, line: Line, right: float) -> bool:
    """Whether the next line's first word would not have fitted on the line before."""
    word = _FIRST.match(line.text)
    letters = len(word.group()) if word else 0
    width = (before.x1 - before.x0) / max(len(before.text), 1)
    is_open = before.text[-1].isalnum() or before.text[-1] == ","
    if is_open and line.text[:1].islower() and len(before.text) > 25:
        return True
    return before.x1 + (letters + 1) * width * 0.95 > right


def _make_heading(passage: Passage, body: float) -> None:
    text = " ".join(line.text for line in passage.lines)
    size = passage.lines[0].size
    is_short = len(passage.lines) <= 3 and len(text) <= 150 and any(c.isalpha() for c in text)
    is_larger = size >= 1.12 * body
    is_bolder = passage.lines[0].is_bold and len(text) <= 90 and text[-1] not in ".,;"
    if is_short and (is_larger or is_bolder):
        passage.kind = BlockKind.HEADING
        passage.level = 1 if size >= 1.5 * body else 2 if is_larger else 3


def _table_end(lines: list[Line], at: int) -> int:
    """The line after the table that begins at `at`, or `at` where none does."""
    if len(lines[at].runs) < 2:
        return at
    columns = [(run.x0, run.x1) for run in lines[at].runs]
    rows, last, end = 1, at, at + 1
    while end < len(lines) and end - at < 4000:
        line = lines[end]
        if lines[end - 1].y - line.y > 4.5 * line.size:
            break
        if len(line.runs) > 1:
            merged = _united(columns, [(run.x0, run.x1) for run in line.runs])
            if len(merged) < 2:
                break
            columns, rows, last = merged, rows + 1, end
        elif not _fits(line, columns):
            break
        end += 1
    return _with_wrapped(lines, last, columns) if rows > 1 else at


def _united(columns: list[tuple[float, float]], more: list[tuple[float, float]]) -> list[tuple[float, float]]:
    united: list[tuple[float, float]] = []
    for x0, x1 in sorted([*columns, *more]):
        if united and x0 < united[-1][1] - 1:
            united[-1] = (united[-1][0], max(united[-1][1], x1))
        else:
            united.append((x0, x1))
    return united


def _fits(line: Line, columns: list[tuple[float, float]]) -> bool:
    """Whether a line of one run lies within one column of a table."""
    return sum(line.x0 < x1 and line.x1 > x0 for x0, x1 in columns) <= 1


def _with_wrapped(lines: list[Line], last: int, columns: list[tuple[float, float]]) -> int:
    """The end of a table whose last row's cells go on below it."""
    end = last + 1
    while end < len(lines) and len(lines[end].runs) == 1 and lines[end - 1].y - lines[end].y < 1.35 * lines[end].size:
        column = _column(lines[end].runs[0], columns)
        if column == 0 and lines[end].text[:1].isupper():
            break
        if not _fits(lines[end], columns) or (column == 0 and lines[end].x1 > columns[0][1] + 2):
            break
        end += 1
    return end


def _column(run: Run, columns: list[tuple[float, float]]) -> int:
    shared = [min(run.x1, x1) - max(run.x0, x0) for x0, x1 in columns]
    return shared.index(max(shared))


def _table(lines: list[Line], page: int) -> Passage:
    columns: list[tuple[float, float]] = []
    for line in lines:
        if len(line.runs) > 1:
            columns = _united(columns, [(run.x0, run.x1) for run in line.runs])
    pitches = [a.y - b.y for a, b in pairwise(lines)]
    within = min(pitches, default=0.0)
    is_padded = max(pitches, default=0.0) > 1.2 * within and within < 1.4 * lines[0].size
    passage = Passage(BlockKind.CELL, lines, page)
    row = -1
    cells: dict[tuple[int, int], list[Run]] = {}
    for number, line in enumerate(lines):
        at = [_column(run, columns) for run in line.runs]
        is_new = number == 0 or (pitches[number - 1] > 1.12 * within if is_padded else 0 in at)
        row += is_new
        for run, column in zip(line.runs, at, strict=True):
            cells.setdefault((row, column), []).append(run)
    passage.cells = [(row, column, runs) for (row, column), runs in sorted(cells.items())]
    return passage


class Joiner:
    """Joins the lines of a passage to running text: words that were broken are made whole, addresses too."""

    def __init__(self, lines: Iterator[Line], urls: set[str]) -> None:
        self._words: set[str] = set()
        self._urls = {url.removeprefix("mailto:").lower() for url in urls}
        for line in lines:
            self._words.update(word.lower() for word in _WORD.findall(line.text.rstrip(HYPHENS)))

    def pieces(self, runs: list[list[Run]]) -> list[Piece]:
        """The words of lines, each a list of runs, as pieces with their links."""
        pieces: list[Piece] = []
        before = ""
        for line in runs:
            for number, run in enumerate(line):
                between = "\t" if number else self._between(before, run.text)
                if before.endswith(tuple(HYPHENS)) and pieces:
                    pieces[-1] = Piece(pieces[-1].text[:-1], pieces[-1].url)
                if pieces and between:
                    url = pieces[-1].url if between == "-" or (run.links and run.links[0][0] == 0) else None
                    pieces.append(Piece(between, url if pieces[-1].url == url else None))
                pieces += _linked(run)
                before = run.text
        return [Piece(spelt(p.text), p.url) for p in pieces if p.text]

    def _between(self, before: str, after: str) -> str:
        """What stands between two lines: a blank, a hyphen, or nothing."""
        if not before:
            return ""
        last, first = _LAST.search(before), _FIRST.match(after)
        if not last or not first:
            return " "
        head, tail = last.group(), first.group()
        if head[-1] in HYPHENS:
            return self._hyphen(head.rstrip(HYPHENS), tail)
        if head[-1] in "-‐" and len(head) > 1 and tail[:1].islower():
            return ""
        return "" if self._is_one_address(head, tail) else " "

    def _hyphen(self, head: str, tail: str) -> str:
        """Whether a word broken at the end of a line keeps its hyphen."""
        if not tail[:1].islower() or "@" in head or "/" in head:
            return "-"
        a, b = re.search(r"[^\W\d_]*$", head), _WORD.match(tail)
        first, second = (a.group().lower() if a else ""), (b.group().lower() if b else "")
        if f"{first}{second}" in self._words:
            return ""
        if f"{first}-{second}" in self._words or first in KEEPS_HYPHEN:
            return "-"
        return ""

    def _is_one_address(self, head: str, tail: str) -> bool:
        """Whether an e-mail or web address was broken between two lines."""
        joined = f"{head}{tail}".lower().strip(".,;()<>")
        if (
            ("@" in joined or "." in joined)
            and any(joined == url or joined in url for url in self._urls)
            and len(tail) > 2
        ):
            return "." in joined and head.lower() not in self._urls
        if tail[0] == "@" and re.search(r"[\w.-]$", head):
            return True
        if "@" in head and "@" not in tail and not _MAIL_ENDS.search(head.rstrip(".,;")):
            return bool(re.match(r"[\w-]*\.?[a-z]", tail)) and ("." in tail or head.endswith("."))
        is_open = head[-1] in "/=&?" and "//" in head
        return is_open or (bool(_ADDRESS.search(head)) and head[-1] in "-_%." and tail[:1].islower())


def _linked(run: Run) -> list[Piece]:
    pieces: list[Piece] = []
    at = 0
    for start, end, url in sorted(run.links):
        if start < at:
            continue
        pieces += [Piece(run.text[at:start]), Piece(run.text[start:end], url)]
        at = end
    return [piece for piece in [*pieces, Piece(run.text[at:])] if piece.text]
