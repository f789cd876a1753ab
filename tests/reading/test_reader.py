"""A whole note is read into its items, in the order of its words, in time that grows with its length."""

import datetime as dt

import pytest

from haven.engines.documents.document import Document
from haven.engines.documents.plaintext import text_blocks
from haven.engines.reading.items import Action, Deadline, Event, Link
from haven.engines.reading.reader import read

TODAY = dt.date(2025, 3, 1)
NOTE = """Notes from the spring forum, Tuesday 14 January 2025

Audit
Please complete the audit at https://audit.example.org/s175 and return it by 5th February.

Dates
Safer Internet Day: Tuesday 11 February 2025
"""


def document_of(text: str) -> Document:
    return Document("note.txt", "text/plain", text, tuple(text_blocks(text)))


def test_the_notes_own_date_settles_the_years_and_not_today() -> None:
    reading = read(document_of(NOTE), TODAY)
    assert reading.date == dt.date(2025, 1, 14)
    (deadline,) = (item for item in reading.items if isinstance(item, Deadline))
    assert deadline.date == dt.date(2025, 2, 5)


def test_today_settles_the_years_of_a_note_without_a_date() -> None:
    reading = read(document_of("Please return the audit by 5th February."), TODAY)
    assert reading.date is None
    (deadline,) = (item for item in reading.items if isinstance(item, Deadline))
    assert deadline.date == dt.date(2026, 2, 5)


def test_the_date_of_the_file_comes_before_a_date_in_the_text() -> None:
    text = "Forum notes, 14 January 2025\n\nPlease reply by 5 March."
    document = Document("note.eml", "message/rfc822", text, tuple(text_blocks(text)), date=dt.date(2024, 1, 20))
    assert read(document, TODAY).date == dt.date(2024, 1, 20)


def test_items_stand_in_the_order_of_their_words_and_quote_them() -> None:
    reading = read(document_of(NOTE), TODAY)
    starts = [item.start for item in reading.items]
    assert starts == sorted(starts)
    assert all(item.quote == reading.text[item.start : item.end] for item in reading.items)
    kinds = {type(item) for item in reading.items}
    assert {Deadline, Event, Link, Action} <= kinds


def test_a_note_is_titled_by_its_first_line_where_the_file_has_no_title() -> None:
    assert read(document_of(NOTE), TODAY).title == "Notes from the spring forum, Tuesday 14 January 2025"


def test_the_same_note_is_always_read_the_same() -> None:
    assert read(document_of(NOTE), TODAY) == read(document_of(NOTE), TODAY)


def test_a_note_without_words_holds_nothing() -> None:
    reading = read(document_of(""), TODAY)
    assert (reading.items, reading.title, reading.date) == ((), None, None)


@pytest.mark.parametrize(
    ("opening", "title"),
    [
        ("Dear colleagues,\n\nAutumn audit\n\nPlease reply.", "Autumn audit"),
        ("Hi all\n\nSubject: Autumn audit\n\nPlease reply.", "Autumn audit"),
        ("To: headteachers\nDate: 3 June\n\nAutumn audit\n\nPlease reply.", "Autumn audit"),
        ("Dear all,\n\nThe audit closes soon. Please reply.", None),
    ],
)
def test_neither_a_greeting_nor_an_address_is_a_title(opening: str, title: str | None) -> None:
    assert read(document_of(opening), TODAY).title == title
