"""Writes a document's text piece by piece, and keeps where its blocks and links lie."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from haven.engines.documents.document import Anchor, Block, BlockKind, Document
from haven.engines.patterns.late import late

_SPACE = late(r"[ \t\r\n\f\v]{2,}|[\r\f\v]")  # what is not one space, tab or newline already


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words in one style. A newline in `text` is a line break that the author made."""

    text: str
    url: str | None = None
    is_struck: bool = False


class Scribe:
    """A document in the making. Blocks are written in reading order."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.blocks: list[Block] = []
        self.anchors: list[Anchor] = []
        self.warnings: list[str] = []
        self._tables = 0

    def new_table(self) -> int:
        """The number of a table that begins here."""
        self._tables += 1
        return self._tables - 1

    def write(self, pieces: Iterable[Piece], like: Block, gap: str = "\n\n") -> bool:
        """Add a block of the kind and place of `like` (whose offsets do not matter), parted from what came before by
        `gap`. Words struck out are left out, unless all are: then the block is noise. False where no words are left."""
        pieces = list(pieces)
        kept = [p for p in pieces if not p.is_struck]
        if not _has_words(kept) and _has_words(pieces):
            kept, like = pieces, replace(like, kind=BlockKind.NOISE)
        kept = tidied(kept)
        if not kept:
            return False
        if self._length:
            self._put(gap)
        start = self._length
        for piece in kept:
            begin = self._length
            self._put(piece.text)
            if piece.url:
                self._anchor(begin, piece.text, piece.url)
        self.blocks.append(replace(like, start=start, end=self._length))
        return True

    def write_text(self, text: str, like: Block, gap: str = "\n\n") -> bool:
        """Add a block that is one run of words."""
        return self.write([Piece(text)], like, gap)

    def append(self, document: Document) -> None:
        """Add another document behind this one."""
        if self._length and document.text:
            self._put("\n\n")
        shift, tables = self._length, self._tables
        self._put(document.text)
        for block in document.blocks:
            table = None if block.table is None else block.table + tables
            self._tables = max(self._tables, 0 if table is None else table + 1)
            self.blocks.append(replace(block, start=block.start + shift, end=block.end + shift, table=table))
        self.anchors += [Anchor(a.start + shift, a.end + shift, a.url) for a in document.anchors]
        self.warnings += document.warnings

    def document(self, name: str, media_type: str, title: str | None = None, day: date | None = None) -> Document:
        """What has been written, as a document."""
        return Document(
            name=name,
            media_type=media_type,
            text="".join(self._parts),
            blocks=tuple(self.blocks),
            anchors=tuple(self.anchors),
            title=title or None,
            date=day,
            warnings=tuple(self.warnings),
        )

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _anchor(self, begin: int, text: str, url: str) -> None:
        lead = len(text) - len(text.lstrip())
        words = text.strip()
        if not words:
            return
        start, end = begin + lead, begin + lead + len(words)
        before = self.anchors[-1] if self.anchors else None
        if (
            before
            and before.url == url
            and before.end >= begin - 1
            and begin > (self.blocks[-1].end if self.blocks else -1)
        ):
            start = before.start
            self.anchors.pop()
        self.anchors.append(Anchor(start, end, url))


def _has_words(pieces: Iterable[Piece]) -> bool:
    return any(not p.text.isspace() and p.text for p in pieces)


def tidied(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces with white space folded as a page shows it: single spaces, none at the ends, line breaks kept."""
    tidy: list[Piece] = []
    last = "\n"
    for piece in pieces:
        text = _SPACE.sub(_folded, piece.text)
        if last in " \t\n":
            text = text.lstrip(" \t\n" if last == "\n" else " ")
        if text[:1] == "\n" and tidy:
            tidy[-1] = _with_text(tidy[-1], tidy[-1].text.rstrip(" \t"))
        if text:
            tidy.append(_with_text(piece, text))
            last = text[-1]
    while tidy and not tidy[-1].text.strip():
        tidy.pop()
    if tidy:
        tidy[-1] = _with_text(tidy[-1], tidy[-1].text.rstrip())
        tidy[0] = _with_text(tidy[0], tidy[0].text.lstrip())
    return tidy


def _with_text(piece: Piece, text: str) -> Piece:
    return piece if text == piece.text else Piece(text, piece.url, piece.is_struck)


def _folded(run: re.Match[str]) -> str:
    return next((c for c in "\n\t" if c in run.group()), " ")
