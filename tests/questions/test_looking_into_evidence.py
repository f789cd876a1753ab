"""Evidence without words: opened in a process of its own, flagged and kept."""

import io
import json

import docx
import pytest

from haven.access.actor import HAVEN
from haven.access.decision import Refused
from haven.files.models import State, StoredFile
from haven.ledger.models import Detail
from haven.questions import services
from haven.questions.models import Sheet, Support
from haven.questions.rules.looking import LONGEST_WARNING, found_wanting, joined
from tests.cast import NOW, Cast
from tests.documents.opened import pdf_file
from tests.files.made import png
from tests.questions.template import released

WORDS = "Our policy says who leads on safeguarding, whom to tell, and what happens then, day by day and year by year."


@pytest.mark.parametrize(
    ("text", "content", "said"),
    [
        (WORDS, b"", ""),
        ("", b"", "This file holds no words"),
        ("  \n 12 3 - ", b"", "This file holds no words"),
        ("", b"<< /Subtype /Image /Width 4 >>", "This file holds only pictures"),
        ("", b"<</Subtype/Image>>", "This file holds only pictures"),
        ("", b"PK word/media/image1.png", "This file holds only pictures"),
        ("Policy", b"", "This file holds only 1 word"),
        ("Child protection policy 2026", b"", "This file holds only 3 words"),
        ("Child protection policy", b"/Subtype /Image", "This file holds only 3 words"),
    ],
)
def test_a_file_is_found_wanting(text: str, content: bytes, said: str) -> None:
    assert found_wanting(text, content) == said


@pytest.mark.parametrize(
    ("warning", "more", "whole"),
    [
        ("", "", ""),
        ("", "Blank", "Blank"),
        ("Twice", "Blank", "Twice. Blank"),
        ("Twice. Blank", "Blank", "Twice. Blank"),
        ("Twice", "", "Twice"),
    ],
)
def test_warnings_are_joined_and_each_said_once(warning: str, more: str, whole: str) -> None:
    assert joined(warning, more) == whole
    assert len(joined("x" * 199, "Blank")) == LONGEST_WARNING


@pytest.fixture
def sheet(cast: Cast) -> Sheet:
    """Oakfield’s sheet of the small template."""
    return services.open_sheet(
        version=released(),
        organisation=cast.organisations["oakfield"],
        address="/audits/x/",
        before=None,
        by=cast.actor("priya"),
        at=NOW,
    )


def _given(cast: Cast, sheet: Sheet, name: str, content: bytes, question: str = "lead-named") -> Support:
    asked = {"question": question, "title": "", "address": "", "file": (name, content)}
    return services.give_support(sheet_id=sheet.pk, **asked, by=cast.actor("priya"), at=NOW)


def _picture_pdf() -> bytes:
    """A PDF with a page on which there is a picture and no word."""
    return pdf_file([[]]).replace(b"/Type/Catalog", b"/Type/Catalog/Picture<</Subtype/Image>>")


def _word(words: str) -> bytes:
    file, content = docx.Document(), io.BytesIO()
    file.add_paragraph(words)
    file.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("policy.txt", WORDS.encode(), ""),
        ("blank.txt", b" \n\t ", "This file holds no words"),
        ("short.txt", b"Child protection policy", "This file holds only 3 words"),
        ("blank.pdf", pdf_file([[]]), "This file holds no words"),
        ("scan.pdf", _picture_pdf(), "This file holds only pictures"),
        ("policy.pdf", pdf_file([[(72, 700, 12, WORDS)]]), ""),
        ("blank.docx", _word(""), "This file holds no words"),
        ("policy.docx", _word(WORDS), ""),
        ("photo.png", png(), ""),
    ],
)
def test_a_blank_file_is_flagged_and_kept(cast: Cast, sheet: Sheet, name: str, content: bytes, said: str) -> None:
    support = _given(cast, sheet, name, content)
    assert services.look_into_files(by=HAVEN, at=NOW) == 1
    support.refresh_from_db()
    assert (support.warning, support.looked_at) == (said, NOW)
    told = json.loads(Detail.objects.order_by("-pk").first().text)
    assert (told["verb"], told["about"]) == (
        "supports.looked_into",
        {"files": 1, "warned": [str(support.pk)] if said else []},
    )
    assert services.look_into_files(by=HAVEN, at=NOW) == 0


def test_a_duplicate_that_is_blank_is_both(cast: Cast, sheet: Sheet) -> None:
    _given(cast, sheet, "one.txt", b"Nothing.")
    second = _given(cast, sheet, "two.txt", b"Nothing.", "policy-read")
    services.look_into_files(by=HAVEN, at=NOW)
    second.refresh_from_db()
    assert second.warning == "The same file stands behind question 1.1 too. This file holds only 1 word"


def test_a_file_that_is_being_scanned_waits(cast: Cast, sheet: Sheet) -> None:
    support = _given(cast, sheet, "policy.txt", WORDS.encode())
    StoredFile.objects.update(state=State.QUARANTINE)
    assert services.look_into_files(by=HAVEN, at=NOW) == 0
    StoredFile.objects.update(state=State.CLEAN)
    assert services.look_into_files(by=HAVEN, at=NOW) == 1
    support.refresh_from_db()
    assert support.looked_at == NOW


def test_web_pages_are_not_looked_into(cast: Cast, sheet: Sheet) -> None:
    services.give_support(
        sheet_id=sheet.pk,
        question="lead-named",
        title="",
        address="https://example.org/policy",
        file=None,
        by=cast.actor("priya"),
        at=NOW,
    )
    assert services.look_into_files(by=HAVEN, at=NOW) == 0


def test_only_haven_looks_into_files(cast: Cast) -> None:
    with pytest.raises(Refused):
        services.look_into_files(by=cast.actor("marcus"), at=NOW)
