"""Checkpoints of a log and what witnesses add to them, as C2SP has them: https://c2sp.org/tlog-checkpoint and
https://c2sp.org/tlog-cosignature.

A checkpoint's text is three lines: the log's name (its origin), how many leaves its tree has, and the tree's root. The
log signs it twice with one key: plainly, as every reader of checkpoints expects, and as a cosignature/v1, which says
when. A witness adds a cosignature/v1 of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from haven.engines.chain.hashing import HASH_BYTES
from haven.engines.chain.notes import (
    PLAIN,
    SIGNATURE_BYTES,
    TIMED,
    BadNote,
    Note,
    Signature,
    SigningKey,
    VerifierKey,
    checked_name,
    decoded,
    encoded,
)

TIME_BYTES = 8
MOST = 2**63 - 1  # a size or a time


@dataclass(frozen=True, slots=True)
class TreeHead:
    """What a checkpoint says: of which log, how many leaves, and the root over them."""

    origin: str
    size: int
    root: bytes

    @classmethod
    def parse(cls, text: str) -> "TreeHead":
        """Read a checkpoint's text, which has three lines and no more. Raises `BadNote`."""
        lines = text.split("\n")
        if len(lines) != 4 or lines[3]:
            raise BadNote("a checkpoint has three lines")
        root = decoded(lines[2])
        if len(root) != HASH_BYTES:
            raise BadNote("a checkpoint's root has 32 bytes")
        return cls(checked_name(lines[0]), _counted(lines[1]), root)

    @property
    def text(self) -> str:
        """As it is signed."""
        return f"{self.origin}\n{self.size}\n{encoded(self.root)}\n"


@dataclass(frozen=True, slots=True)
class Cosigned:
    """That a key signed a checkpoint at a time, in whole seconds since 1970 in UTC."""

    name: str
    at: int


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A checkpoint whose signatures were verified. `signed_at` is the log's own time, in seconds since 1970 in UTC."""

    head: TreeHead
    signed_at: int
    witnessed: tuple[Cosigned, ...]
    note: str


def sign(head: TreeHead, key: SigningKey, *, at: int) -> str:
    """The checkpoint of a tree, signed by its log. The key's name is the log's origin."""
    if key.name != head.origin:
        raise BadNote("a log signs under the name that stands in its checkpoints")
    plain = Signature(key.name, key.verifier.identifier, key.sign(head.text.encode()))
    return str(Note(head.text, (plain, cosign(head, key, at=at))))


def cosign(head: TreeHead, key: SigningKey, *, at: int) -> Signature:
    """A cosignature/v1: that at this time, this was the largest tree of the log that the signer knew."""
    timed = key.verifier.timed
    return Signature(timed.name, timed.identifier, at.to_bytes(TIME_BYTES, "big") + key.sign(_timed(head.text, at)))


def verified(written: str, *, logs: Sequence[VerifierKey], witnesses: Sequence[VerifierKey] = ()) -> Checkpoint:
    """Read a checkpoint that one of `logs` signed. Raises `BadNote`.

    Its signatures by keys that are not given are passed over; a signature by one that is given must verify.
    """
    note = Note.parse(written)
    head = TreeHead.parse(note.text)
    own = [key for key in logs if key.name == head.origin]
    times: list[int] = []
    is_signed = False
    for key, signature in note.by([*own, *(key.timed for key in own)]):
        if key.kind == PLAIN:
            key.verify(note.text.encode(), signature.content)
            is_signed = True
        else:
            times.append(_verified_time(key, note.text, signature))
    if not is_signed or len(times) != 1:
        raise BadNote("it does not bear the log's two signatures")
    others = [
        Cosigned(key.name, _verified_time(key, note.text, signature))
        for key, signature in note.by([each for each in witnesses if each.kind == TIMED])
    ]
    return Checkpoint(head, times[0], tuple(others), written)


def _verified_time(key: VerifierKey, text: str, signature: Signature) -> int:
    if len(signature.content) != TIME_BYTES + SIGNATURE_BYTES:
        raise BadNote("a signature with a time has 72 bytes")
    at = int.from_bytes(signature.content[:TIME_BYTES], "big")
    if at > MOST:
        raise BadNote("a time is too large")
    key.verify(_timed(text, at), signature.content[TIME_BYTES:])
    return at


def _timed(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def _counted(line: str) -> int:
    if not (line.isascii() and line.isdigit()) or str(int(line[:20])) != line or int(line) > MOST:
        raise BadNote("a checkpoint's second line is its size, in digits")
    return int(line)
