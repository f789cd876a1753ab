"""Where a document stands by what is said of it, and not by what is said near it."""

import pytest

from haven.engines.documents.open import open_document
from haven.engines.reading.what.guidance import find_guidance


def stands(text: str, name: str = "note.txt") -> str | None:
    first = find_guidance(open_document(name, f"{text}\n".encode()), 2025)[0]
    return first.status.value if first.status else None


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("KCSIE 2025 holds until it is replaced.", "in force"),
        ("KCSIE 2025 has been with us since September.", "in force"),
        ("When to call the police has not changed since 2020.", "in force"),
        ("The 2025 text of KCSIE applies from today.", "in force"),
        ("Information sharing advice will be withdrawn on 1 September.", "in force"),
        ("The consultation on KCSIE 2026 ended in April.", "expected"),
        ("KCSIE 2026 was out for comment until April.", "expected"),
        ("KCSIE 2026: a version for information is expected in July.", "expected"),
        ("KCSIE 2026 has not been published.", "expected"),
        ("The DfE is to consult on the Prevent duty guidance; it will be consulted on in May.", "expected"),
        ("Channel duty guidance: we would welcome your remarks.", "consultation"),
        ("KCSIE 2026 was put on the web so that we can get ready.", "for information"),
        ("KCSIE 2026 is there for schools to read.", "for information"),
        ("Copies of KCSIE 2023 should be thrown away.", "withdrawn"),
        ("Please delete any saved KCSIE 2023.", "withdrawn"),
        ("Our Neglect Toolkit is suspended.", "withdrawn"),
    ],
)
def test_a_document_stands_as_it_is_said(text: str, status: str) -> None:
    assert stands(text) == status


@pytest.mark.parametrize(
    "text",
    [
        "The attendance letter about KCSIE 2025 was withdrawn.",
        "The KCSIE 2025 quiz has been withdrawn.",
        "Our KCSIE 2025 briefing on 4 June has been cancelled.",
        "Read KCSIE 2025, and the attendance letter that we sent was withdrawn.",
        "Refer to KCSIE 2025 and not to last year's text, which has lapsed.",
        "The slides on KCSIE 2025 are expected tomorrow.",
    ],
)
def test_what_is_said_of_another_paper_is_not_said_of_the_document(text: str) -> None:
    assert stands(text) is None


def test_what_the_replaced_paper_is_says_nothing_of_what_replaces_it() -> None:
    assert stands("Information sharing advice (May 2024) replaces our own note, which is withdrawn.") == "in force"


def test_a_list_of_deadlines_is_no_list_of_documents() -> None:
    text = "# What is due\n\n- KCSIE 2025 read\n- WT 2023 read\n- Children taught off site: the list, by 5 May\n"
    assert {f.title for f in find_guidance(open_document("note.md", text.encode()), 2025)} == {
        "Keeping children safe in education",
        "Working together to safeguard children",
    }


def test_a_diary_that_is_coming_up_lists_no_documents() -> None:
    text = "# Coming up\n\n- Heads' conference moved to Friday 4 July\n- Transition week for Year 6\n"
    assert find_guidance(open_document("note.md", text.encode()), 2025) == ()


def test_a_table_of_documents_tells_edition_and_standing_by_its_columns() -> None:
    text = (
        "| Document | Edition | Status |\n|---|---|---|\n| KCSIE | 2025 | In force |\n"
        "| Procedures Manual | 4th | Withdrawn |\n"
        "| Bruising Protocol | Draft B | Out for comment until 8 May |\n"
    )
    found = find_guidance(open_document("note.md", text.encode()), 2025)
    assert [(f.title, f.edition, f.status.value if f.status else None) for f in found] == [
        ("Keeping children safe in education", "2025", "in force"),
        ("Procedures Manual", "4th", "withdrawn"),
        ("Bruising Protocol", "Draft B", "consultation"),
    ]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("COUNTY ESCALATION POLICY\n\nOpen for views until Friday.", "COUNTY ESCALATION POLICY"),
        (
            "2  Mental health and behaviour in schools\n\nUnchanged since 2018.",
            "Mental health and behaviour in schools",
        ),
        ("Referral leaflet: no changes.", "Referral leaflet"),
        ("Managing complaints handbook: being rewritten.", "Managing complaints handbook"),
        ("Bruises in babies: the protocol has been withdrawn.", "Bruises in babies protocol"),
        ("Ofsted\n\nThe renewed framework has been in use since May.", "Ofsted framework"),
        ("Our consultation on the neglect strategy ran until May.", "neglect strategy"),
        ("The council's serious incident protocol is unchanged.", "serious incident protocol"),
        ("“Pathways to help”, our threshold guide, is under review.", "Pathways to help"),
    ],
)
def test_a_local_paper_is_known_by_its_caption_its_label_or_what_is_said_of_it(text: str, title: str) -> None:
    assert [f.title for f in find_guidance(open_document("note.txt", f"{text}\n".encode()), 2025)] == [title]


@pytest.mark.parametrize(
    "text",
    [
        "Please send us your updated child protection policy.",
        "Governors to have seen the new complaints policy by Friday.",
        "CAMHS consultation: 01632 960111, Tuesdays 1–3pm.",
        "Sign the revised information-sharing agreement.",
        "Possible Actions for Schools are on page 4.",
    ],
)
def test_papers_to_be_sent_seen_or_signed_are_no_guidance(text: str) -> None:
    assert find_guidance(open_document("note.txt", f"{text}\n".encode()), 2025) == ()
