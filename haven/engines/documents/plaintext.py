"""Reads plain text: what its bytes say, and which of its lines are headings, bullets and paragraphs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from haven.engines.documents.document import Block, BlockKind
from haven.engines.patterns.late import late

BULLET = late(
    r"[ \t\u00a0]*(?P<glyph>[•·●○◦▪■□▫‣⁃∙◆◇❖►▶➢➤✓✔✗☐☑\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf02d]|[Øü§](?=[ \t\u00a0]+\S{2})|"
    r"o(?=\t|[ ]{2,}|[ ](?=[A-Z]))|[*+–—-](?=[ \t\u00a0])|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)](?=[ \t\u00a0]))"
    r"[ \t\u00a0]*(?=\S)"
)
_RULE = late(r"\s*([-=_*~#─━—–])(?:[ \t]*\1){2,}\s*$")
_GUTTER = late(r"\S(?: {3,}|\t)\S")  # between columns that are set out by white space
_HANGING = late(
    r"\b(?:at|on|to|the|of|by|and|or|in|for|with|from|until|till|between|an?|than|via|is|are|be|will|your|our|still)$",
    re.IGNORECASE,
)
_NUMBERED = late(r"\s*\d{1,2}(?:\.\d{1,2}){0,3}\.?\)?[ \t]+[A-Z]")
_NOT_HEADING = late(
    r"[@]|https?:|www\.|\d{5}|^\s*(?:dear|hi|hello|regards|kind|best|many thanks|thanks|yours|from|to|cc)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Line:
    """One line of the text, from `start` to `end`, white space at its ends left out."""

    start: int
    end: int
    text: str
    bullet: re.Match[str] | None
    is_after_blank: bool


@dataclass(slots=True)
class _Chunk:
    """Lines that make up one block."""

    lines: list[_Line] = field(default_factory=list)


def text_blocks(text: str, start: int = 0, page: int | None = None) -> list[Block]:
    """The blocks of plain text. Lines that were only wrapped belong together; lines that an author ended do not.
    Offsets are moved on by `start`."""
    lines = list(_lines(text))
    width = wrap_width([line.text for line in lines])
    chunks = _chunks(lines, width)
    nesting = _Nesting()
    blocks = []
    for at, chunk in enumerate(chunks):
        following = chunks[at + 1] if at + 1 < len(chunks) else None
        kind, level = _kind(chunk, following, nesting, is_first=at == 0)
        blocks.append(Block(chunk.lines[0].start + start, chunk.lines[-1].end + start, kind, level, page=page))
    return blocks


def _lines(text: str) -> Iterator[_Line]:
    position, is_after_blank = 0, True
    for raw in text.split("\n"):
        bare = raw.strip()
        if bare:
            lead = len(raw) - len(raw.lstrip())
            begin = position + lead
            yield _Line(begin, begin + len(bare), raw.rstrip(), BULLET.match(raw), is_after_blank)
        is_after_blank = not bare
        position += len(raw) + 1


def wrap_width(lines: list[str]) -> int | None:
    """The width at which lines were wrapped, or None where each line is the author's own."""
    lengths = sorted(len(line) for line in lines if " " in line.strip())
    if len(lengths) < 4:
        return None
    width = lengths[int(len(lengths) * 0.97)]
    if not 45 <= width <= 170:
        return None
    near = sum(width - 14 <= n <= width for n in lengths)
    return width if near >= 3 and near >= 0.2 * len(lengths) else None


def own_lines(lines: list[str], width: int | None) -> list[bool]:
    """Of each line but the first, whether its author began it, or it was only wrapped."""
    made = list(_lines("\n".join(lines)))
    return [not _carries_on(before, line, width) for before, line in pairwise(made)]


def _chunks(lines: list[_Line], width: int | None) -> list[_Chunk]:
    chunks: list[_Chunk] = []
    for line in lines:
        if chunks and not line.is_after_blank and _carries_on(chunks[-1].lines[-1], line, width):
            chunks[-1].lines.append(line)
        else:
            chunks.append(_Chunk([line]))
    return chunks


def _carries_on(before: _Line, line: _Line, width: int | None) -> bool:
    """Whether a line is the wrapped continuation of the one before it."""
    if line.bullet or _RULE.match(line.text) or _RULE.match(before.text):
        return False
    opening = line.text.lstrip()
    if _GUTTER.search(before.text) and _GUTTER.search(opening):
        return False
    if width:
        first_word = opening.split(None, 1)[0]
        if len(before.text) <= width and len(before.text) + 1 + len(first_word) > width - 3:
            return True
    if len(before.text) < 35 or "\t" in line.text:
        return False
    return _HANGING.search(before.text) is not None or (opening[:1].islower() and before.text[-1] not in ".!?:;")


class _Nesting:
    """How deep a bullet stands, by its indent and by the order in which glyphs were first used."""

    def __init__(self) -> None:
        self._stack: list[tuple[int, str]] = []

    def reset(self) -> None:
        self._stack.clear()

    def level(self, bullet: re.Match[str]) -> int:
        glyph = bullet["glyph"]
        key = (
            len(bullet.group().expandtabs(4)) - len(bullet.group().lstrip()),
            "1" if glyph[0].isalnum() and glyph[-1] in ".)" else glyph,
        )
        if key in self._stack:
            del self._stack[self._stack.index(key) + 1 :]
            return len(self._stack) - 1
        while self._stack and self._stack[-1][0] > key[0]:
            self._stack.pop()
        self._stack = [*self._stack[:8], key]
        return len(self._stack) - 1


def _kind(chunk: _Chunk, following: _Chunk | None, nesting: _Nesting, *, is_first: bool) -> tuple[BlockKind, int]:
    line = chunk.lines[0]
    if _RULE.match(line.text):
        return BlockKind.NOISE, 0
    if line.bullet and not _is_numbered_heading(chunk, following):
        return BlockKind.BULLET, nesting.level(line.bullet)
    if _is_heading(chunk, following, is_first=is_first):
        nesting.reset()
        return BlockKind.HEADING, 1 if is_first else 2
    return BlockKind.PARAGRAPH, 0


def _is_numbered_heading(chunk: _Chunk, following: _Chunk | None) -> bool:
    """'3. Police (NH)' over its paragraph, not one of a run of numbered points."""
    line = chunk.lines[0]
    if not _NUMBERED.match(line.text) or following is None or following.lines[0].bullet is not None:
        return False
    return following.lines[0].is_after_blank and line.is_after_blank and _reads_as_heading(chunk)


def _is_heading(chunk: _Chunk, following: _Chunk | None, *, is_first: bool) -> bool:
    if not _reads_as_heading(chunk):
        return False
    if following is None:
        return False
    underlined = bool(_RULE.match(following.lines[0].text)) and not following.lines[0].is_after_blank
    if underlined or is_first:
        return True
    text = chunk.lines[0].text.strip()
    if text.isupper() and sum(map(str.isalpha, text)) > 3:
        return True
    return chunk.lines[0].is_after_blank and (following.lines[0].is_after_blank or bool(following.lines[0].bullet))


def _reads_as_heading(chunk: _Chunk) -> bool:
    text = chunk.lines[0].text.strip()
    short = len(chunk.lines) == 1 and len(text) <= 80 and len(text.split()) <= 12
    return short and text[-1] not in ".,;!" and not _NOT_HEADING.search(text) and any(map(str.isalpha, text))
