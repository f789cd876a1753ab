"""What is said of each kind of change."""

import pytest

from haven.engines.compare.changes import ChangeKind
from haven.engines.compare.comparing import compare
from tests.compare.editions import changes, edition

BODY = [
    "Schools must keep a written record of each low-level concern that is shared with them.",
    "The headteacher decides who is told about a concern, and writes down why.",
    "Governors read a summary of concerns once in each term of the year.",
    "Records move with the child to the next school within five days of the move.",
    "Visitors sign in at the front desk and wear a badge at all times.",
    "Every volunteer is checked before the first day that they work with children.",
    "A deputy covers for the lead when she is away from the building.",
    "Filters on the school network are tested every month by the technician.",
    "Parents are told how to raise a worry about a member of staff.",
    "The site team locks the side gate at nine and opens it at three.",
]
NEW = "Trips abroad need a named lead who can be reached by telephone day and night."


def test_what_is_new_is_added_and_what_is_gone_removed() -> None:
    assert changes(BODY, [*BODY[:4], NEW, *BODY[4:]]) == [(["added"], [], ["Trips abroad need"])]
    assert changes(BODY, BODY[:4] + BODY[5:]) == [(["removed"], ["Visitors sign in"], [])]


def test_what_was_removed_is_told_where_it_stood() -> None:
    new = [BODY[0], *BODY[2:8], NEW, *BODY[8:]]
    assert [kinds for kinds, _, _ in changes(BODY, new)] == [["removed"], ["added"]]


def test_a_changed_word_is_reworded() -> None:
    new = [*BODY[:2], BODY[2].replace("once in each term", "twice a year"), *BODY[3:]]
    (change,) = compare(edition(*BODY), edition(*new)).changes
    assert change.kinds == (ChangeKind.REWORDED,)
    assert [text for kind, text in change.words if kind == "old"] == ["once in each term "]
    assert [text for kind, text in change.words if kind == "new"] == ["twice a year "]
    assert 0.6 < change.similarity < 1


def test_a_clause_that_stands_elsewhere_has_moved() -> None:
    assert changes(BODY, [*BODY[1:7], BODY[0], *BODY[7:]]) == [
        (["moved"], ["Schools must keep"], ["Schools must keep"])
    ]


def test_a_clause_can_move_and_be_reworded() -> None:
    moved = BODY[0].replace("written", "signed")
    assert changes(BODY, [*BODY[1:7], moved, *BODY[7:]]) == [
        (["moved", "reworded"], ["Schools must keep"], ["Schools must keep"])
    ]


def test_one_clause_made_two_is_split_and_two_made_one_merged() -> None:
    joined = f"{BODY[3]} {BODY[4]}"
    whole = [*BODY[:3], joined, *BODY[5:]]
    parts = ["Records move with", "Visitors sign in"]
    assert changes(whole, BODY) == [(["split"], ["Records move with"], parts)]
    assert changes(BODY, whole) == [(["merged"], parts, ["Records move with"])]


def test_a_split_is_seen_though_its_parts_are_reworded_and_something_came_between() -> None:
    whole = [*BODY[:3], f"{BODY[3]} {BODY[4]}", *BODY[5:]]
    new = [*BODY[:3], BODY[3].replace("five", "ten"), NEW, BODY[4].replace("badge", "lanyard"), *BODY[5:]]
    told = changes(whole, new)
    assert (["split", "reworded"], ["Records move with"], ["Records move with", "Visitors sign in"]) in told
    assert (["added"], [], ["Trips abroad need"]) in told


def test_a_number_alone_is_no_change() -> None:
    comparison = compare(
        edition(*(f"{at}. {line}" for at, line in enumerate(BODY, 1))),
        edition(*(f"{at}. {line}" for at, line in enumerate([NEW, *BODY], 1))),
    )
    assert [change.kinds for change in comparison.changes] == [(ChangeKind.ADDED,)]
    assert comparison.renumbered_only == len(BODY)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The “designated” lead’s file", 'The "designated" lead\'s file'),
        ("a low-level concern – and", "a low\u2011level concern - and"),
        ("a low-level concern", "a lowlevel concern"),
        ("of\ufb01ce \ufb02oor", "office floor"),
        ("twenty\u00a0five  days", "twenty five days"),
        ("safe\u00adguarding", "safeguarding"),
    ],
)
def test_typography_is_no_change(old: str, new: str) -> None:
    line = "Every school keeps {} and reads it again before the term begins."
    assert changes([line.format(old), *BODY], [line.format(new), *BODY]) == []


def test_a_heading_in_capitals_is_the_same_heading() -> None:
    assert changes(["# Safer recruitment", *BODY], ["# SAFER RECRUITMENT", *BODY]) == []


def test_a_heading_that_the_other_file_does_not_know_for_one_is_the_same() -> None:
    assert changes(["# Safer recruitment", *BODY], ["Safer recruitment", *BODY]) == []


def test_a_heading_renamed_is_reworded_though_no_word_of_it_was_kept() -> None:
    old = ["# Early help", *BODY[:5], "# Records", *BODY[5:]]
    assert changes(old, ["# Family support", *old[1:]]) == [(["reworded"], ["Early help"], ["Family support"])]


def test_two_documents_with_nothing_in_common_give_a_warning_and_no_list() -> None:
    other = [f"Boil {n} potatoes of sort {n} until tender, then drain, mash and season them well." for n in range(12)]
    comparison = compare(edition(*BODY), edition(*other))
    assert comparison.changes == []
    assert "do not look like two editions" in comparison.warnings[0]


def test_a_short_document_wholly_rewritten_is_still_compared() -> None:
    assert [kinds for kinds, _, _ in changes(BODY[:1], [NEW])] == [["removed"], ["added"]]


def test_what_occurs_often_goes_with_its_neighbours() -> None:
    old = [BODY[0], "* Yes.", BODY[1], "* Yes.", BODY[2], "* Yes.", *BODY[3:]]
    new = [BODY[0], "* Yes.", BODY[1], BODY[2], "* Yes.", *BODY[3:]]
    assert changes(old, new) == [(["removed"], ["Yes."], [])]


def test_a_list_that_ran_together_is_the_same_list() -> None:
    listed = ["Records hold:", "* the date and the place of the concern", "* the words that the child used", *BODY]
    together = "Records hold: • the date and the place of the concern • the words that the child used"
    assert changes([together, *BODY], listed) == []
    assert changes(listed, [together, *BODY]) == []
