"""A paper as a PDF: tagged, named, inert, and the same each time."""

import pypdfium2
import pytest

from haven.engines.printing.paper import Cell, Fact, Facts, Heading, HeatMap, Paragraph, Span, Table
from haven.engines.printing.pdf import to_pdf
from tests.printing.printedpapers import bars, everything, heat, paper, plan, tags_of, text_of

MARKUP = '#panic("no") *x* _y_ $z$ `q` <label> @ref // c \\ #include "a" = H "q" \'s\''


def test_a_pdf_says_that_it_is_pdf_ua_and_what_it_is() -> None:
    printed = to_pdf(everything())
    assert b"/StructTreeRoot" in printed
    assert b"<pdfuaid:part>1</pdfuaid:part>" in printed
    assert b"/Lang(en-GB)" in printed
    assert b"/DisplayDocTitle true" in printed
    known = pypdfium2.PdfDocument(printed).get_metadata_dict()
    assert known["Title"] == "Safeguarding in Fairhaven’s schools"
    assert known["Author"] == "Fairhaven Safeguarding Partnership"
    assert known["CreationDate"].startswith("D:20261116")


def test_headings_lists_tables_and_pictures_are_tagged_as_what_they_are() -> None:
    tags = tags_of(to_pdf(everything()))
    assert [tag for tag, _ in tags if tag in {"H1", "H2"}] == ["H1", "H2", "H1"]
    assert {"L", "LI", "LBody", "Table", "Caption", "THead", "TH", "TD", "Link"} <= {tag for tag, _ in tags}
    assert ("Figure", "Three bars; most answers are met.") in tags


def test_the_figures_stand_in_a_table_behind_each_picture() -> None:
    printed = text_of(to_pdf(paper(bars())))
    assert "The figures: Answers in each section" in printed
    assert "9 (75%) 3 (25%) 12" in printed


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert to_pdf(everything()) == to_pdf(everything())


@pytest.mark.parametrize("place", ["title", "heading", "paragraph", "cell", "fact"])
def test_markup_in_any_text_prints_as_it_is(place: str) -> None:
    printed = to_pdf(
        {
            "title": lambda: paper(title=MARKUP),
            "heading": lambda: paper(Heading(MARKUP)),
            "paragraph": lambda: paper(Paragraph(Span(MARKUP, bold=True))),
            "cell": lambda: paper(Table(caption="c", header=("a",), rows=((Cell(MARKUP),),))),
            "fact": lambda: paper(Facts((Fact(MARKUP, MARKUP),))),
        }[place]()
    )
    squeezed = text_of(printed).replace(" ", "")
    assert MARKUP.replace(" ", "") in squeezed


def test_a_sign_that_no_font_shows_is_told_by_its_name() -> None:
    assert "Well done [party popper]" in text_of(to_pdf(paper(Paragraph("Well done 🎉"))))


def test_letters_of_other_languages_print_or_are_marked_and_never_stop_the_printing() -> None:
    printed = text_of(to_pdf(paper(Paragraph("Ŵyn a thŷ, Zoë, Łódź, Ελλάδα, Київ; 中; \ud800\x00; 👩🏽‍🏫"))))
    assert "Ŵyn a thŷ, Zoë, Łódź, Ελλάδα, Київ; \ufffd; \ufffd\ufffd; [woman][school]" in printed.replace("\u200d", "")


def test_a_long_address_breaks_on_the_page_and_is_copied_whole() -> None:
    address = "https://example.org/" + "folder/and-a_name/" * 12
    printed = text_of(to_pdf(paper(Paragraph(Span(address, link=address)))))
    assert address in printed.replace(" ", "")
    assert "\u200b" not in printed


def test_only_links_to_the_web_and_to_mail_are_links() -> None:
    printed = to_pdf(
        paper(Paragraph((Span("bad", link="javascript:alert(1)"), Span("file", link="file:///etc/passwd"))))
    )
    assert "Link" not in {tag for tag, _ in tags_of(printed)}
    assert "badfile" in text_of(printed)


def test_the_header_of_a_long_table_stands_again_on_every_page() -> None:
    pages = list(pypdfium2.PdfDocument(to_pdf(paper(plan(320)))))
    assert len(pages) > 5
    assert all("By when" in page.get_textpage().get_text_range() for page in pages)


def test_a_wide_map_lies_on_its_side_and_what_follows_stands() -> None:
    shapes = [page.get_width() > page.get_height() for page in pypdfium2.PdfDocument(to_pdf(everything()))]
    assert shapes[0] is False
    assert True in shapes
    assert shapes[-1] is False


def test_empty_tables_and_maps_say_so() -> None:
    nothing = HeatMap(caption="Map", corner="School", columns=("A",), rows=(), when_empty="No school has begun.")
    printed = text_of(to_pdf(paper(plan(0), nothing)))
    assert "There is nothing to list." in printed
    assert "No school has begun." in printed


def test_every_cell_of_a_map_keeps_its_word() -> None:
    printed = text_of(to_pdf(paper(heat(rows=30))))
    assert printed.count("Partly") == 30 * 4


def test_an_explanation_of_many_pages_prints_to_its_end() -> None:
    assert text_of(to_pdf(paper(Facts((Fact("Why", "so it is, " * 3000 + "the end"),))))).count("so it is") == 3000


def test_many_bars_are_told_in_parts() -> None:
    figures = [alt for tag, alt in tags_of(to_pdf(paper(bars(50)))) if tag == "Figure"]
    assert [alt[:12] for alt in figures] == ["Part 1 of 3.", "Part 2 of 3.", "Part 3 of 3."]
