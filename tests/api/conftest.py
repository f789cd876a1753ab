"""Every test of programs has a root key of its own, and a Fairhaven in which everybody can sign in."""

import pytest

from haven.people.models import Area
from tests.cast import Cast
from tests.people.seen import enrol
from tests.subjects.known import joined


@pytest.fixture(autouse=True)
def root_key(settings) -> None:
    """A key made up for the tests."""
    settings.ROOT_KEY = "5a" * 32


@pytest.fixture
def fairhaven(cast: Cast) -> Cast:
    """The cast with their second factors, and those who join it for confidential work."""
    joined(cast)
    enrol(*cast.people.values())
    Area.objects.filter(pk=cast.area.pk).update(code="999")
    return cast
