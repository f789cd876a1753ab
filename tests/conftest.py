"""One PostgreSQL for all tests, one migrated database to copy from, and the app's own role in every test."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pkgutil import walk_packages

import psycopg
import pytest
from coverage import Coverage
from django.conf import settings
from django.db import connections
from django.urls import get_resolver
from hypothesis import settings as hypothesis

from haven import engines
from haven.config.database.cluster import Cluster
from haven.config.database.preparing import make_tables, migrations_digest
from haven.config.database.roles import OWNER, ensure_database, ensure_roles, grant
from tests.behind import look_behind_locks
from tests.cast import Cast, assemble
from tests.measuring import is_measured

hypothesis.register_profile("unhurried", deadline=None)  # a busy machine is no fault
hypothesis.load_profile("unhurried")


def pytest_collection_finish() -> None:
    """Every page's module and every engine's is loaded while coverage looks, whichever test comes first."""
    if Coverage.current():
        assert get_resolver().url_patterns
        for engine in walk_packages(engines.__path__, f"{engines.__name__}."):
            import_module(engine.name)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Coverage does not look at the tests that it learns nothing from."""
    if is_measured(item.path):
        return (yield)
    with _nobody_looking(), _unmeasured_processes():
        return (yield)


@contextmanager
def _nobody_looking() -> Iterator[None]:
    """A time in which nothing of this process is traced. In a worker two are looking: the plugin's, and its own."""
    halted = []
    while looking := Coverage.current():
        looking.stop()
        halted.append(looking)
    try:
        yield
    finally:
        for each in reversed(halted):
            each.start()


@contextmanager
def _unmeasured_processes() -> Iterator[None]:
    """A time in which no process that is started is traced."""
    name = "COVERAGE_PROCESS_CONFIG"
    kept = os.environ.pop(name, None)
    try:
        yield
    finally:
        if kept is not None:
            os.environ[name] = kept


def _superuser() -> str:
    return f"host={settings.HOME / 'db' / 's'} user=haven dbname=postgres"


@pytest.fixture(scope="session")
def migrated() -> str:
    """The name of a database with every table and no row, made once for each set of migrations."""
    Cluster(settings.HOME / "db").start()
    ensure_roles(_superuser())
    name = f"model_{migrations_digest()[:12]}"
    with psycopg.connect(_superuser(), autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(1)")
        ready = connection.execute("select 1 from pg_database where datname = %s and datistemplate", [name]).fetchone()
        if not ready:
            connection.execute(f"drop database if exists {name} with (force)")
            ensure_database(_superuser(), name)
            grant(f"host={settings.HOME / 'db' / 's'} user={OWNER} dbname={name}")
            os.environ["HAVEN_DB_NAME"] = name
            with _unmeasured_processes():
                make_tables()
            connection.execute(f"alter database {name} is_template true")
    return name


@pytest.fixture(scope="session")
def django_db_setup(migrated: str, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """A copy of the migrated database for this run of tests."""
    name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'one')}_{os.getpid()}"
    with psycopg.connect(_superuser(), autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(1)")
        ensure_database(_superuser(), name, template=migrated)
    look_behind_locks(name)
    connections["default"].settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name
    yield
    connections.close_all()
    connections["default"].close_pool()
    with psycopg.connect(_superuser(), autocommit=True) as connection:
        connection.execute(f"drop database if exists {name} with (force)")


@pytest.fixture
def cast(db: None) -> Cast:
    """Fairhaven in small, with its people and their posts."""
    return assemble()
