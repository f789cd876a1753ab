"""Cuts a document into the sentences, bullets and table rows that are content."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from haven.engines.documents.document import Block, BlockKind, Document
from haven.engines.patterns.late import late

_ABBREVIATIONS = frozenset(
    "mr mrs ms miss mx dr prof rev st sgt insp supt cllr hon e.g i.e eg ie etc cf vs approx ext "
    "tel mob no nos p pp para "
    "paras fig ch vol ed eds inc ltd dept est min mins hr hrs jan feb mar apr jun jul aug sep sept oct nov dec mon tue "
    "tues wed weds thu thur thurs fri sat sun a.m p.m am pm w.c w.e c".split()
)
_MAY_CLOSE = frozenset("etc am pm a.m p.m ltd inc hrs mins ed".split())  # an abbreviation that may also end a sentence
_STOP = late(r"(?<![.!?…])[.!?…]++[)\]’”\"'*_]*(?=\s)")
_LAST_WORD = late(r"[\w.&’'-]+$")
_NEXT = late(r"\s+[(\[‘“\"'*_]*(\w?)")
_GLYPH = late(
    r"(?:[•·●○◦▪■□▫‣⁃∙◆◇►▶➢➤✓✔✗☐☑\uf0b7\uf0a7\uf0d8\uf0fcØü§o*+–—-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])[ \t\u00a0]+"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, a bullet's sentence, or a whole row of a table, at `text[start:end]`, white space trimmed and the
    bullet's glyph left out. `block` is the (first) block it lies in, `last_block` the last (a row has several);
    `heading` the nearest heading's block above it; `lead` the block of the line ending in a colon that introduces
    this bullet or row."""

    start: int
    end: int
    kind: BlockKind
    block: int
    last_block: int
    heading: int | None = None
    lead: int | None = None
    is_first: bool = True  # of its block


def sentences(document: Document) -> tuple[Sentence, ...]:
    """All that is read for items, in order: headings, sentences of paragraphs and bullets, and rows of tables (one
    Sentence per row, of kind CELL). Noise and furniture are left out."""
    return tuple(_sentences(document))


def _sentences(document: Document) -> Iterator[Sentence]:
    heading: int | None = None
    lead: int | None = None
    blocks = document.blocks
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if block.kind in (BlockKind.NOISE, BlockKind.FURNITURE):
            at += 1
            continue
        if block.kind is BlockKind.CELL:
            last = _row_end(blocks, at)
            start, end = _trimmed(document.text, block.start, blocks[last].end)
            if start < end:
                yield Sentence(start, end, BlockKind.CELL, at, last, heading, lead)
            at = last + 1
            continue
        if block.kind is BlockKind.HEADING:
            heading, lead = at, None
        elif block.kind is BlockKind.PARAGRAPH:
            lead = None
        spans = sentence_spans(document.text, block.start, block.end)
        for index, (start, end) in enumerate(spans):
            introduced = lead if block.kind is BlockKind.BULLET else None
            yield Sentence(start, end, block.kind, at, at, heading, introduced, index == 0)
        if _ends_in_colon(document.text, block):
            lead = at
        at += 1


def _ends_in_colon(text: str, block: Block) -> bool:
    return text[max(block.start, block.end - 8) : block.end].rstrip(" \t\r\n*_\u00a0").endswith((":", ":-"))


def _row_end(blocks: tuple[Block, ...], at: int) -> int:
    """The last block of the row of cells that begins at `at`."""
    first = blocks[at]
    last = at
    while last + 1 < len(blocks):
        following = blocks[last + 1]
        if following.kind is not BlockKind.CELL or (following.table, following.row) != (first.table, first.row):
            break
        last += 1
    return last


def sentence_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of `text[start:end]`, trimmed, without a bullet's glyph."""
    begin = start + _glyph_length(text[start : min(end, start + 12)])
    spans = []
    for stop in _STOP.finditer(text, begin, end):
        if _is_end(text, begin, stop, end):
            spans.append(_trimmed(text, begin, stop.end()))
            begin = stop.end()
    spans.append(_trimmed(text, begin, end))
    return [(a, b) for a, b in spans if a < b]


def _glyph_length(opening: str) -> int:
    lead = len(opening) - len(opening.lstrip())
    glyph = _GLYPH.match(opening, lead)
    return glyph.end() if glyph else lead


def _is_end(text: str, begin: int, stop: re.Match[str], end: int) -> bool:
    following = _NEXT.match(text, stop.end(), end)
    opener = following.group(1) if following else ""
    if opener and not (opener.isupper() or opener.isdigit()):
        return "\n" in (following.group(0) if following else "") and not opener.islower()
    if text[stop.start()] != "." or stop.group().startswith(".."):
        return True
    word = _LAST_WORD.search(text, max(begin, stop.start() - 24), stop.start())
    last = word.group().strip("’'").lower() if word else ""
    if last in _MAY_CLOSE:
        return bool(opener) and opener.isupper()
    if last in _ABBREVIATIONS:
        return False
    return not (len(last) == 1 and last.isalpha() and opener.isupper() and last != "i")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def sentence_at(found: tuple[Sentence, ...], offset: int) -> Sentence | None:
    """The sentence that holds a place in the text, or None where it lies between sentences. `found` is in order."""
    at = bisect_left(found, offset + 1, key=lambda s: s.start) - 1
    return found[at] if at >= 0 and offset < found[at].end else None
