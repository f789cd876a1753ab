"""Word files are opened as they print: with their numbers, without what was deleted, hidden, or only leads round."""

from tests.compare.printed import guidance, passages, texts, told
from tests.documents.opened import cell, paragraph, row, run_of, word_file

_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _numbering(*levels: str, override: str = "") -> dict[str, str]:
    listed = "".join(f'<w:lvl w:ilvl="{at}">{level}</w:lvl>' for at, level in enumerate(levels))
    return {
        "word/numbering.xml": f'<w:numbering SPACES><w:abstractNum w:abstractNumId="0">{listed}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{override}</w:num></w:numbering>'
    }


def _level(form: str, shown: str, start: int = 1) -> str:
    return f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{shown}"/>'


def _listed(words: str, depth: int = 0, number: int = 1) -> str:
    return paragraph(words, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def test_a_paragraph_is_a_passage() -> None:
    lines = guidance()

    assert texts("a.docx", word_file("".join(map(paragraph, lines)))) == lines


def test_automatic_numbers_are_told_as_printed() -> None:
    levels = _numbering(_level("decimal", "%1.", 5), _level("lowerLetter", "(%2)"), _level("lowerRoman", "%3."))
    body = [_listed("a"), _listed("b", 1), _listed("c", 1), _listed("d", 2), _listed("e"), _listed("f", 1)]

    numbers = [p.number for p in passages("a.docx", word_file("".join(body), more=levels))]

    assert numbers == ["5", "a", "b", "i", "6", "a"]


def test_numbers_of_many_levels_name_those_above_them() -> None:
    levels = _numbering(_level("decimal", "%1"), _level("decimal", "%1.%2"))
    body = [_listed("a"), _listed("b", 1), _listed("c", 1), _listed("d"), _listed("e", 1)]
    found = passages("a.docx", word_file("".join(body), more=levels))

    assert [p.number for p in found] == ["1", "1.1", "1.2", "2", "2.1"]
    assert {p.kind.value for p in found} == {"paragraph"}


def test_a_list_that_starts_anew_is_counted_anew() -> None:
    levels = _numbering(
        _level("decimal", "%1."), override='<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    )
    body = [_listed("a"), _listed("b"), _listed("c", number=2), _listed("d", number=2)]

    assert [p.number for p in passages("a.docx", word_file("".join(body), more=levels))] == ["1", "2", "1", "2"]


def test_headings_have_the_level_of_their_style() -> None:
    styles = (
        '<w:styles SPACES><w:style w:styleId="H2"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:styleId="T"><w:name w:val="Title"/></w:style></w:styles>'
    )
    body = paragraph("Keeping safe", '<w:pStyle w:val="T"/>') + paragraph("Records", '<w:pStyle w:val="H2"/>')
    found = passages("a.docx", word_file(body + paragraph("Keep them."), more={"word/styles.xml": styles}))

    assert [(p.kind.value, p.level) for p in found] == [("heading", 1), ("heading", 2), ("paragraph", 0)]


def test_tracked_changes_are_as_if_accepted() -> None:
    body = (
        f"<w:p>{run_of('Staff ')}<w:del><w:r><w:delText>should</w:delText></w:r></w:del><w:ins>{run_of('must')}</w:ins>"
        f"{run_of(' tell the lead.')}</w:p><w:p><w:moveFrom>{run_of('Moved away.')}</w:moveFrom></w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run_of('The lead')}</w:p>{paragraph('must answer.')}"
    )

    assert texts("a.docx", word_file(body)) == ["Staff must tell the lead.", "The lead must answer."]


def test_hidden_words_and_the_codes_of_fields_are_left_out() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run_of("12")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = f"<w:p>{run_of('See paragraph ')}{field}{run_of(' secret', '<w:vanish/>')}{run_of('.')}</w:p>"

    assert texts("a.docx", word_file(body)) == ["See paragraph 12."]


def test_a_table_of_contents_is_left_out() -> None:
    styles = '<w:styles SPACES><w:style w:styleId="C"><w:name w:val="toc 1"/></w:style></w:styles>'
    contents = paragraph("Records 4", '<w:pStyle w:val="C"/>')
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{paragraph('Training 9')}</w:sdtContent></w:sdt>"
    )

    assert texts("a.docx", word_file(contents + control + paragraph("Keep it."), more={"word/styles.xml": styles})) == [
        "Keep it."
    ]


def test_a_row_of_a_table_is_a_passage_and_a_box_is_its_paragraphs() -> None:
    table = f"<w:tbl>{row(cell('Who'), cell('What'))}{row(cell('Lead'), cell('Keep the record'))}</w:tbl>"
    box = f"<w:tbl>{row(cell('Remember to ask.'))}</w:tbl>"

    assert told("a.docx", word_file(table + box)) == [
        ("row", "Who | What"),
        ("row", "Lead | Keep the record"),
        ("paragraph", "Remember to ask."),
    ]


def test_footnotes_stand_behind_what_refers_to_them() -> None:
    notes = f'<w:footnotes SPACES><w:footnote w:id="2">{paragraph("See the annex.")}</w:footnote></w:footnotes>'
    body = f"<w:p>{run_of('Keep it')}<w:r><w:footnoteReference w:id='2'/></w:r>{run_of('.')}</w:p>{paragraph('Next.')}"
    found = passages("a.docx", word_file(body, more={"word/footnotes.xml": notes}))

    assert [(p.kind.value, p.number, p.text) for p in found] == [
        ("paragraph", None, "Keep it."),
        ("footnote", "1", "See the annex."),
        ("paragraph", None, "Next."),
    ]


def test_a_text_box_is_read_behind_its_paragraph() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{paragraph('Ask if unsure.')}</w:txbxContent></w:pict></w:r>"

    assert texts("a.docx", word_file(f"<w:p>{run_of('Keep it.')}{box}</w:p>")) == ["Keep it.", "Ask if unsure."]
