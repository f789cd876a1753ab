"""The three roles, and a database that each may use as far as it should.

`haven_owner` owns the tables and migrates; `haven_app` reads and writes rows and can change no table; `haven_reader`
only reads. Superusers pass every lock of the database, so no running part of Haven connects as one.
"""

import psycopg
from psycopg import sql

OWNER, APP, READER = "haven_owner", "haven_app", "haven_reader"


KEY = 960_001  # of the lock that keeps two starts from making the same role or database at once


def ensure_roles(superuser: str) -> None:
    """Make the three roles where they are missing. `superuser` is a connection string."""
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(%s)", [KEY])
        for role in (OWNER, APP, READER):
            if not connection.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone():
                connection.execute(sql.SQL("create role {} login").format(sql.Identifier(role)))


def ensure_database(superuser: str, name: str, *, template: str | None = None) -> bool:
    """Make the database where it is missing, with what each role may do; true where it was made."""
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(%s)", [KEY])
        if connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            return False
        made = sql.SQL("create database {} owner {}").format(sql.Identifier(name), sql.Identifier(OWNER))
        if template:
            made += sql.SQL(" template {}").format(sql.Identifier(template))
        connection.execute(made)
    return True


def grant(owner: str) -> None:
    """What each role may do with the tables that the owner makes from now on. `owner` is its connection string."""
    with psycopg.connect(owner, autocommit=True) as connection:
        for wish in (
            "grant usage on schema public to haven_app, haven_reader",
            "alter default privileges in schema public grant select, insert, update, delete on tables to haven_app",
            "alter default privileges in schema public grant usage, select on sequences to haven_app",
            "alter default privileges in schema public grant select on tables to haven_reader",
        ):
            connection.execute(wish)
