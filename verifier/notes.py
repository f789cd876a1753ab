"""Keys and signed checkpoints, as C2SP's signed-note, tlog-checkpoint and tlog-cosignature have them."""

import re
from binascii import a2b_base64, b2a_base64
from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

PLAIN, TIMED = 0x01, 0x04  # kinds of signatures: of the text, and of the text with a time before it
NAME, WORD = r"[^\s\x00-\x1f+]+", r"[A-Za-z0-9+/]+=*"
VKEY = re.compile(rf"({NAME})\+([0-9a-f]{{8}})\+({WORD})")
NOTE = re.compile(rf"(([^\x00-\x1f]+)\n(0|[1-9][0-9]{{0,18}})\n({WORD})\n)\n((?:— {NAME} {WORD}\n){{1,64}})")


class Amiss(ValueError):
    """What does not hold, in words."""


def from_base64(text: str) -> bytes:
    """The bytes of Base 64 in its one spelling; Amiss where it is spelt otherwise."""
    plain = a2b_base64(text + "==")  # too much padding is passed over; too little would not be
    if b2a_base64(plain, newline=False).decode() != text:
        raise Amiss(f"“{text[:60]}” is not Base 64 in its one spelling")
    return plain


class Key(NamedTuple):
    name: str
    public: bytes

    def identifier(self, kind: int) -> bytes:
        return sha256(self.name.encode() + b"\n" + bytes([kind]) + self.public).digest()[:4]

    def times(self, text: str, kind: int, lines: list[tuple[str, bytes]]) -> list[int]:
        """Of each line that it signed in this kind the time, 0 in kind 0x01; Amiss where a signature is not good."""
        signed = [words[4:] for name, words in lines if (name, words[:4]) == (self.name, self.identifier(kind))]
        times = [int.from_bytes(words[:-64], "big") for words in signed]
        for words, time in zip(signed, times, strict=True):
            message = f"cosignature/v1\ntime {time}\n{text}" if kind == TIMED else text
            try:
                if len(words) != (72 if kind == TIMED else 64) or time >= 2**63:
                    raise InvalidSignature
                Ed25519PublicKey.from_public_bytes(self.public).verify(words[-64:], message.encode())
            except InvalidSignature:
                raise Amiss(f"a checkpoint has a signature of {self.name} that is not good") from None
        return times


def key_from(vkey: str, kind: int) -> Key:
    """The key that a vkey tells, a log's of kind 0x01 or a witness's of kind 0x04; Amiss where it tells none."""
    if parts := VKEY.fullmatch(vkey):
        key, material = Key(parts[1], from_base64(parts[3])[1:]), from_base64(parts[3])
        if key.identifier(kind).hex() == parts[2] and (len(material), material[0]) == (33, kind):
            return key
    raise Amiss(f"“{vkey[:120]}” is not the key of a {'log' if kind == PLAIN else 'witness'}")


class Checkpoint(NamedTuple):
    note: str
    origin: str
    size: int
    root: bytes
    time: float  # when the log signed it, in seconds since 1970
    seen: dict[str, int]  # by the name of a witness when it did


def checkpoint_from(note: str, logs: Sequence[Key], witnesses: Sequence[Key] = ()) -> Checkpoint:
    """The checkpoint that a note holds; Amiss unless one of the log's keys signed it, once in each kind."""
    if not (parts := NOTE.fullmatch(note)) or int(parts[3]) >= 2**63:
        raise Amiss("a checkpoint is not a note of origin, size and root, an empty line and up to 64 signatures")
    text, origin, size, root, signatures = parts.groups()
    lines = [(name, from_base64(words)) for _, name, words in (line.split(" ") for line in signatures.splitlines())]
    if len(from_base64(root)) != 32 or any(len(words) < 5 for _, words in lines):
        raise Amiss(f"the checkpoint of size {size} has a root or a signature that is none")
    found = [(key.name, key.times(text, PLAIN, lines), key.times(text, TIMED, lines)) for key in logs]
    times = [timed[0] for name, plain, timed in found if name == origin and len(plain) == len(timed) == 1]
    if len(times) != 1:
        raise Amiss(f"the checkpoint of size {size} is not signed by the log once in each kind, with a key you gave")
    seen = {key.name: max(signed) for key in witnesses if (signed := key.times(text, TIMED, lines))}
    return Checkpoint(note, origin, int(size), from_base64(root), times[0], seen)
