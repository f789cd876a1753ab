"""A paper as a Word document to edit: real headings, tables and charts, nothing spaced by empty paragraphs."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml

from haven.engines.printing.paper import (
    Bars,
    Bullets,
    Fact,
    Facts,
    Heading,
    HeatMap,
    Note,
    PageBreak,
    Paper,
    Paragraph,
    Plain,
    Table,
    Wide,
)
from haven.engines.printing.telling import clean, day_told, in_parts, table_behind
from haven.engines.printing.wordcharts import chart
from haven.engines.printing.wordmarkup import NAMES, paragraph, run, runs_of
from haven.engines.printing.wordstyles import (
    ON_ITS_SIDE,
    SIDE_WIDTH,
    UPRIGHT,
    UPRIGHT_WIDTH,
    add_footer,
    dress,
    page,
)
from haven.engines.printing.wordtables import heat_map, shaded, table

_BREAK_BEFORE = "<w:pageBreakBefore/>"
_AFTER_TABLE = '<w:spacing w:before="240"/>'
_KEPT = "<w:keepNext/>"
_NEVER = (1980, 1, 1, 0, 0, 0)


def to_word(paper: Paper) -> bytes:
    """The document. The same paper gives the same bytes."""
    document = docx.Document()
    dress(document)
    _describe(document, paper)
    _Writing(document, paper).write()
    content = io.BytesIO()
    document.save(content)
    return _without_clock(content)


def _describe(document: Document, paper: Paper) -> None:
    known = document.core_properties
    known.title, known.author, known.subject = clean(paper.title), clean(paper.organisation), clean(paper.subtitle)
    known.language, known.comments, known.keywords, known.last_modified_by = "en-GB", "", "", clean(paper.organisation)
    known.created = known.modified = dt.datetime.combine(paper.dated, dt.time())
    known.revision = 1
    relations = document.part.package.rels
    for picture in [each for each, to in relations.items() if to.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        relations.pop(picture)  # of the library's own empty page


def _without_clock(content: io.BytesIO) -> bytes:
    """The same package, with no moment of its making in it."""
    still = io.BytesIO()
    with zipfile.ZipFile(content) as made, zipfile.ZipFile(still, "w", zipfile.ZIP_DEFLATED) as kept:
        for each in made.infolist():
            kept.writestr(zipfile.ZipInfo(each.filename, _NEVER), made.read(each), zipfile.ZIP_DEFLATED)
    return still.getvalue()


class _Writing:
    """One document as it grows: its body, what the next paragraph begins with, and how wide the page is."""

    def __init__(self, document: Document, paper: Paper) -> None:
        self._document: Any = document
        self._paper = paper
        self._body: list[str] = []
        self._next = ""
        self._width = UPRIGHT_WIDTH
        self._charts = 0
        self._links: dict[str, str] = {}
        self._footer = add_footer(document, paper.title)

    def write(self) -> None:
        self._opening()
        for block in self._paper.blocks:
            if isinstance(block, Wide):
                self._wide(block)
            else:
                self._turn(UPRIGHT_WIDTH)
                self._plain(block)
        self._close()

    def _close(self) -> None:
        """Put the body in its place, and end it with the page that its last section has."""
        body = self._document.element.body
        last = page(ON_ITS_SIDE if self._is_on_its_side() else UPRIGHT, self._footer)
        whole = parse_xml(f"<w:body {NAMES}>{''.join(self._body)}{last}</w:body>")
        body.getparent().replace(body, whole)

    def _is_on_its_side(self) -> bool:
        return self._width == SIDE_WIDTH

    def _opening(self) -> None:
        paper = self._paper
        self._add("Organisation", run(paper.organisation))
        self._add("Title", run(paper.title))
        if paper.subtitle:
            self._add("Subtitle", run(paper.subtitle))
        self._add("Dated", run(day_told(paper.dated)))
        self._facts(paper.facts)

    def _wide(self, block: Wide) -> None:
        """The pages before it end, and pages on their side begin; those after it begin where the next block does."""
        self._turn(SIDE_WIDTH)
        for each in block.blocks:
            self._plain(each)

    def _turn(self, width: int) -> None:
        """End the section, where its pages have another shape than what comes next."""
        if self._width != width:
            ended = page(ON_ITS_SIDE if self._is_on_its_side() else UPRIGHT, self._footer)
            self._body.append(paragraph("SectionEnd", "", ended))
            self._next = ""
        self._width = width

    def _plain(self, block: Plain) -> None:
        self._kinds[type(block)](self, block)

    def _add(self, style: str, runs: str, more: str = "") -> None:
        """A paragraph, which begins with what the block before it asked for."""
        before, self._next = self._next, ""
        kept, others = (_KEPT, more.removeprefix(_KEPT)) if more.startswith(_KEPT) else ("", more)
        self._body.append(paragraph(style, runs, kept + before + others))

    def _relate(self, address: str) -> str:
        if address not in self._links:
            part = self._document.part
            self._links[address] = part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return self._links[address]

    def _heading(self, block: Heading) -> None:
        if self._next != _BREAK_BEFORE:  # it has room above it of its own
            self._next = ""
        self._add(f"Heading{block.level}", run(block.text))

    def _paragraph(self, block: Paragraph) -> None:
        self._add("Normal", runs_of(block.text, self._relate))

    def _bullets(self, block: Bullets) -> None:
        for item in block.items:
            self._add("ListBullet", runs_of(item, self._relate))

    def _facts(self, facts: tuple[Fact, ...]) -> None:
        for fact in facts:
            told = f"{run(fact.term, bold=True)}<w:r><w:tab/></w:r>{runs_of(fact.told, self._relate)}"
            self._add("Fact", told)

    def _note(self, block: Note) -> None:
        texts = [run(block.title, bold=True)] if block.title else []
        texts += [runs_of(each, self._relate) for each in block.paragraphs]
        for at, runs in enumerate(texts):
            self._add("Note", runs, _KEPT if at < len(texts) - 1 else "")
        self._next = '<w:spacing w:before="200"/>'

    def _page_break(self, _: PageBreak) -> None:
        self._next = _BREAK_BEFORE

    def _table(self, block: Table) -> None:
        self._add("Caption", run(block.caption))
        self._body.append(table(block, self._width, self._relate))
        self._next = _AFTER_TABLE

    def _heat_map(self, block: HeatMap) -> None:
        self._add("Caption", run(block.caption))
        if block.key:
            told = (f"{shaded(cell, self._relate)}{run(f' {words}')}" for cell, words in block.key)
            self._add("Key", run("     ").join(told))
        self._body.append(heat_map(block, self._width, self._relate))
        self._next = _AFTER_TABLE

    def _bars(self, block: Bars) -> None:
        for part in in_parts(block):
            self._charts += 1
            self._add("Caption", run(part.caption))
            self._add("Picture", chart(part, self._charts, self._width, self._document.part, self._paper.dated))
        self._table(table_behind(block))

    _kinds: dict[type, Callable[["_Writing", Any], None]] = {
        Heading: _heading,
        Paragraph: _paragraph,
        Bullets: _bullets,
        Facts: lambda self, block: self._facts(block.facts),
        Note: _note,
        PageBreak: _page_break,
        Table: _table,
        HeatMap: _heat_map,
        Bars: _bars,
    }
