"""From an entry's detail to its leaf, and from leaves to the nodes of a tree.

commitment = SHA-256(salt ‖ detail)         the salt is 32 random bytes; once it is erased, the commitment tells nothing
leaf       = version ‖ commitment           33 bytes; nothing of the detail stands in it in clear
leaf hash  = SHA-256(0x00 ‖ leaf)           RFC 9162 §2.1.1
node       = SHA-256(0x01 ‖ left ‖ right)   likewise
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

VERSION = b"\x01"
SALT_BYTES = 32
LEAF_BYTES = 33
HASH_BYTES = 32
_JSON = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def canonical(content: Any) -> str:
    """The one way to write a detail, or part of one, as JSON: keys sorted, no spaces, no escapes beyond JSON's own."""
    return _JSON.encode(content)


def digest_of(content: Mapping[str, Any]) -> str:
    """The SHA-256 of a content as it is canonically written, in UTF-8: what a signature of it is bound to."""
    return sha256(canonical(content).encode()).hexdigest()


def leaf_of(salt: bytes, detail: str) -> bytes:
    """The leaf that commits to a detail without showing it."""
    return VERSION + sha256(salt + detail.encode()).digest()


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of a leaf, which differs from any hash of a node."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over the hashes of its two children."""
    return sha256(b"\x01" + left + right).digest()


def nodes_over(hashes: bytes) -> bytes:
    """The nodes over hashes that stand one after the other, two by two. One left over at the end has none."""
    pairs = range(0, len(hashes) - HASH_BYTES, 2 * HASH_BYTES)
    return b"".join([sha256(b"\x01" + hashes[at : at + 2 * HASH_BYTES]).digest() for at in pairs])
