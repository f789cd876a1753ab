"""Whose a number is: shared, borrowed from the line above, of her who was spoken of, and what she does."""

import pytest

from haven.engines.documents.open import open_document
from haven.engines.reading.items import Contact
from haven.engines.reading.who.contacts import find_contacts


def contacts(text: str, form: str = "txt") -> tuple[Contact, ...]:
    return find_contacts(open_document(f"note.{form}", text.encode()))


def told(text: str, form: str = "txt") -> list[tuple[str | None, tuple[str, ...]]]:
    return [(c.name, (*c.phones, *c.emails)) for c in contacts(text, form)]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Archer and Ben Booth share a desk: 01632 960102",
        "Ann Archer (LADO) and Ben Booth (deputy LADO): 01632 960102",
        "Ann Archer, adviser, and Ben Booth, his deputy, are both on 01632 960102.",
        "Ann Archer & Ben Booth, 01632 960102",
        "Ring Ann Archer or Ben Booth on 01632 960102.",
    ],
)
def test_a_number_of_two_is_given_to_both(text: str) -> None:
    assert told(text) == [("Ann Archer", ("+441632960102",)), ("Ben Booth", ("+441632960102",))]


@pytest.mark.parametrize("words", ["same number", "on the same line", "the same telephone number"])
def test_the_same_number_is_that_of_the_line_above(words: str) -> None:
    text = f"- Ann Archer, LADO: 01632 960102\n- Ben Booth, deputy LADO: {words}\n"
    assert told(text)[1] == ("Ben Booth", ("+441632960102",))


def test_a_ditto_mark_repeats_the_address_of_the_row_above() -> None:
    rows = "| Ann Archer | 01632 960102 | hub@example.org |\n| Ben Booth | 01632 960103 | ” |\n"
    text = f"| Name | Tel | Mail |\n|---|---|---|\n{rows}"
    assert told(text, "md")[1] == ("Ben Booth", ("+441632960103", "hub@example.org"))


def test_the_number_is_of_the_successor_and_not_of_whom_she_follows() -> None:
    assert told("Ann Archer has taken over from Ben Booth: 01632 960102") == [("Ann Archer", ("+441632960102",))]


def test_her_number_is_that_of_the_person_spoken_of() -> None:
    text = "Ann Archer has joined us from Vale House and will visit every school soon.\n\nHer line is 01632 960102.\n"
    assert told(text) == [("Ann Archer", ("+441632960102",))]


def test_her_secretary_has_a_number_of_her_own() -> None:
    text = "Ann Archer sees pupils. Parents ring her secretary on 01632 960102. Her address: ann.archer@example.org"
    assert told(text) == [(None, ("+441632960102",)), ("Ann Archer", ("ann.archer@example.org",))]


@pytest.mark.parametrize(
    "text", ["Ring Petronella on 01632 960102.", "Jagdeep (admin) 01632 960102", "In my absence: Tobiah, 01632 960102"]
)
def test_a_first_name_alone_names_the_contact(text: str) -> None:
    assert contacts(text)[0].name in ("Petronella", "Jagdeep", "Tobiah")


@pytest.mark.parametrize("text", ["Hub: 01632 960102 or hub@example.org", "Out-of-town team: 01632 960102"])
def test_a_word_of_the_field_is_no_first_name(text: str) -> None:
    assert [c.name for c in contacts(text)] == [None]


def test_two_lines_for_two_audiences_are_two_contacts() -> None:
    text = "The hub has two lines: 01632 960102 for professionals and 01632 960103 for families."
    assert [c.phones for c in contacts(text)] == [("+441632960102",), ("+441632960103",)]


def test_a_footnote_figure_is_no_digit_of_the_number() -> None:
    assert told("LADO 01632 960102¹") == [(None, ("+441632960102",))]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Sgt Ann Archer, safer schools: 01632 960102", "Sergeant, safer schools"),
        ("DC Ann Archer: 01632 960102", "Detective Constable"),
        ("Please ring the duty desk (01632 960102).", "duty desk"),
        ("Forms go to training.bookings@example.org.", "training bookings"),
        ("Every Friday: the absence list to absence.list@example.org", "absence list"),
        ("Never share Ms Archer’s mobile (07700 900102) with families.", None),
        ("Ann Archer runs the shadowing scheme: 01632 960102", "shadowing scheme"),
        ("Ann Archer, adviser, ann.archer@example.org", "adviser"),
    ],
)
def test_a_role_is_what_somebody_does_and_not_the_words_that_lead_to_it(text: str, role: str | None) -> None:
    assert contacts(text)[0].role == role


def test_the_senders_role_is_no_angle_bracket() -> None:
    text = (
        "From: Ann Archer <ann.archer@example.org>\nSubject: News\nDate: Tue, 3 Jun 2025 09:00:00 +0100\n\nDear all\n"
    )
    assert [(c.name, c.role) for c in contacts(text, "eml")] == [("Ann Archer", None)]


def test_each_message_passed_on_has_its_own_sender() -> None:
    text = (
        "From: Ann Archer <ann.archer@example.org>\nSubject: FW: News\nDate: Tue, 3 Jun 2025 09:00:00 +0100\n\n"
        "See below.\n\n-----Original Message-----\nFrom: Ben Booth <ben.booth@example.org>\nSent: 2 June 2025 09:12\n"
        "To: Ann Archer\nSubject: News\n\nIf you get lost, my mobile is 07700 900102.\n"
    )
    assert ("Ben Booth", ("+447700900102", "ben.booth@example.org")) in told(text, "eml")


def test_a_reader_whom_the_message_names_is_a_contact_and_others_are_not() -> None:
    text = (
        "From: Ann Archer <ann.archer@example.org>\nTo: heads@example.org\n"
        "Cc: Ben Booth <ben.booth@example.org>, Cy Dale <cy.dale@example.org>\nSubject: Forms\n"
        "Date: Tue, 3 Jun 2025 09:00:00 +0100\n\nPlease return the form to Ben by 5pm on Friday.\n"
    )
    assert [c.name for c in contacts(text, "eml")] == ["Ann Archer", "Ben Booth"]
    assert "cy.dale" not in open_document("note.eml", text.encode()).text
