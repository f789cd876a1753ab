"""What the database itself says of its locks."""

import re
from collections.abc import Sequence

import psycopg
from django.apps import apps
from django.conf import settings
from django.db.models import Model
from psycopg import sql

from haven.access.privacy import WHILE_IN_USE

UNLOCKED = """
    select relname from pg_class where oid = any(%s::regclass[])
        and not (relrowsecurity and relforcerowsecurity
            and array(select polcmd::text from pg_policy where polrelid = pg_class.oid order by 1)
                = array['a', 'd', 'r', 'w'])
"""
VIEWS = """
    select distinct view.relname from pg_rewrite rule
        join pg_class view on view.oid = rule.ev_class
        join pg_depend on pg_depend.objid = rule.oid and pg_depend.classid = 'pg_rewrite'::regclass
        where pg_depend.refclassid = 'pg_class'::regclass and pg_depend.refobjid = any(%s::regclass[])
            and view.oid <> pg_depend.refobjid
            and (view.relkind = 'm' or not exists (
                select 1 from unnest(view.reloptions) option where option ~* '^security_invoker=(true|on|yes|1)$'))
"""
DEFINERS = """
    select proname, prosrc || coalesce(pg_get_function_sqlbody(pg_proc.oid), '') from pg_proc
        join pg_namespace on pg_namespace.oid = pronamespace
        where prosecdef and nspname not in ('pg_catalog', 'information_schema')
"""
NEEDED = """
    select attname, format_type(atttypid, null) from pg_attribute
        where attrelid = %s::regclass and attnum > 0 and not attisdropped and attnotnull and attgenerated = ''
            and attidentity = '' and not atthasdef
"""
ANYTHING = {
    "uuid": "gen_random_uuid()",
    "boolean": "false",
    "date": "current_date",
    "timestamp with time zone": "now()",
    "bytea": "'\\x00'",
    "jsonb": "'{}'",
    "smallint": "1",
    "integer": "1",
    "bigint": "1",
    "character varying": "'x'",
    "character": "'x'",
    "text": "'x'",
}


def confidential_models() -> list[type[Model]]:
    """The models that must be locked: of every confidential capability, but for those that say nothing of anyone."""
    found = [model for label in settings.CONFIDENTIAL_APPS for model in apps.get_app_config(label).get_models()]
    return [model for model in found if model.privacy.keep != WHILE_IN_USE]  # type: ignore[attr-defined]


def confidential_tables() -> list[str]:
    """Their tables."""
    return [model._meta.db_table for model in confidential_models()]


def unlocked(line: psycopg.Connection, tables: Sequence[str]) -> list[str]:
    """Tables that are not locked, not for their owner too, or not for each of reading, adding, changing, deleting."""
    return [name for (name,) in line.execute(UNLOCKED, [list(tables)])]


def ways_around(line: psycopg.Connection, tables: Sequence[str]) -> list[str]:
    """Views and functions that read these tables as somebody else than whoever asks."""
    views = [name for (name,) in line.execute(VIEWS, [list(tables)])]
    named = re.compile(rf"\b({'|'.join(tables)})\b")
    return views + [name for name, text in line.execute(DEFINERS) if named.search(text)]


def counted(line: psycopg.Connection, table: str, *, role: str) -> tuple[int, int]:
    """How many rows a superuser and this role without any context see, where there is one row. Leaves nothing."""
    name = sql.Identifier(table)
    with line.transaction(force_rollback=True):
        line.execute("set local session_replication_role = replica")  # no triggers, no foreign keys
        checks = "select conname from pg_constraint where conrelid = %s::regclass and contype = 'c'"
        for (check,) in line.execute(checks, [table]).fetchall():
            line.execute(sql.SQL("alter table {} drop constraint {}").format(name, sql.Identifier(check)))
        needed = line.execute(NEEDED, [table]).fetchall()
        columns = sql.SQL(", ").join(sql.Identifier(column) for column, _ in needed)
        values = sql.SQL(", ").join(sql.SQL(ANYTHING[kind]) for _, kind in needed)
        line.execute(sql.SQL("insert into {} ({}) values ({})").format(name, columns, values))
        count = sql.SQL("select count(*) from {}").format(name)
        (there,) = line.execute(count).fetchone() or (0,)
        line.execute(sql.SQL("set local role {}").format(sql.Identifier(role)))
        (seen,) = line.execute(count).fetchone() or (0,)
    return there, seen
