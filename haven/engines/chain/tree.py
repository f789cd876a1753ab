"""The Merkle tree of RFC 9162 §2.1 over tiles of 256 hashes, laid out as C2SP's tlog-tiles: https://c2sp.org/tlog-tiles.

A tile of level 0 holds leaf hashes; one of level n holds the roots of 256 full tiles of the level below. Only the last
tile of each level is partial. Hashes are 32 bytes, indexes count from 0, sizes are numbers of leaves.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Protocol

from haven.engines.chain.hashing import HASH_BYTES, node_hash

WIDTH = 256
HEIGHT = 8  # of a tile: 256 hashes are the leaves of a tree of eight storeys
EMPTY = sha256(b"").digest()
"""The root of a tree without leaves."""


class NoTile(LookupError):
    """A tile is missing, or narrower than it should be."""


class Tiles(Protocol):
    """Where hashes are read from."""

    def tile(self, level: int, index: int, width: int) -> bytes:
        """The first `width` hashes of a tile, one after the other. Raises `NoTile`."""
        ...


@dataclass(frozen=True, slots=True)
class Tile:
    """One full tile: 256 hashes, one after the other."""

    level: int
    index: int
    hashes: bytes

    @property
    def root(self) -> bytes:
        """The hash that stands for it in the level above."""
        return _storeys(self.hashes)[HEIGHT][0]


def partial_tiles(size: int) -> list[tuple[int, int, int]]:
    """Level, index and width of each partial tile of a tree, from the leaves up."""
    found, level, count = [], 0, size
    while count:
        if width := count % WIDTH:
            found.append((level, count // WIDTH, width))
        level, count = level + 1, count // WIDTH
    return found


def root(tiles: Tiles, size: int) -> bytes:
    """The root of the tree of the first `size` leaves."""
    return _Reader(tiles, size).range(0, size) if size else EMPTY


def inclusion(tiles: Tiles, index: int, size: int) -> list[bytes]:
    """The proof that a leaf is in the tree of a size: RFC 9162 §2.1.3.1. Raises `ValueError` where it is not."""
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    reader, low, high, proof = _Reader(tiles, size), 0, size, list[bytes]()
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            proof.append(reader.range(middle, high))
            high = middle
        else:
            proof.append(reader.range(low, middle))
            low = middle
    return proof[::-1]


def consistency(tiles: Tiles, old: int, size: int) -> list[bytes]:
    """The proof that a tree begins with a smaller one: RFC 9162 §2.1.4.1. Empty where nothing is to be proved."""
    if not 0 <= old <= size:
        raise ValueError(f"a tree of {size} leaves has no beginning of {old}")
    if old in (0, size):
        return []
    reader, low, high, proof = _Reader(tiles, size), 0, size, list[bytes]()
    while high != old:
        middle = low + _split(high - low)
        if old <= middle:
            proof.append(reader.range(middle, high))
            high = middle
        else:
            proof.append(reader.range(low, middle))
            low = middle
    if low:
        proof.append(reader.range(low, high))
    return proof[::-1]


def is_included(leaf: bytes, *, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof leads from a leaf's hash to the root: RFC 9162 §2.1.3.2. Size and root are those of one head:
    for the size alone the proof does not vouch.
    """
    if not 0 <= index < size or any(len(each) != HASH_BYTES for each in (leaf, root, *proof)):
        return False
    first, last, found = index, size - 1, leaf
    for each in proof:
        if last == 0:
            return False
        if first & 1 or first == last:
            found = node_hash(each, found)
            first, last = _up(first, last)
        else:
            found = node_hash(found, each)
        first, last = first >> 1, last >> 1
    return last == 0 and found == root


