"""A ledger with something in it, and the files of its sequencer."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from haven.access.actor import HAVEN
from haven.engines.chain.checkpoints import cosign, verified
from haven.engines.chain.notes import Note, SigningKey
from haven.ledger.custody import Custody
from haven.ledger.models import Waiting
from haven.ledger.queries.proofs import newest_checkpoint
from haven.ledger.sequencing import seal
from haven.ledger.services import Deed, record_now
from tests.sealed import ORIGIN

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SOON = AT + timedelta(seconds=30)
WITNESS = SigningKey("witness.example.org/w1", bytes(range(1, 33)))


def tell(count: int = 5) -> list[int]:
    """So many deeds; the identifiers of their details."""
    return record_now([Deed("test.counted", {"number": n}) for n in range(count)], by=HAVEN, at=AT)


def waiting() -> list[int]:
    """The identifiers of the details that wait for their entries."""
    return [each for run in Waiting.objects.all() for each in range(run.first, run.last + 1)]


def seal_all(custody: Custody, at: datetime = SOON) -> int:
    """Seal what waits."""
    return seal(custody, origin=ORIGIN, at=at)


def witnessed(note: str, custody: Custody, at: datetime = SOON) -> str:
    """The checkpoint with the witness's line; the witness is known here from now on."""
    custody.witnesses.write_text(f"{WITNESS.verifier.timed}\n")
    head = verified(note, logs=custody.logs()).head
    read = Note.parse(note)
    return str(Note(read.text, (*read.signatures, cosign(head, WITNESS, at=int(at.timestamp())))))


def newest_witnessed(custody: Custody) -> str:
    """The newest checkpoint, signed by the witness too."""
    return witnessed(newest_checkpoint(), custody)


def files_of(folder: Path) -> list[Path]:
    """Every file of an export."""
    return sorted(path for path in folder.rglob("*") if path.is_file())
