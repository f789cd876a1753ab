"""Cutting a note's text: at the marks of its items, around what is withheld, and an item's words in two."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from haven.actions.rules import WITHHELD


@dataclass(frozen=True, slots=True)
class Mark:
    """The words of one item: from `start` up to `end` of the note's text."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text under the same marks: the items that cover it, and those whose words begin with it."""

    text: str
    covering: tuple[int, ...] = ()
    opening: tuple[int, ...] = ()


def segments(text: str, marks: Iterable[Mark], hidden: Sequence[tuple[int, int]] = ()) -> list[Segment]:
    """The whole text in order, cut wherever a mark begins or ends; marks may overlap and lie in one another.

    What is hidden, given in order and apart, is replaced by one sign that it was withheld. Every mark opens once.
    """
    kept = sorted((_within(mark, text) for mark in marks), key=lambda mark: (mark.start, -mark.end, mark.number))
    edges = {
        0,
        len(text),
        *(each for mark in kept for each in (mark.start, mark.end)),
        *(e for span in hidden for e in span),
    }
    cuts = sorted(edges)
    made = []
    for start, end in zip(cuts, cuts[1:] or [len(text)], strict=False):
        covering = tuple(mark.number for mark in kept if mark.start <= start < mark.end)
        opening = tuple(mark.number for mark in kept if mark.start == start)
        shown = _shown(text, start, end, hidden)
        if shown or opening:
            made.append(Segment(shown, covering, opening))
    return made


def _within(mark: Mark, text: str) -> Mark:
    """The mark, kept inside the text and at least where it can open."""
    start = max(0, min(mark.start, len(text) - 1))
    return Mark(mark.number, start, max(start, min(mark.end, len(text))))


def _shown(text: str, start: int, end: int, hidden: Sequence[tuple[int, int]]) -> str:
    inside = next((span for span in hidden if span[0] <= start < span[1]), None)
    if inside is None:
        return text[start:end]
    return WITHHELD if inside[0] == start else ""


_BLANK = re.compile(r"\s+")


def find_words(text: str, words: str, near: int | None = None) -> tuple[int, int] | None:
    """Where the words stand in the text, white space apart: the place nearest to `near`, else the first."""
    parts = words.split()
    if not parts:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, parts)))
    found = [match.span() for match in pattern.finditer(text)]
    found = found or [match.span() for match in re.finditer(pattern.pattern, text, re.IGNORECASE)]
    return min(found, key=lambda span: abs(span[0] - (near or 0)), default=None)


@dataclass(frozen=True, slots=True)
class Half:
    """One of two parts of an item's words, by their place in the note."""

    start: int
    end: int
    quote: str


_BREAKS = (r"\n+", r"(?<=[.!?;:])\s+", r",\s+", r"\s+(?:and|or|then|also|plus)\s+", r"\s+[–—-]\s+")


def places_to_split(quote: str) -> list[int]:
    """Where an item's words would naturally part: before a new line, sentence, clause or 'and', likeliest first."""
    found: list[int] = []
    for pattern in _BREAKS:
        for match in re.finditer(pattern, quote):
            at = match.end()
            if quote[:at].strip() and quote[at:].strip() and at not in found:
                found.append(at)
    return found[:12]


def halves(start: int, quote: str, at: int) -> tuple[Half, Half] | None:
    """The words before and from `at`, white space trimmed; none where either would be empty."""
    parts = [_trimmed(start, quote, 0, at), _trimmed(start, quote, at, len(quote))]
    first, second = parts
    return (first, second) if first.quote and second.quote else None


def _trimmed(base: int, quote: str, start: int, end: int) -> Half:
    words = quote[start:end]
    start += len(words) - len(words.lstrip())
    words = words.strip()
    return Half(base + start, base + start + len(words), words)


def in_one_line(words: str) -> str:
    """The words without their line breaks."""
    return _BLANK.sub(" ", words).strip()
