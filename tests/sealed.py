"""The ledger of a test, sealed with a key of its own and verified."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from haven.engines.chain.verifying import Verdict
from haven.ledger.custody import Custody
from haven.ledger.models import Checkpoint
from haven.ledger.queries.proofs import verified
from haven.ledger.sequencing import seal

ORIGIN = "haven.example.org/ledger"
LATER = datetime(2100, 1, 1, tzinfo=UTC)  # whenever the clock of a test stands still
KEPT = TemporaryDirectory(prefix="haven-")


def sealed_and_verified() -> Verdict:
    """Give all that waits its entry, and recompute everything."""
    folder = Path(KEPT.name)
    if not Checkpoint.objects.exists():  # another test's checkpoints went with its rows
        for path in folder.iterdir():
            path.unlink()
    custody = Custody(folder / "ledger-key", folder / "ledger-witnesses")
    seal(custody, origin=ORIGIN, at=LATER)
    return verified(custody)
