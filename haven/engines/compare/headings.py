"""Pairs headings by what stands below them: renamed ones, and those that come back, such as "References"."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import partial

from haven.engines.compare.clauses import Clause, ClauseKind
from haven.engines.compare.matching import Matching, match_in_turn

_ENOUGH = 0.5  # of the clauses below a heading that have a partner, how many must be below the other
_RENAMED = 0.3  # how alike renamed headings are said to be


def match_by_contents(matching: Matching) -> None:
    """Pair two headings left over where most of what stands below the one now stands below the other."""
    if not all(map(partial(_has_heading_left, matching), (0, 1))):
        return
    old, new = matching.clauses
    above = _above(old), _above(new)
    votes: defaultdict[int, Counter[int]] = defaultdict(Counter)
    received: Counter[int] = Counter()
    for i, j in matching.partners[0].items():
        if (h := above[0][i]) >= 0 and (g := above[1][j]) >= 0:
            votes[h][g] += 1
            received[g] += 1
    for h, most in sorted(votes.items()):
        g, count = max(most.items(), key=lambda vote: (vote[1], -vote[0]))
        enough = count >= _ENOUGH * max(most.total(), received[g])
        if enough and matching.is_left(0, h) and matching.is_left(1, g):
            matching.pair(h, g, _RENAMED)


def _has_heading_left(matching: Matching, side: int) -> bool:
    return any(matching.clauses[side][at].kind is ClauseKind.HEADING for at in matching.left(side))


def match_labels(matching: Matching) -> None:
    """Pair what comes back ("References") and is left: in the same place, or under headings that belong together."""
    gaps = matching.gaps()
    parents = [_parents(clauses) for clauses in matching.clauses]
    match_in_turn(matching, gaps.of)
    match_in_turn(matching, lambda side, at: _parent_told(matching, side, parents[side][at]))


def _parent_told(matching: Matching, side: int, parent: int) -> int | None:
    """The heading of the old edition that a heading is or belongs to."""
    return (parent if parent in matching.partners[0] else None) if side == 0 else matching.partners[1].get(parent)


def _parents(clauses: Sequence[Clause]) -> list[int]:
    """For each clause, heading or not, the place of the heading that it stands under, or -1."""
    path: list[int] = []
    parents = []
    parent, before = -1, None
    for at, clause in enumerate(clauses):
        if clause.heading is not before:
            del path[len(clause.heading) :]
            parent, before = path[-1] if path else -1, clause.heading
        parents.append(parent)
        if clause.kind is ClauseKind.HEADING:
            path.append(at)
            before = None
    return parents


def _above(clauses: Sequence[Clause]) -> list[int]:
    """For each clause, the place of the heading it stands directly under, or -1."""
    last, above = -1, []
    for at, clause in enumerate(clauses):
        if clause.kind is ClauseKind.HEADING:
            last = at
            above.append(-1)
        else:
            above.append(last)
    return above
