"""Every test of intelligence has a root key of its own, and a unit with the police."""

import pytest

from tests.cast import Cast
from tests.intelligence.told import STAFF
from tests.people.seen import enrol
from tests.subjects.known import joined


@pytest.fixture(autouse=True)
def root_key(settings) -> None:
    """A key made up for the tests."""
    settings.ROOT_KEY = "5a" * 32


@pytest.fixture
def fairhaven(cast: Cast) -> Cast:
    """The cast with their second factors, and with the police an intelligence officer and the lead of the unit."""
    joined(cast, STAFF)
    enrol(*cast.people.values())
    return cast
