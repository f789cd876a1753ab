"""Roots and proofs are those of RFC 9162, and nothing else passes for one."""

from collections.abc import Sequence
from functools import cache
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haven.engines.chain.hashing import leaf_hash
from haven.engines.chain.tree import (
    EMPTY,
    Edge,
    NoTile,
    Place,
    consistency,
    inclusion,
    is_consistent,
    is_included,
    partial_tiles,
    root,
)
from tests.chain.trees import Defined, Kept, flipped, leaves

MOST = 300
KNOWN = [bytes.fromhex(each) for each in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
KNOWN.append(bytes.fromhex("606162636465666768696a6b6c6d6e6f"))


@cache
def tree() -> tuple[Kept, Defined]:
    return Kept(leaves(MOST)), Defined(leaves(MOST))


@pytest.mark.parametrize(
    ("size", "begins", "ends"),
    [
        (0, "e3b0c442", "b855"),
        (1, "6e340b9c", "a01d"),
        (2, "fac54203", "c125"),
        (3, "aeb6bcfe", "6e77"),
        (8, "5dc9da79", "4328"),
    ],
)
def test_roots_are_the_published_ones(size: int, begins: str, ends: str) -> None:
    """Those of the usual eight inputs of Certificate Transparency."""
    found = root(Kept(b"".join(map(leaf_hash, KNOWN[:size]))), size).hex()
    assert (found[:8], found[-4:]) == (begins, ends)


def test_every_root_up_to_300_is_the_defined_one() -> None:
    kept, defined = tree()
    assert root(kept, 0) == EMPTY == sha256(b"").digest()
    assert [root(kept, size) for size in range(1, MOST + 1)] == [defined.root(0, size) for size in range(1, MOST + 1)]


def test_every_inclusion_proof_up_to_300_is_the_defined_one_and_verifies() -> None:
    kept, defined = tree()
    checked = 0
    for size in range(1, MOST + 1):
        for index in range(size):
            proof = inclusion(kept, index, size)
            assert proof == defined.path(index, 0, size)
            leaf = defined.hashes[index]
            assert is_included(leaf, index=index, size=size, proof=proof, root=defined.root(0, size))
            checked += 1
    assert checked == MOST * (MOST + 1) // 2


def test_every_consistency_proof_up_to_300_is_the_defined_one_and_verifies() -> None:
    kept, defined = tree()
    checked = 0
    for size in range(1, MOST + 1):
        for old in range(1, size + 1):
            proof = consistency(kept, old, size)
            assert proof == ([] if old == size else defined.subproof(old, 0, size, is_known=True))
            roots = {"old_root": defined.root(0, old), "root": defined.root(0, size)}
            assert is_consistent(old=old, size=size, proof=proof, **roots)
            checked += 1
    assert checked == MOST * (MOST + 1) // 2


@given(st.data())
@settings(max_examples=150)
def test_no_bit_of_an_inclusion_proof_can_change(data: st.DataObject) -> None:
    kept, defined = tree()
    size = data.draw(st.integers(1, MOST))
    index = data.draw(st.integers(0, size - 1))
    proof, leaf, top = inclusion(kept, index, size), defined.hashes[index], defined.root(0, size)
    bit = data.draw(st.integers(0, 255))
    assert not is_included(flipped(leaf, bit), index=index, size=size, proof=proof, root=top)
    assert not is_included(leaf, index=index, size=size, proof=proof, root=flipped(top, bit))
    for place in range(len(proof)):
        changed = [*proof[:place], flipped(proof[place], bit), *proof[place + 1 :]]
        assert not is_included(leaf, index=index, size=size, proof=changed, root=top)
        assert not is_included(leaf, index=index, size=size, proof=proof[:place] + proof[place + 1 :], root=top)
    for power in range(10):
        assert not is_included(leaf, index=index ^ 1 << power, size=size, proof=proof, root=top)
    assert not is_included(leaf, index=index, size=size, proof=[*proof, top], root=top)


@given(st.data())
@settings(max_examples=150)
def test_no_bit_of_a_consistency_proof_can_change(data: st.DataObject) -> None:
    kept, defined = tree()
    size = data.draw(st.integers(2, MOST))
    old = data.draw(st.integers(1, size - 1))
    proof, before, now = consistency(kept, old, size), defined.root(0, old), defined.root(0, size)
    bit = data.draw(st.integers(0, 255))
    sizes = {"old": old, "size": size}
    assert not is_consistent(**sizes, old_root=flipped(before, bit), root=now, proof=proof)
    assert not is_consistent(**sizes, old_root=before, root=flipped(now, bit), proof=proof)
    for place in range(len(proof)):
        changed = [*proof[:place], flipped(proof[place], bit), *proof[place + 1 :]]
        assert not is_consistent(**sizes, old_root=before, root=now, proof=changed)
        cut = proof[:place] + proof[place + 1 :]
        assert not is_consistent(**sizes, old_root=before, root=now, proof=cut)
    assert not is_consistent(**sizes, old_root=before, root=now, proof=[*proof, now])


def test_an_empty_tree_begins_every_tree_and_nothing_else_does() -> None:
    top = leaf_hash(b"")
    assert is_consistent(old=0, size=5, old_root=EMPTY, root=top, proof=[])
    assert not is_consistent(old=0, size=5, old_root=top, root=top, proof=[])
    assert not is_consistent(old=5, size=5, old_root=EMPTY, root=top, proof=[])
    assert not is_consistent(old=6, size=5, old_root=top, root=top, proof=[])
    assert not is_consistent(old=3, size=5, old_root=top, root=top, proof=[])


@pytest.mark.parametrize("steps", [(1, 255, 256, 300), (512,), (257, 65_535, 4, 65_700)])
def test_a_tree_that_grows_in_steps_is_the_tree_grown_at_once(steps: tuple[int, ...]) -> None:
    hashes, edge, tiles = leaves(sum(steps)), Edge(), []
    done = 0
    for step in steps:
        tiles += edge.append(hashes[done * 32 : (done + step) * 32])
        done += step
    kept = Kept(hashes)
    assert {(tile.level, tile.index): tile.hashes for tile in tiles} == kept.full
    assert len(tiles) == len(kept.full)
    assert edge.root() == kept.edge.root() == root(kept, done)
    again = Edge.of(kept, done)
    assert (again.size, again.root()) == (done, edge.root())


def test_partial_tiles_are_those_of_the_published_example() -> None:
    """https://c2sp.org/tlog-tiles, under Partial Tiles."""
    assert partial_tiles(70_000) == [Place(0, 273, 112), Place(1, 1, 17), Place(2, 0, 1)]
    assert partial_tiles(256) == [Place(1, 0, 1)]
    assert partial_tiles(0) == []


def test_proofs_far_apart_in_a_tree_of_three_levels_verify() -> None:
    size = 66_100
    hashes = leaves(size)
    kept = Kept(hashes)
    top = root(kept, size)
    for index in (0, 255, 256, 65_535, 65_536, size - 1):
        leaf = hashes[index * 32 : index * 32 + 32]
        assert is_included(leaf, index=index, size=size, proof=inclusion(kept, index, size), root=top)
    for old in (1, 256, 65_535, 65_536, 65_537):
        roots = {"old_root": root(kept, old), "root": top}
        assert is_consistent(old=old, size=size, proof=consistency(kept, old, size), **roots)


@pytest.mark.parametrize(("index", "size"), [(3, 3), (-1, 3), (0, 0)])
def test_what_is_not_in_a_tree_has_no_proof(index: int, size: int) -> None:
    kept, _ = tree()
    with pytest.raises(ValueError, match="has no leaf"):
        inclusion(kept, index, size)
    with pytest.raises(ValueError, match="has no beginning"):
        consistency(kept, size + 1, size)


def test_a_tile_that_is_too_narrow_proves_nothing() -> None:
    class Narrow(Kept):
        def read(self, places: Sequence[Place]) -> list[bytes]:
            return [each[:-32] for each in super().read(places)]

    with pytest.raises(NoTile):
        root(Narrow(leaves(5)), 5)
