"""Every table of a confidential capability is locked, and there is no way around; checked on a small table too, so that
none of this is ever true for want of tables."""

import ast

import psycopg
import pytest

from haven.config.database.roles import APP, READER
from tests.seeing.catalogue import confidential_models, confidential_tables, counted, unlocked, ways_around
from tests.seeing.slips import NAMES
from tests.shape.source import modules

WORKING_AS = {
    f"{app}.{name}"
    for app, names in {
        "intelligence": "answering counting sanitising showing telling working",
        "checks": "add_child allocate ask ask_update board change_band chase check_of check_page close_round "
        "figures offers recipients request_page requests save_part say_nothing_known send_answer withdraw_check",
        "notifications": "breaches count keeping listing receiving telling",
        "pair": "service",  # as which of these the ledger is compared with each table: haven/config/completeness.py
        "subjects": "adding breaking deciding delivering enrolling erasing excluding exporting finding keeping lending "
        "marking overseeing places recipients recording records sharing showing tying",
    }.items()
    for name in names.split()
}
"""Haven's own services that see a whole table, by the names they go by. Whoever adds one says so here."""


@pytest.fixture
def tables(slips) -> list[str]:
    """Those of every confidential capability, and the slips."""
    return [*confidential_tables(), *NAMES]


def test_the_list_of_confidential_tables_is_not_empty() -> None:
    assert len(confidential_models()) >= 13


def test_every_table_is_locked_for_its_owner_too(superuser: psycopg.Connection, tables: list[str]) -> None:
    assert len(tables) >= len(NAMES)
    assert unlocked(superuser, tables) == []


@pytest.mark.parametrize(
    "harm",
    [
        "alter table slips_tie no force row level security",
        "alter table slips_tie disable row level security",
        "drop policy haven_taken on slips_tie",
    ],
)
def test_a_table_that_is_not_locked_is_found(superuser: psycopg.Connection, tables: list[str], harm: str) -> None:
    with superuser.transaction(force_rollback=True):
        superuser.execute(harm)
        assert unlocked(superuser, tables) == ["slips_tie"]


@pytest.mark.parametrize("role", [APP, READER])
def test_no_role_that_reads_passes_a_lock(superuser: psycopg.Connection, tables: list[str], role: str) -> None:
    rights = "select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = %s"
    assert superuser.execute(rights, [role]).fetchone() == (False, False, False)
    belongs = "select pg_has_role(%s, rolname, 'member') from pg_roles where rolname in ('haven', 'haven_owner')"
    assert superuser.execute(belongs, [role]).fetchall() == [(False,), (False,)]
    owners = "select distinct tableowner from pg_tables where tablename = any(%s)"
    assert superuser.execute(owners, [tables]).fetchall() == [("haven_owner",)]


def test_no_view_and_no_function_leads_around_a_lock(superuser: psycopg.Connection, tables: list[str]) -> None:
    assert ways_around(superuser, tables) == []


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        ("create view around as select * from slips_slip", ["around"]),
        ("create view around with (security_invoker = false) as select * from slips_slip", ["around"]),
        ("create materialized view around as select * from slips_slip", ["around"]),
        ("create view fine with (security_invoker = true) as select * from slips_slip", []),
        ("create view other as select * from people_post", []),
        (
            "create function around() returns bigint language sql security definer "
            "as 'select count(*) from slips_slip'",
            ["around"],
        ),
        (
            "create function around() returns bigint language sql security definer "
            "begin atomic select count(*) from slips_slip; end",
            ["around"],
        ),
    ],
)
def test_a_way_around_is_found(superuser: psycopg.Connection, tables: list[str], harm: str, found: list[str]) -> None:
    with superuser.transaction(force_rollback=True):
        superuser.execute(harm)
        assert ways_around(superuser, tables) == found


def test_without_a_context_every_table_shows_nothing_of_what_is_in_it(
    superuser: psycopg.Connection, tables: list[str]
) -> None:
    superuser.execute(f"truncate {', '.join(NAMES)}")
    seen = {(table, role): counted(superuser, table, role=role) for table in tables for role in (APP, READER)}
    assert len(seen) == 2 * len(tables)
    assert {each: rows for each, rows in seen.items() if rows != (1, 0)} == {}


def test_that_looks_for_rows_where_there_are_some(superuser: psycopg.Connection, tables: list[str]) -> None:
    superuser.execute(f"truncate {', '.join(NAMES)}")
    superuser.execute("alter table slips_line disable row level security")
    try:
        assert counted(superuser, "slips_line", role=APP) == (1, 1)
    finally:
        superuser.execute("alter table slips_line enable row level security")


def test_only_services_that_are_listed_work_as_haven() -> None:
    calls = [
        call
        for name, tree in modules().items()
        if not name.startswith("haven.people.seeing")
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("working_as", "seeing")
    ]
    named = [call.args[-1] for call in calls]  # after the actor, or alone
    assert {each.value if isinstance(each, ast.Constant) else ast.unparse(each) for each in named} == WORKING_AS
