"""PDFs: the order of reading, and what only typesetting put there."""

import pytest

from haven.engines.documents.document import BlockKind
from haven.engines.documents.open import open_document
from haven.engines.documents.refusal import Unreadable
from tests.documents.opened import cells_of, content_of, links_of, opened, pdf_file, told, words_of

LEFT, RIGHT = 50, 320


def column(x: float, lines: list[str], top: float = 700) -> list[tuple[float, float, float, str]]:
    return [(x, top - 14 * at, 10, words) for at, words in enumerate(lines)]


LEFT_LINES = [
    "Schools are asked to return the audit of",
    "their safeguarding by Friday 30 January,",
    "and to send with it the plan that their",
    "governors have agreed for this year, so",
    "that the board can see where schools are",
    "in need of help and of more training.",
    "Nothing else has to be sent at this time.",
]
RIGHT_LINES = [
    "The conference will be on 25 March in the",
    "Bridge Hall, and all leads are invited to",
    "come and to bring one of their deputies.",
    "Tickets are free, though you must book by",
    "the end of February, for the hall is not",
    "large and last year it was full by then,",
    "so that we could not let anyone else in.",
]


def test_a_paragraph_is_made_whole_of_its_lines() -> None:
    assert content_of(opened("a.pdf", pdf_file([column(LEFT, LEFT_LINES)]))) == [" ".join(LEFT_LINES)]


def test_columns_are_read_one_after_the_other() -> None:
    lines = [(LEFT, 760, 18, "Spring bulletin for all of the schools of Fairhaven")]
    content = pdf_file([lines + column(LEFT, LEFT_LINES) + column(RIGHT, RIGHT_LINES)])
    assert content_of(opened("a.pdf", content)) == [lines[0][3], " ".join(LEFT_LINES), " ".join(RIGHT_LINES)]


def test_a_word_broken_at_the_end_of_a_line_is_made_whole() -> None:
    lines = ["The designated safeguarding lead sends atten-", "dance figures to the self-", "assessment group."]
    text = opened("a.pdf", pdf_file([column(LEFT, lines)])).text
    assert text == "The designated safeguarding lead sends attendance figures to the self-assessment group."


def test_a_hyphen_that_the_document_uses_elsewhere_stays() -> None:
    lines = ["The drop-down list is long; choose from the drop-", "down list with care when you return the form."]
    assert "the drop-down list with care" in opened("a.pdf", pdf_file([column(LEFT, lines)])).text


@pytest.mark.parametrize(
    ("first", "second", "address"),
    [
        (
            "Send the whole of it to attendance@fairhaven.ex",
            "ample.gov.uk by the seventh of the month.",
            "attendance@fairhaven.example.gov.uk",
        ),
        (
            "You can write to Winsome at any time: winsome.adair",
            "@fairhaven.example.gov.uk is where she is.",
            "winsome.adair@fairhaven.example.gov.uk",
        ),
        (
            "The form is at https://forms.example.org/audit/",
            "2026/spring and will close at the end of May.",
            "https://forms.example.org/audit/2026/spring",
        ),
    ],
)
def test_an_address_broken_between_lines_is_made_whole(first: str, second: str, address: str) -> None:
    assert address in opened("a.pdf", pdf_file([column(LEFT, [first, second])])).text


def test_heads_feet_and_numbers_of_pages_are_not_read() -> None:
    pages = [
        [
            (LEFT, 810, 8, f"Fairhaven bulletin 2026 {n}"),
            *column(LEFT, LEFT_LINES),
            (LEFT, 30, 8, f"Page {n} of 3"),
            (300, 15, 8, str(n)),
        ]
        for n in (1, 2, 3)
    ]
    document = opened("a.pdf", pdf_file(pages))
    assert content_of(document) == [" ".join(LEFT_LINES)] * 3
    assert ("furniture", "Fairhaven bulletin 2026 1") in told(document)
    assert document.text.count("Fairhaven bulletin") == 1


