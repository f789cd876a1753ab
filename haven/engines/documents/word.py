"""Reads Word files (.docx)."""

import posixpath
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from haven.engines.documents.archive import Archive
from haven.engines.documents.document import Block, BlockKind, Document
from haven.engines.documents.plaintext import BULLET
from haven.engines.documents.refusal import Unreadable
from haven.engines.documents.scribe import Piece, Scribe, tidied
from haven.engines.documents.tables import Cell, write_table
from haven.engines.documents.wordruns import MC, R, Runs, Words
from haven.engines.documents.wordstyles import Style, Styles, W, value, whole

_MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_THROUGH = frozenset(
    {W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "moveTo", MC + "AlternateContent", MC + "Choice"}
)
_LONGEST_CELL = 600
_PARAGRAPH = Block(0, 0)
_FURNITURE = Block(0, 0, BlockKind.FURNITURE)


def open_word(name: str, content: bytes) -> Document:
    """A Word file: head of page, body, notes, foot of page."""
    archive = Archive(content)
    main = main_part(archive)
    body = archive.xml(main)
    body = None if body is None else body.find(W + "body")
    if body is None:
        raise Unreadable("it is a zip archive, but not a Word document; unpack it and read the document inside")
    part = _Part(archive, main, Scribe(), Styles(archive, f"{posixpath.dirname(main)}/".lstrip("/")))
    heads, feet = part.furniture(body)
    part.write_furniture(heads)
    part.write(body, _PARAGRAPH)
    part.write_notes()
    part.write_furniture(feet)
    return part.scribe.document(name, _MEDIA, part.title)


def _relations(archive: Archive, part: str) -> list[tuple[str, str, str]]:
    """The (id, kind, target) of each part or address that a part points to."""
    folder, file = posixpath.split(part)
    root = archive.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
    if root is None:
        return []
    return [
        (r.get("Id", ""), r.get("Type", "").rsplit("/", 1)[-1], r.get("Target", "")) for r in root.iter(_RELATIONSHIP)
    ]


def main_part(archive: Archive) -> str:
    """The name of the part that holds the body."""
    for _, kind, target in _relations(archive, ""):
        if kind == "officeDocument" and archive.holds(target.lstrip("/")):
            return target.lstrip("/")
    return "word/document.xml"


