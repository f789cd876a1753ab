"""A log as far as a witness reads it, in a folder or at an address: its newest checkpoint, and tiles to prove with."""

from http.client import HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

from verifier.notes import Amiss
from verifier.trees import node_hash

TILE, HASH = 256, 32
SECONDS = 30
LARGEST = 2**16  # bytes of one answer


def tile_path(level: int, index: int, width: int) -> str:
    """Where a tile lies, as C2SP's tlog-tiles has it."""
    *groups, last = [f"{int(group):03}" for group in f"{index:,}".split(",")]
    return "/".join(["tile", str(level), *(f"x{group}" for group in groups), last + f".p/{width}" * (width != TILE)])


class Source:
    """A folder, or an address that begins with https://."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.held: dict[str, bytes] = {}

    def read(self, name: str) -> bytes:
        """One file, read once; Amiss where it cannot be had."""
        if name not in self.held:
            try:
                is_far = self.place.startswith("https://")
                self.held[name] = self._fetch(name) if is_far else (Path(self.place) / name).read_bytes()
            except (OSError, HTTPException) as error:
                raise Amiss(f"{name} cannot be read from {self.place}: {type(error).__name__}") from None
        return self.held[name]

    def _fetch(self, name: str) -> bytes:
        address = urlsplit(self.place)
        line = HTTPSConnection(address.hostname or "", address.port, timeout=SECONDS)
        try:
            line.request("GET", f"{address.path.rstrip('/')}/{name}")
            answer = line.getresponse()
            words = answer.read(LARGEST)
        finally:
            line.close()
        if answer.status != 200:
            raise Amiss(f"{name} cannot be read from {self.place}: the answer was {answer.status}")
        return words

    def full_tree(self, height: int, index: int, size: int) -> bytes:
        """The root of the full tree over 2^height leaves from index × 2^height on, in a log of so many leaves."""
        level, rest = divmod(height, 8)
        first = index << rest
        width = min(TILE, (size >> 8 * level) - first // TILE * TILE)
        held = self.read(tile_path(level, first // TILE, width))
        if len(held) != width * HASH:
            raise Amiss(f"tile {first // TILE} of level {level} is not whole")
        start = first % TILE
        row = [held[at * HASH : (at + 1) * HASH] for at in range(start, start + (1 << rest))]
        while len(row) > 1:
            row = [node_hash(left, right) for left, right in zip(row[::2], row[1::2], strict=True)]
        return row[0]

    def root(self, first: int, end: int, size: int) -> bytes:
        """The root over the leaves from `first` to before `end`, a stretch that is a tree of its own in RFC 9162."""
        root = b""
        for height in range((end - first).bit_length()):
            if (end - first) >> height & 1:
                at = first + ((end - first) >> height + 1 << height + 1)
                peak = self.full_tree(height, at >> height, size)
                root = node_hash(peak, root) if root else peak
        return root

    def consistency(self, old: int, size: int) -> list[bytes]:
        """The proof of RFC 9162 §2.1.4.1 from the first `old` leaves; empty where there is none to give."""
        if not 0 < old < size:
            return []
        first, end, is_whole, proof = 0, size, True, list[bytes]()
        while first + old != end:
            half = 1 << (end - first - 1).bit_length() - 1
            if old <= half:
                proof.append(self.root(first + half, end, size))
                end = first + half
            else:
                proof.append(self.root(first, first + half, size))
                first, old, is_whole = first + half, old - half, False
        return [*([] if is_whole else [self.root(first, end, size)]), *reversed(proof)]
