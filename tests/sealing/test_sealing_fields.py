"""A sealed field opens where it was sealed for and nowhere else, and a key comes out from under its own key alone."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from haven.engines.sealing.fields import NONCE_BYTES, TAG_BYTES, CannotUnseal, new_key, place, seal, unseal
from haven.engines.sealing.keys import derived, name_of, unwrap, wrap

KEY = bytes(range(32))
POLICE, SCHOOL = UUID(int=1), UUID(int=2)
RECORD, OTHER = UUID(int=3), UUID(int=4)
HERE = place(POLICE, RECORD, "what_happened")

WRAPPED = [  # RFC 3394, sections 4.1, 4.3 and 4.6: the key above, the key beneath, what comes out
    (
        "000102030405060708090a0b0c0d0e0f",
        "00112233445566778899aabbccddeeff",
        "1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5",
    ),
    (
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
        "00112233445566778899aabbccddeeff",
        "64e8c3f9ce0f5ba263e9777905818a2a93c8191e7d6e8ae7",
    ),
    (
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
        "00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f",
        "28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21",
    ),
]
DERIVED = "312e87f461f1b9f910575153618b96ad036f3264c5214a23234b7b4a7244fed1"
SEALED_ONCE = "01041f7616faae814dbc441635918d9064d4e5ce2993c507955de429a7cca723245d6a8a049b98954fcc1ed9760b"


@given(some.binary(max_size=4096))
def test_what_was_sealed_comes_back(plain: bytes) -> None:
    sealed = seal(plain, key=KEY, bound_to=HERE)
    assert unseal(sealed, key=KEY, bound_to=HERE) == plain
    assert len(sealed) == 1 + NONCE_BYTES + len(plain) + TAG_BYTES


def test_what_version_1_sealed_once_opens_for_good() -> None:
    assert unseal(bytes.fromhex(SEALED_ONCE), key=KEY, bound_to=HERE) == "Señora O’Brien".encode()


@pytest.mark.parametrize(
    "elsewhere",
    [
        place(SCHOOL, RECORD, "what_happened"),
        place(POLICE, OTHER, "what_happened"),
        place(POLICE, RECORD, "address"),
        HERE + "|1",
        "",
    ],
)
def test_moved_elsewhere_it_does_not_open(elsewhere: str) -> None:
    sealed = seal(b"a canary", key=KEY, bound_to=HERE)
    with pytest.raises(CannotUnseal):
        unseal(sealed, key=KEY, bound_to=elsewhere)


def test_no_flipped_bit_goes_unseen() -> None:
    sealed = seal(b"a canary", key=KEY, bound_to=HERE)
    bits = range(len(sealed) * 8)
    assert len(bits) > 200
    for bit in bits:
        changed = bytearray(sealed)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(CannotUnseal):
            unseal(bytes(changed), key=KEY, bound_to=HERE)


def test_cut_short_or_under_another_key_it_does_not_open() -> None:
    sealed = seal(b"a canary", key=KEY, bound_to=HERE)
    for length in range(len(sealed)):
        with pytest.raises(CannotUnseal):
            unseal(sealed[:length], key=KEY, bound_to=HERE)
    with pytest.raises(CannotUnseal):
        unseal(sealed, key=new_key(), bound_to=HERE)


def test_no_nonce_is_drawn_twice() -> None:
    nonces = {seal(b"", key=KEY, bound_to=HERE)[1 : 1 + NONCE_BYTES] for _ in range(50_000)}
    assert len(nonces) == 50_000


@pytest.mark.parametrize("field", ["", "What", "a|b", "a b", "1st", "é"])
def test_a_field_has_a_plain_name_so_that_no_two_places_look_alike(field: str) -> None:
    with pytest.raises(ValueError, match="no name of a field"):
        place(POLICE, RECORD, field)


@pytest.mark.parametrize(("above", "beneath", "wrapped"), WRAPPED)
def test_keys_are_wrapped_as_the_standard_has_it(above: str, beneath: str, wrapped: str) -> None:
    assert wrap(bytes.fromhex(beneath), under=bytes.fromhex(above)).hex() == wrapped
    assert unwrap(bytes.fromhex(wrapped), under=bytes.fromhex(above)).hex() == beneath


@given(some.binary(min_size=32, max_size=32), some.binary(min_size=32, max_size=32), some.integers(0, 40 * 8 - 1))
def test_a_key_comes_out_whole_or_not_at_all(key: bytes, under: bytes, bit: int) -> None:
    wrapped = wrap(key, under=under)
    assert unwrap(wrapped, under=under) == key
    changed = bytearray(wrapped)
    changed[bit // 8] ^= 1 << bit % 8
    for spoilt in (bytes(changed), wrapped[:-8], b""):
        with pytest.raises(CannotUnseal):
            unwrap(spoilt, under=under)
    with pytest.raises(CannotUnseal):
        unwrap(wrapped, under=bytes(byte ^ 1 for byte in under))


def test_a_key_for_one_purpose_is_none_for_another() -> None:
    assert derived(KEY, "haven test").hex() == DERIVED
    assert derived(KEY, "haven tests") != derived(KEY, "haven test") != derived(new_key(), "haven test")


def test_a_key_is_named_without_being_told() -> None:
    name = name_of(KEY)
    assert len(bytes.fromhex(name)) == 5
    assert name == name_of(bytes(range(32))) != name_of(new_key())
