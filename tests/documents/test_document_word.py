"""Word files: styles, lists, tables, tracked changes, what stands around the body."""

import io
import zipfile

import docx
import pytest

from haven.engines.documents.document import BlockKind
from haven.engines.documents.refusal import Unreadable
from tests.documents.opened import (
    cell,
    cells_of,
    links_of,
    opened,
    paragraph,
    row,
    run_of,
    told,
    word_file,
    words_of,
)

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def saved(document: docx.document.Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_styles_say_what_is_a_heading_and_how_deep_a_bullet_lies() -> None:
    note = docx.Document()
    note.add_heading("Spring notes", 0)
    note.add_heading("What is due", 2)
    note.add_paragraph("Return the audit.", style="List Bullet")
    note.add_paragraph("Sign it.", style="List Bullet 2")
    note.add_paragraph("Thank you for coming.")
    document = opened("a.docx", saved(note))
    assert [(b.kind.value, b.level) for b in document.blocks] == [
        ("heading", 1),
        ("heading", 2),
        ("bullet", 0),
        ("bullet", 1),
        ("paragraph", 0),
    ]
    assert document.title == "Spring notes"


def test_heads_and_feet_of_pages_are_furniture() -> None:
    note = docx.Document()
    note.sections[0].header.paragraphs[0].text = "Fairhaven Council"
    note.sections[0].footer.paragraphs[0].text = "Issue 4"
    note.add_paragraph("Return the audit.")
    assert told(opened("a.docx", saved(note))) == [
        ("furniture", "Fairhaven Council"),
        ("paragraph", "Return the audit."),
        ("furniture", "Issue 4"),
    ]


def test_merged_cells_are_told_once_and_keep_their_columns() -> None:
    note = docx.Document()
    table = note.add_table(rows=3, cols=3)
    for at, words in enumerate(["What", "Who", "When", "All schools", "", "", "Audit", "DSL", "5 March"]):
        table.cell(at // 3, at % 3).text = words
    table.cell(1, 0).merge(table.cell(1, 2))
    assert cells_of(opened("a.docx", saved(note))) == {
        (0, 0): "What",
        (0, 1): "Who",
        (0, 2): "When",
        (1, 0): "All schools",
        (2, 0): "Audit",
        (2, 1): "DSL",
        (2, 2): "5 March",
    }


def test_a_cell_merged_downwards_is_told_in_its_first_row() -> None:
    start, rest = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = f"<w:tbl>{row(cell('DSL', start), cell('Audit'))}{row(cell('', rest), cell('Plan'))}</w:tbl>"
    assert cells_of(opened("a.docx", word_file(body))) == {(0, 0): "DSL", (0, 1): "Audit", (1, 1): "Plan"}


def test_a_table_of_one_column_is_only_a_frame() -> None:
    assert told(opened("a.docx", word_file(f"<w:tbl>{row(cell('Read this please.'))}</w:tbl>"))) == [
        ("paragraph", "Read this please.")
    ]


def test_links_lie_behind_their_words_however_word_wrote_them() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText> HYPERLINK "https://b.example.org" </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run_of("there")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    simple = f"<w:fldSimple w:instr=' HYPERLINK \"https://c.example.org\"'>{run_of('yonder')}</w:fldSimple>"
    linked = f'<w:hyperlink r:id="L0">{run_of("he")}{run_of("re")}</w:hyperlink>'
    body = f"<w:p>{run_of('Go ')}{linked}{run_of(' or ')}{field}{run_of(' or ')}{simple}</w:p>"
    document = opened("a.docx", word_file(body, links=("https://a.example.org/x?y=1&z=2",)))
    assert document.text == "Go here or there or yonder"
    assert links_of(document) == [
        ("here", "https://a.example.org/x?y=1&z=2"),
        ("there", "https://b.example.org"),
        ("yonder", "https://c.example.org"),
    ]


def test_tracked_deletions_are_gone_and_insertions_stay() -> None:
    deleted = "<w:del><w:r><w:delText>4 March</w:delText></w:r></w:del>"
    body = f"<w:p>{run_of('By ')}{deleted}<w:ins>{run_of('5 March')}</w:ins></w:p>"
    assert opened("a.docx", word_file(body)).text == "By 5 March"


def test_struck_words_are_left_out_and_a_struck_line_is_noise() -> None:
    body = f"<w:p>{run_of('By ')}{run_of('4 March', '<w:strike/>')}{run_of(' 5 March')}</w:p>"
    body += paragraph("Bring pens.", run='<w:dstrike w:val="1"/>') + paragraph("Ring.", run='<w:strike w:val="0"/>')
    assert told(opened("a.docx", word_file(body))) == [
        ("paragraph", "By 5 March"),
        ("noise", "Bring pens."),
        ("paragraph", "Ring."),
    ]


def test_hidden_words_are_not_read() -> None:
    body = f"<w:p>{run_of('Read this.')}{run_of(' Not this.', '<w:vanish/>')}</w:p>"
    assert opened("a.docx", word_file(body)).text == "Read this."


@pytest.mark.parametrize(("before", "raised", "read"), [("5", "th", "5th"), ("5 ", "th", "5th"), ("see", "1", "see")])
def test_raised_ordinals_join_their_number_and_marks_of_notes_go(before: str, raised: str, read: str) -> None:
    above = run_of(raised, '<w:vertAlign w:val="superscript"/>')
    body = f"<w:p>{run_of(before)}{above}{run_of(' March')}</w:p>"
    assert opened("a.docx", word_file(body)).text == f"{read} March"


def test_text_boxes_are_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('Deadline: 5 March')}</w:txbxContent>"
    choice, fallback = f"<w:drawing>{box}</w:drawing>", f"<w:pict>{box}</w:pict>"
    both = f"<mc:Choice>{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback>"
    body = f"<w:p>{run_of('Read this.')}<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r></w:p>"
    assert [words for _, words in told(opened("a.docx", word_file(body)))] == ["Read this.", "Deadline: 5 March"]


def test_footnotes_are_read() -> None:
    note = f"<w:footnotes SPACES><w:footnote>{paragraph('Return it by 5 March.')}</w:footnote></w:footnotes>"
    relation = f'<Relationship Id="f" Type="{OFFICE}/footnotes" Target="footnotes.xml"/>'
    content = word_file(paragraph("Read this."), more={"word/footnotes.xml": note}, relations=relation)
    assert [words for _, words in told(opened("a.docx", content))] == ["Read this.", "Return it by 5 March."]


def test_a_short_line_in_bold_is_a_heading_and_a_sentence_in_bold_is_not() -> None:
    body = paragraph("Training", run="<w:b/>") + paragraph("Return it by 5 March.", run="<w:b/>")
    assert [kind for kind, _ in told(opened("a.docx", word_file(body)))] == ["heading", "paragraph"]


def test_content_controls_and_glyphs_that_were_typed_are_read() -> None:
    body = f"<w:sdt><w:sdtContent>{paragraph('•	Return it.')}</w:sdtContent></w:sdt>"
    assert words_of(opened("a.docx", word_file(body)), BlockKind.BULLET) == ["•\tReturn it."]


def test_a_strict_word_file_is_read_too() -> None:
    usual = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word_file(paragraph("Read this.")))) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(usual.encode(), strict.encode()))
    assert opened("a.docx", packed.getvalue()).text == "Read this."


def test_a_declared_entity_is_refused() -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">]><w:styles SPACES/>'
    with pytest.raises(Unreadable, match="declarations"):
        opened("a.docx", word_file(paragraph("Read."), more={"word/styles.xml": bomb}))


def test_a_zip_that_is_no_word_file_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inner.docx", word_file(paragraph("Read.")))
    with pytest.raises(Unreadable, match="not a Word document"):
        opened("a.docx", packed.getvalue())


@pytest.mark.parametrize("broken", [b"PK\x03\x04 nothing more", word_file(paragraph("Read."))[:400]])
def test_a_word_file_cut_short_is_refused(broken: bytes) -> None:
    with pytest.raises(Unreadable, match="damaged"):
        opened("a.docx", broken)
