"""The slips, beside every table of Haven, in a database in which what is written stays."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from tests.apart import as_owner, at, database_apart
from tests.cast import Cast, assemble
from tests.seeing.slips import NAMES, TABLES, Slip, locking

PLACES = ("oakfield", "ashdown", "police")


@pytest.fixture(scope="module")
def locked(django_db_setup: None, migrated: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database with the slips' tables, locked by its owner as a migration would; its name."""
    with database_apart(migrated, django_db_blocker) as name:
        with psycopg.connect(as_owner(name)) as owner:
            owner.execute(TABLES)
            for statement in locking():
                owner.execute(statement)
        yield name


@pytest.fixture(scope="module")
def cast(locked: str) -> Cast:
    """The cast, in that database."""
    return assemble()


@pytest.fixture
def superuser(locked: str) -> Iterator[psycopg.Connection]:
    """Whom no lock holds: what only a test connects as."""
    with psycopg.connect(at("haven", locked), autocommit=True) as line:
        yield line


@pytest.fixture
def slips(cast: Cast, superuser: psycopg.Connection) -> Iterator[dict[str, Slip]]:
    """A slip of each school and one of the police, each with a line. They go when the test ends."""
    found = {place: Slip(organisation_id=getattr(cast, place).pk, words=f"a canary of {place}") for place in PLACES}
    for slip in found.values():
        superuser.execute("insert into slips_slip values (%s, %s, %s)", [slip.pk, slip.organisation_id, slip.words])
        superuser.execute("insert into slips_line values (gen_random_uuid(), %s, %s)", [slip.pk, slip.words])
    yield found
    connection.close()
    superuser.execute(f"truncate {', '.join(NAMES)}")
