"""The look at a file that is given: what is kept, and one plain sentence for each that is not."""

import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from haven.files.rules import MAX_BYTES, FileKind, Unfit, clean_name, inspect
from tests.files.made import (
    MACRO_TYPE,
    bare_zip,
    docx,
    docx_lying_about_its_size,
    docx_with_overlapping_parts,
    jpeg,
    pdf,
    pdf_with_packed,
    png,
    relation,
)

SOUND = {
    "pdf": ("plan.pdf", pdf(), FileKind.PDF),
    "pdf with ordinary streams": (
        "plan.pdf",
        pdf(b"3 0 obj\n<<>>\nstream\n/JS /Launch\nendstream\nendobj"),
        FileKind.PDF,
    ),
    "pdf with packed objects": ("plan.pdf", pdf_with_packed(b"<< /Type /Page >>"), FileKind.PDF),
    "png": ("photo.PNG", png(), FileKind.PNG),
    "jpeg": ("photo.jpeg", jpeg(), FileKind.JPEG),
    "word": ("policy.docx", docx(), FileKind.WORD),
    "word with a web link": (
        "policy.docx",
        docx(relations=relation("hyperlink", "https://example.org/")),
        FileKind.WORD,
    ),
    "word with its own styles": ("policy.docx", docx(relations=relation("styles", "s.xml", "Internal")), FileKind.WORD),
    "text": ("notes.txt", "Café, naïve, £5\n".encode(), FileKind.TEXT),
    "text of an older machine": ("notes.txt", "Café, £5\r\n".encode("cp1252"), FileKind.TEXT),
    "markdown": ("notes.md", b"# Notes\n", FileKind.MARKDOWN),
    "html": ("notes.html", b"<!DOCTYPE html><p>Hello", FileKind.HTML),
    "e-mail": ("notes.eml", b"Subject: Hello\r\n\r\nHello", FileKind.EMAIL),
}

XML_BOMB = b'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><x>&b;</x>'

BAD = {
    "empty": ("a.txt", b"", "is empty"),
    "a byte too long": ("a.txt", b"a" * (MAX_BYTES + 1), "larger than 10 MB"),
    "no ending": ("report", b"hello", "Haven keeps"),
    "a program": ("setup.exe", b"MZ\x90\0", "Haven keeps"),
    "a program by another name": ("setup.pdf", b"MZ\x90\0", "ends in .pdf but is not a PDF"),
    "a drawing": ("plan.svg", b"<svg/>", "Haven keeps"),
    "a drawing as a picture": ("plan.png", b"<svg onload='x'/>", "ends in .png but is not a PNG"),
    "a page as a picture": ("plan.jpg", b"<html><script>", "ends in .jpg but is not a JPEG"),
    "a pdf as text": ("plan.txt", pdf(), "not plain text"),
    "bytes as text": ("plan.txt", b"hello\0world", "not plain text"),
    "text with an archive behind it": ("plan.txt", b"hello\n" + bare_zip(), "not plain text"),
    "a pdf cut short": ("plan.pdf", pdf()[:-20], "PDF is damaged"),
    "a pdf with a script": ("plan.pdf", pdf(b"<< /S /JavaScript /JS (app.alert) >>"), "script"),
    "a pdf with a disguised script": ("plan.pdf", pdf(b"<< /S /J#61vaScript >>"), "script"),
    "a pdf with a packed script": ("plan.pdf", pdf_with_packed(b"<< /S /JavaScript >>"), "script"),
    "a pdf that starts a program": ("plan.pdf", pdf(b"<< /S /Launch /F (cmd.exe) >>"), "script"),
    "a pdf with a file in it": ("plan.pdf", pdf(b"<< /Type /EmbeddedFile >>"), "carries another file"),
    "a pdf that is also an archive": ("plan.pdf", pdf(bare_zip()), "carries another file"),
    "a locked pdf": ("plan.pdf", pdf(b"<< /Encrypt 4 0 R >>"), "password"),
    "a pdf of a million objects": ("plan.pdf", pdf(b"\n1 0 obj" * 300_000), "unpacks to more"),
    "a pdf that unpacks without end": ("plan.pdf", pdf_with_packed(b"\0" * 60_000_000), "unpacks to more"),
    "a picture of 64,000 by 64,000": ("photo.png", png(64_000, 64_000), "40 million pixels"),
    "a photograph of 65,000 by 65,000": ("photo.jpg", jpeg(65_000, 65_000), "40 million pixels"),
    "a picture without width": ("photo.png", png(0, 4), "picture is damaged"),
    "a picture cut short": ("photo.png", png()[:-8], "picture is damaged"),
    "a picture with something behind it": ("photo.png", png() + b"<script>", "picture is damaged"),
    "a picture that is also an archive": ("photo.jpg", jpeg() + bare_zip(), "two files in one"),
    "a photograph without a frame": ("photo.jpg", b"\xff\xd8\xff\xd9\0\0", "picture is damaged"),
    "a photograph cut short": ("photo.jpg", jpeg()[:22], "picture is damaged"),
    "an archive as a word document": ("policy.docx", bare_zip(), "an archive, not a Word document"),
    "a word document cut short": ("policy.docx", docx()[:-30], "Word document is damaged"),
    "a word document with macros": ("policy.docx", docx({"word/vbaProject.bin": b"x"}), "macros"),
    "a word document that says it has macros": ("policy.docx", docx(main=MACRO_TYPE), "macros"),
    "a word document with a control": ("policy.docx", docx({"word/activeX/activeX1.xml": b"<x/>"}), "macros"),
    "a word document with an object": ("policy.docx", docx({"word/embeddings/oleObject1.bin": b"x"}), "macros"),
    "a word document with a template elsewhere": (
        "policy.docx",
        docx(relations=relation("attachedTemplate", "https://example.org/t.dotm")),
        "fetches a template",
    ),
    "a word document with a picture elsewhere": (
        "policy.docx",
        docx(relations=relation("image", "https://example.org/a.png")),
        "fetches a template",
    ),
    "a word document that disguises where its parts lie": (
        "policy.docx",
        docx(relations=relation("image", "https://example.org/a.png", "&#69;xternal")),
        "fetches a template",
    ),
    "a word document with an xml bomb": ("policy.docx", docx({"word/_rels/a.rels": XML_BOMB}), "is damaged"),
    "a word document with broken xml": ("policy.docx", docx({"word/_rels/a.rels": b"<a>"}), "is damaged"),
    "a bomb": ("policy.docx", docx({"word/media/a.bin": b"\0" * 5_000_000}), "unpacks to more"),
    "a large bomb": ("policy.docx", docx({"word/a.xml": b"\0" * 60_000_000}), "unpacks to more"),
    "a bomb that lies about its size": ("policy.docx", docx_lying_about_its_size(), "is damaged"),
    "a bomb of overlapping parts": ("policy.docx", docx_with_overlapping_parts(), "unpacks to more"),
    "a word document of 300 parts": (
        "policy.docx",
        docx({f"word/{n}.xml": b"x" for n in range(300)}),
        "unpacks to more",
    ),
    "a part that climbs out": ("policy.docx", docx({"../../evil.txt": b"x"}), "is damaged"),
    "a part with an absolute name": ("policy.docx", docx({"/etc/passwd": b"x"}), "is damaged"),
}


