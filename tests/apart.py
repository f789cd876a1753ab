"""A database of a test's own, in which what is written stays, so that several connections see the same."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from haven.config.database.roles import OWNER, ensure_database


@contextmanager
def database_apart(migrated: str, blocker: DjangoDbBlocker) -> Iterator[str]:
    """Every table and no row, for as long as it lasts; gives its name. Needs `django_db_setup`."""
    name, shape = f"test_apart_{os.getpid()}", connections["default"].settings_dict
    before = shape["NAME"]
    with psycopg.connect(at("haven", "postgres"), autocommit=True) as line:
        line.execute("select pg_advisory_lock(1)")
        ensure_database(at("haven", "postgres"), name, template=migrated)
    connections.close_all()
    connections["default"].close_pool()
    shape["NAME"] = name
    try:
        with blocker.unblock():
            yield name
            connections.close_all()
    finally:
        connections["default"].close_pool()
        shape["NAME"] = before
        with psycopg.connect(at("haven", "postgres"), autocommit=True) as line:
            line.execute(f"drop database if exists {name} with (force)")


def at(role: str, name: str) -> str:
    """How a role reaches a database of the tests' server."""
    return f"host={settings.HOME / 'db' / 's'} user={role} dbname={name}"


def as_owner(name: str) -> str:
    """How the owner of the tables reaches it."""
    return at(OWNER, name)
