"""Every test of checks has a root key of its own, Fairhaven with its second factors, and questions to put."""

import pytest

from haven.access.actor import HAVEN
from haven.checks.services import load_prompts
from tests.cast import NOW, Cast
from tests.checks.asked import PROMPTS
from tests.people.seen import enrol
from tests.subjects.known import joined


@pytest.fixture(autouse=True)
def root_key(settings) -> None:
    """A key made up for the tests."""
    settings.ROOT_KEY = "5a" * 32


@pytest.fixture
def fairhaven(cast: Cast) -> Cast:
    """The cast with their second factors and those who join them for confidential work."""
    joined(cast)
    enrol(*cast.people.values())
    load_prompts(content=PROMPTS, by=HAVEN, at=NOW)
    return cast
