"""A part to read on a telephone: a few screens at a time, begun at a heading where one is near."""

from collections.abc import Sequence
from dataclasses import dataclass

ENOUGH = 220  # words, after which the next heading begins a page
MOST = 420  # words, after which any clause does
A_MINUTE = 220  # words that people read in a minute


@dataclass(frozen=True, slots=True)
class Measured:
    """A clause by its place, how many words it has, and whether it is a heading."""

    place: int
    words: int
    is_heading: bool


def pages_of(clauses: Sequence[Measured]) -> list[tuple[int, int]]:
    """The pages of a part: each from a place to a place, both in it. No page ends with a heading."""
    pages: list[list[Measured]] = []
    count = 0
    for clause in clauses:
        if not pages or (count >= ENOUGH and clause.is_heading) or count >= MOST:
            kept = _headings_at_the_end(pages[-1]) if pages else []
            pages.append([*kept, clause])
            count = sum(each.words for each in pages[-1])
        else:
            pages[-1].append(clause)
            count += clause.words
    return [(page[0].place, page[-1].place) for page in pages if page]


def _headings_at_the_end(page: list[Measured]) -> list[Measured]:
    kept: list[Measured] = []
    while len(page) > 1 and page[-1].is_heading:
        kept.insert(0, page.pop())
    return kept


def minutes_for(words: int) -> int:
    """About how long it takes to read so many words; at least a minute."""
    return max(1, round(words / A_MINUTE))


def page_with(pages: Sequence[tuple[int, int]], place: int | None) -> int:
    """The number of the page, from 1, on which a place lies; the first where it lies on none."""
    return next((n for n, (first, last) in enumerate(pages, 1) if place is not None and first <= place <= last), 1)
