"""What a witness keeps in its folder: its private key, and of each log the last checkpoint that it signed."""

import fcntl
import os
from binascii import b2a_base64
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from verifier.notes import TIMED, Amiss, Checkpoint, Key, checkpoint_from

SECRET, NAME = "secret-key", "name"


def make_key(folder: Path, name: str) -> str:
    """The vkey of a new key under this name; Amiss where the folder has one already, which is never replaced."""
    if (folder / SECRET).exists():
        raise Amiss(f"{folder} has a key already")
    if not name or "+" in name or any(c.isspace() or c < " " for c in name):
        raise Amiss("a name is not empty and has neither spaces nor +, such as witness.example.org/w1")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write(folder / NAME, name.encode())
    write(folder / SECRET, Ed25519PrivateKey.generate().private_bytes_raw())
    key = key_in(folder)[0]
    material = b2a_base64(bytes([TIMED]) + key.public, newline=False).decode()
    return f"{name}+{key.identifier(TIMED).hex()}+{material}"


def key_in(folder: Path) -> tuple[Key, Ed25519PrivateKey]:
    if not (folder / SECRET).is_file():
        raise Amiss(f"{folder} has no key yet: make one with python -m witness key")
    secret = Ed25519PrivateKey.from_private_bytes((folder / SECRET).read_bytes())
    return Key((folder / NAME).read_text(encoding="utf-8"), secret.public_key().public_bytes_raw()), secret


def place_of(folder: Path, origin: str) -> Path:
    return folder / f"{sha256(origin.encode()).hexdigest()[:16]}.checkpoint"


def last_signed(folder: Path, log: Key) -> Checkpoint | None:
    """The last checkpoint of this log that was signed here, None where none was; Amiss where the file is spoilt."""
    path = place_of(folder, log.name)
    if not path.exists():
        return None
    kept = checkpoint_from(path.read_text(encoding="utf-8"), [log], [key_in(folder)[0]])
    if not kept.seen:
        raise Amiss(f"{path} is not what was kept there: it does not bear your own signature")
    return kept


def write(path: Path, words: bytes) -> None:
    """The whole file or nothing of it, on the disk before this returns, and for nobody else to read."""
    new = path.with_suffix(".new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(words)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Nobody else signs from this folder meanwhile."""
    with (folder / "lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
