"""Sealing what a file holds: under a key of its own, which is itself wrapped under the installation's.

The content is bound to the file, so that nothing opens in another file's place. How, `haven.engines.sealing` says.
"""

from dataclasses import dataclass
from uuid import UUID

from haven.engines.sealing import fields, keys
from haven.engines.sealing.fields import CannotUnseal

__all__ = ["CannotUnseal", "Sealed", "seal", "unseal"]


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file's own key and its content, both encrypted."""

    wrapped_key: bytes
    content: bytes


def seal(content: bytes, *, file: UUID, secret: str) -> Sealed:
    """Encrypt a file's content under a new key."""
    key = fields.new_key()
    return Sealed(keys.wrap(key, under=_root(secret)), fields.seal(content, key=key, bound_to=_place(file)))


def unseal(sealed: Sealed, *, file: UUID, secret: str) -> bytes:
    """The file's content. Raises `CannotUnseal`."""
    key = keys.unwrap(sealed.wrapped_key, under=_root(secret))
    return fields.unseal(sealed.content, key=key, bound_to=_place(file))


def _root(secret: str) -> bytes:
    return keys.derived(secret.encode(), "haven files")


def _place(file: UUID) -> str:
    return f"files|{file}|content"
