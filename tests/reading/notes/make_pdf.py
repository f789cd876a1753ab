"""A bulletin as a PDF in one or two columns, set in Helvetica, with running head and foot, and links as annotations."""

import re
from dataclasses import dataclass, field

LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
PAGE = (595, 842)
MARGIN, GUTTER, TOP, BOTTOM, LEADING, SIZE = 48, 24, 760, 60, 12, 9.5
_NARROW = "ijl'’‘|.,:;!/ ft()[]I–-r“”*"
_WIDE = "mwMWGOQ@%&CDHNRU"


@dataclass
class _Page:
    words: list[str] = field(default_factory=list)
    links: list[tuple[float, float, float, str]] = field(default_factory=list)


def pdf_of(description: str, most_pages: int | None = None) -> bytes:
    """The description set in columns. The first line, `columns: N`, names their number; `= ` lines run across."""
    lines = description.splitlines()
    columns = int(lines[0].removeprefix("columns: "))
    across = [line[2:] for line in lines if line.startswith("= ")]
    head = [line[2:] for line in lines if line.startswith("^ ")]
    foot = [line[2:] for line in lines if line.startswith("_ ")]
    body = [line for line in lines[1:] if not line.startswith(("= ", "^ ", "_ "))]
    pages = _set(body, across, columns)[:most_pages]
    for number, page in enumerate(pages, 1):
        page.words.insert(0, _show(MARGIN, 800, 8, "F1", "    ".join(head).replace("{page}", str(number))))
        page.words.append(_show(MARGIN, 32, 8, "F1", "    ".join(foot).replace("{page}", str(number))))
    return _file(pages)


def _set(body: list[str], across: list[str], columns: int) -> list[_Page]:
    width = (PAGE[0] - 2 * MARGIN - (columns - 1) * GUTTER) / columns
    pages = [_Page()]
    top = TOP
    for size, line in zip((16, 10, 10, 10), across, strict=False):
        pages[0].words.append(_show(MARGIN, top, size, "F2" if size > 10 else "F1", line))
        top -= size + 8
    column, y = 0, top
    for font, indent, line in _wrapped(body, width):
        if y < BOTTOM:
            column, y = column + 1, top
        if column == columns:
            pages.append(_Page())
            column, y, top = 0, TOP, TOP
        x = MARGIN + column * (width + GUTTER) + indent
        _place(pages[-1], x, y, font, line)
        y -= LEADING
    return pages


def _place(page: _Page, x: float, y: float, font: str, line: str) -> None:
    """Put a line down; what stands between the marks STX url ETX … ETX is a link."""
    shown = ""
    for piece in re.split(r"(\x02[^\x03]*\x03[^\x03]*\x03)", line):
        if piece.startswith("\x02"):
            url, words = piece.strip("\x02\x03").split("\x03")
            start = x + _width(shown)
            page.links.append((start, y, start + _width(words), url))
            shown += words
        else:
            shown += piece
    if shown.strip():
        page.words.append(_show(x, y, SIZE, font, shown))


def _wrapped(body: list[str], width: float) -> list[tuple[str, int, str]]:
    """The body in lines that fit the column: font, indent and words of each."""
    out: list[tuple[str, int, str]] = []
    for line in body:
        if heading := re.match(r"#+ (.*)", line):
            out += [("F2", 0, piece) for piece in _broken(heading[1], width)]
        elif bullet := re.match(r"- (.*)", line):
            first, *rest = _broken("\u2022 " + bullet[1], width - 10)
            out += [("F1", 0, first), *(("F1", 10, piece) for piece in rest)]
        else:
            out += [("F1", 0, piece) for piece in _broken(line, width)]
    return out


def _broken(line: str, width: float) -> list[str]:
    """One paragraph in lines; a word breaks at its soft hyphen where that saves room, and a link is never broken."""
    words = LINK.sub(lambda link: "\x02" + link[2] + "\x03" + link[1].replace(" ", "\xa0") + "\x03", line).split(" ")
    lines, now = [], ""
    for word in words:
        tried = f"{now} {word}" if now else word
        if _width(tried) <= width:
            now = tried
            continue
        head, _, tail = word.partition("\u00ad")
        if tail and _width(f"{now} {head}-") <= width:
            lines.append(f"{now} {head}-")
            now = tail
        else:
            lines.append(now)
            now = word
    return [piece.replace("\u00ad", "").replace("\xa0", " ") for piece in [*lines, now]]


def _width(words: str) -> float:
    shown = re.sub(r"\x02[^\x03]*\x03|\x03|\u00ad", "", words)
    return sum(0.29 if c in _NARROW else 0.78 if c in _WIDE else 0.56 for c in shown) * SIZE


def _show(x: float, y: float, size: float, font: str, words: str) -> str:
    shown = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /{font} {size} Tf {x:.1f} {y:.1f} Td ({shown}) Tj ET"


def _file(pages: list[_Page]) -> bytes:
    fonts = [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
        for name in ("Helvetica", "Helvetica-Bold")
    ]
    objects: list[bytes] = [b"", b"", *(font.encode() for font in fonts)]
    kids = []
    for page in pages:
        links = [_add(objects, _annotation(link)) for link in page.links]
        content = "\n".join(page.words).encode("cp1252")
        stream = _add(objects, b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        kids.append(_add(objects, _page_object(stream, links)))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>".encode()
    return _written(objects)


def _add(objects: list[bytes], content: str | bytes) -> int:
    objects.append(content if isinstance(content, bytes) else content.encode())
    return len(objects)


def _annotation(link: tuple[float, float, float, str]) -> str:
    left, y, right, url = link
    box = f"[{left:.1f} {y - 2:.1f} {right:.1f} {y + SIZE:.1f}]"
    return f"<< /Type /Annot /Subtype /Link /Rect {box} /Border [0 0 0] /A << /S /URI /URI ({url}) >> >>"


def _page_object(stream: int, links: list[int]) -> str:
    listed = " ".join(f"{link} 0 R" for link in links)
    fonts = "<< /Font << /F1 3 0 R /F2 4 0 R >> >>"
    return (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE[0]} {PAGE[1]}] /Resources {fonts} "
        f"/Contents {stream} 0 R /Annots [{listed}] >>"
    )


def _written(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
