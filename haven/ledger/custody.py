"""What the sequencer keeps outside the database, in files only its own account may read: the key that signs, the
public keys, and the last checkpoint that it signed or that a witness showed it. No web process opens the key.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from haven.engines.chain.checkpoints import Checkpoint, verified
from haven.engines.chain.notes import KEY_BYTES, SigningKey, VerifierKey


@dataclass(frozen=True, slots=True)
class Custody:
    """Where the files lie. `key` holds the signing key; beside it `.pub` the public keys, `.last` the last checkpoint.

    `witnesses` holds the vkeys of the witnesses, one a line; where it is missing there are none.
    """

    key: Path
    witnesses: Path

    def signing_key(self, origin: str) -> SigningKey:
        """The key that signs, made on the first start under this origin. Raises `BadNote` where the file is no key."""
        if not self.key.exists():
            made = SigningKey(origin, secrets.token_bytes(KEY_BYTES))
            _write(self.public, "".join(f"{each}\n" for each in [*self.logs(), made.verifier]), mode=0o644)
            _write(self.key, made.written + "\n", mode=0o600)
        return SigningKey.parse(self.key.read_text().strip())

    @property
    def public(self) -> Path:
        """The file of the log's public keys, that in use last."""
        return self.key.with_name(f"{self.key.name}.pub")

    @property
    def last(self) -> Path:
        """The file of the largest checkpoint that was ever signed here, as far as is known."""
        return self.key.with_name(f"{self.key.name}.last")

    def logs(self) -> list[VerifierKey]:
        """The log's public keys."""
        return _keys(self.public)

    def known_witnesses(self) -> list[VerifierKey]:
        """The public keys of the witnesses."""
        return _keys(self.witnesses)

    def last_checkpoint(self) -> Checkpoint | None:
        """The largest checkpoint known; none before the first. Raises `BadNote` where the file was changed."""
        if not self.last.exists():
            return None
        return verified(self.last.read_text(encoding="utf-8"), logs=self.logs(), witnesses=self.known_witnesses())

    def keep(self, note: str) -> None:
        """Remember a checkpoint as the largest."""
        _write(self.last, note, mode=0o644)

    def put_aside(self) -> None:
        """Take key and last checkpoint out of use without deleting them: each gets the number of keys so far."""
        for path in (self.key, self.last):
            if path.exists():
                path.rename(path.with_name(f"{path.name}.aside-{len(self.logs())}"))


def ours() -> Custody:
    """The files of this installation."""
    return Custody(Path(settings.LEDGER_KEY), Path(settings.LEDGER_WITNESSES))


def _keys(path: Path) -> list[VerifierKey]:
    return [VerifierKey.parse(line) for line in path.read_text().splitlines() if line] if path.exists() else []


def _write(path: Path, text: str, *, mode: int) -> None:
    """Write the whole file or nothing, so that it outlives a crash, readable by others only where the mode says so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.new")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
