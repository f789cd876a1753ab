"""The tree of RFC 9162 §2.1: hashes, roots and the two proofs."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

EMPTY = sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def rows_over(hashes: list[bytes]) -> list[list[bytes]]:
    """Every full tree over the hashes: in row k, tree i stands over 2ᵏ of them from i × 2ᵏ on."""
    rows = [hashes]
    while len(rows[-1]) > 1:
        row = rows[-1]
        rows.append([node_hash(left, right) for left, right in zip(row[::2], row[1::2], strict=False)])
    return rows


def peaks_of(rows: list[list[bytes]], size: int) -> list[bytes]:
    """The full trees that the first `size` hashes fall into, largest first."""
    return [rows[k][(size >> k) - 1] for k in reversed(range(size.bit_length())) if size >> k & 1]


def fold(peaks: Iterable[bytes]) -> bytes:
    """The root over full trees that stand side by side, largest first."""
    root = b""
    for peak in reversed(list(peaks)):
        root = node_hash(peak, root) if root else peak
    return root or EMPTY


class Peaks:
    """The full trees over what was added so far."""

    def __init__(self) -> None:
        self.count = 0
        self.hashes: list[bytes] = []

    def add(self, root: bytes) -> None:
        carried = self.count
        while carried & 1:
            root = node_hash(self.hashes.pop(), root)
            carried >>= 1
        self.hashes.append(root)
        self.count += 1


def root_from(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """The root that an inclusion proof leads to from a leaf's hash; None where it is none (§2.1.3.2)."""
    place, last, root = index, size - 1, leaf
    if not 0 <= index < size:
        return None
    for step in proof:
        if last == 0:
            return None
        if place & 1 or place == last:
            root = node_hash(step, root)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            root = node_hash(root, step)
        place, last = place >> 1, last >> 1
    return root if last == 0 else None


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
