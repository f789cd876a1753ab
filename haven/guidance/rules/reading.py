"""How clauses are shown: where each stands, in words, and what is marked in it."""

from collections.abc import Sequence
from dataclasses import dataclass

NEAREST = 2  # headings that say where a clause stands
LONGEST_SHOWN = 600  # characters of a clause in a list of what was found


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of text, marked or not."""

    text: str
    is_marked: bool


def marked(shown: str, starts: str, stops: str) -> tuple[Marked, ...]:
    """A text as stretches, those between the two signs marked."""
    found = []
    for number, piece in enumerate(shown.split(starts)):
        inside, stop, after = piece.partition(stops)
        if number and stop:
            found.append(Marked(inside, is_marked=True))
            found.append(Marked(after, is_marked=False))
        else:
            found.append(Marked(piece, is_marked=False))
    return tuple(each for each in found if each.text)


def shortened(stretches: Sequence[Marked], most: int = LONGEST_SHOWN) -> tuple[Marked, ...]:
    """The stretches around the first that is marked, where all are longer than this; dots stand for the rest."""
    if sum(len(each.text) for each in stretches) <= most:
        return tuple(stretches)
    first = next((place for place, each in enumerate(stretches) if each.is_marked), 0)
    shown: list[Marked] = []
    if first:
        shown.append(Marked(f"… {_end(stretches[first - 1].text, most // 3)}", is_marked=False))
    left = most - sum(len(each.text) for each in shown)
    for each in stretches[first:]:
        if left <= 0:
            break
        text = each.text if len(each.text) <= left else f"{each.text[:left].rsplit(' ', 1)[0]} …"
        shown.append(Marked(text, each.is_marked))
        left -= len(each.text)
    return tuple(shown)


def _end(text: str, most: int) -> str:
    return text if len(text) <= most else text[-most:].split(" ", 1)[-1]


def place_in_words(*, number: str, heading: Sequence[str], page: int | None) -> str:
    """Where a clause stands: the headings nearest to it, its number, its page."""
    parts = [" › ".join(heading[-NEAREST:])] if heading else []
    if number:
        parts.append(f"paragraph {number}" if number[0].isdigit() else number)
    if page:
        parts.append(f"page {page}")
    return ", ".join(parts)
