"""A receipt: one entry with the proof that it is in the tree of a signed checkpoint. It can be checked by itself."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from haven.engines.chain.checkpoints import Checkpoint, verified
from haven.engines.chain.hashing import leaf_hash, leaf_of
from haven.engines.chain.notes import BadNote, VerifierKey, decoded, encoded
from haven.engines.chain.tree import is_included

FORMAT = "haven-ledger-receipt/1"
_NAMES = {"format", "number", "index", "salt", "detail", "proof", "checkpoint", "key"}


@dataclass(frozen=True, slots=True)
class Receipt:
    """One entry, counted from one, with what leads from it to a checkpoint. `key` is the log's, for comparing."""

    number: int
    salt: bytes
    detail: str
    proof: tuple[bytes, ...]
    checkpoint: str
    key: str

    @classmethod
    def parse(cls, written: str) -> "Receipt":
        """Read the JSON of a receipt. Raises `BadNote`."""
        try:
            told = json.loads(written)
        except ValueError as wrong:
            raise BadNote("it is not JSON") from wrong
        if not isinstance(told, dict) or set(told) != _NAMES or told["format"] != FORMAT:
            raise BadNote(f"it is not a receipt of the format {FORMAT}")
        texts = [told["salt"], told["detail"], told["checkpoint"], told["key"]]
        numbers = [told["number"], told["index"]]
        is_sound = all(type(each) is str for each in texts) and all(type(each) is int for each in numbers)
        if not is_sound or not isinstance(told["proof"], list) or told["index"] != told["number"] - 1:
            raise BadNote("a value of the receipt is not of its kind")
        proof = tuple(decoded(str(each)) for each in told["proof"])
        return cls(told["number"], decoded(told["salt"]), told["detail"], proof, told["checkpoint"], told["key"])

    @property
    def written(self) -> str:
        """One JSON object."""
        told = {
            "format": FORMAT,
            "number": self.number,
            "index": self.number - 1,
            "salt": encoded(self.salt),
            "detail": self.detail,
            "proof": [encoded(each) for each in self.proof],
            "checkpoint": self.checkpoint,
            "key": self.key,
        }
        return json.dumps(told, ensure_ascii=False, indent=1)


def check(receipt: Receipt, *, logs: Sequence[VerifierKey], witnesses: Sequence[VerifierKey] = ()) -> Checkpoint:
    """The checkpoint that the receipt leads to. Raises `BadNote` where any of it does not hold."""
    found = verified(receipt.checkpoint, logs=logs, witnesses=witnesses)
    hashed = leaf_hash(leaf_of(receipt.salt, receipt.detail))
    at = {"index": receipt.number - 1, "size": found.head.size}
    if not is_included(hashed, **at, proof=receipt.proof, root=found.head.root):
        raise BadNote("the proof does not lead from the entry to the checkpoint")
    return found
