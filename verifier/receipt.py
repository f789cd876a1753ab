"""A receipt: one entry, its way to a root, and the checkpoint that bears that root."""

from hashlib import sha256
from typing import Any

from verifier.export import Asked
from verifier.notes import PLAIN, Amiss, Checkpoint, checkpoint_from, from_base64, key_from
from verifier.stretch import told_by
from verifier.trees import leaf_hash, root_from

KINDS = {"number": int, "index": int, "salt": str, "detail": str, "proof": list, "checkpoint": str, "key": str}


def verify_receipt(told: Any, asked: Asked) -> tuple[Checkpoint, dict[str, Any], dict[str, int]]:
    """The checkpoint, what the receipt says, and when each given witness signed; Amiss where it does not hold."""
    is_one = isinstance(told, dict) and told.get("format") == "haven-ledger-receipt/1"
    if (
        not is_one
        or told.keys() != {"format", *KINDS}
        or any(type(told[key]) is not kind for key, kind in KINDS.items())
    ):
        raise Amiss("it is not a receipt of the form haven-ledger-receipt/1")
    if key_from(told["key"], PLAIN) not in asked.logs:
        raise Amiss("it names another key of the log than the one you gave")
    point = checkpoint_from(told["checkpoint"])
    point.signed_at(asked.logs)
    told_by(told["detail"])
    salt, proof = from_base64(told["salt"]), [from_base64(str(one)) for one in told["proof"]]
    leaf = leaf_hash(b"\x01" + sha256(salt + told["detail"].encode()).digest())
    is_whole = len(salt) == 32 and all(len(one) == 32 for one in proof) and told["number"] == told["index"] + 1
    if not is_whole or root_from(leaf, told["index"], point.size, proof) != point.root:
        raise Amiss(f"its entry {told['number']} does not lead to the root of its checkpoint")
    seen = {key.name: at for key in asked.witnesses if (at := point.seen_at(key)) is not None}
    if len(seen) < len(asked.witnesses):
        raise Amiss("its checkpoint does not bear the countersignature of every witness you gave")
    return point, told, seen
