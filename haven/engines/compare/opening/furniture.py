"""Finds what the pages of a text repeat: running heads and feet, and the numbers of pages."""

import re
from collections import Counter, defaultdict
from itertools import pairwise

from haven.engines.compare.opening.titles import reads_as_sentence
from haven.engines.patterns.late import late

_DIGITS = late(r"\d+")
_PAGE_NUMBER = late(
    r"(?P<named>page\s|p\.?\s?|pg\.?\s?)?\s*(?:(?P<number>\d{1,4}|[ivxl]{1,6})|\[\d{1,4}\]|\(\d{1,4}\)|([-–—|])\s?\d{1,4}\s?[-–—|])"
    r"(?P<total>\s*(?:of|/)\s*\d{1,4})?(?:\s*\|?\s*page)?",
    re.IGNORECASE,
)
TITLE = "¶"  # begins a line in large type, which is no running head
_PAGE = "\f"  # stands for whatever numbers a page
_DEEPEST = 3  # lines at either edge of a page
_MANY = 8  # pages that count on from one another are numbered, however many there are
_SHORT = 16  # lines of a page on which the head might reach to the foot
_LONGEST = 120
_LEAST_PAGE = 8  # lines


def page_number(line: str) -> str | None:
    """The number that a line gives a page, if that is all it says: '12' of 'Page 12 of 40'; otherwise None."""
    found = _PAGE_NUMBER.fullmatch(line) if len(line) <= 24 else None
    figures = found and (_DIGITS.search(line) or found)
    return figures.group() if figures else None


