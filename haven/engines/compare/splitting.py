"""Finds clauses that were cut in several, and several that were made one."""

from collections import Counter

from haven.engines.compare.clauses import ClauseKind
from haven.engines.compare.matching import Matching
from haven.engines.compare.words import Words, lacking, shared

_MOST_PARTS = 4
_MOST_BETWEEN = 2  # clauses that may have come between two parts
_WITHIN = 0.65  # of what a part's words tell, that must stand in what the other parts leave of the whole
_FEWEST_WORDS = 4
_OTHER = (1, 0)


def match_joined(matching: Matching) -> None:
    """Pair a clause with the first of several that together have its very words, whichever edition it stands in. A
    clause or two may have come between them."""
    for side in (0, 1):
        wholes = {matching.clauses[side][at].key: at for at in matching.left(side)}
        left = matching.left(_OTHER[side])
        for place, first in enumerate(left):
            if matching.is_left(_OTHER[side], first):
                found = _joined(matching, side, wholes, left[place : place + _MOST_PARTS + _MOST_BETWEEN])
                if found:
                    _join(matching, side, *found)


def _joined(matching: Matching, side: int, wholes: dict[str, int], left: list[int]) -> tuple[int, list[int]] | None:
    """The whole that begins with the first of these, and its parts."""
    parts = matching.clauses[_OTHER[side]]
    chains = [[left[0]]]
    for at in left[1:]:
        for chain in list(chains):
            if at - chain[-1] > 1 + _MOST_BETWEEN or not matching.is_left(_OTHER[side], at):
                continue
            longer = [*chain, at]
            whole = wholes.get(" ".join(parts[part].key for part in longer))
            if whole is not None and matching.is_left(side, whole):
                return whole, longer
            if len(longer) < _MOST_PARTS:
                chains.append(longer)
    return None


def match_parts(matching: Matching, words: Words) -> None:
    """Where a clause's partner lacks words of it, and a neighbour of the partner that belongs to none has them, the two
    are its parts."""
    unlike = [(i, matching.partners[0][i]) for i, alike in matching.alike.items() if alike < 1]
    for side in (0, 1):
        left = set(matching.left(_OTHER[side]))
        for pair in unlike:
            whole, partner = pair[side], pair[_OTHER[side]]
            if not left.isdisjoint(_near(partner)):
                _grow(matching, words, side, whole, partner, left)


def _near(partner: int) -> range:
    """Where a part may stand, or might but for the ends of the edition."""
    return range(partner - 1 - _MOST_BETWEEN, partner + 2 + _MOST_BETWEEN)


def _grow(matching: Matching, words: Words, side: int, whole: int, partner: int, left: set[int]) -> None:
    if matching.clauses[side][whole].kind is ClauseKind.HEADING:
        return
    other = _OTHER[side]
    rest = lacking(words.bag(side, whole), words.bag(other, partner))
    for step in (1, -1):
        at = last = partner
        while abs((at := at + step) - last) <= 1 + _MOST_BETWEEN:
            part = words.bag(other, at) if at in left else Counter()
            if part.total() < _FEWEST_WORDS:
                continue
            if words.worth(shared(part, rest)) >= _WITHIN * words.worth(part):
                matching.parts[other][at] = partner
                left.remove(at)
                rest = lacking(rest, part)
                last = at


def _join(matching: Matching, side: int, whole: int, parts: list[int]) -> None:
    """Hold a whole and its parts together, the longest of them as its partner."""
    other = _OTHER[side]
    longest = max(parts, key=lambda at: (len(matching.clauses[other][at].key), -at))
    alike = len(matching.clauses[other][longest].key) / len(matching.clauses[side][whole].key)
    i, j = (whole, longest) if side == 0 else (longest, whole)
    matching.pair(i, j, min(alike, 0.999))
    for at in parts:
        if at != longest:
            matching.parts[other][at] = longest
