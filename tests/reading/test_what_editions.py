"""Editions said further on than the title: of last year, by number, by the noun alone."""

import pytest

from haven.engines.documents.open import open_document
from haven.engines.reading.items import Guidance
from haven.engines.reading.what.guidance import find_guidance

KCSIE = "Keeping children safe in education"


def found(text: str, year: int = 2025, name: str = "note.txt") -> tuple[Guidance, ...]:
    return find_guidance(open_document(name, f"{text}\n".encode()), year)


def told(text: str, year: int = 2025) -> set[tuple[str | None, str | None]]:
    return {(g.edition, g.status.value if g.status else None) for g in found(text, year)}


@pytest.mark.parametrize(
    ("text", "edition", "status"),
    [
        ("KCSIE changes in September. Last year’s stays in force until then.", "2024", "in force"),
        ("KCSIE 2025 is out. It replaces last year's version.", "2024", "withdrawn"),
        ("Last year's KCSIE still applies.", "2024", "in force"),
        ("KCSIE is on the portal. The one of September 2023 no longer applies.", "September 2023", "withdrawn"),
        ("KCSIE 2025 is in force. Please recycle any 2024 copies.", "2024", "withdrawn"),
        ("KCSIE 2025 is in force; the 2024 one is not to be used.", "2024", "withdrawn"),
        ("Our Bruising Protocol, third edition, is in force. The second edition is withdrawn.", "second edition", None),
        ("The Neglect Toolkit is in use, 2nd edition, and replaces the 1st.", "1st", "withdrawn"),
        ("KCSIE 2025 is in force. A revision is promised for the spring.", "new edition", "expected"),
        ("The Escalation Policy is being looked at. Draft 2 is out for comment.", "Draft 2", "consultation"),
        ("Our Neglect Strategy ran until May. The final strategy will be out in June.", "final edition", "expected"),
        ("We have replaced our Managing Allegations procedure. The old one (2019) is withdrawn.", "2019", "withdrawn"),
        ("Working Together 2018 has been superseded by the 2023 edition.", "2023", "in force"),
        ("KCSIE 2026 comes into force in September and will replace the 2025 edition.", "2025", "in force"),
        (
            "Take out any reference to KCSIE 2023. Its predecessor, the 2022 text, is withdrawn too.",
            "2022",
            "withdrawn",
        ),
    ],
)
def test_an_edition_said_by_other_words_is_an_item(text: str, edition: str, status: str | None) -> None:
    assert (edition, status) in told(text) or (status is None and edition in {e for e, _ in told(text)})


def test_last_years_edition_is_counted_from_the_years_of_the_note() -> None:
    assert told("KCSIE is awaited. Last year's applies.", 2019) >= {("2018", "in force")}


@pytest.mark.parametrize(
    "text",
    [
        "KCSIE 2025 is in force. Last year's slides are on the portal.",
        "KCSIE 2025 is in force. Your new version should be on your website.",
        "KCSIE 2025 is in force. A new version of the booking form is here.",
    ],
)
def test_another_paper_of_some_year_is_no_edition(text: str) -> None:
    assert told(text) == {("2025", "in force")}


def test_both_documents_of_a_heading_have_the_editions_said_of_both() -> None:
    text = (
        "# Searching, screening and confiscation; Suspension and permanent exclusion\n\nNew versions of both are due.\n"
    )
    titles = {g.title for g in found(text, name="note.md")}
    assert titles == {"Searching, screening and confiscation", "Suspension and permanent exclusion guidance"}


def test_an_edition_belongs_to_the_document_of_its_own_clause() -> None:
    text = "KCSIE: the 2025 text is in force; Working Together: the 2026 draft is out for comment."
    assert {(g.title, g.edition) for g in found(text)} == {
        (KCSIE, "2025"),
        ("Working together to safeguard children", "2026 (draft)"),
    }


def test_this_advice_is_what_was_named_before() -> None:
    heading = "# Sexual violence and sexual harassment between children\n\n"
    text = heading + "This separate advice (September 2021) was withdrawn, as KCSIE now includes it.\n"
    first = next(g for g in found(text, name="note.md") if g.edition == "September 2021")
    assert first.title == "Sexual violence and sexual harassment between children in schools and colleges"


def test_the_edition_after_a_subtitle_is_read() -> None:
    text = "Elective home education: guidance for local councils and parents (April 2019) still stands."
    assert told(text) == {("April 2019", "in force")}
