"""Which days of a note are deadlines, and what they ask."""

import datetime as dt

import pytest

from haven.engines.documents.document import Block, BlockKind, Document
from haven.engines.reading.items import Deadline, Recurs
from haven.engines.reading.when.deadlines import find_deadlines
from haven.engines.reading.when.mentions import find_mentions

NOTE = dt.date(2025, 1, 14)


def note(*lines: str) -> Document:
    text, blocks = "", []
    for line in lines:
        kind = (
            BlockKind.BULLET
            if line.startswith("- ")
            else BlockKind.HEADING
            if line.startswith("#")
            else BlockKind.PARAGRAPH
        )
        blocks.append(Block(len(text), len(text) + len(line), kind))
        text += f"{line}\n"
    return Document("note.txt", "text/plain", text, tuple(blocks))


def table(*rows: tuple[str, ...]) -> Document:
    text, blocks = "", []
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            blocks.append(
                Block(
                    len(text),
                    len(text) + len(cell),
                    BlockKind.CELL,
                    table=0,
                    row=number,
                    column=column,
                    is_header=number == 0,
                )
            )
            text += f"{cell}\t"
        text += "\n"
    return Document("note.docx", "text/plain", text, tuple(blocks))


def deadlines_in(document: Document, day: dt.date = NOTE) -> tuple[Deadline, ...]:
    return find_deadlines(document, find_mentions(document, day))


def days_due(document: Document) -> list[str]:
    return [d.date.isoformat() for d in deadlines_in(document) if d.date]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Please complete online and return attached Action plan by 5th March.", "2025-03-05"),
        ("Send back the sheets by 12 noon on 21 February.", "2025-02-21"),
        ("Tell me by close of play on Friday 14 February who is coming.", "2025-02-14"),
        ("By noon tomorrow – complete the cover form.", "2025-01-15"),
        ("By Thursday – sign off the plans.", "2025-01-16"),
        ("By COP Friday please return the audit.", "2025-01-17"),
        ("Heads who want a place should say so by the end of January.", "2025-01-31"),
        ("All staff must have read Part one by the end of Monday 3 February.", "2025-02-03"),
        ("Payment due by the 14th March.", "2025-03-14"),
        ("The deadline for nominations is 28 February.", "2025-02-28"),
        ("The closing date for returns is Friday 7 March.", "2025-03-07"),
        ("The consultation closes at 11.45pm on 11 March 2025.", "2025-03-11"),
        ("Nominations close on 27 February.", "2025-02-27"),
        ("The survey is open until midnight on Sunday 16 February.", "2025-02-16"),
        ("The directory has to be confirmed every term. This term’s date is 13 February.", "2025-02-13"),
        ("The deadline has been extended from 15 January to 31 January.", "2025-01-31"),
        ("13 February: return the directory form.", "2025-02-13"),
        ("Upload the sample — 14 February, 4:30pm", "2025-02-14"),
        ("The van comes on 4 March. Please return all books by this date.", "2025-03-04"),
        ("Names of those to be trained: by the last Friday in February.", "2025-02-28"),
    ],
)
def test_a_day_by_which_something_is_asked_is_a_deadline(words: str, expected: str) -> None:
    assert days_due(note(words)) == [expected]


@pytest.mark.parametrize(
    "words",
    [
        "I will send them by Friday 31 January.",
        "We shall ring the school by Wednesday.",
        "Our letter will be on the website by the end of this month.",
        "Ten replies had been received by 10 January.",
        "Reply within 5 working days of receipt.",
        "The new rules come into force on 1 September 2025.",
        "Contacts on older forms will be sent back from 1 April.",
        "The training is on Tuesday 4 February, 9.15am.",
        "This was due on 17 February; we have put it back.",
        "The briefing due on 4 February has been cancelled.",
        "By then there was a second bruise.",
        "Please finish the plan before half term.",
        "The three safeguarding partners have until 31 March to publish; that is for us and not for you.",
    ],
)
def test_promises_past_facts_durations_and_happenings_are_no_deadlines(words: str) -> None:
    assert days_due(note(words)) == []


def test_an_hour_is_read_with_its_deadline() -> None:
    (found,) = deadlines_in(note("Please upload it to the portal by noon on Friday 24th January."))
    assert (found.date, found.time) == (dt.date(2025, 1, 24), dt.time(12))


def test_a_deadline_quotes_its_sentence_and_says_what_and_who() -> None:
    document = note("Thank you all. Headteachers must return the audit by 5 March. See you soon.")
    (found,) = deadlines_in(document)
    assert found.quote == document.text[found.start : found.end] == "Headteachers must return the audit by 5 March."
    assert found.what == "Headteachers must return the audit"
    assert found.who == ("Headteachers",)


def test_answering_a_consultation_is_optional_and_a_duty_is_not() -> None:
    (view,) = deadlines_in(note("If you have a view, comments go to Morwenna until 25/2/25."))
    (duty,) = deadlines_in(note("Every school must return its audit by 25/2/25."))
    assert (view.optional, duty.optional) == (True, False)


def test_a_weekday_that_does_not_fit_is_told_and_lowers_confidence() -> None:
    (odd,) = deadlines_in(note("Check the list by Wednesday 6 March 2025."))
    (sound,) = deadlines_in(note("Check the list by Thursday 6 March 2025."))
    assert odd.date == sound.date == dt.date(2025, 3, 6)
    assert odd.conflict == "The note says Wednesday, but 6 March 2025 is a Thursday."
    assert odd.confidence < sound.confidence


def test_a_monthly_return_recurs_and_names_its_next_day() -> None:
    (found,) = deadlines_in(note("The monthly return is due on the last working day of each month."))
    assert (found.recurs, found.date) == (Recurs.MONTHLY, dt.date(2025, 1, 31))


def test_an_action_log_gives_its_open_rows_with_their_owners() -> None:
    document = table(
        ("No", "Action", "Owner", "Due"),
        ("24/18", "Lockdown checklist to all", "CB", "Done 3/1"),
        ("25/01", "Send two dates for a learning walk", "All DSLs", "13/3"),
        ("25/02", "Draft a guide", "FOL, CB", "w/e 21 March"),
        ("25/03", "Ask about leaflets", "YMD", "30.4.25"),
    )
    found = deadlines_in(document)
    assert [d.date.isoformat() if d.date else None for d in found] == ["2025-03-13", "2025-03-21", "2025-04-30"]
    assert [d.what for d in found] == ["Send two dates for a learning walk", "Draft a guide", "Ask about leaflets"]
    assert found[1].who == ("FOL", "CB")


def test_a_column_of_dates_of_meetings_holds_no_deadlines() -> None:
    document = table(("Date", "Time", "What", "Venue"), ("Tue 4 Feb", "1.30–4 pm", "Level 3 refresher", "Tarn Centre"))
    assert days_due(document) == []


def test_a_row_that_names_its_limit_is_a_deadline() -> None:
    assert days_due(table(("Type", "Action"), ("To be completed by", "11/02/2025"))) == ["2025-02-11"]


def test_columns_of_white_space_are_read_like_a_table() -> None:
    document = note(
        "Actions",
        "1/1   Revised chart out           ANK       24.1.25",
        "1/2   Questionnaire back to WA    All       done",
    )
    (found,) = deadlines_in(document)
    assert (found.date, found.what, found.who) == (dt.date(2025, 1, 24), "Revised chart out", ("ANK",))


def test_a_deadline_told_twice_is_given_once() -> None:
    document = note("Reply to the questionnaire by 5 pm on 30 January.", "Remember: questionnaire reply by 30 January.")
    (found,) = deadlines_in(document)
    assert found.time == dt.time(17)