@pytest.mark.parametrize("which", SOUND)
def test_a_sound_file_is_known_for_what_it_is(which):
    name, content, kind = SOUND[which]
    assert inspect(name, content).kind is kind


@pytest.mark.parametrize("which", BAD)
def test_a_bad_file_is_refused_in_one_plain_sentence(which):
    name, content, said = BAD[which]
    with pytest.raises(Unfit, match=said) as refused:
        inspect(name, content)
    assert str(refused.value).endswith(".")
    assert len(str(refused.value)) < 160


def test_a_word_document_locked_by_a_password_is_refused():
    whole = docx(packing=zipfile.ZIP_STORED).replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"
    )
    with pytest.raises(Unfit, match="password"):
        inspect("policy.docx", whole)


def test_a_link_among_the_parts_is_refused():
    info = zipfile.ZipInfo("word/link")
    info.external_attr = 0o120777 << 16
    with pytest.raises(Unfit, match="is damaged"):
        inspect("policy.docx", docx({info: b"/etc/passwd"}))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("C:\\Users\\tom\\report.pdf", "report.pdf"),
        ("../../etc/report.pdf", "report.pdf"),
        ("re\u202eport\x00\n.pdf", "re port .pdf".replace(" .", ".")),
        ("   .pdf", "pdf"),
        ("", "file"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
    ],
)
def test_a_name_is_kept_without_what_could_mislead(given, kept):
    assert clean_name(given) == kept


@given(some.text(max_size=300))
def test_no_name_holds_a_folder_or_a_control_mark_or_grows(name):
    kept = clean_name(name)
    assert 1 <= len(kept) <= 120
    assert not set(kept) & set("/\\\x00\r\n\u202e")


@settings(max_examples=200, deadline=None)
@given(
    base=some.sampled_from([pdf(), png(), jpeg(), docx(), pdf_with_packed(b"<< /Type /Page >>")]),
    ending=some.sampled_from(["pdf", "png", "jpg", "docx", "txt"]),
    edits=some.lists(some.tuples(some.integers(0, 5000), some.integers(0, 255)), max_size=20),
    cut=some.integers(0, 3000),
)
def test_whatever_the_bytes_the_answer_is_yes_or_a_sentence(base, ending, edits, cut):
    content = bytearray(base)
    for place, value in edits:
        content[place % len(content)] = value
    assert answer(f"a.{ending}", bytes(content[: len(content) - cut % len(content)])).endswith(".")


def answer(name, content):
    try:
        return f"It is {inspect(name, content).kind}."
    except Unfit as unfit:
        return str(unfit)
