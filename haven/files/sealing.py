"""Sealing what a file holds: AES-256-GCM under a key of its own, which is itself sealed under the installation's.

The file's identifier is bound to both, so that nothing opens in another file's place. Version 1 is: one byte of
version, twelve of nonce, ciphertext with its tag.
"""

import secrets
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = b"\x01"
NONCE_BYTES = 12
KEY_BYTES = 32


class CannotUnseal(Exception):
    """The content does not open: another key, another file's content, or changed bytes."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file's own key and its content, both encrypted."""

    wrapped_key: bytes
    content: bytes


def seal(content: bytes, *, file: UUID, secret: str) -> Sealed:
    """Encrypt a file's content under a new key."""
    key = secrets.token_bytes(KEY_BYTES)
    return Sealed(_lock(_root(secret), key, b"key" + file.bytes), _lock(key, content, b"content" + file.bytes))


def unseal(sealed: Sealed, *, file: UUID, secret: str) -> bytes:
    """The file's content. Raises `CannotUnseal`."""
    key = _unlock(_root(secret), sealed.wrapped_key, b"key" + file.bytes)
    return _unlock(key, sealed.content, b"content" + file.bytes)


def _root(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"haven files").derive(secret.encode())


def _lock(key: bytes, plain: bytes, bound_to: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, plain, VERSION + bound_to)


def _unlock(key: bytes, locked: bytes, bound_to: bytes) -> bytes:
    if locked[:1] != VERSION:
        raise CannotUnseal("sealed in a way that this version does not know")
    nonce, cipher = locked[1 : 1 + NONCE_BYTES], locked[1 + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, cipher, VERSION + bound_to)
    except (InvalidTag, ValueError) as failed:
        raise CannotUnseal("the seal does not open") from failed
