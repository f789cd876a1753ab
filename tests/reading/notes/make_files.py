"""Make the Word, PDF and mail files of these notes from the plain descriptions in `sources/`.

Run `python -m tests.reading.notes.make_files` after changing a description. The same description always gives the same
bytes, and a test holds the files to their descriptions.

A description is lines: `# ` and `## ` headings, `- ` bullets (two blanks more for a nested one), `1. ` numbered lines,
`| a | b |` rows of a table (a row of one cell runs across, `^^` carries on the cell above, which ends in `^v`),
`^ ` the page's head, `_ ` its foot, anything else a paragraph. `[words](address)` is a link; a soft hyphen is where a
word may break. The body of a mail may also be HTML.
"""

import io
import re
import zipfile
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from tests.reading.notes.make_pdf import pdf_of

HERE = Path(__file__).parent
LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
STYLES = {"Normal": "Normal", "Heading1": "heading 1", "Heading2": "heading 2", "ListParagraph": "List Paragraph"}
NUMBERING = {1: "bullet", 2: "decimal"}


def docx_of(description: str) -> bytes:
    """A Word file: headings, nested lists, tables, links, head and foot, as Word itself would hold them."""
    links: list[str] = []
    lines = [line for line in description.splitlines() if line.strip()]
    body = [line for line in lines if not line.startswith(("^ ", "_ "))]
    head = "".join(_paragraph(line[2:], links) for line in lines if line.startswith("^ "))
    foot = "".join(_paragraph(line[2:], links) for line in lines if line.startswith("_ "))
    content = _body(body, links)
    references = "".join(
        f'<w:{part}Reference w:type="default" r:id="r{part[0].upper()}"/>' for part in ("header", "footer")
    )
    section = f"<w:sectPr>{references}</w:sectPr>"
    return _zipped(
        {
            "[Content_Types].xml": _types(),
            "_rels/.rels": _relationships([("rD", "officeDocument", "word/document.xml", "")]),
            "word/document.xml": f"<w:document {SPACE} {RELS}><w:body>{content}{section}</w:body></w:document>",
            "word/_rels/document.xml.rels": _document_relationships(links),
            "word/styles.xml": _styles(),
            "word/numbering.xml": _numbering(),
            "word/header1.xml": f"<w:hdr {SPACE}>{head}</w:hdr>",
            "word/footer1.xml": f"<w:ftr {SPACE}>{foot}</w:ftr>",
        }
    )


def eml_of(description: str, folder: Path) -> bytes:
    """A mail: headers, a blank line, a body (plain or HTML); each `@attach NAME < DESCRIPTION` adds a Word file."""
    heading, _, rest = description.partition("\n\n")
    message = EmailMessage(policy=SMTP)
    for line in heading.splitlines():
        name, _, value = line.partition(": ")
        message[name] = value
    lines = rest.splitlines(keepends=True)
    body = "".join(line for line in lines if not line.startswith("@attach "))
    message.set_content("Please turn on HTML." if body.startswith("<html") else body, cte="quoted-printable")
    if body.startswith("<html"):
        message.add_alternative(body, subtype="html", cte="quoted-printable")
    for line in lines:
        if line.startswith("@attach "):
            name, source = line.removeprefix("@attach ").strip().split(" < ")
            content = docx_of((folder / source).read_text(encoding="utf-8"))
            message.add_attachment(
                content, "application", f"{MAIN}.document".removeprefix("application/"), filename=name
            )
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=-part-of-a-made-up-note{'-within' * number}")
    return message.as_bytes()


def made_files() -> dict[Path, bytes]:
    """Every file that is made, with the bytes that it should have."""
    made = {}
    for source in sorted(HERE.glob("sources/*/*.txt")):
        target = HERE / source.parent.name / source.stem
        text = source.read_text(encoding="utf-8")
        match target.suffix:
            case ".docx":
                made[target] = docx_of(text)
            case ".pdf":
                made[target] = pdf_of(text)
            case ".eml":
                made[target] = eml_of(text, source.parent)
    return made


