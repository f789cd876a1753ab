"""Reads PDF files."""

from haven.engines.apart import Begin, in_turn
from haven.engines.documents.document import Block, BlockKind, Document
from haven.engines.documents.pdfium import Page, check_letters, pages_of
from haven.engines.documents.pdflayout import furniture_of, regions_of
from haven.engines.documents.pdftext import Joiner, Passage, passages_of
from haven.engines.documents.scribe import Scribe
from haven.engines.documents.tables import Cell, write_table


def open_pdf(name: str, content: bytes, begin: Begin = in_turn) -> Document:
    """A PDF in reading order: columns one after another, broken words whole, heads and feet of pages once."""
    pages = pages_of(content, begin)
    _check_words(pages)
    furniture = furniture_of(pages)
    regions = [region for page in pages for region in regions_of(page, furniture.runs.get(page.number, set()))]
    urls = {url for page in pages for run in page.runs for _, _, url in run.links}
    joiner = Joiner((line for region in regions for line in region.lines), urls)
    scribe = Scribe()
    for head in furniture.heads:
        scribe.write_text(head, Block(0, 0, BlockKind.FURNITURE, page=1))
    for passage in passages_of(regions):
        _write(scribe, joiner, passage)
    for foot in furniture.feet:
        scribe.write_text(foot, Block(0, 0, BlockKind.FURNITURE, page=1))
    return scribe.document(name, "application/pdf")


def _check_words(pages: list[Page]) -> None:
    check_letters(len(pages), "".join(run.text for page in pages for run in page.runs))


def _write(scribe: Scribe, joiner: Joiner, passage: Passage) -> None:
    like = Block(0, 0, passage.kind, passage.level, page=passage.page)
    if passage.kind is BlockKind.CELL:
        cells = [Cell(row, joiner.pieces([[r] for r in runs]), column=column) for row, column, runs in passage.cells]
        write_table(scribe, cells, like)
        return
    follows = bool(scribe.blocks) and scribe.blocks[-1].kind is BlockKind.BULLET and passage.kind is BlockKind.BULLET
    scribe.write(joiner.pieces([line.runs for line in passage.lines]), like, "\n" if follows else "\n\n")
