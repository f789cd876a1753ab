"""Every address of the house stands in the table, and answers each member of the cast as the table says."""

from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.cast import NOW, Cast
from tests.shape.addresses import MEMBERS, TABLE
from tests.shape.routes import Route, routes
from tests.shape.world import World

ROWS = [line.split() for line in TABLE.strip().splitlines()]
SPACES = sorted({name.split(":")[0] if ":" in name else "" for _, name, *_ in ROWS})


@pytest.fixture
def world(cast: Cast) -> Iterator[World]:
    """One of everything, on a Monday in term."""
    with time_machine.travel(NOW, tick=False):
        yield World(cast)


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
    cookies = {member: world.cast.client(member).cookies for member in MEMBERS}  # signed in once, asking often
    for method, name, *expected in rows:
        seen = [_ask(world, method, known[name], cookies[member]) for member in MEMBERS]
        if seen != expected:
            wrong.append(f"{method} {name}: {' '.join(seen)}, not {' '.join(expected)}")
    assert wrong == []


def _ask(world: World, method: str, route: Route, cookies: SimpleCookie) -> str:
    address = reverse(route.name, kwargs=world.values(route.name, set(route.values)))
    with transaction.atomic():
        client = Client()
        client.cookies = SimpleCookie(cookies)
        response = client.get(address) if method == "GET" else client.post(address)
        transaction.set_rollback(True)
    return str(response.status_code)