def test_a_sentence_that_runs_over_a_page_is_made_whole() -> None:
    content = pdf_file([column(LEFT, LEFT_LINES[:2]), column(LEFT, LEFT_LINES[2:])])
    assert content_of(opened("a.pdf", content)) == [" ".join(LEFT_LINES)]


def test_bullets_keep_their_wrapped_lines_and_their_depth() -> None:
    lines = [
        (50.0, 700.0, 10.0, "• Return the audit of your school to the office by"),
        (60.0, 686.0, 10.0, "Friday 30 January."),
        (70.0, 672.0, 10.0, "• Sign it."),
        (50.0, 658.0, 10.0, "• Book a place."),
    ]
    bullets = [b for b in opened("a.pdf", pdf_file([lines])).blocks if b.kind is BlockKind.BULLET]
    assert [b.level for b in bullets] == [0, 1, 0]
    assert bullets[0].end - bullets[0].start == len(
        "• Return the audit of your school to the office by Friday 30 January."
    )


def test_larger_type_is_a_heading() -> None:
    content = pdf_file([[(LEFT, 740, 16, "What is due"), *column(LEFT, LEFT_LINES)]])
    assert words_of(opened("a.pdf", content), BlockKind.HEADING) == ["What is due"]


def test_links_lie_behind_their_words() -> None:
    words = "Tickets are free: book here by 27 February."
    content = pdf_file([[(LEFT, 700, 10, words)]], [(0, (149, 697, 169, 710), "https://book.example.org/x")])
    [(linked, url)] = links_of(opened("a.pdf", content))
    assert (linked.strip(), url) == ("here", "https://book.example.org/x")


def test_gaps_between_columns_make_a_table() -> None:
    rows = [("What", "Who", "When"), ("Audit of all schools", "DSL", "5 March"), ("Plan", "Head", "6 March")]
    lines = [
        (x, 700.0 - 20 * at, 10.0, words)
        for at, row in enumerate(rows)
        for x, words in zip((50.0, 250.0, 400.0), row, strict=True)
    ]
    assert cells_of(opened("a.pdf", pdf_file([lines]))) == {
        (r, c): words for r, row in enumerate(rows) for c, words in enumerate(row)
    }


def test_a_cell_that_wraps_stays_one_cell() -> None:
    lines = [
        (50.0, 700.0, 10.0, "What"),
        (250.0, 700.0, 10.0, "When"),
        (50.0, 676.0, 10.0, "Return the audit"),
        (250.0, 676.0, 10.0, "5 March"),
        (50.0, 664.0, 10.0, "to the office"),
        (50.0, 640.0, 10.0, "Book a place"),
        (250.0, 640.0, 10.0, "6 March"),
    ]
    assert cells_of(opened("a.pdf", pdf_file([lines])))[(1, 0)] == "Return the audit to the office"


def test_blocks_know_their_page() -> None:
    content = pdf_file([column(LEFT, LEFT_LINES), column(LEFT, RIGHT_LINES)])
    assert [b.page for b in opened("a.pdf", content).blocks] == [1, 2]


def test_a_pdf_of_pictures_is_refused_with_what_to_do() -> None:
    with pytest.raises(Unreadable, match="OCR"):
        open_document("a.pdf", pdf_file([[]]))


def test_a_pdf_of_ten_thousand_pages_is_refused() -> None:
    with pytest.raises(Unreadable, match="10,000 pages"):
        open_document(
            "a.pdf",
            pdf_file([[]])
            .replace(b"/Kids[5 0 R]", b"/Kids[%s]" % (b"5 0 R " * 10_000))
            .replace(b"/Count 1", b"/Count 10000"),
        )


@pytest.mark.parametrize("content", [b"%PDF-1.7\n%%EOF", b"%PDF-1.4\n" + b"1 0 obj <<" * 50, pdf_file([])])
def test_a_damaged_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable, match=r"damaged|no page"):
        open_document("a.pdf", content)


