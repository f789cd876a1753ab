"""Roots and proofs from the database are those of the definition, each by one question; a receipt by two."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from haven.engines.chain.hashing import leaf_hash
from haven.engines.chain.receipts import check
from haven.engines.chain.tree import Edge, NoTile, Place, consistency, inclusion, root, tiles_at
from haven.ledger.custody import Custody
from haven.ledger.models import Checkpoint, Entry, Tile
from haven.ledger.queries.proofs import receipt_of
from haven.ledger.queries.tiles import StoredTiles, TilesInOrder
from haven.ledger.sequencing import take_in
from tests.chain.trees import Defined, Kept, leaves
from tests.ledger.ledgers import newest_witnessed, seal_all, tell

pytestmark = pytest.mark.django_db
SIZES = (1, 2, 255, 256, 257, 511, 512, 700)
LARGE = 65_536 * 2 + 256 * 3 + 7  # three levels, each with a tile that is not full
Asked = Callable[[int], AbstractContextManager[object]]


@pytest.fixture
def defined(custody: Custody) -> Defined:
    """A ledger sealed at each of the sizes, and its tree word for word as it is defined."""
    for before, size in zip((0, *SIZES), SIZES, strict=False):
        tell(size - before)
        seal_all(custody)
    return Defined(b"".join(leaf_hash(bytes(leaf)) for leaf in Entry.objects.values_list("leaf", flat=True)))


def test_a_root_a_proof_and_an_edge_are_the_defined_ones_and_take_one_question(
    defined: Defined, django_assert_num_queries: Asked
) -> None:
    tiles = StoredTiles()
    for size in SIZES:
        with django_assert_num_queries(1):
            assert root(tiles, size) == defined.root(0, size)
        with django_assert_num_queries(1):
            assert Edge.of(tiles, size).root() == defined.root(0, size)
        for index in {0, size // 3, size // 2, size - 1}:
            with django_assert_num_queries(1):
                assert inclusion(tiles, index, size) == defined.path(index, 0, size)
        for old in {1, size // 2, size - 1} - {0, size}:
            with django_assert_num_queries(1):
                assert consistency(tiles, old, size) == defined.subproof(old, 0, size, is_known=True)
    assert inclusion(TilesInOrder(), 300, 700) == defined.path(300, 0, 700)


def test_every_level_is_read_where_the_tree_is_large(django_assert_num_queries: Asked) -> None:
    hashes, edge = leaves(LARGE), Edge()
    Tile.objects.bulk_create(
        Tile(level=each.level, index=each.index, hashes=each.hashes, root=each.root) for each in edge.append(hashes)
    )
    kept, size = Kept(hashes), LARGE - 7  # the last seven have no entries here
    for index in (0, 65_535, 65_536, 100_000, size - 1):
        with django_assert_num_queries(1):
            assert inclusion(StoredTiles(), index, size) == inclusion(kept, index, size)
    for old in (1, 256, 65_536, 100_000, size - 256):
        with django_assert_num_queries(1):
            assert consistency(StoredTiles(), old, size) == consistency(kept, old, size)
    assert root(StoredTiles(), size) == root(kept, size)
    with pytest.raises(NoTile):
        root(StoredTiles(), LARGE)


def test_places_are_given_back_in_the_order_in_which_they_were_asked_for(defined: Defined) -> None:
    places = [Place(0, 1, 256), Place(0, 2, 100), Place(1, 0, 2), Place(0, 0, 256), Place(0, 0, 3)]
    hashes, of = defined.hashes, [(256, 512), (512, 612), None, (0, 256), (0, 3)]
    wanted = [b"".join(hashes[slice(*each)]) if each else b"" for each in of]
    wanted[2] = defined.root(0, 256) + defined.root(256, 512)
    assert StoredTiles().read(places) == TilesInOrder().read(places) == wanted
    assert StoredTiles().read([]) == []


@pytest.mark.parametrize(
    "place", [Place(0, 9, 256), Place(0, 2, 189), Place(1, 0, 3), Place(1, 0, 256), Place(5, 0, 1)]
)
def test_what_is_not_there_is_no_tile(defined: Defined, place: Place) -> None:
    with pytest.raises(NoTile):
        tiles_at([place], StoredTiles())


def test_a_receipt_takes_two_questions_and_leads_to_what_a_witness_signed(
    custody: Custody, django_assert_num_queries: Asked
) -> None:
    tell(300)
    seal_all(custody)
    tell(300)
    seal_all(custody)
    for number in (1, 256, 300, 600):
        with django_assert_num_queries(2):
            receipt = receipt_of(number, custody)
        assert check(receipt, logs=custody.logs()).head.size == 600
    take_in(newest_witnessed(custody), custody)
    tell(5)
    seal_all(custody)
    for number, size in ((300, 600), (600, 600), (601, 605)):
        with django_assert_num_queries(2):
            receipt = receipt_of(number, custody)
        found = check(receipt, logs=custody.logs(), witnesses=custody.known_witnesses())
        assert (found.head.size, len(found.witnessed)) == (size, int(size == 600))
    assert list(Checkpoint.objects.values_list("size", flat=True)) == [300, 600, 605]
