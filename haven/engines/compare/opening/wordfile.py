"""Opens an edition that is a Word file (.docx)."""

import posixpath
from collections.abc import Iterator

from lxml import etree

from haven.engines.compare.opening.contents import without_contents
from haven.engines.compare.opening.marks import mark_of, set_off
from haven.engines.compare.opening.titles import reads_as_heading
from haven.engines.compare.opening.wordnumbers import Numbered, Numbers
from haven.engines.compare.opening.wordwords import Words, words_of
from haven.engines.compare.passages import Passage, PassageKind
from haven.engines.documents.archive import Archive
from haven.engines.documents.refusal import Unreadable
from haven.engines.documents.word import main_part
from haven.engines.documents.wordstyles import Style, Styles, W, is_on, value, whole

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_THROUGH = frozenset(
    {W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "moveTo", _MC + "AlternateContent", _MC + "Choice"}
)
_LONGEST_CELL = 1500
_LONGEST_HEADING = 200
_LONGEST_BOLD = 90


def passages_of(content: bytes) -> tuple[str | None, list[Passage]]:
    """The title, where a paragraph has that style, and the passages."""
    archive = Archive(content)
    main = main_part(archive)
    root = archive.xml(main)
    body = None if root is None else root.find(W + "body")
    if body is None:
        raise Unreadable("it is a zip archive, but not a Word document; unpack it and read the document inside")
    writer = _Writer(archive, f"{posixpath.dirname(main)}/".lstrip("/"))
    writer.write(body)
    return writer.title, without_contents(writer.passages)


class _Writer:
    """Writes the passages of the body in order, and each note behind what refers to it."""

    def __init__(self, archive: Archive, folder: str) -> None:
        self._styles = Styles(archive, folder)
        self._numbers = Numbers(archive, folder)
        self._notes = _notes(archive, folder)
        self._counted = {"footnote": 0, "endnote": 0}
        self._carried = ""
        self.title: str | None = None
        self.passages: list[Passage] = []

    def write(self, parent: etree._Element) -> None:
        """Write the paragraphs and tables below an element."""
        for child in _contents(parent):
            if child.tag == W + "p":
                self._paragraph(child)
            else:
                self._table(child)

    def _paragraph(self, paragraph: etree._Element) -> None:
        properties = paragraph.find(W + "pPr")
        style_id = value(properties, "pStyle")
        style = self._styles.of(style_id)
        words = words_of(paragraph, self._styles)
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self._carried = f"{self._carried} {words.text}".strip()  # its end was deleted: it goes on in the next
            return
        text = f"{self._carried} {words.text}".strip()
        self._carried = ""
        if text and not self._styles.is_contents(style_id) and not style.is_hidden:
            numbered = self._numbered(properties, style_id) if len(paragraph) else None
            self.passages.append(self._passage(paragraph, properties, style, text, numbered))
            if style.is_title and not self.title:
                self.title = text
        self._write_notes(words)
        for box in words.boxes:
            self.write(box)

    def _numbered(self, properties: etree._Element | None, style_id: str | None) -> Numbered | None:
        list_id, depth = value(properties, "numPr/numId"), value(properties, "numPr/ilvl")
        if list_id is None:
            list_id, styled = self._styles.list_of(style_id)
            depth = depth or styled
        return self._numbers.next(list_id, whole(depth)) if list_id and list_id != "0" else None

    def _passage(
        self,
        paragraph: etree._Element,
        properties: etree._Element | None,
        style: Style,
        text: str,
        numbered: Numbered | None,
    ) -> Passage:
        number = numbered.number if numbered else None
        own = value(properties, "outlineLvl") if properties is not None else None
        level = whole(own) + 1 if own and whole(own) < 6 else style.heading if own is None else None
        if level and len(text) <= _LONGEST_HEADING:
            return Passage(text, PassageKind.HEADING, level, number=number)
        if numbered:
            kind = PassageKind.PARAGRAPH if numbered.is_paragraph else PassageKind.BULLET
            return Passage(text, kind, 0 if numbered.is_paragraph else numbered.depth, number=number)
        return _unnumbered(paragraph, style, text)

    def _write_notes(self, words: Words) -> None:
        for kind, note_id in words.notes:
            note = self._notes.get((kind, note_id))
            self._counted[kind] += 1
            if note is None:
                continue
            text = " ".join(filter(None, (words_of(p, self._styles).text for p in note.iter(W + "p"))))
            if text:
                self.passages.append(Passage(text, PassageKind.FOOTNOTE, number=str(self._counted[kind])))

    def _table(self, table: etree._Element) -> None:
        rows = [row for row in table.iter(W + "tr") if _own_table(row) is table and row.find(f"{W}trPr/{W}del") is None]
        grid = [[cell for cell in row.iter(W + "tc") if _own_table(cell) is table] for row in rows]
        if self._is_laid_out(grid):
            for row in grid:
                for cell in row:
                    self.write(cell)
            return
        for row in grid:
            cells = [self._cell(cell) for cell in row if not _is_merged_away(cell)]
            if any(cells):
                self.passages.append(Passage(" | ".join(filter(None, cells)), PassageKind.ROW))

    def _is_laid_out(self, grid: list[list[etree._Element]]) -> bool:
        """Whether a table only lays out a page: one column, or headings or very long passages in its cells."""
        if max(map(len, grid), default=0) < 2:
            return True
        for row in grid:
            for cell in row:
                paragraphs = list(cell.iterfind(W + "p"))
                if len(paragraphs) > 1 and any(self._styles.of(value(p, "pPr/pStyle")).heading for p in paragraphs):
                    return True
                if sum(len(t.text or "") for t in cell.iter(W + "t")) > _LONGEST_CELL:
                    return True
        return False

    def _cell(self, cell: etree._Element) -> str:
        said = []
        for paragraph in cell.iter(W + "p"):
            words = words_of(paragraph, self._styles)
            if words.text:
                properties = paragraph.find(W + "pPr")
                numbered = self._numbered(properties, value(properties, "pStyle"))
                said.append(f"{numbered.label} {words.text}" if numbered and numbered.label else words.text)
        return " ".join(said)


