"""Ledgers made in memory, sealed in several steps, and written as a folder."""

import random
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from haven.engines.chain.checkpoints import TreeHead, cosign, sign
from haven.engines.chain.exported import Export, verified_folder
from haven.engines.chain.hashing import SALT_BYTES, canonical, leaf_hash, leaf_of
from haven.engines.chain.notes import Note, SigningKey
from haven.engines.chain.tree import Edge
from haven.engines.chain.verifying import ERASED, Line, Signed, Verdict

LOG = SigningKey("haven.example.org/ledger", bytes(range(32)))
WITNESS = SigningKey("witness.example.org/w1", bytes(range(1, 33)))
LOGS, WITNESSES = [LOG.verifier], [WITNESS.verifier.timed]
AT = 1_772_443_800
SIZE = 300
SEALED_AT = (7, 256, 260, SIZE)
ERASED_ENTRIES = (4, 17)


def lines_of(size: int = SIZE, *, seed: int = 1, erased: tuple[int, ...] = ERASED_ENTRIES) -> list[Line]:
    """Sound entries, of which the last says which were erased."""
    chance = random.Random(seed)
    lines: list[Line] = []
    for number in range(1, size + 1):
        salt = chance.randbytes(SALT_BYTES)
        if number == size:
            named = [sha256(lines[n - 1].salt + lines[n - 1].detail.encode()).hexdigest() for n in erased]
            about, verb = {"commitments": named, "count": len(named), "details": list(erased)}, ERASED
        else:
            about, verb = {"number": number}, "test.done"
        at = datetime.fromtimestamp(AT + number - size, tz=UTC).isoformat()
        text = canonical({"verb": verb, "about": about, "at": at, "why": "a rule"})
        lines.append(Line(number, leaf_of(salt, text), salt, text))
    return [Line(each.number, each.leaf, None, None) if each.number in erased else each for each in lines]


def checkpoints_of(lines: list[Line], sizes: tuple[int, ...] = SEALED_AT, key: SigningKey = LOG) -> list[Signed]:
    """A checkpoint at each size; the last is signed by the witness too."""
    edge, signed = Edge(), []
    for size in sizes:
        edge.append(b"".join(leaf_hash(each.leaf) for each in lines[edge.size : size]))
        head = TreeHead(key.name, size, edge.root())
        note = Note.parse(sign(head, key, at=AT))
        lines_below = (*note.signatures, cosign(head, WITNESS, at=AT + 5)) if size == sizes[-1] else note.signatures
        signed.append(Signed(size, str(Note(note.text, lines_below))))
    return signed


def written(folder: Path, lines: list[Line], checkpoints: list[Signed]) -> Path:
    """The export of a ledger."""
    export = Export(folder)
    export.write_keys(logs=LOGS, witnesses=WITNESSES)
    export.write_checkpoints(iter(checkpoints))
    export.write_entries(iter(lines))
    return folder


def found(folder: Path, *, known: list[str] | None = None) -> Verdict:
    """What Haven's own verification says of an export."""
    return verified_folder(folder, logs=LOGS, witnesses=WITNESSES, known=known or [])
