"""The tree of RFC 9162 §2.1: hashes, roots, and the proof that a leaf is in it."""

from hashlib import sha256

EMPTY = sha256(b"").digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def rows_over(hashes: list[bytes]) -> list[list[bytes]]:
    """Every full tree over the hashes: in row k, tree i stands over 2ᵏ of them from i × 2ᵏ on."""
    rows = [hashes]
    while len(row := rows[-1]) > 1:
        rows.append([node_hash(left, right) for left, right in zip(row[::2], row[1::2], strict=False)])
    return rows


def root_over(rows: list[list[bytes]], size: int, rest: bytes = b"") -> bytes:
    """The root over the first `size` hashes, and over a smaller tree that stands after them."""
    for k in range(size.bit_length()):
        if size >> k & 1:
            peak = rows[k][(size >> k) - 1]
            rest = node_hash(peak, rest) if rest else peak
    return rest or EMPTY


def root_from(leaf: bytes, index: int, size: int, proof: list[bytes]) -> bytes | None:
    """The root that an inclusion proof (§2.1.3.1) leads to from the hash of a leaf; None where it leads to none."""
    inner = (index ^ (size - 1)).bit_length()  # below this height there are leaves on both sides
    if not 0 <= index < size or len(proof) != inner + (index >> inner).bit_count():
        return None
    for height, other in enumerate(proof):
        leaf = node_hash(other, leaf) if height >= inner or index >> height & 1 else node_hash(leaf, other)
    return leaf
