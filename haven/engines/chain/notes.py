"""Signed notes of C2SP (https://c2sp.org/signed-note) with Ed25519 keys: a text, an empty line, and signature lines.

A signature line is `— NAME BASE64`, where BASE64 holds four bytes of the key's identifier and the signature. The
identifier is SHA-256(NAME ‖ LF ‖ kind ‖ public key)[:4]. Everything here is strict: what another spelling would also
say is refused.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PLAIN = 1
"""Kind of a key whose signature is of the text alone."""
TIMED = 4
"""Kind of a key whose signature is a cosignature/v1: of the text and of the time at which it was signed."""
MOST_SIGNATURES = 64
ID_BYTES = 4
KEY_BYTES = 32
SIGNATURE_BYTES = 64
_SECRET = "PRIVATE+KEY+"


class BadNote(ValueError):
    """A note, a key or a signature is not of the form it must have, or does not verify. The text says which."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key under a name. Written as C2SP's vkey: NAME+IDENTIFIER+BASE64(kind ‖ public key)."""

    name: str
    kind: int
    public: bytes

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """Read a vkey. Raises `BadNote`."""
        name, _, rest = text.partition("+")
        identifier, _, encoded = rest.partition("+")
        content = decoded(encoded)
        if len(content) != 1 + KEY_BYTES or content[0] not in (PLAIN, TIMED):
            raise BadNote("it is not an Ed25519 key of a signed note")
        key = cls(checked_name(name), content[0], content[1:])
        if key.identifier.hex() != identifier:
            raise BadNote("the key's identifier is not that of its name and key")
        return key

    @property
    def identifier(self) -> bytes:
        """The four bytes by which a signature names this key."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:ID_BYTES]

    @property
    def timed(self) -> "VerifierKey":
        """The same key as it signs with a time."""
        return VerifierKey(self.name, TIMED, self.public)

    def verify(self, message: bytes, signature: bytes) -> None:
        """Raises `BadNote` where the signature is not of this message by this key."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature as wrong:
            raise BadNote(f"the signature of {self.name} is not of this text") from wrong

    def __str__(self) -> str:
        return f"{self.name}+{self.identifier.hex()}+{encoded(bytes([self.kind]) + self.public)}"


@dataclass(frozen=True, slots=True, repr=False)
class SigningKey:
    """A private key under a name. Written as Go's sumdb writes it: PRIVATE+KEY+NAME+IDENTIFIER+BASE64(1 ‖ seed)."""

    name: str
    seed: bytes

    @classmethod
    def parse(cls, text: str) -> "SigningKey":
        """Read a private key. Raises `BadNote`, which never quotes it."""
        name, _, rest = text.removeprefix(_SECRET).partition("+")
        identifier, _, content = rest.partition("+")
        seed = decoded(content)
        if not text.startswith(_SECRET) or len(seed) != 1 + KEY_BYTES or seed[0] != PLAIN:
            raise BadNote("it is not a private Ed25519 key of a signed note")
        key = cls(checked_name(name), seed[1:])
        if key.verifier.identifier.hex() != identifier:
            raise BadNote("the private key's identifier is not that of its name and key")
        return key

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        return VerifierKey(self.name, PLAIN, self._key.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of an Ed25519 signature."""
        return self._key.sign(message)

    @property
    def written(self) -> str:
        """As it stands in its file."""
        return f"{_SECRET}{self.name}+{self.verifier.identifier.hex()}+{encoded(bytes([PLAIN]) + self.seed)}"

    @property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: whose it says it is, and the bytes after the identifier."""

    name: str
    identifier: bytes
    content: bytes

    @classmethod
    def parse(cls, line: str) -> "Signature":
        """Read a signature line, without its newline. Raises `BadNote`."""
        dash, _, rest = line.partition(" ")
        name, _, content = rest.partition(" ")
        raw = decoded(content)
        if dash != "—" or len(raw) <= ID_BYTES:
            raise BadNote("a signature line has not the form of one")
        return cls(checked_name(name), raw[:ID_BYTES], raw[ID_BYTES:])

    def is_by(self, key: VerifierKey) -> bool:
        """Whether it says it is by this key."""
        return self.name == key.name and self.identifier == key.identifier

    def __str__(self) -> str:
        return f"— {self.name} {encoded(self.identifier + self.content)}"


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends in a newline, and its signatures."""

    text: str
    signatures: tuple[Signature, ...]

    @classmethod
    def parse(cls, written: str) -> "Note":
        """Read a note. No signature is verified. Raises `BadNote`."""
        if any(ord(each) < 0x20 and each != "\n" for each in written):
            raise BadNote("a note has no control characters but newlines")
        text, empty, lines = written.rpartition("\n\n")
        if not empty or not text or not lines.endswith("\n"):
            raise BadNote("a note is a text, an empty line and signature lines, each ended by a newline")
        signatures = lines[:-1].split("\n")
        if len(signatures) > MOST_SIGNATURES:
            raise BadNote(f"a note has at most {MOST_SIGNATURES} signatures")
        return cls(text + "\n", tuple(Signature.parse(line) for line in signatures))

    def by(self, keys: Sequence[VerifierKey]) -> list[tuple[VerifierKey, Signature]]:
        """Each signature that names one of these keys, beside it. Those of other keys are passed over."""
        return [(key, each) for each in self.signatures for key in keys if each.is_by(key)]

    def __str__(self) -> str:
        return "".join([self.text, "\n", *(f"{each}\n" for each in self.signatures)])


def encoded(raw: bytes) -> str:
    """Standard Base 64, padded."""
    return base64.b64encode(raw).decode()


def decoded(text: str) -> bytes:
    """What standard Base 64 says, in its one spelling. Raises `BadNote`."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as wrong:
        raise BadNote("it is not Base 64") from wrong
    if encoded(raw) != text:
        raise BadNote("it is not Base 64 in its one spelling")
    return raw


def checked_name(name: str) -> str:
    """The name of a key. Raises `BadNote` where it is empty or has a space or a plus."""
    if not name or "+" in name or any(each.isspace() for each in name):
        raise BadNote("a key's name is not empty and has neither spaces nor a plus")
    return name
