"""Who can be reached: one contact each, with every number and address that works."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haven.engines.documents.document import Anchor, Block, Document
from haven.engines.documents.open import open_document
from haven.engines.reading.items import Contact
from haven.engines.reading.who.contacts import find_contacts
from haven.engines.reading.who.reaches import e164


def contacts(text: str, name: str = "note.txt") -> tuple[Contact, ...]:
    return find_contacts(open_document(name, text.encode()))


def told(text: str, name: str = "note.txt") -> list[tuple[str | None, tuple[str, ...], tuple[str, ...]]]:
    return [(c.name, c.phones, c.emails) for c in contacts(text, name)]


@pytest.mark.parametrize(
    "written",
    [
        "01632 960123",
        "01632 960 123",
        "(01632) 960123",
        "01632-960-123",
        "01632.960.123",
        "+44 1632 960123",
        "+44 (0)1632 960123",
        "0044 1632 960123",
        "01632\u00a0960123",
        "01632 960\n123",
    ],
)
def test_a_number_however_spelt_reads_the_same(written: str) -> None:
    assert told(f"Advice line: {written}\n") == [(None, ("+441632960123",), ())]


@given(
    st.sampled_from([("1632960", 3), ("7700900", 3), ("2079460", 3), ("1614960", 3)]),
    st.integers(0, 999),
    st.lists(st.sampled_from(["", "", " ", "-", ".", "\u00a0"]), min_size=12, max_size=12),
    st.sampled_from(["0", "+44", "+44 ", "0044 ", "+44 (0)"]),
)
def test_digits_parted_anywhere_read_back_to_the_same_number(
    start: tuple[str, int], tail: int, gaps: list[str], prefix: str
) -> None:
    digits = f"{start[0]}{tail:03}"
    written = prefix + "".join(d + g for d, g in zip(digits, gaps, strict=False)).rstrip(" -.\u00a0")
    assert e164(written) == f"+44{digits}"


@given(
    st.from_regex(r"[a-z]{1,8}(?:[._-][a-z]{1,8}){0,2}", fullmatch=True),
    st.sampled_from(["fairhaven.example.gov.uk", "example.org", "schools-team.example.org"]),
    st.sampled_from(["Write to {} please.", "({})", "E: {}", "{};", "<{}>", "ask {}, or ring."]),
)
def test_an_address_is_read_without_the_punctuation_round_it(local: str, domain: str, around: str) -> None:
    address = f"{local}@{domain}"
    text = around.format(address)
    document = Document("a.txt", "text/plain", text, (Block(0, len(text)),))
    assert [c.emails for c in find_contacts(document)] in (
        [(address,)],
        [] if local.startswith("noreply") else [(address,)],
    )


@pytest.mark.parametrize(
    "text",
    [
        "If a child is in danger ring 999, otherwise 101, or 111 for health.",
        "Case 01632/96/1, ref: 01632 960123, charity no. 01632 960124.",
        "Fax: 01632 960123",
        "Meeting ID: 016 3296 0123",
        "The old number, 01632 960123, was switched off in August.",
        "Please delete her number (07700 900123) from your lists.",
        "01632 960123 and help@example.org no longer work.",
        "Do not use 01632 960123.",
        "Write to no-reply@example.org and nobody answers.",
        "There were 01632 pupils on 01.02.2022 and 02/03/2022; £07700 900.",
    ],
)
def test_what_cannot_be_rung_is_no_contact(text: str) -> None:
    assert told(text) == []


def test_numbers_under_a_heading_of_the_gone_are_left_out() -> None:
    text = "# Contacts\n\n- Front door 01632 960100\n\n# Gone\n\n- Bo Dale 01632 960101\n"
    assert told(text, "a.md") == [(None, ("+441632960100",), ())]


def test_the_new_number_lives_and_the_old_one_does_not() -> None:
    assert told("The line has changed from 01632 960001 to 01632 960002.") == [(None, ("+441632960002",), ())]
    assert told("Use the new one, 020 7946 0155 (the old one, 01632 960001, was switched off).") == [
        (None, ("+442079460155",), ())
    ]


def test_an_extension_belongs_to_the_words_and_not_to_the_number() -> None:
    (found,) = contacts("Nadia Frost, 01632 960455 ext. 212, nadia.frost@example.org")
    assert (found.phones, found.emails) == (("+441632960455",), ("nadia.frost@example.org",))


def test_one_person_in_three_places_is_one_contact() -> None:
    text = (
        "Nadia Frost, Encompass Lead\nWelcome everybody to the meeting this term.\n\n"
        "Nadia: nfrost@example.gov.uk   M: 07700 900318\n\nWrite to nadia.frost@example.org about hosting.\n"
    )
    (found,) = contacts(text)
    assert found.name == "Nadia Frost"
    assert found.role == "Encompass Lead"
    assert found.phones == ("+447700900318",)
    assert found.emails == ("nfrost@example.gov.uk", "nadia.frost@example.org")


def test_initials_stand_for_the_attendee_they_are_given_to() -> None:
    text = (
        "| Initials | Name | From |\n|---|---|---|\n| FOL | Fabian Okell-Lyle | MASH navigator |\n\n"
        "FOL can be reached on 01632 960377.\n"
    )
    (found,) = contacts(text, "a.md")
    assert (found.name, found.role) == ("Fabian Okell-Lyle", "MASH navigator")


def test_an_address_that_spells_a_name_belongs_to_that_person() -> None:
    text = (
        "Sandy Marlow – Education Manager for the games charity\nTraining is free.\n\n"
        "To book please email: sandymarlow@example.org, Telephone: 07700 900888.\n"
    )
    (found,) = contacts(text)
    assert (found.name, found.phones) == ("Sandy Marlow", ("+447700900888",))


def test_two_people_who_share_a_mailbox_stay_two() -> None:
    text = (
        "| Who | Role | Telephone | E-mail |\n|---|---|---|---|\n"
        "| Lys Boothe | LADO | 01632 960311 | lado@example.gov.uk |\n"
        "| Min Achter | LADO (Fridays) | 01632 960311 | lado@example.gov.uk |\n"
    )
    assert [c.name for c in contacts(text, "a.md")] == ["Lys Boothe", "Min Achter"]


def test_two_owners_in_one_sentence_are_two_contacts() -> None:
    text = "Front door: 01632 960100 (professionals’ line). Families ring 01632 960101."
    assert [c.phones for c in contacts(text)] == [("+441632960100",), ("+441632960101",)]


def test_a_signature_of_several_lines_is_one_contact() -> None:
    text = "Thank you for a hard spring.\n\nAuberon Skelly\nPellow Council, 020 7946 0919\n"
    (found,) = contacts(text)
    assert (found.name, found.phones) == ("Auberon Skelly", ("+442079460919",))


def test_a_line_without_a_name_does_not_join_the_person_above() -> None:
    text = "Ann Archer      LADO             020 7946 0561\nDesk officer    Education        020 7946 0562\n"
    assert told(text) == [("Ann Archer", ("+442079460561",), ()), (None, ("+442079460562",), ())]


def test_an_address_behind_a_first_name_is_read() -> None:
    text = "Morwenna Gale, officer, 01632 960881\n\nComments go to Morwenna by post."
    at = text.rindex("Morwenna")
    first = text.index("\n")
    anchor = Anchor(at, at + 8, "mailto:morwenna.gale@example.gov.uk?subject=Hello")
    document = Document("a.html", "text/html", text, (Block(0, first), Block(first + 2, len(text))), (anchor,))
    (found,) = find_contacts(document)
    assert found.emails == ("morwenna.gale@example.gov.uk",)


def test_an_address_cut_by_a_line_is_joined() -> None:
    assert told("Ask m.ferrin@calder.example.\ngov.uk about it.")[0][2] == ("m.ferrin@calder.example.gov.uk",)


def test_a_contact_quotes_its_own_words() -> None:
    text = "Hello.\n\nNadia Frost; nadia.frost@example.org Tel: 07700 900285\n"
    (found,) = contacts(text)
    assert found.quote == "Nadia Frost; nadia.frost@example.org Tel: 07700 900285"
    assert open_document("note.txt", text.encode()).text[found.start : found.end] == found.quote


@given(st.text(alphabet="Ab 0147@.:;(\n-+’é", max_size=200))
def test_whatever_the_text_every_quote_is_in_it(text: str) -> None:
    document = Document("a.txt", "text/plain", text, (Block(0, len(text)),) if text.strip() else ())
    for found in find_contacts(document):
        assert text[found.start : found.end] == found.quote
        assert found.phones or found.emails
