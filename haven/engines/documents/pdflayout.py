"""Finds the order in which a page is read: columns, lines, and the heads and feet that every page repeats."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from haven.engines.documents.pdfium import Page, Run
from haven.engines.patterns.late import late

_EDGE = 0.12  # of a page's height: where heads and feet stand
_DIGITS = late(r"\d+")
_PAGE_NUMBER = late(
    r"(?:page|p\.?)?\s*[-–—|]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*[-–—|]?(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE
)
_NUMBERED = late(r"^page \d{1,4}\b|\bpage \d{1,4}(?: (?:of|/) \d{1,4})?$", re.IGNORECASE)
_MOST_FURNITURE = 5  # lines at either edge
_BIN = 2.0  # points
_GLYPH = late(
    r"(?:[•·●○◦▪■□▫‣⁃∙◆◇❖►▶➢➤✓✔✗☐☑\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf02d§oØü*–—-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])"
)
_FEWEST = 6  # runs on either side of a gutter
_DEEPEST = 3


@dataclass(slots=True)
class Line:
    """Runs on one baseline, from left to right; those far apart stand as several."""

    runs: list[Run] = field(default_factory=list)

    @property
    def x0(self) -> float:
        return self.runs[0].x0

    @property
    def x1(self) -> float:
        return self.runs[-1].x1

    @property
    def y(self) -> float:
        return self.runs[0].y

    @property
    def size(self) -> float:
        return self.runs[0].size if len(self.runs) == 1 else max(run.size for run in self.runs)

    @property
    def is_bold(self) -> bool:
        return all(run.is_bold for run in self.runs)

    @property
    def text(self) -> str:
        return self.runs[0].text if len(self.runs) == 1 else " ".join(run.text for run in self.runs)


@dataclass(slots=True)
class Region:
    """Lines that are read one after another: one column, or what runs across."""

    lines: list[Line]
    page: int


def regions_of(page: Page, furniture: set[int]) -> list[Region]:
    """The regions of a page in reading order, without the runs (by `order`) that are furniture."""
    runs = [run for run in page.runs if run.order not in furniture]
    return [Region(lines_of(part), page.number) for part in parts_of(runs) if part]


def parts_of(runs: list[Run], across: Collection[int] = ()) -> list[list[Run]]:
    """The runs of a page, which are given in the file's order, parted into what is read before what. `across` are those
    (by `order`) that are known to run across any columns."""
    return _columns(runs, 0, across)


def lines_of(runs: Iterable[Run]) -> list[Line]:
    """Runs gathered into lines, from the top down."""
    lines: list[Line] = []
    for run in sorted(runs, key=lambda r: (-r.y, r.x0)):
        if lines and abs(lines[-1].y - run.y) < 0.45 * max(run.size, lines[-1].size):
            lines[-1].runs.append(run)
        else:
            lines.append(Line([run]))
    for line in lines:
        line.runs = _with_glyph(sorted(line.runs, key=lambda r: r.x0))
    return lines


def _with_glyph(runs: list[Run]) -> list[Run]:
    """A bullet's glyph belongs to its words, however far off; so does a raised 'th' to its number."""
    joined = runs[:1]
    for run in runs[1:]:
        before = joined[-1]
        is_glyph = len(joined) == 1 and _GLYPH.fullmatch(before.text) and run.x0 - before.x1 < 5 * run.size
        gap = run.x0 - before.x1
        if is_glyph or gap < 1.3 * max(run.size, before.size):
            between = " " if is_glyph or gap > 0.12 * run.size else ""
            joined[-1] = _merged(before, run, between)
        else:
            joined.append(run)
    return joined


def _merged(a: Run, b: Run, between: str) -> Run:
    shift = len(a.text) + len(between)
    links = [*a.links, *((start + shift, end + shift, url) for start, end, url in b.links)]
    words = f"{a.text}{between}{b.text}"
    is_bold = (a.is_bold or len(a.text) < 3) and b.is_bold
    return Run(words, a.x0, max(a.x1, b.x1), a.y, max(a.size, b.size), is_bold, a.order, a.page, links)


def _columns(runs: list[Run], depth: int, known: Collection[int] = ()) -> list[list[Run]]:
    """Runs parted into what is read before what: bands across the page, and in each band its columns."""
    free = [run for run in runs if run.order not in known] if known else runs
    gutter = _gutter(free) if depth < _DEEPEST and len(free) >= 2 * _FEWEST else None
    if gutter is None:
        return [runs]
    parts: list[list[Run]] = []
    band: list[Run] = []
    across: list[Run] = []
    for run in sorted(runs, key=lambda r: (-r.y, r.x0)):
        if (run.x0 < gutter - 1 and run.x1 > gutter + 1) or run.order in known:
            if band:
                parts += _sides(band, gutter, depth)
                band = []
            across.append(run)
        else:
            if across:
                parts.append(across)
                across = []
            band.append(run)
    return [*parts, *([across] if across else []), *_sides(band, gutter, depth)]


def _sides(band: list[Run], gutter: float, depth: int) -> list[list[Run]]:
    left = [run for run in band if run.x0 < gutter]
    right = [run for run in band if run.x0 >= gutter]
    return [part for side in (left, right) if side for part in _columns(side, depth + 1)]


