"""The parts of an edition: found from its headings, told by their number or name, and likened by their words."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LONGEST_NAME = 300
LONGEST_KEY = 120
WHOLE = "The whole document"
_KINDS_OF_PART = "part|annex|annexe|appendix|chapter|section|schedule"
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_NUMBER = rf"(?:\d+|[ivx]+|[a-z]|{'|'.join(_NUMBERS)})"
_NAMED = re.compile(rf"({_KINDS_OF_PART})\s+({_NUMBER})\b", re.IGNORECASE)
_BARE = re.compile(rf"({_KINDS_OF_PART})\s*[:–—-]", re.IGNORECASE)
_LISTS = re.compile(r"(?:table of )?contents", re.IGNORECASE)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_LETTERED = frozenset({"annex", "appendix"})


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of an edition: where it stands, what it says with its number, and under how many others."""

    place: int
    name: str
    depth: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an edition: from the clause at its place up to, not including, another. A part of which the text is not
    at hand has no place."""

    key: str
    name: str
    place: int | None = None
    until: int | None = None


def part_key(name: str) -> str:
    """By what a part is told from the others of its edition: its number where it has one, else its words."""
    plain = " ".join(name.split())
    if match := _NAMED.match(plain):
        kind = match[1].casefold().replace("annexe", "annex")
        return f"{kind} {_number(match[2].casefold(), kind)}"
    return " ".join(re.findall(r"[^\W_]+", plain.casefold()))[:LONGEST_KEY]


def short_name(name: str) -> str:
    """A part as it is called in a narrow column: its number where it has one."""
    match = _NAMED.match(name)
    return match[0] if match else name


def parts_found(headings: Sequence[Heading], clause_count: int, title: str = "") -> list[Part]:
    """The parts of an edition with so many clauses, in order: what its topmost headings part it into. What stands under
    the title of the document is its cover."""
    if not clause_count:
        return []
    depth = _depth(headings)
    tops = [each for each in headings if each.depth <= depth and not _LISTS.fullmatch(each.name.strip())]
    ends = [*(each.place for each in tops), clause_count + 1][1:]
    spans = [(top, end) for top, end in zip(tops, ends, strict=False) if end - top.place > 1 and top.place > 1]
    found: dict[str, Part] = {}
    for top, end in spans:
        part = Part(part_key(top.name), top.name[:LONGEST_NAME], top.place, end)
        known = found.get(part.key)
        if part.key and (known is None or _length(part) > _length(known)):  # a line of the contents has no text
            found[part.key] = part
    found.pop(part_key(title), None)
    parts = sorted(found.values(), key=lambda each: each.place or 0)
    if len(parts) > 1 or any(_NAMED.match(each.name) for each in parts):
        return parts
    return [Part(part_key(WHOLE), WHOLE, 1, clause_count + 1)]


def _depth(headings: Sequence[Heading]) -> int:
    """How deep the headings of the parts lie: where “Part one” or “Annex A” stands, else where there are several."""
    named = [each.depth for each in headings if _NAMED.match(each.name) or _BARE.match(each.name)]
    if named:
        return min(named)
    counts = Counter(each.depth for each in headings if each.place > 1)
    return next((depth for depth in sorted(counts) if counts[depth] > 1), 0)


def _number(told: str, kind: str) -> str:
    if told in _NUMBERS:
        return str(_NUMBERS.index(told) + 1)
    if told in _ROMAN and kind not in _LETTERED:
        return str(_ROMAN[told])
    return told.lstrip("0") or told


def _length(part: Part) -> int:
    return (part.until or 0) - (part.place or 0)


def likeness(old: Iterable[str], new: Iterable[str]) -> float:
    """How much of the larger of two parts is in the other, clause by clause: from 0 to 1."""
    ours, theirs = Counter(old), Counter(new)
    most = max(ours.total(), theirs.total())
    return (ours & theirs).total() / most if most else 0.0
