"""One value under one key: AES-256-GCM, bound to the place it was sealed for.

A sealed value, version 1, is one byte of version, twelve of nonce, then the ciphertext with its tag of sixteen. What it
is bound to is the text `organisation|record|field|version`, as additional data: moved to another organisation, record
or field it does not open. Every record has a key of its own, so that a nonce drawn at random meets few others.
"""

import re
import secrets
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = 1
KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
FIELD = re.compile(r"[a-z][a-z0-9_]*")


class CannotUnseal(Exception):
    """It does not open: another key, another place, changed bytes, or a version that is not known here."""


def new_key() -> bytes:
    """A random key of 256 bits."""
    return secrets.token_bytes(KEY_BYTES)


def place(organisation: UUID, record: UUID, field: str) -> str:
    """What a field of an organisation's record is bound to. Raises ValueError where the field's name is not plain."""
    if not FIELD.fullmatch(field):
        raise ValueError(f"{field!r} is no name of a field")
    return f"{organisation}|{record}|{field}"


def seal(plain: bytes, *, key: bytes, bound_to: str) -> bytes:
    """Encrypt a value for one place, under a nonce drawn for it alone."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return bytes([VERSION]) + nonce + AESGCM(key).encrypt(nonce, plain, _bound(bound_to))


def unseal(sealed: bytes, *, key: bytes, bound_to: str) -> bytes:
    """The value. Raises `CannotUnseal`."""
    if sealed[:1] != bytes([VERSION]):
        raise CannotUnseal("sealed in a way that this version does not know")
    nonce, cipher = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, cipher, _bound(bound_to))
    except (InvalidTag, ValueError) as failed:
        raise CannotUnseal("the seal does not open") from failed


def _bound(to: str) -> bytes:
    return f"{to}|{VERSION}".encode()
