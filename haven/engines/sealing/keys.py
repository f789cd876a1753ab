"""Keys under keys: wrapped by AES key wrap (RFC 3394), derived by HKDF with SHA-256 (RFC 5869), and named.

Key wrap has a check of 64 bits of its own: a key that was wrapped under another one, or changed, does not come out.
"""

import hmac
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from haven.engines.sealing.fields import KEY_BYTES, CannotUnseal

NAME_BYTES = 5


def wrap(key: bytes, *, under: bytes) -> bytes:
    """A key as it may be stored: eight bytes longer than itself."""
    return aes_key_wrap(under, key)


def unwrap(wrapped: bytes, *, under: bytes) -> bytes:
    """The key. Raises `CannotUnseal`."""
    try:
        return aes_key_unwrap(under, wrapped)
    except InvalidUnwrap as failed:
        raise CannotUnseal("the key does not come out") from failed


def derived(key: bytes, purpose: str) -> bytes:
    """The key that stands in for another one for one purpose. Purposes begin with `haven`."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(key)


def name_of(key: bytes) -> str:
    """What tells one key from another, in ten hexadecimal digits, without telling anything of either."""
    return hmac.new(key, b"haven name of a key", sha256).digest()[:NAME_BYTES].hex()
