"""An exported ledger to verify."""

from pathlib import Path

import pytest

from tests.chain.ledgers import checkpoints_of, lines_of, written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The export of a sound ledger."""
    lines = lines_of()
    return written(tmp_path / "export", lines, checkpoints_of(lines))