def test_a_locked_pdf_is_refused() -> None:
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>/ID[<00><00>]" % (b"00" * 32, b"11" * 32)
    content = pdf_file([column(LEFT, LEFT_LINES)]).replace(b"/Root 1 0 R", b"/Root 1 0 R" + lock)
    with pytest.raises(Unreadable, match="password"):
        open_document("a.pdf", content)


def test_a_glyph_set_apart_belongs_to_its_bullet() -> None:
    lines = [
        (50.0, 700.0, 10.0, "•"),
        (75.0, 700.0, 10.0, "Return the audit."),
        (50.0, 680.0, 10.0, "•"),
        (75.0, 680.0, 10.0, "Sign it."),
    ]
    assert content_of(opened("a.pdf", pdf_file([lines]))) == ["• Return the audit.", "• Sign it."]


def test_a_raised_ordinal_joins_its_number() -> None:
    lines = [
        (50.0, 700.0, 12.0, "Please return the audit by 5"),
        (199.0, 703.5, 7.0, "th"),
        (210.0, 700.0, 12.0, "March at the latest."),
    ]
    assert (
        opened("a.pdf", pdf_file([lines])).text.replace("5 th", "5th")
        == "Please return the audit by 5th March at the latest."
    )


def test_columns_written_line_by_line_are_still_columns() -> None:
    left, right = LEFT_LINES[:5] * 3, RIGHT_LINES[:5] * 3
    lines = [line for pair in zip(column(LEFT, left), column(RIGHT, right), strict=True) for line in pair]
    text = opened("a.pdf", pdf_file([lines])).text
    assert text.index(LEFT_LINES[4]) < text.index(RIGHT_LINES[0])


def test_a_table_whose_last_cell_wraps_is_whole() -> None:
    rows = [
        (50.0, 700.0, "What"),
        (150.0, 700.0, "Who"),
        (50.0, 680.0, "Audit"),
        (150.0, 680.0, "The lead of each"),
        (150.0, 668.0, "school"),
    ]
    lines = [(x, y, 10.0, words) for x, y, words in rows]
    after = column(LEFT, LEFT_LINES, top=600)
    document = opened("a.pdf", pdf_file([lines + after]))
    assert cells_of(document)[(1, 1)] == "The lead of each school"
    assert content_of(document)[-1] == " ".join(LEFT_LINES)


def test_a_page_that_lies_on_its_side_is_read_upright() -> None:
    content = pdf_file([column(LEFT, LEFT_LINES)])
    turned = content.replace(b"10 Tf 50 ", b"10 Tf 0 1 -1 0 ").replace(b" Td (", b" 50 Tm (")
    assert turned != content
    turned = turned.replace(b"0 1 -1 0 700 50", b"0 1 -1 0 100 50")
    for at in range(1, 7):
        turned = turned.replace(b"0 1 -1 0 %d 50" % (700 - 14 * at), b"0 1 -1 0 %d 50" % (100 + 14 * at))
    assert content_of(opened("a.pdf", turned)) == [" ".join(LEFT_LINES)]


def test_a_watermark_askew_is_not_read() -> None:
    askew = b"BT /F1 40 Tf 0.7 0.7 -0.7 0.7 200 300 Tm (DRAFT COPY) Tj ET\n"
    content = pdf_file([column(LEFT, LEFT_LINES)]).replace(b"stream\n", b"stream\n" + askew, 1)
    assert "DRAFT" not in opened("a.pdf", content).text


def test_bold_type_is_a_heading_without_being_larger() -> None:
    content = pdf_file([column(LEFT, ["What is due", "Dates of the term"])], font="Helvetica-Bold")
    assert [kind for kind, _ in told(opened("a.pdf", content))] == ["heading"]


def test_a_numbered_heading_in_larger_type_is_a_heading() -> None:
    content = pdf_file([[(LEFT, 740, 16, "1. What is due"), *column(LEFT, LEFT_LINES)]])
    assert told(opened("a.pdf", content))[0] == ("heading", "1. What is due")
