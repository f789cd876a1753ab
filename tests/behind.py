"""What only tests may do with the locks of rows: look behind them, and stop the clock by which they judge."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import psycopg
import time_machine
from django.db import connection
from psycopg import sql

from haven.people.seeing.context import looking
from tests.apart import as_owner
from tests.seeing.catalogue import confidential_tables

SERVICE = "tests.behind"
CLOCK = """
    create or replace function haven_now() returns timestamptz language sql stable
        as $$ select coalesce(nullif(current_setting('haven.now', true), '')::timestamptz, now()) $$
"""
POLICY = "create policy behind on {} using ((select current_setting('haven.service', true)) = {})"


def look_behind_locks(database: str) -> None:
    """Let tests look behind every lock of this database, and stop its clock. One that is apart keeps its locks."""
    with psycopg.connect(as_owner(database)) as owner:
        owner.execute(CLOCK)
        for table in confidential_tables():
            owner.execute(sql.SQL(POLICY).format(sql.Identifier(table), sql.Literal(SERVICE)))


@contextmanager
def behind() -> Iterator[None]:
    """Within, a test sees and writes every row. What it calls sees no more than always."""
    with looking(person="", service=SERVICE):
        yield


def stop_the_clock(at: datetime) -> None:
    """Until this test ends, the database's locks judge as of this moment."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('haven.now', %s, true)", [at.isoformat()])


class BothClocks:
    """This machine's clock and the database's: put on together, they stand still."""

    def __init__(self, machine: time_machine.Traveller, at: datetime) -> None:
        self.machine, self.at = machine, at
        stop_the_clock(at)

    def shift(self, seconds: float) -> None:
        """Put both on by so much."""
        self.at += timedelta(seconds=seconds)
        self.machine.move_to(self.at)
        stop_the_clock(self.at)


@contextmanager
def both_clocks(at: datetime) -> Iterator[BothClocks]:
    """Within, both stand still at this moment, until they are put on."""
    with time_machine.travel(at, tick=False) as machine:
        yield BothClocks(machine, at)


@contextmanager
def at_the_hour(of: datetime) -> Iterator[None]:
    """Within, this machine's clock and the database's stand still at this moment."""
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('haven.now', true)")
        before = cursor.fetchone()[0] or ""
    with time_machine.travel(of, tick=False):
        stop_the_clock(of)
        yield
    with connection.cursor() as cursor:
        cursor.execute("select set_config('haven.now', %s, true)", [before])
