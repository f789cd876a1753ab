"""Shares, averages of others, and who is to be supported: in tables, without a database."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haven.reports.rules.comparing import Among, Average, among, beside
from haven.reports.rules.shares import (
    ALL_IN_PLACE,
    HALF_IN_PLACE,
    LESS_IN_PLACE,
    MOST_IN_PLACE,
    NOTHING_JUDGED,
    Share,
    bar,
    percent,
    share_of,
)
from haven.reports.rules.supporting import Facts, reasons

SIMILAR, OTHER = True, False


@pytest.mark.parametrize(
    ("number", "whole", "told"),
    [(0, 0, None), (0, 9, 0), (9, 9, 100), (1, 1000, 1), (999, 1000, 99), (1, 3, 33), (2, 3, 67)],
)
def test_only_all_are_a_hundred_and_only_none_are_nought(number: int, whole: int, told: int | None) -> None:
    assert percent(number, whole) == told


@pytest.mark.parametrize(
    ("share", "band"),
    [
        (Share(), NOTHING_JUDGED),
        (Share(4, 0, 0), ALL_IN_PLACE),
        (Share(3, 0, 1), MOST_IN_PLACE),
        (Share(2, 2, 0), HALF_IN_PLACE),
        (Share(1, 0, 2), LESS_IN_PLACE),
        (Share(0, 0, 2), LESS_IN_PLACE),
    ],
)
def test_a_share_has_a_shape_of_its_own(share: Share, band: object) -> None:
    assert share.band is band


def test_what_does_not_apply_or_is_only_said_is_not_judged() -> None:
    assert share_of(["in-place", "not-applicable", "said", "", "partly"]) == Share(1, 1, 0)


def test_the_parts_of_a_bar_stand_end_to_end() -> None:
    assert bar([("a", 1), ("b", 0), ("c", 3)]) == (("a", 0.0, 25.0), ("c", 25.0, 75.0))


@pytest.mark.parametrize(
    ("similar", "other", "shown"),
    [
        (4, 0, (False, False)),
        (5, 0, (True, True)),
        (4, 1, (False, True)),
        (5, 4, (False, True)),  # the four could be reckoned by taking one from the other
        (5, 5, (True, True)),
        (0, 5, (False, True)),
    ],
)
def test_no_average_is_of_fewer_than_five_nor_lets_fewer_be_reckoned(
    similar: int, other: int, shown: tuple[bool, bool]
) -> None:
    found = among([(SIMILAR, 80)] * similar + [(OTHER, 40)] * other, 5)
    assert (found.similar is not None, found.area is not None) == shown


def test_no_setting_allows_fewer_than_five() -> None:
    assert among([(SIMILAR, 80)] * 4, 2) == Among(None, None)


def test_a_setting_may_ask_for_more() -> None:
    assert among([(SIMILAR, 80)] * 9, 10) == Among(None, None)


@settings(max_examples=50)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 100)), max_size=30))
def test_whatever_is_sent_no_group_that_is_shown_or_left_over_is_smaller_than_five(
    others: list[tuple[bool, int]],
) -> None:
    found = among(others, 5)
    shown = [each.schools for each in (found.similar, found.area) if each]
    assert all(number >= 5 for number in shown)
    if len(shown) == 2:
        assert shown[1] - shown[0] == 0 or shown[1] - shown[0] >= 5


def test_averages_are_told_to_the_nearest_five() -> None:
    found = among([(SIMILAR, each) for each in (71, 72, 73, 70, 70)], 5)
    assert found.area == Average(5, 70)


@pytest.mark.parametrize(("own", "word"), [(80, "About the same"), (86, "Higher"), (74, "Lower")])
def test_within_five_points_it_is_about_the_same(own: int, word: str) -> None:
    assert beside(own, Average(6, 80)) == word


DUE = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (Facts(share=Share(91, 0, 9)), ()),
        (Facts(share=Share(90, 0, 10)), ("10 of 100 answers are “Not in place”.",)),
        (Facts(share=Share()), ()),
        (Facts(final_due_on=DUE), ("Not sent. The final deadline was 5 March 2026.",)),
        (Facts(first_due_on=DUE), ()),
        (Facts(first_due_on=DUE, is_begun=False), ("Not begun. The first deadline was 5 March 2026.",)),
        (Facts(share=Share(80, 20, 0), before=Share(90, 10, 0)), ("80% is in place. Last time it was 90%.",)),
        (Facts(share=Share(81, 19, 0), before=Share(90, 10, 0)), ()),
        (Facts(overdue=2, planned=2), ()),
        (Facts(overdue=3, planned=7), ()),
        (Facts(overdue=3, planned=6), ("3 of the 6 actions of its plan are overdue.",)),
    ],
)
def test_a_school_is_on_the_list_for_a_plain_reason_and_for_no_other(facts: Facts, told: tuple[str, ...]) -> None:
    assert reasons(facts) == told
