"""When guidance has moved under a policy: whether the words it rests on still stand, and what stands there now."""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from haven.engines.compare.normal import plain
from haven.engines.compare.wording import pieces_of

NEAR = 0.5  # of the words of both, so many must be shared for one clause to stand where the other stood
SAME_NUMBER = 0.1  # what the same printed number counts for
SAME, OLD, NEW = "same", "old", "new"
REFERENCE = re.compile(
    r"\b(paragraphs?|paras?|pages?|sections?|parts?|annex(?:es)?|chapters?|footnotes?)\s+"
    r"(?:\d+(?:\.\d+)*[a-z]?|[a-z])\b(?:\s*(?:,|and|or|to|[-\u2013])\s*\d+(?:\.\d+)*\b)*",
    re.IGNORECASE,
)


class Footing(StrEnum):
    """Whether what a policy rests on still stands in the edition that is in force."""

    STANDS = "stands"
    MOVED = "moved"  # the words of the clause do not stand in it
    NEWER = "newer"  # another edition of the whole document has come into force since somebody looked
    OVER = "over"  # no edition is in force
    UNTOLD = "untold"  # its text is not in Haven


TOUCHED = frozenset({Footing.MOVED, Footing.NEWER, Footing.OVER})
"""Somebody should look whether the policy is still right."""


def footing_of_clause(*, is_in_force: bool, has_text: bool, stands: bool) -> Footing:
    """Whether the words of a clause still stand, by what is known of the newest edition in force."""
    if not is_in_force:
        return Footing.OVER
    if not has_text:
        return Footing.UNTOLD
    return Footing.STANDS if stands else Footing.MOVED


def footing_of_document(*, in_force_since: date | None, looked_on: date) -> Footing:
    """Whether a document still is what it was when somebody looked last."""
    if in_force_since is None:
        return Footing.OVER
    return Footing.NEWER if in_force_since > looked_on else Footing.STANDS


def but_for_references(key: str) -> str:
    """The key of a clause without the numbers by which it points elsewhere: they follow each renumbering."""
    return REFERENCE.sub(r"\1", key)


def nearest(key: str, number: str, among: Iterable[tuple[int, str, str]]) -> int | None:
    """The place of the clause that most likely stands where another stood; none where nothing is near enough.

    `among` are place, printed number and key of each clause.
    """
    words = Counter(key.split())
    best, most = None, NEAR
    for place, other_number, other in among:
        alike = _alike(words, Counter(other.split())) + (SAME_NUMBER if number and number == other_number else 0)
        if alike > most:
            best, most = place, alike
    return best


def _alike(one: Counter[str], other: Counter[str]) -> float:
    whole = one.total() + other.total()
    return 2 * (one & other).total() / whole if whole else 0.0


def marked(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """Two texts as one, in stretches that stayed, went or came."""
    before, after = pieces_of(old), pieces_of(new)
    if not before or not after:
        return tuple(each for each in ((OLD, old), (NEW, new)) if each[1])
    old_keys, new_keys = ([plain(piece.rstrip()) for piece in pieces] for pieces in (before, after))
    matcher = difflib.SequenceMatcher(None, old_keys, new_keys, autojunk=False)
    runs: list[tuple[str, str]] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            runs.append((SAME, _text(after, j1, j2)))
        else:
            runs += [(OLD, _text(before, i1, i2)), (NEW, _text(after, j1, j2))]
    return tuple(run for run in runs if run[1])


def _text(pieces: Sequence[str], start: int, end: int) -> str:
    return "".join(pieces[start:end])