def is_consistent(*, old: int, size: int, old_root: bytes, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that one tree begins with the other: RFC 9162 §2.1.4.2. An empty one begins any tree."""
    if not 0 <= old <= size or any(len(each) != HASH_BYTES for each in (old_root, root, *proof)):
        return False
    if old in (0, size):
        return not proof and old_root == (root if old else EMPTY)
    steps = list(proof) if old & (old - 1) else [old_root, *proof]
    if not steps:
        return False
    first, last = old - 1, size - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    before = now = steps[0]
    for each in steps[1:]:
        if last == 0:
            return False
        if first & 1 or first == last:
            before, now = node_hash(each, before), node_hash(each, now)
            first, last = _up(first, last)
        else:
            now = node_hash(now, each)
        first, last = first >> 1, last >> 1
    return last == 0 and before == old_root and now == root


@dataclass(slots=True)
class Edge:
    """The right edge of a growing tree: the hashes of its partial tiles, from the leaves up. Appending costs one hash a
    leaf and a little.
    """

    size: int = 0
    levels: list[bytearray] = field(default_factory=list)

    @classmethod
    def of(cls, tiles: Tiles, size: int) -> "Edge":
        """The edge of the tree of a size, as its tiles tell it."""
        edge = cls(size)
        for level, index, width in partial_tiles(size):
            edge._reach(level)
            edge.levels[level] += tiles.tile(level, index, width)
        return edge

    def append(self, hashes: bytes) -> list[Tile]:
        """Take in leaf hashes, one after the other, and give back the tiles that became full, each once."""
        full: list[Tile] = []
        done = 0
        while done < len(hashes):
            self._reach(0)
            room = WIDTH * HASH_BYTES - len(self.levels[0])
            taken = hashes[done : done + room]
            self.levels[0] += taken
            done += len(taken)
            self.size += len(taken) // HASH_BYTES
            if len(taken) == room:
                self._carry(full)
        return full

    def root(self) -> bytes:
        """The root of the tree as it stands."""
        peaks = [peak for level in reversed(self.levels) for peak in _peaks(bytes(level))]
        if not peaks:
            return EMPTY
        found = peaks.pop()
        while peaks:
            found = node_hash(peaks.pop(), found)
        return found

    def _carry(self, full: list[Tile]) -> None:
        level = 0
        while len(self.levels[level]) == WIDTH * HASH_BYTES:
            tile = Tile(level, (self.size - 1) // WIDTH ** (level + 1), bytes(self.levels[level]))
            full.append(tile)
            self.levels[level].clear()
            level += 1
            self._reach(level)
            self.levels[level] += tile.root

    def _reach(self, level: int) -> None:
        while len(self.levels) <= level:
            self.levels.append(bytearray())


class _Reader:
    """Roots of ranges of a tree of one size, each tile read once."""

    def __init__(self, tiles: Tiles, size: int) -> None:
        self.tiles, self.size = tiles, size
        self.read: dict[tuple[int, int], tuple[tuple[bytes, ...], ...]] = {}

    def range(self, low: int, high: int) -> bytes:
        """The root over leaves `low` up to and without `high`, a range that RFC 9162 cuts a tree into."""
        count = high - low
        if count & (count - 1) == 0:
            return self.complete(count.bit_length() - 1, low // count)
        middle = low + _split(count)
        return node_hash(self.range(low, middle), self.range(middle, high))

    def complete(self, height: int, index: int) -> bytes:
        """The root of a complete subtree of 2^height leaves, the index-th of its kind."""
        level, storey = divmod(height, HEIGHT)
        tile, place = divmod(index, WIDTH >> storey)
        if (level, tile) not in self.read:
            width = min(WIDTH, (self.size >> HEIGHT * level) - WIDTH * tile)
            hashes = self.tiles.tile(level, tile, width)
            if len(hashes) != width * HASH_BYTES:
                raise NoTile(f"tile {tile} of level {level} should hold {width} hashes")
            self.read[level, tile] = _storeys(hashes)
        return self.read[level, tile][storey][place]


@lru_cache(maxsize=64)
def _storeys(hashes: bytes) -> tuple[tuple[bytes, ...], ...]:
    """Of a tile, full or partial, every complete node: storey 0 its hashes, storey 8 its root where it is full."""
    storey = tuple(hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES))
    found = [storey]
    for _ in range(HEIGHT):
        storey = tuple(node_hash(storey[at], storey[at + 1]) for at in range(0, len(storey) - 1, 2))
        found.append(storey)
    return tuple(found)


def _peaks(hashes: bytes) -> list[bytes]:
    """The roots of the complete subtrees that a partial tile falls into, the widest first."""
    storeys = _storeys(hashes)
    return [storey[-1] for height, storey in reversed(list(enumerate(storeys))) if len(storeys[0]) >> height & 1]


def _split(count: int) -> int:
    """Where RFC 9162 cuts a tree of two or more leaves: the largest power of two smaller than its size."""
    return 1 << (count - 1).bit_length() - 1


def _up(first: int, last: int) -> tuple[int, int]:
    """To where a left sibling was met: past the storeys at which the right edge has none."""
    while first and not first & 1:
        first, last = first >> 1, last >> 1
    return first, last
