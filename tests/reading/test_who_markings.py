"""Handling markings, however worded and wherever they stand."""

import pytest

from haven.engines.documents.open import open_document
from haven.engines.reading.items import Marking
from haven.engines.reading.who.contacts import find_contacts

PROF, PARENTS, STAFF = Marking.PROFESSIONAL_ONLY, Marking.NOT_FOR_PARENTS, Marking.INTERNAL

WORDINGS = [
    ("professionals only", PROF),
    ("for professional use only – not to be passed to parents", PROF),
    ("strictly for professionals, never to be printed in a letter home", PROF),
    ("for practitioners only, not for parents", PROF),
    ("professional use", PROF),
    ("for agency use only", PROF),
    ("this line is only for other professionals", PROF),
    ("not to be shared outside the professional network", PROF),
    ("not for parents", PARENTS),
    ("not to be given to parents or carers", PARENTS),
    ("please do not pass this number to families", PARENTS),
    ("never to be printed in a letter home", PARENTS),
    ("parents must not be given this number", PARENTS),
    ("this number is not to be divulged to parents", PARENTS),
    ("none of these may be passed to families", PARENTS),
    ("school staff only", STAFF),
    ("for heads only, not for onward circulation", STAFF),
    ("for schools’ own use", STAFF),
    ("internal use only", STAFF),
    ("confidential to school staff", STAFF),
    ("please do not hand this out", STAFF),
    ("council and school staff only – internal use", STAFF),
    ("please keep it off your website", STAFF),
    ("for DSLs’ eyes only", STAFF),
]
POSITIONS = [
    "Ann Archer, adviser: 01632 960102 ({})\n\nFront door: 01632 960100\n",
    "Ann Archer, adviser: 01632 960102. {}.\n\nFront door: 01632 960100\n",
    "Ann Archer, adviser: 01632 960102\n({}.)\n\nFront door: 01632 960100\n",
    "- Ann Archer, adviser, 01632 960102 – {}\n- Front door: 01632 960100\n",
    "{}: Ann Archer, 01632 960102\n\nFront door: 01632 960100\n",
]


def marks(text: str, name: str = "note.txt") -> list[Marking | None]:
    return [c.marking for c in find_contacts(open_document(name, text.encode()))]


@pytest.mark.parametrize(("wording", "marking"), WORDINGS)
@pytest.mark.parametrize("position", POSITIONS)
def test_a_marking_is_read_in_every_wording_and_place(position: str, wording: str, marking: Marking) -> None:
    text = position.format(wording[0].upper() + wording[1:])
    assert marks(text) == [marking, None]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "a.md",
            (
                "## Open to anybody\n- Front door 01632 960100\n\n## For professionals; please do not give "
                "these to families\n"
                "- Ann Archer 01632 960102\n- Ben Booth 01632 960103\n\n## Health\n- Cy Dale 01632 960104\n"
            ),
            [None, PROF, PROF, None],
        ),
        (
            "a.md",
            (
                "## Council staff and schools only\n- Ann Archer, 01632 960102\n- Ben Booth, 01632 960103 – "
                "this one may be given to "
                "parents\n"
            ),
            [STAFF, None],
        ),
        (
            "a.txt",
            (
                "The numbers below are for professionals only and must not go to families.\n\nAnn Archer, "
                "01632 960102\n"
                "Ben Booth, 01632 960103\n"
            ),
            [PROF, PROF],
        ),
        (
            "a.txt",
            (
                "Ann Archer, LADO, 01632 960102\nBen Booth, LADO, 01632 960103\nThe numbers above are for "
                "professionals only.\n\n"
                "Front door: 01632 960100\n"
            ),
            [PROF, PROF, None],
        ),
        (
            "a.txt",
            "Ann Archer: 01632 960102\nBen Booth: 01632 960103\nBoth numbers are for school staff only.\n",
            [STAFF, STAFF],
        ),
        (
            "a.txt",
            "Ann Archer (01632 960102) and Ben Booth (01632 960103) share a desk. Ben’s number is for schools only.\n",
            [None, STAFF],
        ),
        (
            "a.md",
            (
                "| Name | Tel | Who may have it |\n|---|---|---|\n| Ann Archer | 01632 960102 | Professionals only |\n"
                "| Ben Booth | 01632 960103 | Anyone |\n| Cy Dale | 01632 960104 | School staff |\n"
            ),
            [PROF, None, STAFF],
        ),
        (
            "a.md",
            (
                "| Name | Tel | Share with parents? |\n|---|---|---|\n| Ann Archer | 01632 960102 | No |\n"
                "| Ben Booth | 01632 960103 | Yes |\n"
            ),
            [PARENTS, None],
        ),
        (
            "a.txt",
            (
                "Front door: 01632 960100\nAnn Archer, LADO†: 01632 960102\n\nNumbers marked † must not be "
                "given to parents.\n"
            ),
            [None, PARENTS],
        ),
        (
            "a.md",
            (
                "**Public**\n\n- Front door 01632 960100\n\n**Restricted to professionals**\n\n- Ann Archer, "
                "01632 960102\n"
                "- Ben Booth, 01632 960103\n\n**Health**\n\n- Cy Dale, 01632 960104\n"
            ),
            [None, PROF, PROF, None],
        ),
        (
            "a.md",
            (
                "# Contacts\n\nThe numbers on this page are for professionals only.\n\n## A\n- Ann Archer "
                "01632 960102\n\n## B\n"
                "- Ben Booth 01632 960103 (parents may ring)\n"
            ),
            [PROF, None],
        ),
    ],
)
def test_a_marking_covers_whom_it_points_to(name: str, text: str, expected: list[Marking | None]) -> None:
    assert marks(text, name) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Briefing for DSLs only, Tuesday 4 May, 4pm. Book with Ann Archer, 01632 960102.\n",
        "The course is for professionals only. Contact training@example.gov.uk to book.\n",
        "Slides attached (not for onward circulation). Ann Archer, 01632 960102\n",
        "Please do not circulate this bulletin.\n\nAnn Archer: 01632 960102\n",
        "Through her secretary only, ann.archer@example.gov.uk\n",
        "Ann Archer, 01632 960102 (evenings only)\n",
    ],
)
def test_words_about_something_else_mark_nobody(text: str) -> None:
    assert marks(text) == [None]


@pytest.mark.parametrize("role", ["training lead", "review nurse", "conference office", "data manager"])
def test_a_role_that_names_a_paper_or_an_event_does_not_lose_the_marking(role: str) -> None:
    assert marks(f"Ann Archer, {role}: 01632 960102 (not for parents)\n") == [PARENTS]


def test_a_marking_said_once_holds_wherever_the_person_is_named() -> None:
    text = (
        "Ann Archer, LADO: 01632 960102\n\nNews of the week.\n\nAnn Archer: ann.archer@example.org – "
        "professionals only\n"
    )
    (found,) = find_contacts(open_document("a.txt", text.encode()))
    assert (found.marking, found.marking_quote) == (PROF, "professionals only")
