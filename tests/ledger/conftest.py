"""Files of a sequencer that no other test sees."""

from pathlib import Path

import pytest
from django.conf import LazySettings

from haven.ledger.custody import Custody, ours


@pytest.fixture
def custody(settings: LazySettings, tmp_path: Path) -> Custody:
    """The key and what lies beside it, of this test alone."""
    settings.LEDGER_KEY = tmp_path / "ledger-key"
    settings.LEDGER_WITNESSES = tmp_path / "ledger-witnesses"
    return ours()
