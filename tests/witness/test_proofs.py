"""A consistency proof of RFC 9162 holds as its recursive definition gives it, and in no other way."""

from tests.verifier import logs
from witness.proofs import is_consistent

LEAVES = [bytes([number]) for number in range(24)]
HASHES = [logs.digest(b"\x00", leaf) for leaf in LEAVES]


def test_every_consistency_proof_holds_and_none_that_was_changed() -> None:
    for size in range(1, 25):
        new = (size, logs.root(LEAVES[:size]))
        for first in range(size + 1):
            old = (first, logs.root(LEAVES[:first]))
            proof = logs.consistency(first, LEAVES[:size]) if first else []
            assert is_consistent(old, new, proof)
            assert not is_consistent(old, new, [*proof, new[1]])
            assert not is_consistent((first, new[1][::-1]), new, proof)
            assert first == 0 or not is_consistent(old, (size, old[1][::-1]), proof)
            assert not proof or not is_consistent(old, new, [proof[0][::-1], *proof[1:]])
            assert not proof or not is_consistent(old, new, proof[:-1])


def test_a_tree_never_begins_with_a_larger_one() -> None:
    assert not is_consistent((3, logs.root(LEAVES[:3])), (2, logs.root(LEAVES[:2])), [HASHES[0]])
