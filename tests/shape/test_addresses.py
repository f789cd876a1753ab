"""Every address of the house stands in the table, and answers each member of the cast as the table says."""

from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from tests.cast import NOW, assemble
from tests.shape.addresses import MEMBERS, TABLE
from tests.shape.routes import routes
from tests.shape.world import World

ROWS = [line.split() for line in TABLE.strip().splitlines()]
SPACES = sorted({name.split(":")[0] if ":" in name else "" for _, name, *_ in ROWS})


@pytest.fixture(scope="module")
def furnished(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """One of everything, with every member of the cast signed in, made once: what an address changes is undone."""
    with override_settings(ROOT_KEY="5a" * 32), django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(NOW, tick=False):
            world = World(assemble())
            world.sign_everybody_in(MEMBERS)
        connection.check_constraints()
        yield world
        transaction.set_rollback(True)
    connection.close()  # or who comes next, meaning another database, would go on in this one


@pytest.fixture
def world(furnished: World) -> Iterator[World]:
    """The same, on a Monday in term."""
    with time_machine.travel(NOW, tick=False):
        yield furnished


def test_every_address_stands_in_the_table() -> None:
    assert {route.name for route in routes()} == {name for _, name, *_ in ROWS}


def test_every_row_speaks_of_every_member_of_the_cast() -> None:
    assert [row for row in ROWS if len(row) != len(MEMBERS) + 2] == []


@pytest.mark.parametrize("space", SPACES)
def test_every_address_answers_as_the_table_says(world: World, space: str) -> None:
    known = {route.name: route for route in routes()}
    rows = [row for row in ROWS if (row[1].split(":")[0] if ":" in row[1] else "") == space]
    assert rows
    wrong = []
    for method, name, *expected in rows:
        address = reverse(name, kwargs=world.values(name, set(known[name].values)))
        seen = [_ask(method, address, world.cookies[member]) for member in MEMBERS]
        if seen != expected:
            wrong.append(f"{method} {name}: {' '.join(seen)}, not {' '.join(expected)}")
    assert wrong == []


def _ask(method: str, address: str, cookies: SimpleCookie) -> str:
    with transaction.atomic():
        client = Client()
        client.cookies = SimpleCookie(cookies)
        response = client.get(address) if method == "GET" else client.post(address)
        transaction.set_rollback(True)
    return str(response.status_code)
