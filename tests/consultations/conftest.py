"""What tests of consultations begin with."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.cast import NOW
from tests.guidance.conftest import national

__all__ = ["national", "the_day"]


@pytest.fixture
def the_day() -> Iterator[None]:
    """The cast's own day."""
    with time_machine.travel(NOW, tick=True):
        yield
