"""Statements whose plans the database keeps: planning the locks of rows takes it longer than asking by them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.postgresql.base import Cursor, ServerBindingCursor

ASKED_BEFORE = 3  # times, after which the same statement is prepared
KEPT = 150  # statements on a connection, those asked longest ago forgotten first


@contextmanager
def plans_kept() -> Iterator[None]:
    """Within, what is asked again and again on this connection is planned once.

    For what handles few rows: their values are sent beside the statement, and of those there may be 65,535 at most.
    """
    connection.ensure_connection()
    line = connection.connection
    before = line.cursor_factory, line.prepare_threshold
    if before[0] is not Cursor:  # within another, or where it was told to do so for everything
        yield
        return
    line.cursor_factory, line.prepare_threshold, line.prepared_max = ServerBindingCursor, ASKED_BEFORE, KEPT
    try:
        yield
    finally:
        line.cursor_factory, line.prepare_threshold = before