def _notes(archive: Archive, folder: str) -> dict[tuple[str, str], etree._Element]:
    """The footnotes and endnotes by kind and id."""
    found = {}
    for kind in ("footnote", "endnote"):
        root = archive.xml(f"{folder}{kind}s.xml")
        for note in root.iterfind(W + kind) if root is not None else ():
            if note.get(W + "type") in (None, "normal"):
                found[kind, note.get(W + "id", "")] = note
    return found


def _contents(parent: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables directly below an element, through what only wraps them; no tables of contents."""
    for child in parent:
        if child.tag in (W + "p", W + "tbl"):
            yield child
        elif child.tag in _THROUGH and not _is_contents_control(child):
            yield from _contents(child)


def _is_contents_control(control: etree._Element) -> bool:
    gallery = value(control, "sdtPr/docPartObj/docPartGallery")
    return gallery == "Table of Contents"


def _own_table(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors(W + "tbl"), None)


def _is_merged_away(cell: etree._Element) -> bool:
    merges = (cell.find(f"{W}tcPr/{W}{name}") for name in ("vMerge", "hMerge"))
    return any(merge is not None and merge.get(W + "val") != "restart" for merge in merges)


def _unnumbered(paragraph: etree._Element, style: Style, text: str) -> Passage:
    """A paragraph whose number, if it has one, was typed."""
    mark = mark_of(text)
    if mark and (mark.glyph or mark.is_letter):
        return Passage(text[mark.words_at :] if mark.glyph else set_off(text), PassageKind.BULLET)
    if style.depth is not None and mark is None:
        return Passage(text, PassageKind.BULLET, style.depth)
    if len(text) <= _LONGEST_BOLD and reads_as_heading(text) and _is_bold(paragraph, style):
        return Passage(text, PassageKind.HEADING)
    return Passage(set_off(text))


def _is_bold(paragraph: etree._Element, style: Style) -> bool:
    """Whether all words of a paragraph are in bold."""
    runs = [run for run in paragraph.iter(W + "r") if run.find(W + "t") is not None]
    weights = [is_on(run.find(W + "rPr"), "b") for run in runs]
    return bool(runs) and all(style.is_bold if weight is None else weight for weight in weights)
