"""What a change is called and what it amounts to is said in plain words."""

import pytest

from haven.engines.compare.changes import Change, ChangeKind, Comparison, EditionSummary, Modal
from haven.engines.compare.clauses import Clause, ClauseKind
from haven.engines.compare.telling import (
    changes_of_strength,
    moved_told,
    pages_of,
    place_of,
    shortened,
    standing_under,
    strength_of,
    strength_told,
    title_of,
    what_changed,
)

K = ChangeKind


def _clauses(*numbers: str | None, text: str = "Ring the council at once.") -> tuple[Clause, ...]:
    return tuple(Clause(text, number) for number in numbers)


@pytest.mark.parametrize(
    ("old", "new", "title"),
    [
        (("4",), ("4",), "Clause 4"),
        (("16",), ("14",), "Clause 16, now 14"),
        ((), ("2.3",), "Clause 2.3"),
        (("9",), (), "Clause 9"),
        (("9",), ("9", "10"), "Clause 9, now 9 and 10"),
        (("1", "2", "3"), ("1",), "Clauses 1, 2 and 3, now 1"),
        (("7",), (None,), "Clause 7, now without a number"),
        ((None,), ("7",), "Clause 7, before without a number"),
        (("7",), ("7", None), "Clause 7, now 7 and 1 without a number"),
        ((None,), (None,), "Paragraph “Ring the council at once.”"),
    ],
)
def test_a_change_is_found_by_its_numbers_or_its_first_words(
    old: tuple[str | None, ...], new: tuple[str | None, ...], title: str
) -> None:
    assert title_of(Change((K.REWORDED,), _clauses(*old), _clauses(*new))) == title


def test_what_has_no_number_is_called_what_it_is_and_by_its_beginning() -> None:
    clause = Clause("Whoever hears of harm writes it down before the day ends", kind=ClauseKind.FOOTNOTE)
    assert title_of(Change((K.ADDED,), (), (clause,))) == "Footnote “Whoever hears of harm writes it down …”"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (3, 3, "page 3 in both editions"),
        (3, 4, "page 3, now page 4"),
        (3, None, "page 3 of the earlier edition"),
        (None, 4, "page 4 of the later edition"),
        (None, None, ""),
    ],
)
def test_pages_are_told_as_far_as_they_are_known(old: int | None, new: int | None, told: str) -> None:
    assert pages_of(Change((K.REWORDED,), (Clause("a", page=old),), (Clause("a", page=new),))) == told


def test_words_of_strength_are_told_in_short_and_in_sentences() -> None:
    modals = (Modal("should", "must"), Modal(None, "must not"), Modal("may", None))
    change = Change((K.STRENGTHENED,), _clauses("1"), _clauses("1"), modals=modals)
    assert strength_of(change) == "should → must; none → must not; may → none"
    assert strength_told(change) == ["“should” became “must”", "“must not” was put in", "“may” was taken out"]


def test_a_move_is_told_by_the_headings_or_within_them() -> None:
    here, there = Clause("a", heading=("One", "Staff")), Clause("a", heading=("Two",))
    assert moved_told(Change((K.MOVED,), (here,), (there,))) == "moved from “One › Staff” to “Two”"
    assert moved_told(Change((K.MOVED,), (here,), (here,))) == "moved within “One › Staff”"
    assert moved_told(Change((K.MOVED,), _clauses("1"), _clauses("9"))) == "moved to another place"
    assert moved_told(Change((K.MOVED,), _clauses("1"), (there,))) == "moved from “the beginning” to “Two”"
    near = Clause("a", heading=("One", "Visitors"))
    assert moved_told(Change((K.MOVED,), (here,), (near,))) == "moved from “Staff” to “Visitors”"
    assert moved_told(Change((K.REWORDED,), (here,), (there,))) == ""


def test_everything_that_happened_is_told_in_one_line() -> None:
    words = (("same", "Ring "), ("old", "us "), ("new", "the council "), ("same", "at "), ("new", "once"), ("old", "."))
    change = Change((K.MOVED, K.SPLIT, K.REWORDED), _clauses("1"), _clauses("1", "2"), words=words)
    assert what_changed(change) == (
        "moved to another place; split into 2 clauses; “us” became “the council”; “once” was put in; “.” was taken out"
    )
    assert what_changed(Change((K.MERGED,), _clauses("1", "2"), _clauses("1"))) == "merged from 2 clauses"
    assert what_changed(Change((K.ADDED,), (), _clauses("1"))) == "new in this edition"
    assert what_changed(Change((K.REMOVED,), _clauses("1"), ())) == "taken out"


def _comparison(*changes: Change) -> Comparison:
    return Comparison(EditionSummary("a", None, 10), EditionSummary("b", None, 20), list(changes))


def test_what_asks_more_comes_before_what_asks_less() -> None:
    weaker, stronger, both = (
        Change(kinds, _clauses("1"), _clauses("1"))
        for kinds in ((K.REWORDED, K.WEAKENED), (K.STRENGTHENED,), (K.STRENGTHENED, K.WEAKENED))
    )
    told = changes_of_strength(_comparison(weaker, Change((K.ADDED,), (), _clauses("2")), stronger, both))
    assert told == [stronger, both, weaker]


def test_what_was_removed_is_listed_under_the_present_name_of_its_heading() -> None:
    old, new = Clause("a", heading=("Part two",)), Clause("b", heading=("Part 2",))
    gone, lost = Clause("c", heading=("Part two",)), Clause("d", heading=("Annex",))
    changes = [
        Change((K.REWORDED,), (old,), (new,)),
        Change((K.REMOVED,), (gone,), ()),
        Change((K.REMOVED,), (lost,), ()),
    ]
    assert standing_under(_comparison(*changes)) == [("Part 2",), ("Part 2",), ("Annex",)]


def test_the_title_of_the_document_is_no_heading_to_list_under() -> None:
    change = Change((K.ADDED,), (), (Clause("a", heading=("OUR PROCEDURES", "Part 1")),))
    alone = Change((K.ADDED,), (), (Clause("a", heading=("Our procedures",)),))
    given = _comparison(change, alone)
    given = given._replace(new=EditionSummary("b", "Our procedures", 20))
    assert standing_under(given) == [("Part 1",), ()]


def test_a_place_is_in_the_later_edition_or_where_it_stood() -> None:
    here, gone = Change((K.ADDED,), (), _clauses("1"), at=(-1, 5)), Change((K.REMOVED,), _clauses("1"), (), at=(5, -1))
    given = _comparison(here, gone)
    assert [place_of(given, change) for change in (here, gone)] == [0.25, 0.5]
    given = given._replace(new=EditionSummary("b", None, 0))
    assert place_of(given, here) == 0.0


@pytest.mark.parametrize(
    ("text", "room", "keep_end", "told"),
    [
        ("short", 10, False, "short"),
        ("some longer words", 12, False, "some longer …"),
        ("some longer words", 12, True, "… words"),
        ("unbroken" * 5, 10, False, "unbrokenun …"),
        ("unbroken" * 5, 10, True, "… enunbroken"),
    ],
)
def test_text_is_cut_between_words(text: str, room: int, keep_end: bool, told: str) -> None:
    assert shortened(text, room, keep_end=keep_end) == told
