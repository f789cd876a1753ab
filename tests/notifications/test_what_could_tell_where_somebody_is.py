"""Words that go to a school and could tell where a family is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haven.notifications.rules.traces import Trace, traces

LETTERS = st.sampled_from("ABCDEFGHJKLMNOPRSTUVWXYZ")
DIGITS = st.sampled_from("0123456789")
OUTWARD = st.one_of(
    st.tuples(LETTERS, DIGITS),
    st.tuples(LETTERS, DIGITS, DIGITS),
    st.tuples(LETTERS, LETTERS, DIGITS),
    st.tuples(LETTERS, LETTERS, DIGITS, DIGITS),
    st.tuples(LETTERS, DIGITS, LETTERS),
    st.tuples(LETTERS, LETTERS, DIGITS, LETTERS),
).map("".join)
INWARD = st.tuples(DIGITS, LETTERS, LETTERS).map("".join)
GAPS = st.sampled_from(["", " ", "  ", "\u00a0", "-", "."])
SAID = st.sampled_from(["They are at {} now.", "{}", "(new flat, {})", "moved to:{},ask first", "Post to {}\nsoon"])


def kinds(words: str) -> set[Trace]:
    """What is found in the words."""
    return {each.trace for each in traces(words)}


@given(outward=OUTWARD, gap=GAPS, inward=INWARD, said=SAID, is_small=st.booleans())
def test_every_postcode_is_found(outward: str, gap: str, inward: str, said: str, is_small: bool) -> None:
    postcode = f"{outward}{gap}{inward}"
    assert Trace.POSTCODE in kinds(said.format(postcode.lower() if is_small else postcode))


@given(
    national=st.integers(min_value=1_000_000_000, max_value=9_999_999_999).map(str),
    prefix=st.sampled_from(["0", "+44", "+44 ", "0044", "+44 (0)", "+44(0) "]),
    cuts=st.sets(st.integers(min_value=1, max_value=9), max_size=4),
    gap=st.sampled_from([" ", "-", ".", ") "]),
    said=SAID,
)
def test_every_british_telephone_number_is_found(
    national: str, prefix: str, cuts: set[int], gap: str, said: str
) -> None:
    number = "".join(gap + digit if place in cuts else digit for place, digit in enumerate(national))
    assert Trace.TELEPHONE in kinds(said.format(prefix + number))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("They live at 14 Harbour View Road.", Trace.STREET),
        ("flat 3, 27a Mill Lane", Trace.STREET),
        ("12 ST MARY'S CLOSE", Trace.STREET),
        ("write to mum@example.org", Trace.EMAIL),
        ("GIR 0AA", Trace.POSTCODE),
    ],
)
def test_streets_and_addresses_are_found(words: str, found: Trace) -> None:
    assert found in kinds(words)


@pytest.mark.parametrize(
    "words",
    [
        "Officers were called at 21:40 on 1 March 2026.",
        "Three children were in the house. Nobody was hurt.",
        "There were 3 men in the house and 2 of her close friends.",
        "Reference FH/2026/118, incident 0441 of the first of March.",
        "She is in Year 5 and is 9 years old.",
        "Both were arguing for 20 minutes before the call.",
        "The boy, 11, was upstairs; his sister, 4, was asleep.",
    ],
)
def test_plain_words_are_left_alone(words: str) -> None:
    assert traces(words) == []


def test_what_is_found_says_where_it_stands() -> None:
    words = "Now at 14 Mill Lane, FH1 2AB."
    found = {each.trace: words[each.starts : each.ends] for each in traces(words)}
    assert found == {Trace.STREET: "14 Mill Lane", Trace.POSTCODE: "FH1 2AB"}
