"""What the columns and the words of a spreadsheet are guessed to mean, in tables."""

from collections.abc import Sequence
from datetime import date

import pytest

from haven.engines.sheets.grid import Cell
from haven.questions.rules.answering import Unsound
from haven.questions.rules.outline import Outline
from haven.questions.rules.reading import outline_of
from haven.spreadsheets.rules.columns import (
    BOTH_SHAPES,
    HALF_LONG,
    NO_ANSWERS,
    NO_SCHOOL,
    Column,
    KnownSchools,
    Means,
    Names,
    faults_of,
    guessed,
    head_row_of,
    plain_name,
    urn_in,
)
from haven.spreadsheets.rules.scales import day_in, fitted, guessed_choice, plain
from tests.questions.template import CONTENT

KNOWN = KnownSchools({900001, 900002}, {"oakfield primary school", "ashdown academy"})


@pytest.fixture(scope="module")
def outline() -> Outline:
    """The small template's."""
    return outline_of(CONTENT)


@pytest.mark.parametrize(
    ("heading", "means"),
    [
        ("1.1", "1.1"),
        ("Q1.1", "1.1"),
        ("1.1. A lead is named", "1.1"),
        ("lead-named", "1.1"),
        ("A lead is named.", "1.1"),
        ("Q7. A lead is named", "1.1"),
        ("STAFF HAVE READ THE POLICY", "2.1"),
        ("2.1 Staff have all read our policy", "2.1"),
        ("1.1 comments", "1.1 explanation"),
        ("A lead is named - please explain", "1.1 explanation"),
        ("Comments: A lead is named", "1.1 explanation"),
        ("1.1 Evidence", "1.1 evidence"),
        ("1.1 (target date)", "1.1 by when"),
        ("How many fire doors have you got?", ""),
        ("9.9", ""),
        ("Respondent ID", ""),
        ("", ""),
    ],
)
def test_a_heading_names_its_question(outline: Outline, heading: str, means: str) -> None:
    names = Names(outline)
    (column,) = guessed([heading], [["x"]], names, KNOWN)
    assert names.written(column) == means


def _guessed(outline: Outline, headings: Sequence[str], *rows: Sequence[Cell]) -> list[str]:
    names = Names(outline)
    under = [[row[place] for row in rows] for place in range(len(headings))]
    return [names.written(each) for each in guessed(headings, under, names, KNOWN)]


def test_schools_are_found_by_what_stands_under_a_heading(outline: Outline) -> None:
    told = _guessed(
        outline, ["ID", "Who", "1.1"], [900001, "OAKFIELD  Primary School.", "Yes"], ["900002", "Other", "No"]
    )
    assert told == ["URN", "", "1.1"]
    told = _guessed(outline, ["Number", "Your school's name", "1.1"], [7, "St Elsewhere", "Yes"])
    assert told == ["", "School name", "1.1"]
    assert _guessed(outline, ["URN", "URN again"], [900001, 900001]) == ["URN", ""]


def test_a_bare_comment_belongs_to_the_question_before_it(outline: Outline) -> None:
    headings = ["URN", "1.1", "Comments", "Evidence", "2.1", "Comments", "Comments"]
    row = [900001, "Met", "a", "b", "Green", "c", "d"]
    assert _guessed(outline, headings, row) == [
        "URN",
        "1.1",
        "1.1 explanation",
        "1.1 evidence",
        "2.1",
        "2.1 explanation",
        "",
    ]


def test_a_question_is_taken_from_one_column_only(outline: Outline) -> None:
    assert _guessed(outline, ["1.1", "A lead is named."], ["Met", "Met"]) == ["1.1", ""]


def test_one_row_for_each_school_and_question_is_known_by_its_questions(outline: Outline) -> None:
    headings = ["URN", "Ref", "Response", "Comments", "Target date", "Evidence"]
    rows = [[900001, "1.1", "Met", "", "", ""], [900001, "2.1 Staff have read the policy", "Green", "a", "", ""]]
    told = ["URN", "Question", "Answer", "Explanation", "By when", "Evidence"]
    assert _guessed(outline, headings, *rows) == told


@pytest.mark.parametrize("written", ["1.1", "1.1 explanation", "2.2 by when", "1.4 evidence", "URN", "Question", ""])
def test_what_is_written_in_a_box_is_read_again(outline: Outline, written: str) -> None:
    names = Names(outline)
    column = names.read(written.upper())
    assert column is not None
    assert names.written(column) == written
    assert written in ["", *dict(names.offered())]


