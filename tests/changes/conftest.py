"""What tests of changes begin with."""

from tests.guidance.conftest import national

__all__ = ["national"]
