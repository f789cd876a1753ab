"""Every test of keys has a root key of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings as Settings
from pytest_django.plugin import DjangoDbBlocker

from tests.apart import database_apart


@pytest.fixture(autouse=True)
def root_key(settings: Settings, tmp_path: Path) -> Path:
    """Where the root key of this test lies; made at first need."""
    settings.ROOT_KEY = ""
    settings.ROOT_KEY_FILE = tmp_path / "root-key"
    return tmp_path / "root-key"


@pytest.fixture
def apart(django_db_setup: None, migrated: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database in which what is written stays; its name."""
    with database_apart(migrated, django_db_blocker) as name:
        yield name