class _Edge:
    """The outermost lines of a page that are not blank, from its edge inwards."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.places: list[int] = []
        self.keys: list[str] = []
        self.is_apart: list[bool] = []  # whether a blank line follows inwards
        self.loose: dict[int, str] = {}  # of lines with the number of their page, what they are whichever page it is


def without_furniture(pages: list[list[str]]) -> tuple[list[list[str]], str | None]:
    """The lines of each page without what is repeated at its edges, and the wording that most pages have at their
    head."""
    spans, title = text_spans(pages)
    return [page[start:end] for page, (start, end) in zip(pages, spans, strict=True)], title


def text_spans(pages: list[list[str]]) -> tuple[list[tuple[int, int]], str | None]:
    """Where in the lines of each page its text begins and ends between what is repeated at its edges, and the wording
    that most pages have at their head. A blank line stands for white space."""
    heads, feet = [_edge(page, 1) for page in pages], [_edge(page, -1) for page in pages]
    ahead = _numbered_ahead(heads, feet)
    for edges in (heads, feet):
        for place, edge in enumerate(edges):
            numbers = [place + more for more in ahead]
            edge.keys = [_key(edge, at, numbers) for at in range(len(edge.lines))]
    at_head, at_foot = _counted(heads), _counted(feet)
    spans = []
    for page, head, foot in zip(pages, heads, feet, strict=True):
        start, end = _reaches(head, at_head, len(pages)), _reaches(foot, at_foot, len(pages))
        spans.append((0 if start is None else start + 1, len(page) if end is None else end))
    if not any(line for page, (start, end) in zip(pages, spans, strict=True) for line in page[start:end]):
        return [(0, len(page)) for page in pages], None  # a form, of which each page says the same
    return spans, _title(heads, at_head)


def _edge(page: list[str], step: int) -> _Edge:
    edge = _Edge()
    deepest = _DEEPEST
    if len(page) < _SHORT:
        deepest = min(_DEEPEST, max(1, (sum(map(bool, page)) + (step > 0)) // 2))
    for at in range(len(page))[::step]:
        line = page[at]
        if line:
            edge.lines.append(line.strip())
            edge.places.append(at)
            edge.is_apart.append(0 <= at + step < len(page) and not page[at + step])
            if len(edge.lines) == deepest:
                break
    return edge


def _numbered_ahead(heads: list[_Edge], feet: list[_Edge]) -> list[int]:
    """How far the printed numbers of pages are ahead of their place among the pages, the usual one first: several where
    parts are numbered anew."""
    usual = Counter(
        int(figures) - page
        for edges in (heads, feet)
        for page, edge in enumerate(edges)
        for figures in {figures for line in edge.lines if len(line) <= _LONGEST for figures in _DIGITS.findall(line)}
        if len(figures) < 5
    )
    enough = max(2, min(_MANY, 0.3 * len(heads)))
    return [ahead for ahead, times in usual.most_common(3) if times >= enough]


def _key(edge: _Edge, at: int, numbers: list[int]) -> str:
    """What a line at an edge has in common with those of other pages, if it is furniture; `numbers` may be the page's
    own."""
    line = edge.lines[at]
    if len(line) > _LONGEST:
        return ""
    alone = page_number(line)
    if alone is not None and (alone != line or not alone.isdigit() or not numbers or int(alone) in numbers):
        return _PAGE
    key = " ".join(line.lower().split())
    if not numbers or key[0] == TITLE or str(numbers[0]) not in key:
        return key
    words = key.split()
    is_lone = at == 0 and edge.is_apart[0] and key[-1] not in ".,;:" and not reads_as_sentence(key)
    if is_lone and str(numbers[0]) in (words[0], words[-1]):
        return _PAGE
    edge.loose[at] = _DIGITS.sub("#", key)
    return key


def _counted(edges: list[_Edge]) -> Counter[str]:
    return Counter(key for edge in edges for key in {*edge.keys, *edge.loose.values()})


def _reaches(edge: _Edge, seen: Counter[str], pages: int) -> int | None:
    """Where the innermost line of an edge stands that is furniture."""
    inmost = None
    is_outermost = True
    for number, (line, place, key) in enumerate(zip(edge.lines, edge.places, edge.keys, strict=True)):
        if key == _PAGE:
            inmost = place
        elif any(map(str.isalpha, key)):
            times = max(seen[key], seen[edge.loose.get(number, key)])
            if times >= _enough(line, pages, is_outermost=is_outermost, is_apart=edge.is_apart[number]):
                inmost = place
        is_outermost = inmost == place
        if not is_outermost and _reads_on(line):
            break
    return inmost


def _enough(line: str, pages: int, *, is_outermost: bool, is_apart: bool) -> float:
    """On how many pages a line must come back to be furniture: on few where it stands apart and is no sentence."""
    least = max(2, 0.5 * pages) if pages < 6 else 3
    if _reads_on(line):
        return max(3, (0.6 if is_apart and is_outermost else 0.9) * pages)
    if not is_outermost:
        return max(least, 0.5 * pages)
    return least if is_apart else max(least, 0.1 * pages)


def _reads_on(line: str) -> bool:
    """Whether a line is rather of a sentence than of a running head."""
    return line[-1] in ".,;:" or line[0].islower() or reads_as_sentence(line)


def _title(heads: list[_Edge], seen: Counter[str]) -> str | None:
    for head in heads:
        for line, key in zip(head.lines[:1], head.keys, strict=False):
            if len(heads) > 2 and seen[key] > 0.6 * len(heads) and key != _PAGE:
                return " ".join(line.split())
    return None


def paged(lines: list[str]) -> list[list[str]]:
    """Lines parted into pages where no page end is marked: after each line that only pages repeat."""
    cuts = _cuts(lines)
    return [lines[a:b] for a, b in pairwise([0, *(cut + 1 for cut in cuts), len(lines)])]


def _cuts(lines: list[str]) -> list[int]:
    places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for at, line in enumerate(lines):
        if line and len(line) <= _LONGEST and (line[-1].isdigit() or line.lstrip()[0].isdigit() or "age " in line):
            figures = _DIGITS.search(line)
            if figures:
                places[_DIGITS.sub("#", line.lower())].append((at, int(figures.group())))
    best: list[int] = []
    for listed in places.values():
        chain = _chain(listed)
        if len(chain) >= 3 and len(chain) > len(best):
            best = chain
    return best or _repeated(lines)


def _chain(listed: list[tuple[int, int]]) -> list[int]:
    """The lines of a kind whose numbers go up by one from page to page."""
    chain: list[tuple[int, int]] = []
    for at, number in listed:
        if not chain or (number - chain[-1][1] in (1, 2) and at - chain[-1][0] >= _LEAST_PAGE):
            chain.append((at, number))
    return [at for at, _ in chain] if len(chain) > 0.7 * len(listed) else []


def _repeated(lines: list[str]) -> list[int]:
    """The lines of the one wording that comes back at the distance of a page."""
    for wording, times in Counter(lines).most_common(12):
        words = wording.split()
        if times < 4 or not 1 < len(words) <= 16 or wording[-1] in ".;:," or not words[0][0].isalnum():
            continue
        places = [at for at, line in enumerate(lines) if line == wording]
        gaps = sorted(b - a for a, b in pairwise(places))
        if gaps[0] >= _LEAST_PAGE and gaps[-1] <= 3 * gaps[len(gaps) // 2]:
            return [at - 1 for at in places if at]
    return []
