"""Roots and proofs are those of RFC 9162, as its recursive definitions give them."""

import pytest

from tests.verifier import logs
from verifier.trees import EMPTY, Peaks, fold, is_consistent, leaf_hash, peaks_of, root_from, rows_over

PUBLISHED = [bytes.fromhex(word) for word in "- 00 10 2021 3031 40414243 5051525354555657".replace("-", "").split(" ")]
PUBLISHED.append(bytes(range(0x60, 0x70)))
LEAVES = [bytes([number]) for number in range(40)]
HASHES = [leaf_hash(leaf) for leaf in LEAVES]


@pytest.mark.parametrize(
    ("size", "root"),
    [
        (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
        (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
    ],
)
def test_the_published_roots_are_found(size: int, root: str) -> None:
    rows = rows_over([leaf_hash(leaf) for leaf in PUBLISHED])
    assert fold(peaks_of(rows, size)).hex() == root


def test_the_root_of_any_beginning_is_that_of_the_definition() -> None:
    rows, peaks = rows_over(HASHES), Peaks()
    assert fold(peaks.hashes) == EMPTY
    for size, one in enumerate(HASHES, 1):
        peaks.add(one)
        assert fold(peaks_of(rows, size)) == fold(peaks.hashes) == logs.root(LEAVES[:size])


def test_every_inclusion_proof_leads_to_the_root_and_no_other_place_does() -> None:
    for size in range(1, 25):
        root = logs.root(LEAVES[:size])
        for index in range(size):
            proof = logs.inclusion(index, LEAVES[:size])
            leading = [at for at in range(size) if root_from(HASHES[index], at, size, proof) == root]
            assert leading == [index]
            assert root_from(HASHES[index], index, size, [*proof, root]) is None
            assert not proof or root_from(HASHES[index], index, size, proof[:-1]) is None


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