def test_what_means_nothing_is_not_read(outline: Outline) -> None:
    assert Names(outline).read("8.8") is None
    assert Names(outline).read("nonsense evidence") is None


@pytest.mark.parametrize(
    ("columns", "fault"),
    [
        ("1.1", NO_SCHOOL),
        ("URN", NO_ANSWERS),
        ("URN|1.1 explanation", NO_ANSWERS),
        ("URN|1.1|Question|Answer", BOTH_SHAPES),
        ("URN|Question", HALF_LONG),
        ("URN|1.1|1.1", "“1.1” stands at more than one column. Choose one of them."),
        ("School name|Question|Answer", ""),
        ("URN|School name|1.1|1.1 evidence", ""),
    ],
)
def test_a_matching_must_be_whole(outline: Outline, columns: str, fault: str) -> None:
    names = Names(outline)
    read = [names.read(each) or Column(Means.NOTHING) for each in columns.split("|")]
    assert " ".join(faults_of(read, names)) == fault


@pytest.mark.parametrize(
    ("key", "said", "value"),
    [
        ("lead-named", "Met", "met"),
        ("lead-named", "Yes", "met"),
        ("lead-named", "y", "met"),
        ("lead-named", "Fully met", "met"),
        ("lead-named", "Green", "met"),
        ("lead-named", "Partially Met", "partly"),
        ("lead-named", "In progress", "partly"),
        ("lead-named", "N", "not-met"),
        ("lead-named", "Not met – we begin in June", "not-met"),
        ("lead-named", "3", ""),
        ("lead-named", "perhaps", ""),
        ("lead-named", "N/A", ""),
        ("has-nursery", "Yes", "yes"),
        ("has-nursery", "FALSE", "no"),
        ("has-nursery", "Met", ""),
        ("policy-read", "A", "amber"),
        ("policy-read", "yes", "green"),
        ("policy-lived", 3, "3"),
        ("policy-lived", "1: embedded", "1"),
        ("policy-lived", "Developing", "2"),
        ("policy-lived", "not applicable", "not-applicable"),
        ("policy-lived", "n/a", "not-applicable"),
    ],
)
def test_words_are_guessed_to_mean_a_choice(outline: Outline, key: str, said: Cell, value: str) -> None:
    assert guessed_choice(outline.questions[key], said) == value


@pytest.mark.parametrize(
    ("said", "day"),
    [
        (date(2025, 3, 5), date(2025, 3, 5)),
        ("2025-03-05", date(2025, 3, 5)),
        ("5/3/2025", date(2025, 3, 5)),
        ("05.03.25", None),
        ("5th March 2025", date(2025, 3, 5)),
        ("Mar 2025", date(2025, 3, 1)),
        ("soon", None),
        (45000, None),
    ],
)
def test_days_are_read_as_people_write_them(said: Cell, day: date | None) -> None:
    if day is None:
        with pytest.raises(Unsound):
            day_in(said)
    else:
        assert day_in(said) == day


def test_answers_fit_their_kind_or_say_why_not(outline: Outline) -> None:
    questions, meant = outline.questions, {"ja": "met"}
    assert fitted(questions["lead-named"], "Ja", meant) == "met"
    assert fitted(questions["referrals"], "1,204", {}) == 1204
    assert fitted(questions["nursery-lead"], "Ann Example, Head", {}) == {"name": "Ann Example", "role": "Head"}
    assert fitted(questions["words"], date(2025, 3, 5), {}) == "2025-03-05"
    for key, said in (("lead-named", "nein"), ("referrals", -1), ("referrals", "many"), ("lead-trained-on", "never")):
        with pytest.raises(Unsound):
            fitted(questions[key], said, meant)


def test_names_and_numbers_of_schools_are_read_as_people_write_them() -> None:
    assert plain_name(" St. Mary’s & All  Saints ") == plain_name("St Mary's and All Saints")
    assert (urn_in(900001), urn_in(" 900001 "), urn_in("90000x"), urn_in(12)) == (900001, 900001, None, None)
    assert plain("  Not-met! ") == "not met"


def test_headings_are_found_below_a_title() -> None:
    rows: list[list[Cell]] = [["Audit 2024"], [], ["URN", "1.1", "1.2"], [900001, "Met", "x"]]
    assert head_row_of(rows) == 2
    assert head_row_of([[1, 2]]) == 0
