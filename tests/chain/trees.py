"""Trees by the recursive definition of RFC 9162 §2.1, and tiles kept in memory."""

from collections.abc import Sequence
from functools import cache
from hashlib import sha256

from haven.engines.chain.hashing import HASH_BYTES, leaf_hash
from haven.engines.chain.tree import Edge, Place


def leaves(count: int) -> bytes:
    """The hashes of so many different leaves, one after the other."""
    return b"".join(leaf_hash(number.to_bytes(4, "big")) for number in range(count))


class Kept:
    """Tiles in memory: full ones and the edge of the tree that grew."""

    def __init__(self, hashes: bytes) -> None:
        self.edge = Edge()
        self.asked: list[int] = []
        self.full = {(tile.level, tile.index): tile.hashes for tile in self.edge.append(hashes)}

    def read(self, places: Sequence[Place]) -> list[bytes]:
        self.asked.append(len(places))
        return [self._hashes(each)[: each.width * HASH_BYTES] for each in places]

    def _hashes(self, place: Place) -> bytes:
        if (place.level, place.index) in self.full:
            return self.full[place.level, place.index]
        is_edge = place.level < len(self.edge.levels) and place.index == self.edge.size // 256 ** (place.level + 1)
        return bytes(self.edge.levels[place.level]) if is_edge else b""


class Defined:
    """The same tree, word for word as it is defined."""

    def __init__(self, hashes: bytes) -> None:
        self.hashes = [hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES)]
        self.root = cache(self._root)

    def _root(self, low: int, high: int) -> bytes:
        if low == high:
            return sha256(b"").digest()
        if high - low == 1:
            return self.hashes[low]
        middle = low + largest_power_below(high - low)
        return sha256(b"\x01" + self.root(low, middle) + self.root(middle, high)).digest()

    def path(self, index: int, low: int, high: int) -> list[bytes]:
        if high - low == 1:
            return []
        middle = low + largest_power_below(high - low)
        if index < middle:
            return [*self.path(index, low, middle), self.root(middle, high)]
        return [*self.path(index, middle, high), self.root(low, middle)]

    def subproof(self, old: int, low: int, high: int, *, is_known: bool) -> list[bytes]:
        if old == high:
            return [] if is_known else [self.root(low, high)]
        middle = low + largest_power_below(high - low)
        if old <= middle:
            return [*self.subproof(old, low, middle, is_known=is_known), self.root(middle, high)]
        return [*self.subproof(old, middle, high, is_known=False), self.root(low, middle)]


def largest_power_below(count: int) -> int:
    power = 1
    while power * 2 < count:
        power *= 2
    return power


def flipped(value: bytes, bit: int) -> bytes:
    """The value with one bit the other way."""
    changed = bytearray(value)
    changed[bit // 8 % len(value)] ^= 1 << bit % 8
    return bytes(changed)
