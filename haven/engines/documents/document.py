"""What extraction hands to understanding: the text of a note, and what the file knew about its parts."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum


class BlockKind(StrEnum):
    """What a run of text is in its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    CELL = "cell"  # one cell of a table
    NOISE = "noise"  # quoted reply, signature rule, page furniture, struck-through or hidden text: never read for items
    FURNITURE = "furniture"  # headers of an e-mail, masthead, running head: read for title, date and contacts only


@dataclass(frozen=True, slots=True)
class Block:
    """A run of `Document.text`, from `start` up to `end` (code points), that hangs together. Blocks are in order, do
    not overlap, and together hold all that is not white space."""

    start: int
    end: int
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0  # of a heading 1–6; of a bullet its nesting from 0
    table: int | None = None  # of a cell: which table of the document, from 0
    row: int | None = None  # of a cell: row from 0
    column: int | None = None  # of a cell: column from 0
    is_header: bool = False  # of a cell: stands in the heading row or column
    page: int | None = None  # from 1, where the file has pages


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link that the file carries behind its words: `text[start:end]` is what is read, `url` is where it leads."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a note as extracted, with its blocks and the links behind its words.

    `date` is the date that the file itself states outside the text (an e-mail's header); a date in the note's own
    heading is left to understanding. `title` likewise is the file's own, or null.
    """

    name: str
    media_type: str
    text: str
    blocks: tuple[Block, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    title: str | None = None
    date: dt.date | None = None
    warnings: tuple[str, ...] = field(default=())
