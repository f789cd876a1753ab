"""The Merkle tree of RFC 9162 §2.1 over tiles of 256 hashes, laid out as C2SP's tlog-tiles: https://c2sp.org/tlog-tiles.

A tile of level 0 holds leaf hashes; one of level n holds the roots of 256 full tiles of the level below. Only the last
tile of each level is partial. Hashes are 32 bytes, indexes count from 0, sizes are numbers of leaves.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Protocol

from haven.engines.chain.hashing import HASH_BYTES, node_hash, nodes_over

WIDTH = 256
HEIGHT = 8  # of a tile: 256 hashes are the leaves of a tree of eight storeys
EMPTY = sha256(b"").digest()
"""The root of a tree without leaves."""

Range = tuple[int, int]  # from a leaf up to and without another, as RFC 9162 cuts a tree
Node = tuple[int, int]  # of a complete subtree the height, and the how-manieth of that height it is


class NoTile(LookupError):
    """A tile is missing, or narrower than it should be."""


@dataclass(frozen=True, slots=True)
class Place:
    """Which tile, and how many of its hashes."""

    level: int
    index: int
    width: int


class Tiles(Protocol):
    """Where hashes are read from. What one root or one proof needs is asked for all at once."""

    def read(self, places: Sequence[Place]) -> Sequence[bytes]:
        """Of each place its hashes, one after the other; other than `width` of them where they are not there."""
        ...


@dataclass(frozen=True, slots=True)
class Tile:
    """One full tile: 256 hashes, one after the other, and the hash that stands for it in the level above."""

    level: int
    index: int
    hashes: bytes
    root: bytes


def partial_tiles(size: int) -> list[Place]:
    """Each partial tile of a tree, from the leaves up."""
    found, level, count = [], 0, size
    while count:
        if width := count % WIDTH:
            found.append(Place(level, count // WIDTH, width))
        level, count = level + 1, count // WIDTH
    return found


def tiles_at(places: Sequence[Place], tiles: Tiles) -> list[bytes]:
    """The hashes of each place. Raises `NoTile`."""
    found = list(tiles.read(places))
    for place, hashes in zip(places, found, strict=True):
        if len(hashes) != place.width * HASH_BYTES:
            raise NoTile(f"tile {place.index} of level {place.level} should hold {place.width} hashes")
    return found


def root(tiles: Tiles, size: int) -> bytes:
    """The root of the tree of the first `size` leaves."""
    return _roots(tiles, size, [(0, size)])[0] if size else EMPTY


def inclusion(tiles: Tiles, index: int, size: int) -> list[bytes]:
    """The proof that a leaf is in the tree of a size: RFC 9162 §2.1.3.1. Raises `ValueError` where it is not."""
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    low, high, beside = 0, size, list[Range]()
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            beside.append((middle, high))
            high = middle
        else:
            beside.append((low, middle))
            low = middle
    return _roots(tiles, size, beside[::-1])


def consistency(tiles: Tiles, old: int, size: int) -> list[bytes]:
    """The proof that a tree begins with a smaller one: RFC 9162 §2.1.4.1. Empty where nothing is to be proved."""
    if not 0 <= old <= size:
        raise ValueError(f"a tree of {size} leaves has no beginning of {old}")
    if old in (0, size):
        return []
    low, high, beside = 0, size, list[Range]()
    while high != old:
        middle = low + _split(high - low)
        if old <= middle:
            beside.append((middle, high))
            high = middle
        else:
            beside.append((low, middle))
            low = middle
    if low:
        beside.append((low, high))
    return _roots(tiles, size, beside[::-1])


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
        edge, places = cls(size), partial_tiles(size)
        for place, hashes in zip(places, tiles_at(places, tiles), strict=True):
            edge._reach(place.level)
            edge.levels[place.level] += hashes
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
        return _joined(peaks) if peaks else EMPTY

    def _carry(self, full: list[Tile]) -> None:
        level = 0
        while len(self.levels[level]) == WIDTH * HASH_BYTES:
            hashes = bytes(self.levels[level])
            tile = Tile(level, (self.size - 1) // WIDTH ** (level + 1), hashes, _storeys(hashes)[HEIGHT])
            full.append(tile)
            self.levels[level].clear()
            level += 1
            self._reach(level)
            self.levels[level] += tile.root

    def _reach(self, level: int) -> None:
        while len(self.levels) <= level:
            self.levels.append(bytearray())


def _roots(tiles: Tiles, size: int, ranges: Sequence[Range]) -> list[bytes]:
    """The root over each range of a tree of one size, every tile that they need asked for at once."""
    needed = dict.fromkeys(_tile_of(node, size) for each in ranges for node in _complete(*each))
    places = list(needed)
    storeys = dict(zip(places, map(_kept_storeys, tiles_at(places, tiles)), strict=True))
    return [_joined([_in(storeys[_tile_of(node, size)], node) for node in _complete(*each)]) for each in ranges]


def _complete(low: int, high: int) -> list[Node]:
    """The complete subtrees that a range falls into, the widest first."""
    found = []
    while low < high:
        height = (high - low).bit_length() - 1
        found.append((height, low >> height))
        low += 1 << height
    return found


def _tile_of(node: Node, size: int) -> Place:
    """Where a complete subtree of a tree is read: as far as that tile is filled in a tree of this size."""
    height, index = node
    level, storey = divmod(height, HEIGHT)
    tile = index // (WIDTH >> storey)
    return Place(level, tile, min(WIDTH, (size >> HEIGHT * level) - WIDTH * tile))


def _in(storeys: tuple[bytes, ...], node: Node) -> bytes:
    """The root of a complete subtree, from the storeys of the tile in which it lies."""
    height, index = node
    storey = height % HEIGHT
    at = index % (WIDTH >> storey) * HASH_BYTES
    return storeys[storey][at : at + HASH_BYTES]


def _joined(peaks: Sequence[bytes]) -> bytes:
    """The root over complete subtrees side by side, the widest first."""
    found = peaks[-1]
    for peak in reversed(peaks[:-1]):
        found = node_hash(peak, found)
    return found


def _storeys(hashes: bytes) -> tuple[bytes, ...]:
    """Of a tile, full or partial, every complete node: storey 0 its hashes, storey 8 its root where it is full."""
    found = [hashes]
    for _ in range(HEIGHT):
        found.append(nodes_over(found[-1]))
    return tuple(found)


_kept_storeys = lru_cache(maxsize=64)(_storeys)


def _peaks(hashes: bytes) -> list[bytes]:
    """The roots of the complete subtrees that a partial tile falls into, the widest first."""
    count = len(hashes) // HASH_BYTES
    storeys = enumerate(_kept_storeys(hashes))
    return [storey[-HASH_BYTES:] for height, storey in storeys if count >> height & 1][::-1]


def _split(count: int) -> int:
    """Where RFC 9162 cuts a tree of two or more leaves: the largest power of two smaller than its size."""
    return 1 << (count - 1).bit_length() - 1


def _up(first: int, last: int) -> tuple[int, int]:
    """To where a left sibling was met: past the storeys at which the right edge has none."""
    while first and not first & 1:
        first, last = first >> 1, last >> 1
    return first, last
