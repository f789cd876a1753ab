"""What two sequences of words have in common, by bit arithmetic: a row of a hundred words costs a few machine steps."""

from collections.abc import Hashable, Sequence
from itertools import compress, count
from operator import ne


def common_length(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """The length of the longest common subsequence (Hyyrö 2004)."""
    head, tail = _ends(old, new)
    if head or tail:
        old, new = old[head : len(old) - tail], new[head : len(new) - tail]
    places = _places(new)
    everywhere = row = (1 << len(new)) - 1
    for item in old:
        met = row & places.get(item, 0)
        if met:
            row = (row + met) | (row - met)
    return head + tail + len(new) - (row & everywhere).bit_count()


def _ends(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[int, int]:
    """How many both begin with, and how many of the rest both end with."""
    shorter = min(len(old), len(new))
    head = next(compress(count(), map(ne, old, new)), shorter)
    tail = next(compress(count(), map(ne, reversed(old), reversed(new))), shorter)
    return head, min(tail, shorter - head)


def common_runs(old: list[str], new: list[str]) -> list[tuple[int, int, int]]:
    """Where a longest common subsequence runs on in both sequences: from where in either, and how far. Of several the
    same one, whichever sequence is named first."""
    if new < old:
        return [(i, j, length) for j, i, length in common_runs(new, old)]
    head, tail = _ends(old, new)
    runs = [(0, 0, head)] if head else []
    for i, j in _inner_pairs(old[head : len(old) - tail], new[head : len(new) - tail]):
        a, b, length = runs[-1] if runs else (0, 0, 0)
        if length and (i + head, j + head) == (a + length, b + length):
            runs[-1] = a, b, length + 1
        else:
            runs.append((i + head, j + head, 1))
    return [*runs, (len(old) - tail, len(new) - tail, tail)] if tail else runs


def common_pairs(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """The same, place by place."""
    return [(i + at, j + at) for i, j, length in common_runs(old, new) for at in range(length)]


def _inner_pairs(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    places = _places(new)
    row = (1 << len(new)) - 1
    rows = [row]
    for item in old:
        met = row & places.get(item, 0)
        row = (row + met) | (row - met)
        rows.append(row)
    pairs = []
    i, j = len(old), len(new)
    while i and j:
        bit = 1 << (j - 1)
        if rows[i] & bit:  # the last of `new` adds nothing
            j -= 1
        elif rows[i - 1] & bit:  # without the last of `old` there would be less: the two belong together
            pairs.append((i - 1, j - 1))
            i, j = i - 1, j - 1
        else:
            i -= 1
    pairs.reverse()
    return pairs


def _places(items: Sequence[Hashable]) -> dict[Hashable, int]:
    places: dict[Hashable, int] = {}
    bit = 1
    for item in items:
        places[item] = places.get(item, 0) | bit
        bit <<= 1
    return places


def heaviest_rising(ranks: Sequence[int], weights: Sequence[float]) -> set[int]:
    """The places of the rising subsequence of distinct ranks that weighs most."""
    size = len(ranks)
    order = {rank: at for at, rank in enumerate(sorted(ranks), 1)}
    best: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)  # Fenwick tree over ranks: the best that ends below
    before = [-1] * size
    top, last = 0.0, -1
    for at, (rank, weight) in enumerate(zip(ranks, weights, strict=True)):
        node, reached = order[rank] - 1, (0.0, -1)
        while node:
            reached = max(reached, best[node])
            node &= node - 1
        total, before[at] = reached[0] + weight, reached[1]
        node = order[rank]
        while node <= size:
            best[node] = max(best[node], (total, at))
            node += node & -node
        if total > top:
            top, last = total, at
    chosen = set()
    while last >= 0:
        chosen.add(last)
        last = before[last]
    return chosen