def _body(lines: list[str], links: list[str]) -> str:
    parts: list[str] = []
    table: list[list[str]] = []
    for line in [*lines, ""]:
        if line.startswith("|"):
            table.append([cell.strip() for cell in line.strip().strip("|").split("|")])
            continue
        if table:
            parts.append(_table(table, links))
            table = []
        parts.append(_line(line, links) if line else "<w:p/>")
    return "".join(parts)


def _line(line: str, links: list[str]) -> str:
    if listed := re.match(r"( *)(-|\d+\.) (.*)", line):
        blanks, glyph, words = listed.groups()
        return _paragraph(words, links, "ListParagraph", level=len(blanks) // 2, numbering=1 if glyph == "-" else 2)
    if heading := re.match(r"(#{1,2}) (.*)", line):
        return _paragraph(heading[2], links, f"Heading{len(heading[1])}")
    return _paragraph(line, links)


def _paragraph(words: str, links: list[str], style: str = "Normal", level: int = 0, numbering: int = 0) -> str:
    listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{numbering}"/></w:numPr>' if numbering else ""
    runs, at = [], 0
    for link in LINK.finditer(words):
        links.append(link[2])
        runs += [_run(words[at : link.start()]), f'<w:hyperlink r:id="rL{len(links)}">{_run(link[1])}</w:hyperlink>']
        at = link.end()
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{listed}</w:pPr>{"".join(runs)}{_run(words[at:])}</w:p>'


def _run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r>' if words else ""


def _table(rows: list[list[str]], links: list[str]) -> str:
    width = max(len(row) for row in rows)
    return f"<w:tbl><w:tblPr/>{''.join(_row(row, width, links) for row in rows)}</w:tbl>"


def _row(cells: list[str], width: int, links: list[str]) -> str:
    span = f'<w:gridSpan w:val="{width}"/>' if len(cells) == 1 and width > 1 else ""
    return f"<w:tr>{''.join(_cell(cell, span, links) for cell in cells)}</w:tr>"


def _cell(words: str, span: str, links: list[str]) -> str:
    """One cell; `^^` alone goes on with the cell above it, whose words end in `^v`."""
    merged = {"^^": "<w:vMerge/>"}.get(words, '<w:vMerge w:val="restart"/>' if words.endswith("^v") else "")
    shown = "" if words == "^^" else words.removesuffix("^v").rstrip()
    return f"<w:tc><w:tcPr>{span}{merged}</w:tcPr>{_paragraph(shown, links)}</w:tc>"


def _types() -> str:
    parts = {
        "document": "document.main",
        "styles": "styles",
        "numbering": "numbering",
        "header1": "header",
        "footer1": "footer",
    }
    listed = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{MAIN}.{kind}+xml"/>' for part, kind in parts.items()
    )
    defaults = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    defaults += '<Default Extension="xml" ContentType="application/xml"/>'
    return f'<Types xmlns="{PACKAGE}/content-types">{defaults}{listed}</Types>'


def _document_relationships(links: list[str]) -> str:
    own = [("rS", "styles", "styles.xml", ""), ("rN", "numbering", "numbering.xml", "")]
    own += [("rH", "header", "header1.xml", ""), ("rF", "footer", "footer1.xml", "")]
    return _relationships(
        [*own, *((f"rL{n}", "hyperlink", url, ' TargetMode="External"') for n, url in enumerate(links, 1))]
    )


def _relationships(listed: list[tuple[str, str, str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target={quoteattr(target)}{mode}/>'
        for name, kind, target, mode in listed
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def _styles() -> str:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in STYLES.items()
    )
    return f"<w:styles {SPACE}>{styles}</w:styles>"


def _numbering() -> str:
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{key}">'
        + "".join(_level(level, form) for level in range(3))
        + "</w:abstractNum>"
        for key, form in NUMBERING.items()
    )
    used = "".join(f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>' for key in NUMBERING)
    return f"<w:numbering {SPACE}>{abstract}{used}</w:numbering>"


def _level(level: int, form: str) -> str:
    glyph = "\u2022" if form == "bullet" else f"%{level + 1}."
    return f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{form}"/><w:lvlText w:val="{glyph}"/></w:lvl>'


def _zipped(parts: dict[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{content}')
    return target.getvalue()


def main() -> None:
    for target, content in made_files().items():
        target.write_bytes(content)


if __name__ == "__main__":
    main()
