"""What is told quickly of texts is what the slow way tells."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from haven.engines.compare.clauses import Clause
from haven.engines.compare.matching import Matching
from haven.engines.compare.normal import REFERENCE, may_refer, plain
from haven.engines.compare.sequences import common_pairs, common_runs
from haven.engines.compare.wording import keys_of, pieces_of
from haven.engines.compare.words import _WORD, Words, _words_of, lacking, shared

signs = st.text(alphabet="abI1_ '\"-.,;é\n\t\x1c\x1f\x7f\x00\xa0\u2009\xad’", max_size=14)
LABELS = ["section", "Part", "PARA", "page", "s", "es", ".", "§"]
NUMBERS = ["5", "4.2", "3b", "A", "B12", "B.iv", "iv", "x"]
BETWEEN = [" ", "(", ")", "and", "to", "or", ",", "-", "–", "'", "e", "S", "é", "\xa0"]
referring = st.lists(st.sampled_from([*LABELS, *NUMBERS, *BETWEEN]), max_size=9).map("".join)
bags = st.lists(st.sampled_from("abcd")).map(Counter)
rows = st.lists(st.sampled_from("abcde"), max_size=14)


@given(signs)
def test_the_words_of_a_text_are_what_the_pattern_finds(text: str) -> None:
    assert _words_of(text) == _WORD.findall(text)


@given(signs)
def test_a_plain_text_has_single_spaces(text: str) -> None:
    assert plain(text) == " ".join(plain(text).split())


@given(referring)
def test_no_text_refers_to_anything_that_is_said_not_to(text: str) -> None:
    assert may_refer(text) or not REFERENCE.search(text)


@given(signs)
def test_there_is_a_key_for_each_piece_and_the_pieces_are_the_text(text: str) -> None:
    pieces = pieces_of(text)
    assert "".join(pieces) == text.lstrip()
    assert keys_of(text, pieces) == keys_of(text)
    assert len(keys_of(text)) == len(pieces)


@given(bags, bags)
def test_what_a_bag_lacks_and_shares_is_what_counting_says(bag: Counter[str], other: Counter[str]) -> None:
    assert lacking(bag, other) == bag - other
    assert shared(bag, other) == bag & other


@given(rows, rows)
def test_runs_are_as_long_as_they_can_be(old: list[str], new: list[str]) -> None:
    runs = common_runs(old, new)
    assert [(i + at, j + at) for i, j, length in runs for at in range(length)] == common_pairs(old, new)
    assert all(length > 0 for _, _, length in runs)
    ends = {(i + length, j + length) for i, j, length in runs}
    assert ends.isdisjoint((i, j) for i, j, _ in runs)


@given(rows, rows, st.floats(0, 1))
def test_what_is_not_of_interest_is_no_more_alike_than_was_asked(old: list[str], new: list[str], least: float) -> None:
    matching = Matching([Clause(" ".join(old))], [Clause(" ".join(new))])
    words = Words(matching)
    words.weigh(matching)
    alike = words.likeness(0, 0)
    assert words.likeness(0, 0, least) in ((alike,) if alike >= least else (alike, 0.0))
