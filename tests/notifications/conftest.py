"""Every test of notifications has a root key of its own, and everybody who answers for one."""

import pytest

from tests.cast import Cast
from tests.people.seen import enrol
from tests.subjects.known import joined


@pytest.fixture(autouse=True)
def root_key(settings) -> None:
    """A key made up for the tests."""
    settings.ROOT_KEY = "5a" * 32


@pytest.fixture
def fairhaven(cast: Cast) -> Cast:
    """The cast with their second factors, and those who join it for what is confidential."""
    joined(cast)
    enrol(*cast.people.values())
    return cast
