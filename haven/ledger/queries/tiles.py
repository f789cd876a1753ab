"""The tree's hashes as the database has them: full tiles as such, others from entries and roots of tiles."""

from hashlib import sha256

from haven.engines.chain.hashing import HASH_BYTES
from haven.engines.chain.tree import WIDTH, NoTile
from haven.ledger.models import Entry, Tile

AHEAD = 128  # tiles of 8 KiB


class StoredTiles:
    """Where `engines.chain.tree` reads hashes from."""

    def tile(self, level: int, index: int, width: int) -> bytes:
        """The first `width` hashes of a tile. Raises `NoTile`. Each is one question of the database."""
        hashes = self._full(level, index) if width == WIDTH else self._beginning(level, index, width)
        if len(hashes) != width * HASH_BYTES:
            raise NoTile(f"tile {index} of level {level} should hold {width} hashes")
        return hashes

    def _full(self, level: int, index: int) -> bytes:
        return bytes(Tile.objects.filter(level=level, index=index).values_list("hashes", flat=True).first() or b"")

    def _beginning(self, level: int, index: int, width: int) -> bytes:
        if level == 0:
            entries = Entry.objects.filter(number__gt=index * WIDTH, number__lte=index * WIDTH + width)
            return b"".join(sha256(b"\x00" + leaf).digest() for leaf in entries.values_list("leaf", flat=True))
        below = Tile.objects.filter(level=level - 1, index__gte=index * WIDTH, index__lt=index * WIDTH + width)
        return b"".join(below.values_list("root", flat=True))


class TilesInOrder(StoredTiles):
    """The same for whoever reads all of them, from the first on: full tiles are fetched many at a time."""

    def __init__(self) -> None:
        self.held: dict[int, dict[int, bytes]] = {}

    def _full(self, level: int, index: int) -> bytes:
        if index not in self.held.get(level, {}):
            rows = Tile.objects.filter(level=level, index__gte=index, index__lt=index + AHEAD)
            self.held[level] = {at: bytes(hashes) for at, hashes in rows.values_list("index", "hashes")}
        return self.held[level].get(index, b"")
