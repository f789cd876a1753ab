"""Makes small files of every kind, and shows what extraction makes of them."""

import io
import zipfile
from xml.sax.saxutils import quoteattr

from haven.engines.documents.document import BlockKind, Document
from haven.engines.documents.open import open_document

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def opened(name: str, content: str | bytes) -> Document:
    """A document opened, with the promise held that its blocks are in order and hold all that is not white space."""
    document = open_document(name, content.encode() if isinstance(content, str) else content)
    check_whole(document)
    return document


def check_whole(document: Document) -> None:
    """Blocks and anchors lie in order within the text; nothing but white space lies outside the blocks."""
    at = 0
    for block in document.blocks:
        assert not document.text[at : block.start].strip()
        assert at <= block.start < block.end <= len(document.text)
        at = block.end
    assert not document.text[at:].strip()
    for anchor in document.anchors:
        assert 0 <= anchor.start < anchor.end <= len(document.text)
        assert document.text[anchor.start : anchor.end].strip()


def told(document: Document) -> list[tuple[str, str]]:
    """Each block's kind and words."""
    return [(block.kind.value, document.text[block.start : block.end]) for block in document.blocks]


def content_of(document: Document) -> list[str]:
    """The words of the blocks that are read for items."""
    return [words for kind, words in told(document) if kind not in ("noise", "furniture")]


def words_of(document: Document, kind: BlockKind) -> list[str]:
    """The words of the blocks of one kind."""
    return [words for named, words in told(document) if named == kind]


def cells_of(document: Document) -> dict[tuple[int | None, int | None], str]:
    """The cells of all tables by row and column."""
    return {(b.row, b.column): document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.CELL}


def links_of(document: Document) -> list[tuple[str, str]]:
    """The words of each link and where it leads."""
    return [(document.text[a.start : a.end], a.url) for a in document.anchors]


def word_file(
    body: str, *, links: tuple[str, ...] = (), more: dict[str, str] | None = None, relations: str = ""
) -> bytes:
    """A Word file whose body is this XML (prefix `w:`, relations `r:`); links get the ids L0, L1, ….  `more` adds
    entries, `relations` what the body points to besides."""
    listed = "".join(
        f'<Relationship Id="L{i}" Type="{_OFFICE}/hyperlink" Target={quoteattr(url)} TargetMode="External"/>'
        for i, url in enumerate(links)
    )
    spaces = (
        f'xmlns:w="{_W}" xmlns:r="{_OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    )
    entries = {
        "_rels/.rels": _relations(f'<Relationship Id="m" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'),
        "word/document.xml": f"<w:document {spaces}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(listed + relations),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in (entries | (more or {})).items():
            archive.writestr(name, xml.replace("SPACES", spaces))
    return packed.getvalue()


def _relations(listed: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def paragraph(words: str, properties: str = "", run: str = "") -> str:
    """A Word paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run_of(words, run)}</w:p>"


def run_of(words: str, properties: str = "") -> str:
    """A run of words."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def cell(words: str, properties: str = "") -> str:
    """A cell of a Word table."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(words)}</w:tc>"


def row(*cells: str) -> str:
    """A row of a Word table."""
    return f"<w:tr>{''.join(cells)}</w:tr>"


def pdf_file(
    pages: list[list[tuple[float, float, float, str]]],
    links: list[tuple[int, tuple[float, float, float, float], str]] | None = None,
    font: str = "Helvetica",
) -> bytes:
    """A PDF. Each page is lines (x, y, size, words), y upwards; each link has its page, its box and its address."""
    objects: list[bytes] = [b"", b"", f"<</Type/Font/Subtype/Type1/BaseFont/{font}/Encoding/WinAnsiEncoding>>".encode()]
    kids = []
    for number, lines in enumerate(pages):
        shown = b"".join(
            b"BT /F1 %g Tf %g %g Td (%s) Tj ET\n" % (size, x, y, _escaped(words)) for x, y, size, words in lines
        )
        objects.append(b"<</Length %d>>stream\n%sendstream" % (len(shown), shown))
        stream = len(objects)
        boxes = [(box, url) for at, box, url in links or [] if at == number]
        notes = "".join(
            f"<</Type/Annot/Subtype/Link/Rect[{' '.join(map(str, box))}]/A<</S/URI/URI({url})>>>>" for box, url in boxes
        )
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {stream} 0 R/Annots[{notes}]"
            f"/Resources<</Font<</F1 3 0 R>>>>>>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    return _numbered(objects)


def _escaped(words: str) -> bytes:
    return words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _numbered(objects: list[bytes]) -> bytes:
    written = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(written))
    return written + head + table + tail
