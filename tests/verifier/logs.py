"""A small log of one's own, written by docs/reference/ledger-format.md and RFC 9162 alone."""

import json
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

BEGAN = int(datetime(2026, 3, 2, 9, tzinfo=UTC).timestamp())
ORIGIN = "haven.example.org/ledger"


def digest(*parts: bytes) -> bytes:
    return sha256(b"".join(parts)).digest()


def base64(plain: bytes) -> str:
    return b64encode(plain).decode()


def line(**row: object) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n"


def root(leaves: list[bytes]) -> bytes:
    """The recursive definition of RFC 9162 §2.1.1."""
    if len(leaves) < 2:
        return digest(b"\x00", leaves[0]) if leaves else digest()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return digest(b"\x01", root(leaves[:half]), root(leaves[half:]))


def inclusion(index: int, leaves: list[bytes]) -> list[bytes]:
    """The recursive definition of §2.1.3.1."""
    if len(leaves) < 2:
        return []
    half = 1 << (len(leaves) - 1).bit_length() - 1
    if index < half:
        return [*inclusion(index, leaves[:half]), root(leaves[half:])]
    return [*inclusion(index - half, leaves[half:]), root(leaves[:half])]


def consistency(old: int, leaves: list[bytes], *, is_whole: bool = True) -> list[bytes]:
    """The recursive definition of §2.1.4.1."""
    if old == len(leaves):
        return [] if is_whole else [root(leaves)]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    if old <= half:
        return [*consistency(old, leaves[:half], is_whole=is_whole), root(leaves[half:])]
    return [*consistency(old - half, leaves[half:], is_whole=False), root(leaves[:half])]


class Signer:
    """A name with a private key: a log's (kind 1) or a witness's (kind 4)."""

    def __init__(self, name: str, kind: int, seed: int) -> None:
        self.name, self.kind = name, kind
        self.private = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
        self.public = self.private.public_key().public_bytes_raw()

    def identifier(self, kind: int) -> bytes:
        return digest(self.name.encode(), b"\n", bytes([kind]), self.public)[:4]

    @property
    def vkey(self) -> str:
        return f"{self.name}+{self.identifier(self.kind).hex()}+{base64(bytes([self.kind]) + self.public)}"

    def plain(self, text: str) -> str:
        return f"— {self.name} {base64(self.identifier(1) + self.private.sign(text.encode()))}\n"

    def timed(self, text: str, time: int) -> str:
        signature = self.private.sign(f"cosignature/v1\ntime {time}\n{text}".encode())
        return f"— {self.name} {base64(self.identifier(4) + time.to_bytes(8, 'big') + signature)}\n"


LOG = Signer(ORIGIN, 1, 1)
WITNESS = Signer("witness.example.org/w1", 4, 2)
OTHER = Signer(ORIGIN, 1, 3)


@dataclass
class Entry:
    detail: str
    salt: bytes
    is_erased: bool = False

    @property
    def commitment(self) -> bytes:
        return digest(self.salt, self.detail.encode())

    @property
    def leaf(self) -> bytes:
        return b"\x01" + self.commitment


