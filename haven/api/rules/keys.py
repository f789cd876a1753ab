"""Programs' public keys as they are handed over, and how long one is good."""

import base64
import binascii
from datetime import timedelta

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from haven.api.rules.signatures import KEY_BYTES

LONGEST = timedelta(days=366)
"""A key is short-lived: whoever stole one cannot use it for ever (security.md §2, row 15)."""

USUAL = timedelta(days=180)


def public_key(text: str) -> bytes:
    """The 32 bytes of an Ed25519 public key, given as PEM or in Base64. Raises ValueError for anything else."""
    if "PRIVATE KEY" in text:
        raise ValueError("a private key")
    if "BEGIN" in text:
        return _of_pem(text)
    try:
        found = base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error:
        raise ValueError("neither PEM nor Base64") from None
    if len(found) != KEY_BYTES:
        raise ValueError("not 32 bytes")
    return found


def _of_pem(text: str) -> bytes:
    try:
        key = load_pem_public_key(text.strip().encode())
    except UnsupportedAlgorithm as fault:
        raise ValueError("another sort of key") from fault
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("another sort of key")
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)
