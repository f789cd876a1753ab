"""Roots and proofs are those of RFC 9162, as its recursive definitions give them."""

import pytest

from tests.verifier import logs
from verifier.trees import EMPTY, root_from, root_over, rows_over

PUBLISHED = [bytes.fromhex(word) for word in "- 00 10 2021 3031 40414243 5051525354555657".replace("-", "").split(" ")]
PUBLISHED.append(bytes(range(0x60, 0x70)))
LEAVES = [bytes([number]) for number in range(40)]
HASHES = [logs.digest(b"\x00", leaf) for leaf in LEAVES]


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
    rows = rows_over([logs.digest(b"\x00", leaf) for leaf in PUBLISHED])
    assert root_over(rows, size).hex() == root


def test_the_root_of_any_beginning_is_that_of_the_definition() -> None:
    rows = rows_over(HASHES)
    assert root_over(rows, 0) == EMPTY
    for size in range(1, len(LEAVES) + 1):
        assert root_over(rows, size) == logs.root(LEAVES[:size])


def test_every_inclusion_proof_leads_to_the_root_and_no_other_place_does() -> None:
    for size in range(1, 25):
        root = logs.root(LEAVES[:size])
        for index in range(size):
            proof = logs.inclusion(index, LEAVES[:size])
            leading = [at for at in range(size) if root_from(HASHES[index], at, size, proof) == root]
            assert leading == [index]
            assert root_from(HASHES[index], index, size, [*proof, root]) is None
            assert not proof or root_from(HASHES[index], index, size, proof[:-1]) is None