@dataclass
class Log:
    """Entries a minute apart; `notes` are the retained checkpoints by size."""

    signer: Signer = LOG
    entries: list[Entry] = field(default_factory=list)
    notes: dict[int, str] = field(default_factory=dict)

    @property
    def leaves(self) -> list[bytes]:
        return [entry.leaf for entry in self.entries]

    @property
    def time(self) -> int:
        return BEGAN + 60 * len(self.entries)

    def add(self, verb: str = "action.closed", *, at: int | None = None, why: str = "", about: object = None) -> None:
        when = datetime.fromtimestamp(self.time if at is None else at, UTC).isoformat()
        told = {
            "about": about or {"place": "Fairhaven – «Ashdown»"},
            "areas": [],
            "at": when,
            "verb": verb,
            "who": {},
            "why": why,
        }
        salt = digest(self.signer.public, len(self.entries).to_bytes(8, "big"))
        self.entries.append(Entry(json.dumps(told, ensure_ascii=False), salt))

    def erase(self, *numbers: int, why: str = "retention 7: seven years are over") -> None:
        chosen = [self.entries[number - 1] for number in numbers]
        named = [entry.commitment.hex() for entry in chosen]
        self.add("ledger.erased", why=why, about={"commitments": named, "count": len(named), "details": list(numbers)})
        for entry in chosen:
            entry.is_erased = True

    def text(self) -> str:
        return f"{self.signer.name}\n{len(self.entries)}\n{base64(root(self.leaves))}\n"

    def sign(self, *witnesses: Signer, time: int | None = None) -> str:
        """Sign a checkpoint over what is there, and retain it."""
        text, at = self.text(), self.time if time is None else time
        note = text + "\n" + self.signer.plain(text) + self.signer.timed(text, at)
        self.notes[len(self.entries)] = note + "".join(witness.timed(text, at + 5) for witness in witnesses)
        return self.notes[len(self.entries)]

    def receipt(self, number: int) -> dict[str, object]:
        entry = self.entries[number - 1]
        return {
            "format": "haven-ledger-receipt/1",
            "number": number,
            "index": number - 1,
            "salt": base64(entry.salt),
            "detail": entry.detail,
            "proof": [base64(one) for one in inclusion(number - 1, self.leaves)],
            "checkpoint": self.sign(WITNESS),
            "key": self.signer.vkey,
        }

    def write(self, folder: Path, witnesses: tuple[Signer, ...] = (WITNESS,)) -> Path:
        """The export as of the newest checkpoint."""
        newest = max(self.notes, default=0)
        entries = self.entries[:newest]
        files = {
            "checkpoints.jsonl": "".join(line(checkpoint=note, size=size) for size, note in sorted(self.notes.items())),
            "keys": f"{self.signer.vkey}\n",
            "witnesses": "".join(f"{witness.vkey}\n" for witness in witnesses),
            "details.jsonl": "".join(told_of(number, entry) for number, entry in enumerate(entries, 1)),
        }
        if newest:
            files["checkpoint"] = self.notes[newest]
        for name, text in files.items():
            put(folder / name, text.encode())
        row = [digest(b"\x00", entry.leaf) for entry in entries]
        put_tiles(folder, "entries", [b"\x00\x21" + entry.leaf for entry in entries])
        level = 0
        while row:
            put_tiles(folder, str(level), row)
            whole = range(0, len(row) - len(row) % 256, 256)
            row, level = [over(row[at : at + 256]) for at in whole], level + 1
        return folder


def told_of(number: int, entry: Entry) -> str:
    if entry.is_erased:
        return line(detail=None, number=number, salt=None)
    return line(detail=entry.detail, number=number, salt=base64(entry.salt))


def over(hashes: list[bytes]) -> bytes:
    while len(hashes) > 1:
        hashes = [digest(b"\x01", hashes[at], hashes[at + 1]) for at in range(0, len(hashes), 2)]
    return hashes[0]


def put(path: Path, words: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(words)


def put_tiles(folder: Path, level: str, items: list[bytes]) -> None:
    for index in range(-(-len(items) // 256)):
        held = items[index * 256 : (index + 1) * 256]
        groups = f"{index // 1000_000:03d}", f"{index // 1000 % 1000:03d}", f"{index % 1000:03d}"
        wanted = groups[2:] if index < 1000 else groups[1:] if index < 1000_000 else groups
        name = "/".join([*(f"x{group}" for group in wanted[:-1]), wanted[-1]])
        put(folder / "tile" / level / (name if len(held) == 256 else f"{name}.p/{len(held)}"), b"".join(held))


def small(*, size: int = 20, every: int = 5) -> Log:
    """A log of so many entries; the third and seventh are erased by the ninth; a checkpoint each so many entries."""
    log = Log()
    for number in range(1, size + 1):
        log.erase(3, 7) if number == 9 else log.add()
        if number % every == 0 or number == size:
            log.sign(WITNESS)
    return log
