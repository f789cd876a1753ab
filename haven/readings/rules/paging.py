"""A part to read on a telephone: a few screens at a time, begun at a heading where one is near."""

from collections.abc import Sequence
from dataclasses import dataclass

ENOUGH = 220  # words, after which the next heading begins a page
MOST = 420  # words, after which any clause does but an entry of a list
UTMOST = 700  # words, after which that does too
A_MINUTE = 220  # words that people read in a minute


@dataclass(frozen=True, slots=True)
class Measured:
    """A clause by its place, how many words it has, whether it is a heading, and whether it goes on from the last."""

    place: int
    words: int
    is_heading: bool
    goes_on: bool = False


def pages_of(clauses: Sequence[Measured]) -> list[tuple[int, int]]:
    """The pages of a part: each from a place to a place, both in it. No page ends with a heading."""
    pages: list[list[Measured]] = []
    count = 0
    for clause in clauses:
        if not pages or _begins_a_page(clause, count):
            kept = _headings_at_the_end(pages[-1]) if pages else []
            pages.append([*kept, clause])
            count = sum(each.words for each in pages[-1])
        else:
            pages[-1].append(clause)
            count += clause.words
    return [(page[0].place, page[-1].place) for page in pages if page]


def _begins_a_page(clause: Measured, count: int) -> bool:
    return count >= (ENOUGH if clause.is_heading else UTMOST if clause.goes_on else MOST)


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
