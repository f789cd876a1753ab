"""A cache in one table of the database, so that a limit holds across processes and machines."""

import base64
import pickle  # reads only what this very table was given by this very cache
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.utils import timezone

FAR = datetime(9999, 1, 1, tzinfo=UTC)
WRITE = """
insert into {table} (cache_key, value, expires) values (%s, %s, %s)
on conflict (cache_key) do update set value = excluded.value, expires = excluded.expires
"""
ONLY_EXPIRED = " where {table}.expires < %s"
TOUCH = "update {table} set expires = %s where cache_key = %s and expires >= %s"


class TableCache(DatabaseCache):
    """Django's database cache with one statement to a write: no count of the table, and no race between two."""

    _table: str

    def _base_set(self, mode: str, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT) -> bool:
        now = timezone.now()
        seconds = self.get_backend_timeout(timeout)
        expires = FAR if seconds is None else datetime.fromtimestamp(seconds, tz=UTC)
        with connection.cursor() as cursor:
            if mode == "touch":
                cursor.execute(TOUCH.format(table=self._table), [expires, key, now])
            else:
                text = base64.b64encode(pickle.dumps(value, self.pickle_protocol)).decode("ascii")
                given: list[Any] = [key, text, expires]
                statement = WRITE
                if mode == "add":
                    statement, given = WRITE + ONLY_EXPIRED, [*given, now]
                cursor.execute(statement.format(table=self._table), given)
            return bool(cursor.rowcount)
