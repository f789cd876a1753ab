"""A key in three shares: any two give it back, one tells nothing, and a mistyped one is refused."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from haven.engines.sealing import sharing
from haven.engines.sealing.sharing import BadShare, Share, joined, read, split, written

KEYS = some.binary(min_size=32, max_size=32)
KEY = bytes(range(32))


@pytest.mark.parametrize(("a", "b", "product"), [(0x57, 0x83, 0xC1), (0x57, 0x13, 0xFE), (0, 9, 0), (1, 9, 9)])
def test_the_field_is_that_of_the_cipher(a: int, b: int, product: int) -> None:
    assert sharing._times(a, b) == sharing._times(b, a) == product  # FIPS 197, section 4.2


def test_every_number_but_nought_has_its_inverse() -> None:
    assert {sharing._times(a, sharing._inverse(a)) for a in range(1, 256)} == {1}


@given(KEYS)
def test_any_two_of_three_give_the_key_back(key: bytes) -> None:
    pairs = list(permutations(split(key), 2))
    assert len(pairs) == 6
    assert {joined(pair) for pair in pairs} == {key}


@given(KEYS, KEYS)
def test_one_share_tells_nothing_since_every_key_fits_it(key: bytes, other: bytes) -> None:
    mine = split(key)[0]
    line = bytes(a ^ b for a, b in zip(other, mine.values, strict=True))  # the slope that leads from it to another key
    second = bytes(a ^ sharing._times(slope, 2) for a, slope in zip(other, line, strict=True))
    fitting = Share(2, mine.split, sharing.name_of(other), second)
    told = Share(1, mine.split, sharing.name_of(other), mine.values)
    assert joined([told, fitting]) == other


def test_the_values_of_a_share_are_as_random_as_the_line() -> None:
    seen = {split(KEY)[0].values[0] for _ in range(4000)}
    assert len(seen) > 250


@given(KEYS)
def test_a_share_is_read_as_it_was_written(key: bytes) -> None:
    shares = split(key)
    assert [read(written(share)) for share in shares] == list(shares)


def test_a_share_is_eighteen_groups_of_four_on_three_lines() -> None:
    lines = written(split(KEY)[0]).splitlines()
    assert [[len(group) for group in line.split()] for line in lines] == [[4] * 6] * 3


def test_it_is_read_however_it_is_typed() -> None:
    share = split(KEY)[2]
    text = written(share)
    loose = text.replace(" ", "-").replace("0", "o").replace("1", "l").lower()
    assert read(loose) == read(text.replace("\n", "").replace(" ", "")) == share


def test_one_wrong_letter_is_always_refused() -> None:
    text = written(split(KEY)[1]).replace("\n", " ")
    tried = 0
    for at, letter in enumerate(text):
        if letter == " ":
            continue
        for wrong in "07AZ":
            if wrong != letter:
                tried += 1
                with pytest.raises(BadShare):
                    read(text[:at] + wrong + text[at + 1 :])
    assert tried > 200


def test_two_letters_changed_about_are_refused() -> None:
    text = written(split(KEY)[1]).replace("\n", "").replace(" ", "")
    turned = [text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in range(len(text) - 1)]
    wrong = [each for each in turned if each != text]
    assert len(wrong) > 50
    for each in wrong:
        with pytest.raises(BadShare):
            read(each)


@pytest.mark.parametrize("text", ["", "ABCD", "U" * 72, "!" * 72, "0" * 71, "0" * 73])
def test_what_is_no_share_is_told_so_in_words(text: str) -> None:
    with pytest.raises(BadShare, match="share has"):
        read(text)


def test_a_share_of_a_later_version_is_not_guessed_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "VERSION", 2)
    text = written(split(KEY)[0])
    monkeypatch.undo()
    with pytest.raises(BadShare, match="does not know"):
        read(text)


def test_shares_that_do_not_belong_together_are_refused() -> None:
    one, two, _ = split(KEY)
    later = split(KEY)[1]
    for pair in ([one], [one, one], [one, two, two], [one, later], [one, split(bytes(32))[1]]):
        with pytest.raises(BadShare):
            joined(pair)


def test_a_key_that_is_not_the_one_named_is_refused() -> None:
    one, two, _ = split(KEY)
    spoilt = Share(two.holder, two.split, two.key_name, bytes(32))
    with pytest.raises(BadShare, match="not the one they name"):
        joined([one, spoilt])


def test_a_share_is_not_shown_by_mistake() -> None:
    share = split(KEY)[0]
    assert repr(share.values) not in repr(share)
