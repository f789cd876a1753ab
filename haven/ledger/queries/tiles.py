"""The tree's hashes as the database has them: full tiles as such, others from entries and roots of tiles."""

from collections.abc import Sequence

from django.db import connection

from haven.engines.chain.tree import WIDTH, Place
from haven.ledger.models import Tile

AHEAD = 128  # tiles of 8 KiB
READ = f"""
    select case
        when width = {WIDTH} then
            (select hashes from ledger_tile where level = place.level and index = place.index)
        when level = 0 then
            (select string_agg(sha256('\\x00'::bytea || leaf), ''::bytea order by number)
                from ledger_entry where number between first + 1 and first + width)
        else
            (select string_agg(root, ''::bytea order by index)
                from ledger_tile where level = place.level - 1 and index between first and first + width - 1)
    end
    from (
        select nth, level::smallint, index, width, index * {WIDTH} as first
        from unnest(%s::int[], %s::bigint[], %s::int[]) with ordinality as asked (level, index, width, nth)
    ) as place
    order by nth
"""  # nosec - only the width of a tile is written into it


class StoredTiles:
    """Where `engines.chain.tree` reads hashes from."""

    def read(self, places: Sequence[Place]) -> list[bytes]:
        """Of each place its hashes, by one question of the database for all of them."""
        with connection.cursor() as cursor:
            cursor.execute(READ, [[getattr(each, of) for each in places] for of in ("level", "index", "width")])
            return [bytes(hashes or b"") for (hashes,) in cursor.fetchall()]


class TilesInOrder:
    """The same for whoever reads all of them one by one, from the first on: full tiles are fetched many at a time."""

    def __init__(self) -> None:
        self.stored = StoredTiles()
        self.held: dict[int, dict[int, bytes]] = {}

    def read(self, places: Sequence[Place]) -> list[bytes]:
        """As `StoredTiles` does."""
        return [self._full(each) if each.width == WIDTH else self.stored.read([each])[0] for each in places]

    def _full(self, place: Place) -> bytes:
        level, index = place.level, place.index
        if index not in self.held.get(level, {}):
            rows = Tile.objects.filter(level=level, index__gte=index, index__lt=index + AHEAD)
            self.held[level] = {at: bytes(hashes) for at, hashes in rows.values_list("index", "hashes")}
        return self.held[level].get(index, b"")