def _gutter(runs: list[Run]) -> float | None:
    """Where the white space between two columns of text stands, if there are columns."""
    first, last = min(r.x0 for r in runs), max(r.x1 for r in runs)
    bins = int((last - first) / _BIN) + 1
    if not 40 <= bins < 20000:
        return None
    steps = [0] * (bins + 2)
    for run in runs:
        steps[int((run.x0 - first) / _BIN)] += 1
        steps[int((run.x1 - first) / _BIN) + 1] -= 1
    cover, covered = [], 0
    for step in steps[:bins]:
        covered += step
        cover.append(covered)
    inner = range(int(bins * 0.18), int(bins * 0.82))
    least = min(cover[i] for i in inner)
    if least > 0.2 * len(runs):
        return None
    for start, end in _valleys(cover, inner, least + max(1, len(runs) // 50)):
        at = first + _BIN * (start + end + 1) / 2
        if (end - start + 1) * _BIN >= 6 and _are_columns(runs, at, first, last):
            return at
    return None


def _valleys(cover: list[int], inner: range, most: int) -> list[tuple[int, int]]:
    """Stretches that few runs cross, the widest first."""
    found: list[tuple[int, int]] = []
    start = None
    for i in [*inner, inner.stop]:
        low = i < inner.stop and cover[i] <= most
        if low and start is None:
            start = i
        elif not low and start is not None:
            found.append((start, i - 1))
            start = None
    return sorted(found, key=lambda v: v[0] - v[1])[:6]


def _are_columns(runs: list[Run], at: float, first: float, last: float) -> bool:
    """Columns of text, not of a table: written one after the other, or filled from side to side."""
    sides = [(run, run.x0 >= at) for run in runs if run.x1 <= at + 1 or run.x0 >= at - 1]
    left = [run for run, is_right in sides if not is_right]
    right = [run for run, is_right in sides if is_right]
    if min(len(left), len(right)) < _FEWEST or not _overlap(left, right):
        return False
    crossings = sum(a[1] != b[1] for a, b in pairwise(sides))
    if crossings <= max(3, 0.2 * min(len(left), len(right))):
        return True
    fill_left = sum(r.x1 - r.x0 for r in left) / len(left) / max(at - first, 1)
    fill_right = sum(r.x1 - r.x0 for r in right) / len(right) / max(last - at, 1)
    return min(fill_left, fill_right) > 0.68 and min(len(left), len(right)) >= 10


def _overlap(left: list[Run], right: list[Run]) -> bool:
    low = max(min(r.y for r in left), min(r.y for r in right))
    high = min(max(r.y for r in left), max(r.y for r in right))
    return high - low > 40


@dataclass(frozen=True, slots=True)
class Furniture:
    """What pages repeat: by page the runs that are left out, and the wording of each head and foot, once."""

    runs: dict[int, set[int]]
    heads: list[str]
    feet: list[str]


def furniture_of(pages: list[Page]) -> Furniture:
    """The running heads and feet and the numbers of pages."""
    edges = [(page, line, is_top) for page in pages for line, is_top in _edge_lines(page)]
    seen = Counter(key for _, key in {(page.number, _key(line, is_top)) for page, line, is_top in edges})
    runs: dict[int, set[int]] = {}
    wordings: dict[tuple[str, bool], str] = {}
    enough = 2 if len(pages) < 6 else 3
    for page, line, is_top in edges:
        key = _key(line, is_top)
        is_number = bool(_PAGE_NUMBER.fullmatch(line.text.strip()))
        if is_number or seen[key] >= enough or _NUMBERED.search(line.text):
            runs.setdefault(page.number, set()).update(run.order for run in line.runs)
            if not is_number:
                wordings.setdefault(key, line.text)
    return Furniture(
        runs,
        [w for (_, is_top), w in wordings.items() if is_top],
        [w for (_, is_top), w in wordings.items() if not is_top],
    )


def _edge_lines(page: Page) -> list[tuple[Line, bool]]:
    """The outermost lines of a page that stand apart from its text, at the top (True) and at the foot (False)."""
    height = page.top - page.bottom
    near_top, near_foot = page.top - _EDGE * height, page.bottom + _EDGE * height
    lines = _plain_lines(page.runs)
    heads = [(line, True) for line in _apart(lines[: _MOST_FURNITURE + 1]) if line.y > near_top]
    return [*heads, *((line, False) for line in _apart(lines[: -_MOST_FURNITURE - 2 : -1]) if line.y < near_foot)]


def _apart(lines: list[Line]) -> list[Line]:
    """From the edge inwards, the lines up to the last wide gap."""
    apart = len(lines) if len(lines) == 1 else 0
    for at, (outer, inner) in enumerate(pairwise(lines), 1):
        if abs(outer.y - inner.y) > 1.7 * max(outer.size, inner.size):
            apart = at
    return lines[:apart]


def _plain_lines(runs: list[Run]) -> list[Line]:
    """Lines whose runs stay apart, so that each keeps its own number."""
    lines: list[Line] = []
    for run in sorted(runs, key=lambda r: (-r.y, r.x0)):
        if lines and abs(lines[-1].y - run.y) < 0.45 * run.size:
            lines[-1].runs.append(run)
        else:
            lines.append(Line([run]))
    return lines


def _key(line: Line, is_top: bool) -> tuple[str, bool]:
    return _DIGITS.sub("#", line.text.lower()), is_top
