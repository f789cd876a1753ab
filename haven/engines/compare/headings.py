"""Pairs headings that were renamed: the clauses below them say which is which."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from haven.engines.compare.clauses import Clause, ClauseKind
from haven.engines.compare.matching import Matching

_ENOUGH = 0.5  # of the clauses below a heading that have a partner, how many must be below the other
_RENAMED = 0.3  # how alike renamed headings are said to be


def match_renamed(matching: Matching) -> None:
    """Pair two headings left over where most of what stands below the one now stands below the other."""
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
