"""Keys, signed notes and checkpoints, as C2SP's signed-note, tlog-checkpoint and tlog-cosignature have them."""

from binascii import a2b_base64, b2a_base64
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

PLAIN, TIMED = 0x01, 0x04
MOST = 2**63 - 1


class Amiss(Exception):
    """What does not hold, in words."""


def from_base64(text: str) -> bytes:
    """The bytes of Base 64 in its one spelling; Amiss where it is spelt otherwise."""
    try:
        plain = a2b_base64(text.encode("ascii"), strict_mode=True)
    except ValueError:
        plain = b""
    if b2a_base64(plain, newline=False).decode() != text:
        raise Amiss(f"“{text[:60]}” is not Base 64 in its one spelling")
    return plain


@dataclass(frozen=True)
class Key:
    """A public key: `kind` is that of its vkey, 0x01 a log's and 0x04 a witness's."""

    name: str
    kind: int
    public: bytes

    def identifier(self, kind: int) -> bytes:
        """What stands before its signatures of this kind."""
        return sha256(self.name.encode() + b"\n" + bytes([kind]) + self.public).digest()[:4]

    @property
    def vkey(self) -> str:
        material = b2a_base64(bytes([self.kind]) + self.public, newline=False).decode()
        return f"{self.name}+{self.identifier(self.kind).hex()}+{material}"


@lru_cache
def key_from(vkey: str, kind: int) -> Key:
    """The key that a vkey of this kind tells; Amiss where it tells none."""
    name, _, rest = vkey.partition("+")
    material = from_base64(rest.partition("+")[2])
    key = Key(name, kind, material[1:])
    if not name or any(c.isspace() for c in name) or len(material) != 33 or material[0] != kind or key.vkey != vkey:
        raise Amiss(f"“{vkey[:120]}” is not the key of a {'log' if kind == PLAIN else 'witness'}")
    return key


@lru_cache
def _opened(public: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(public)


@dataclass(frozen=True)
class Checkpoint:
    """A checkpoint and its signature lines, none of them verified yet: (name, identifier, signature)."""

    text: str
    origin: str
    size: int
    root: bytes
    lines: tuple[tuple[str, bytes, bytes], ...]

    def signed_by(self, key: Key, kind: int) -> list[bytes]:
        """The lines of this key and kind, each verified, without identifier; Amiss where one is not good."""
        found = [words for name, mark, words in self.lines if (name, mark) == (key.name, key.identifier(kind))]
        for words in found:
            self._verify(key, kind, words)
        return found

    def _verify(self, key: Key, kind: int, words: bytes) -> None:
        head, signature = (words[:8], words[8:]) if kind == TIMED else (b"", words)
        time = int.from_bytes(head, "big")
        message = timed_message(self.text, time) if kind == TIMED else self.text.encode()
        try:
            if len(signature) != 64 or time > MOST:
                raise InvalidSignature
            _opened(key.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            raise Amiss(f"the checkpoint of size {self.size} has a signature of {key.name} that is not good") from None

    def signed_at(self, logs: Sequence[Key]) -> int:
        """When the log signed it, in seconds since 1970; Amiss unless a key of its origin signed once in each kind."""
        times = []
        for key in logs:
            plain, timed = self.signed_by(key, PLAIN), self.signed_by(key, TIMED)
            if key.name == self.origin and len(plain) == len(timed) == 1:
                times.append(int.from_bytes(timed[0][:8], "big"))
            elif plain or timed:
                raise Amiss(f"the checkpoint of size {self.size} is not signed by {key.name} once in each kind")
        if not times:
            raise Amiss(f"the checkpoint of size {self.size} is not signed by the log: no signature by a key you gave")
        return max(times)

    def seen_at(self, witness: Key) -> int | None:
        """When the witness countersigned it, in seconds since 1970; None where it did not."""
        return max((int.from_bytes(w[:8], "big") for w in self.signed_by(witness, TIMED)), default=None)


def timed_message(text: str, time: int) -> bytes:
    """What a signature of kind 0x04 signs."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def checkpoint_from(note: str) -> Checkpoint:
    """The checkpoint that a signed note holds; Amiss where it is not one."""
    text, gap, signatures = note.rpartition("\n\n")
    *parts, nothing = f"{text}\n".split("\n")
    *lines, end = signatures.split("\n")
    if (
        not gap
        or nothing
        or end
        or len(parts) != 3
        or not 1 <= len(lines) <= 64
        or any(c < " " for c in note if c != "\n")
    ):
        raise Amiss("a checkpoint is not a note of three lines, an empty one and up to 64 signatures")
    origin, size, root = parts[0], parts[1], from_base64(parts[2])
    is_number = size.isascii() and size.isdecimal() and str(int(size[:20])) == size and int(size) <= MOST
    if not origin or not is_number or len(root) != 32:
        raise Amiss("a checkpoint is not origin, size and root")
    found = []
    for line in lines:
        dash, name, words = (*line.split(" "), "", "")[:3]
        is_name = name and "+" not in name and not any(c.isspace() for c in name)
        if dash != "—" or not is_name or line != f"— {name} {words}" or len(from_base64(words)) < 5:
            raise Amiss(f"the checkpoint of size {size} has a signature line that is none")
        found.append((name, from_base64(words)[:4], from_base64(words)[4:]))
    return Checkpoint(f"{text}\n", origin, int(size), root, tuple(found))
