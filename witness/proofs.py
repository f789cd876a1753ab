"""The proof of RFC 9162 §2.1.4 that one tree begins with another."""

from collections.abc import Sequence

from verifier.trees import EMPTY, node_hash


def is_consistent(old: tuple[int, bytes], new: tuple[int, bytes], proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the new tree (size, root) begins with the old one (§2.1.4.2)."""
    (first, first_root), (second, second_root) = old, new
    if first in (0, second):
        return not proof and first_root == (EMPTY if first == 0 else second_root)
    if first > second or not proof:
        return False
    start, *steps = proof if first & (first - 1) else [first_root, *proof]
    place, last, before, after = first - 1, second - 1, start, start
    while place & 1:
        place, last = place >> 1, last >> 1
    for step in steps:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, step)
        place, last = place >> 1, last >> 1
    return last == 0 and (before, after) == (first_root, second_root)
