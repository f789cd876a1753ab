"""Printed numbers are taken off the words, and found again where opening a file lost or misplaced them."""

import pytest

from haven.engines.compare.numbering import taken_off
from haven.engines.compare.passages import Opened, Passage, PassageKind
from haven.engines.compare.structure import edition_of


def numbers(*lines: str | Passage) -> list[tuple[str | None, str]]:
    """The number and the words of each passage."""
    passages = [line if isinstance(line, Passage) else Passage(line) for line in lines]
    return [(number, text) for _, number, text in taken_off(passages)]


@pytest.mark.parametrize(
    ("line", "number", "text"),
    [
        ("12. Staff must read it.", "12", "Staff must read it."),
        ("12) Staff must read it.", "12", "Staff must read it."),
        ("(a) a record of it", "a", "a record of it"),
        ("iv. a record of it", "iv", "a record of it"),
        ("4.2.1 Staff must read it.", "4.2.1", "Staff must read it."),
        ("A1.b Staff read it.", "A1.b", "Staff read it."),
        ("PR.AC-3: Staff read it.", "PR.AC-3", "Staff read it."),
        ("§ 5.1.2 Staff read it.", "5.1.2", "Staff read it."),
        ("4.1 | Staff read it. | Yes", "4.1", "Staff read it. | Yes"),
        ("12", None, "12"),
        ("2025 was a year of change.", None, "2025 was a year of change."),
        ("e.g. a record of it", None, "e.g. a record of it"),
        ("A child is under 18.", None, "A child is under 18."),
        ("“1. Quoted”", None, "“1. Quoted”"),
    ],
)
def test_the_number_before_a_passage(line: str, number: str | None, text: str) -> None:
    assert numbers(line) == [(number, text)]


def test_a_heading_has_its_label_for_a_number() -> None:
    heading = Passage("Part 2: Management of safeguarding", PassageKind.HEADING)
    assert numbers(heading) == [("Part 2", "Management of safeguarding")]
    assert numbers(Passage("Annex B", PassageKind.HEADING)) == [(None, "Annex B")]
    assert numbers(Passage("Partners", PassageKind.HEADING)) == [(None, "Partners")]


def test_what_the_file_knows_apart_from_the_words_is_the_number() -> None:
    assert numbers(Passage("Staff must read it.", number="7")) == [("7", "Staff must read it.")]


def test_a_number_on_a_line_of_its_own_belongs_to_what_follows() -> None:
    assert numbers("1. One.", "2.", "Two is longer.", "3. Three.") == [
        ("1", "One."),
        ("2", "Two is longer."),
        ("3", "Three."),
    ]


def test_numbers_without_a_full_stop_count_where_they_follow_one_another() -> None:
    row = [f"{at} Staff must read part {at}." for at in range(1, 9)]
    assert [number for number, _ in numbers(*row)] == [str(at) for at in range(1, 9)]
    assert numbers("3 Staff came.", "9 Schools wrote.") == [(None, "3 Staff came."), (None, "9 Schools wrote.")]


def test_a_number_that_was_lost_is_put_back() -> None:
    found = numbers("1. One.", "2. Two.", "Three has lost its number.", "4. Four.", "5. Five.")
    assert found[2] == ("3", "Three has lost its number.")


def test_a_number_printed_at_the_end_of_the_passage_before_is_put_where_it_belongs() -> None:
    assert numbers("1. One.", "2. Two. 3.", "Three is here.", "4. Four.", "5. Five.")[1:3] == [
        ("2", "Two."),
        ("3", "Three is here."),
    ]


def test_a_passage_that_was_swallowed_is_freed() -> None:
    found = numbers("1. One.", "2. Two ends here. 3. Three begins here.", "4. Four.", "5. Five.")
    assert found[1:3] == [("2", "Two ends here."), ("3", "Three begins here.")]


def test_where_numbers_do_not_follow_one_another_none_is_looked_for() -> None:
    assert numbers("2. Two.", "Words between.", "4. Four.")[1] == (None, "Words between.")
    assert numbers("1. One.", "2. Two.", "A note.", "Another.", "4. Four.", "5. Five.")[2] == (None, "A note.")


def test_clauses_stand_under_their_headings() -> None:
    passages = [
        Passage("Part 1: Basics", PassageKind.HEADING),
        Passage("Records", PassageKind.HEADING),
        Passage("1. Keep them."),
        Passage("Part 2: More", PassageKind.HEADING),
        Passage("2. Share them."),
        Passage("2.1 Details", PassageKind.HEADING),
        Passage("2.1.1 Finer details", PassageKind.HEADING),
        Passage("3. Name them."),
    ]
    clauses = edition_of(Opened("a.txt", None, passages)).clauses
    assert [clause.heading for clause in clauses if clause.kind == "paragraph"] == [
        ("Part 1: Basics", "Records"),
        ("Part 2: More",),
        ("Part 2: More", "2.1 Details", "2.1.1 Finer details"),
    ]


def test_numbers_with_a_letter_count_where_they_follow_one_another() -> None:
    row = [f"A{at} Where alcohol is sold, rule {at} holds." for at in range(8, 13)]
    assert [number for number, _ in numbers(*row)] == ["A8", "A9", "A10", "A11", "A12"]
    assert numbers("A4 paper is kept in the office.", "M25 traffic is slow.")[0][0] is None


def test_a_dotted_number_that_was_misplaced_is_put_back() -> None:
    found = numbers(
        "1.5 Five.", "1.6 Six, before the next inspection. 1.7", "Seven is here.", "1.8 Eight.", "1.9 Nine."
    )
    assert found[1:3] == [("1.6", "Six, before the next inspection."), ("1.7", "Seven is here.")]


def test_the_title_is_no_step_on_the_path_of_headings() -> None:
    passages = [
        Passage("Safer schools", PassageKind.HEADING, 1),
        Passage("Part 1: Basics", PassageKind.HEADING, 2),
        Passage("1. Keep them."),
        Passage("Part 2: More", PassageKind.HEADING, 2),
        Passage("2. Share them."),
    ]
    clauses = edition_of(Opened("a.txt", None, passages)).clauses
    assert [clause.heading for clause in clauses if clause.kind == "paragraph"] == [
        ("Part 1: Basics",),
        ("Part 2: More",),
    ]
