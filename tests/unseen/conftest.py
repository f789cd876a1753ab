"""A root key made up for the tests, and a Fairhaven that is made once for a file."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from tests.unseen.fairhaven import Fairhaven, made, many_requests


@pytest.fixture(autouse=True)
def root_key(settings) -> None:
    """As every test of what is confidential has one."""
    settings.ROOT_KEY = "5a" * 32


@pytest.fixture(scope="module")
def fairhaven(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Fairhaven]:
    """Made once; what a world adds is undone."""
    with override_settings(ROOT_KEY="5a" * 32), django_db_blocker.unblock(), many_requests(), transaction.atomic():
        yield made()
        transaction.set_rollback(True)
    connection.close()
