"""Coverage looks at most tests, and what is left out is there."""

import pytest

from tests.measuring import TESTS, UNMEASURED, is_measured

FILES = [path.relative_to(TESTS) for path in TESTS.rglob("test_*.py")]


@pytest.mark.parametrize("pattern", UNMEASURED)
def test_what_coverage_leaves_out_is_there(pattern: str) -> None:
    assert any(path.match(pattern) for path in FILES)


def test_coverage_looks_at_most_tests() -> None:
    assert sum(is_measured(TESTS / path) for path in FILES) > len(FILES) / 2
