"""What sequences have in common, against the plain way to work it out."""

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from haven.engines.compare.sequences import common_length, common_pairs, heaviest_rising

letters = st.lists(st.sampled_from("abcde"), max_size=14)


def plain_length(old: list[str], new: list[str]) -> int:
    """The table that textbooks fill in."""
    row = [0] * (len(new) + 1)
    for item in old:
        before, row = row, [0]
        for at, other in enumerate(new):
            row.append(before[at] + 1 if item == other else max(before[at + 1], row[at]))
    return row[-1]


@given(letters, letters)
def test_the_length_in_common_is_the_longest(old: list[str], new: list[str]) -> None:
    assert common_length(old, new) == common_length(new, old) == plain_length(old, new)


@given(letters, letters)
def test_the_pairs_in_common_are_equal_rise_and_are_as_many_as_can_be(old: list[str], new: list[str]) -> None:
    pairs = common_pairs(old, new)
    assert len(pairs) == plain_length(old, new)
    assert all(old[i] == new[j] for i, j in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))
    assert common_pairs(new, old) == [(j, i) for i, j in pairs]


@given(st.permutations(range(7)), st.lists(st.integers(1, 50), min_size=7, max_size=7))
def test_of_all_rising_rows_the_heaviest_is_chosen(ranks: list[int], weights: list[int]) -> None:
    chosen = sorted(heaviest_rising(ranks, weights))
    assert all(ranks[a] < ranks[b] for a, b in pairwise(chosen))
    rising = (
        row
        for size in range(len(ranks) + 1)
        for row in combinations(range(len(ranks)), size)
        if all(ranks[a] < ranks[b] for a, b in pairwise(row))
    )
    assert sum(weights[at] for at in chosen) == max(sum(weights[at] for at in row) for row in rising)
