"""Coverage looks at most tests, and what is left out is there."""

import os

import pytest
from coverage import Coverage

from tests.measuring import TESTS, UNMEASURED, is_measured

FILES = [path.relative_to(TESTS) for path in TESTS.rglob("test_*.py")]


@pytest.mark.parametrize("pattern", UNMEASURED)
def test_what_coverage_leaves_out_is_there(pattern: str) -> None:
    assert any(path.match(pattern) for path in FILES)


def test_coverage_looks_at_most_tests() -> None:
    assert sum(is_measured(TESTS / path) for path in FILES) > len(FILES) / 2


def test_nothing_is_traced_where_coverage_does_not_look() -> None:
    assert Coverage.current() is None
    assert "COVERAGE_PROCESS_CONFIG" not in os.environ