class _Part:
    """One part of the file (the body, a header, the notes), written in order."""

    def __init__(self, archive: Archive, name: str, scribe: Scribe, styles: Styles) -> None:
        self._archive = archive
        self._name = name
        self._styles = styles
        self.scribe = scribe
        self.title: str | None = None
        self._relations = _relations(archive, name)
        self._runs = Runs(styles, {i: target for i, kind, target in self._relations if kind == "hyperlink"})

    def furniture(self, body: etree._Element) -> tuple[list[str], list[str]]:
        """The parts that stand at the head and at the foot of pages."""
        parts = {i: self._path(target) for i, kind, target in self._relations if kind in ("header", "footer")}
        named = [
            [parts[r.get(R + "id")] for r in body.iter(W + tag) if r.get(R + "id") in parts]
            for tag in ("headerReference", "footerReference")
        ]
        return list(dict.fromkeys(named[0])), list(dict.fromkeys(named[1]))

    def write_furniture(self, names: list[str]) -> None:
        """Write heads or feet of pages, each wording once."""
        said: set[str] = set()
        for name in names:
            root = self._archive.xml(name)
            words = " ".join(root.itertext()).strip() if root is not None else ""
            if root is not None and words and words not in said:
                said.add(words)
                _Part(self._archive, name, self.scribe, self._styles).write(root, _FURNITURE)

    def write_notes(self) -> None:
        """Write footnotes and endnotes."""
        for _, kind, target in self._relations:
            if kind in ("footnotes", "endnotes"):
                name = self._path(target)
                root = self._archive.xml(name)
                if root is not None:
                    part = _Part(self._archive, name, self.scribe, self._styles)
                    for note in root:
                        part.write(note, _PARAGRAPH)

    def write(self, parent: etree._Element, like: Block) -> None:
        """Write the paragraphs and tables below an element."""
        for child in _contents(parent):
            if child.tag == W + "p":
                self._paragraph(child, like)
            else:
                self._table(child, like)

    def _path(self, target: str) -> str:
        return posixpath.normpath(posixpath.join("/", posixpath.dirname(self._name), target)).lstrip("/")

    def _paragraph(self, paragraph: etree._Element, like: Block) -> None:
        style, words = self._words(paragraph)
        block = like if like.kind is BlockKind.FURNITURE else _placed(paragraph, style, words, like)
        before = self.scribe.blocks[-1].kind if self.scribe.blocks else None
        gap = "\n" if block.kind is BlockKind.BULLET and before is BlockKind.BULLET else "\n\n"
        if self.scribe.write(words.pieces, block, gap) and style.is_title and not self.title:
            self.title = " ".join("".join(p.text for p in words.pieces).split())
        for box in words.boxes:
            self.write(box, like)

    def _words(self, paragraph: etree._Element) -> tuple[Style, Words]:
        style = self._styles.of(value(paragraph, "pPr/pStyle"))
        return style, self._runs.words(paragraph, style)

    def _table(self, table: etree._Element, like: Block) -> None:
        rows = [row for row in table.iter(W + "tr") if _own_table(row) is table and row.find(f"{W}trPr/{W}del") is None]
        grid = [[cell for cell in row.iter(W + "tc") if _own_table(cell) is table] for row in rows]
        if self._is_laid_out(grid):
            for row in grid:
                for tc in row:
                    self.write(tc, like)
            return
        cells = [cell for number, row in enumerate(grid) for cell in self._row(number, row)]
        write_table(self.scribe, cells, like)

    def _is_laid_out(self, grid: list[list[etree._Element]]) -> bool:
        """Whether a table only lays out a page: one column, or headings or long passages in its cells."""
        if max(map(len, grid), default=0) < 2:
            return True
        for row in grid:
            for tc in row:
                if sum(len(t.text or "") for t in tc.iter(W + "t")) > _LONGEST_CELL:
                    return True
                if any(self._styles.of(value(p, "pPr/pStyle")).heading for p in tc.iterfind(W + "p")) and len(tc) > 2:
                    return True
        return False

    def _row(self, number: int, row: list[etree._Element]) -> Iterator[Cell]:
        if not row:
            return
        properties = row[0].getparent().find(W + "trPr")
        column = whole(value(properties, "gridBefore"))
        is_header = properties is not None and properties.find(W + "tblHeader") is not None
        for tc in row:
            across = max(1, min(whole(value(tc, "tcPr/gridSpan"), 1), 100))
            merge = tc.find(f"{W}tcPr/{W}vMerge")
            sideways = tc.find(f"{W}tcPr/{W}hMerge")
            if not any(m is not None and m.get(W + "val") != "restart" for m in (merge, sideways)):
                yield Cell(number, self._cell(tc), across, is_header=is_header, column=column)
            column += across

    def _cell(self, tc: etree._Element) -> list[Piece]:
        pieces: list[Piece] = []
        for child in _contents(tc):
            paragraphs = [child] if child.tag == W + "p" else child.iter(W + "p")
            for paragraph in paragraphs:
                words = tidied(self._words(paragraph)[1].pieces)
                if words:
                    pieces += [Piece("\n"), *words] if pieces else words
        return pieces


def _contents(parent: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables directly below an element, through what only wraps them."""
    for child in parent:
        if child.tag in (W + "p", W + "tbl"):
            yield child
        elif child.tag in _THROUGH:
            yield from _contents(child)


def _own_table(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors(W + "tbl"), None)


def _placed(paragraph: etree._Element, style: Style, words: Words, like: Block) -> Block:
    """The block that a paragraph is: heading, bullet or plain."""
    text = "".join(p.text for p in words.pieces).strip()
    own = value(paragraph, "pPr/outlineLvl")
    level = whole(own) + 1 if own and whole(own) < 6 else style.heading
    if level and len(text) <= 200:
        return replace(like, kind=BlockKind.HEADING, level=level)
    number = value(paragraph, "pPr/numPr/numId")
    depth = style.depth
    if number is not None:
        depth = None if number == "0" else max(whole(value(paragraph, "pPr/numPr/ilvl")), style.depth or 0)
    if depth is not None:
        return replace(like, kind=BlockKind.BULLET, level=depth)
    if BULLET.match(text):
        return replace(like, kind=BlockKind.BULLET)
    if words.bold and not words.plain and reads_as_title(text):
        return replace(like, kind=BlockKind.HEADING, level=3)
    return like


def reads_as_title(text: str) -> bool:
    """Whether a line in bold stands for a heading: short, without figures and not a sentence."""
    return (
        2 < len(text) <= 60
        and len(text.split()) <= 8
        and text[-1] not in ".,;!?"
        and not any(c.isdigit() or c == "@" for c in text)
    )
