"""A paper as a Word document: real headings, headers, charts and properties, and the same each time."""

import io
import zipfile

from docx.oxml.ns import qn
from openpyxl import load_workbook

from haven.engines.printing.paper import Bullets, Heading, Note, PageBreak, Paragraph, Span, Table, Wide
from haven.engines.printing.word import to_word
from tests.printing.printedpapers import DAY, bars, everything, heat, opened, paper, plan


def test_headings_lists_and_captions_have_their_styles() -> None:
    styles = {each.text: each.style.name for each in opened(to_word(everything())).paragraphs}
    assert styles["Safeguarding in Fairhaven’s schools"] == "Title"
    assert styles["Summary"] == "Heading 1"
    assert styles["The whole area"] == "Heading 2"
    assert styles["First"] == "List Bullet"
    assert styles["Schools and sections"] == "Caption"


def test_the_document_says_what_it_is_and_in_which_language() -> None:
    document = opened(to_word(everything()))
    known = document.core_properties
    assert (known.title, known.author, known.language) == (
        "Safeguarding in Fairhaven’s schools",
        "Fairhaven Safeguarding Partnership",
        "en-GB",
    )
    assert known.created.date() == DAY
    languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}


def test_the_header_of_every_table_is_marked_to_stand_again() -> None:
    tables = opened(to_word(everything())).tables
    assert len(tables) == 3
    for table in tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_a_tone_is_a_shade_and_the_word_stays() -> None:
    cell = opened(to_word(paper(plan(1)))).tables[0].rows[1].cells[3]
    assert cell.text == "Partly"
    assert cell._tc.tcPr.find(qn("w:shd")).get(qn("w:fill")) == "fff1c2"


def test_a_picture_is_a_chart_with_words_and_a_workbook_of_its_figures() -> None:
    printed = to_word(paper(bars()))
    (picture,) = opened(printed).element.iter(qn("wp:docPr"))
    assert picture.get("descr") == "Three bars; most answers are met."
    with zipfile.ZipFile(io.BytesIO(printed)) as package:
        drawn = package.read("word/charts/chart1.xml")
        sheet = load_workbook(io.BytesIO(package.read("word/embeddings/chart1.xlsx"))).active
    assert b'<c:externalData r:id="rId1">' in drawn
    assert [[cell.value for cell in row] for row in sheet.iter_rows()][:2] == [
        ["Section", "Met", "Not met"],
        ["Section 0", 9, 3],
    ]


def test_the_figures_of_a_picture_stand_in_a_table_below_it() -> None:
    (table,) = opened(to_word(paper(bars()))).tables
    assert [cell.text for cell in table.rows[1].cells] == ["Section 0", "9 (75%)", "3 (25%)", "12"]


def test_nothing_is_spaced_by_empty_paragraphs() -> None:
    empty = [
        each for each in opened(to_word(everything())).paragraphs if not each.text and each.style.name != "Picture"
    ]
    assert all(each._p.pPr.find(qn("w:sectPr")) is not None for each in empty)
    assert len(empty) == 2  # where the pages turn, and turn back


def test_wide_blocks_lie_on_their_side_and_what_follows_stands() -> None:
    sections = opened(to_word(everything())).sections
    assert [each.page_width > each.page_height for each in sections] == [False, True, False]


def test_a_paper_that_ends_wide_ends_on_its_side() -> None:
    sections = opened(to_word(paper(Paragraph("One"), Wide((heat(),))))).sections
    assert [each.page_width > each.page_height for each in sections] == [False, True]


def test_every_page_has_its_number_and_the_title_at_its_foot() -> None:
    for section in opened(to_word(everything())).sections:
        foot = section.footer._element.xml
        assert "Safeguarding in Fairhaven" in foot
        assert 'w:instr="PAGE"' in foot
        assert 'w:instr="NUMPAGES"' in foot


def test_a_break_begins_the_next_paragraph_on_a_page_of_its_own() -> None:
    document = opened(to_word(paper(Paragraph("One"), PageBreak(), Heading("Two"))))
    assert document.paragraphs[-1].paragraph_format.page_break_before is True


def test_bold_words_and_links_are_kept() -> None:
    printed = opened(to_word(everything()))
    (linked,) = [each for each in printed.paragraphs if each.hyperlinks]
    assert linked.hyperlinks[0].address == "https://example.org/a"
    assert [each.text for each in linked.runs if each.bold] == ["bold word"]


def test_a_link_to_anything_else_is_its_words_alone() -> None:
    (said,) = opened(to_word(paper(Paragraph(Span("open", link="javascript:alert(1)"))))).paragraphs[-1:]
    assert (said.text, said.hyperlinks) == ("open", [])


def test_odd_characters_are_kept_and_those_that_no_file_holds_are_marked() -> None:
    said = 'Ŵyn 🎉 中 <w:p> & "q" #panic()\nnext'
    printed = opened(to_word(paper(Paragraph(said + "\x00\ud800"), Bullets((said,)), Note((said,)))))
    assert [each.text for each in printed.paragraphs[-3:]] == [said + "\ufffd\ufffd", said, said]


def test_an_empty_table_says_so() -> None:
    table = Table(caption="Earlier", header=("What", "When"), rows=(), when_empty="Nothing is left over.")
    assert opened(to_word(paper(table))).tables[0].rows[1].cells[0].text == "Nothing is left over."


def test_a_long_table_keeps_all_its_rows() -> None:
    assert len(opened(to_word(paper(plan(320)))).tables[0].rows) == 321


def test_the_same_paper_gives_the_same_document() -> None:
    assert to_word(everything()) == to_word(everything())
