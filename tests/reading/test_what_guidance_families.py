"""Guidance outside the catalogue: by its noun, in quotes, in lists and tables, after a label, in other editions."""

import pytest

from haven.engines.documents.open import open_document
from haven.engines.reading.what.guidance import find_guidance

NAMED = [
    (
        "The Fairhaven Thresholds Document (version 6, May 2024) is now in force and version 5 should be deleted.",
        ["Fairhaven Thresholds Document"],
    ),
    ("The partnership has published a second edition of its Neglect Toolkit.", ["Neglect Toolkit"]),
    ("A third edition of the Anti-Bullying Charter is out for consultation until 12 May.", ["Anti-Bullying Charter"]),
    (
        "Our Local Protocol for Assessment, 2019, has been superseded by the 2024 edition.",
        ["Local Protocol for Assessment"],
    ),
    ("The DfE's advice on mobile phones was published on 19 February.", ["advice on mobile"]),
    (
        "The DfE has published guidance on gender questioning children for consultation.",
        ["Gender questioning children"],
    ),
    ("Behaviour in schools (February 2024) is the current advice.", ["Behaviour in schools"]),
    (
        "The new RSHE guidance is due in the summer.",
        ["Relationships education, relationships and sex education and health education"],
    ),
    (
        "KCSIE 2025 (for information) and KCSIE 2024 (in force until 31 August) are both on the portal.",
        ["Keeping children safe in education"],
    ),
    (
        "The draft Children Missing from Home and Care Protocol is open for comment until 3 May.",
        ["Home and Care Protocol"],
    ),
    (
        "We await the final version of the information sharing guidance.",
        ["Information sharing advice for practitioners providing safeguarding services"],
    ),
    ("The Prevent duty guidance (revised) came into force on 31 December 2023.", ["Prevent duty guidance"]),
    ("The old version of the safer recruitment toolkit (2018) has been archived.", ["safer recruitment toolkit"]),
    ("Copies of Working Together are in the office.", ["Working together to safeguard children"]),
    ("The council is consulting on its Early Help Strategy 2025-2028.", ["Early Help Strategy"]),
    ("Ofsted's revised inspection toolkit takes effect on 10 November.", ["inspection toolkit"]),
    ("The Online Safety Charter was adopted by the heads' group on 4 May.", ["Online Safety Charter"]),
    ("We have updated the model child protection policy (September 2024).", ["model child protection policy"]),
    ("The 2023 LADO handbook no longer applies.", ["LADO handbook"]),
    (
        "A revised version of “Fairhaven Multi-agency Threshold Guidance” takes effect on 1 June.",
        ["Fairhaven Multi-agency Threshold Guidance"],
    ),
    (
        "“Managing Allegations Against Staff” (third edition) is for information only.",
        ["Managing Allegations Against Staff"],
    ),
    ("The pan-county Procedures Manual was updated on 1 May.", ["pan-county Procedures Manual"]),
    (
        "The Home Office is expected to publish its Statutory guidance on the serious violence duty.",
        ["Statutory guidance on the serious"],
    ),
    (
        "Please replace your copy of the Fairhaven Safeguarding Procedures (2021) with the 2024 edition.",
        ["Fairhaven Safeguarding Procedures"],
    ),
    (
        "Our thresholds document 'Right Help, Right Time' (fourth edition, March 2025) is in force.",
        ["Right Help, Right Time"],
    ),
    ("The Sexual Harm Toolkit (Fairhaven, 2023) stays in force.", ["Sexual Harm Toolkit"]),
    (
        "The Multi-Agency Safeguarding Arrangements 2024 were published in June.",
        ["Multi-Agency Safeguarding Arrangements"],
    ),
    (
        "The Fairhaven Right Help Framework replaces the Continuum of Need on 1 May.",
        ["Continuum of Need", "Fairhaven Right Help Framework"],
    ),
    (
        "The new Fairhaven Continuum of Need, third edition, takes effect on 4 November 2024.",
        ["Fairhaven Continuum of Need"],
    ),
    ("The council's Escalation Policy is being revised and the next edition is due in June.", ["Escalation Policy"]),
    ("Guidance on Children Missing Education was updated in August 2024.", ["Children missing education"]),
    ("The safer working practice guidance (February 2022) is under review.", ["safer working practice guidance"]),
    (
        "Has everyone got the Safer Recruitment Consortium's guidance for safer working practice, February 2022?",
        ["Guidance for safer working practice"],
    ),
    (
        "The national strategy on violence against women and girls was published in December.",
        ["national strategy on violence"],
    ),
    ("We have adopted the Young Carers Covenant.", ["Young Carers Covenant"]),
    ("The Serious Violence Duty: guidance for schools, is in force.", ["Serious violence duty statutory guidance"]),
    ("Our Position Statement on Elective Home Education (July 2023) has been withdrawn.", ["Elective home education"]),
    ("The Fairhaven Practice Principles (2nd edition) are for information.", ["Fairhaven Practice Principles"]),
    ("The Managing Self-Harm Pathway has been revised (v3).", ["Managing Self-Harm Pathway"]),
    (
        "The Harmful Sexual Behaviour Procedure (July 2022) is superseded by the Fairhaven HSB Framework.",
        ["Fairhaven HSB Framework", "Harmful Sexual Behaviour Procedure"],
    ),
]
NOT_NAMED = [
    "The Children's Commissioner has published The Big Ask.",
    "Please send your child protection policy and behaviour policy to us.",
    "Every school must publish its safeguarding policy.",
    "Safeguarding training is set out in the staff handbook. Follow school procedures.",
    "Read the note on page 3. We have a new document store.",
]


def named(text: str) -> list[str]:
    return sorted({found.title for found in find_guidance(open_document("note.txt", f"{text}\n".encode()))})


@pytest.mark.parametrize(("text", "titles"), NAMED)
def test_a_document_is_named_by_its_noun_its_quotes_or_its_edition(text: str, titles: list[str]) -> None:
    assert named(text) == titles


@pytest.mark.parametrize("text", NOT_NAMED)
def test_a_schools_own_papers_are_no_guidance(text: str) -> None:
    assert named(text) == []


def test_a_table_of_documents_is_read_wherever_its_column_stands() -> None:
    text = "| Status | Document |\n|---|---|\n| In force | KCSIE 2025 |\n| Consultation | Safe sport standards |\n"
    found = find_guidance(open_document("note.md", text.encode()))
    assert [f.title for f in found] == ["Keeping children safe in education", "Safe sport standards"]


def test_a_later_edition_of_a_document_outside_the_catalogue_is_an_item_of_its_own() -> None:
    text = "The county's self-harm guidance was withdrawn in July. New guidance is expected in the New Year.\n"
    found = find_guidance(open_document("note.txt", text.encode()))
    assert [(f.title, f.edition) for f in found] == [
        ("self-harm guidance", None),
        ("self-harm guidance", "new edition"),
    ]
