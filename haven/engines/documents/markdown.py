"""Reads markdown, with the front matter that websites put above it."""

import datetime as dt
import re
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from haven.engines.documents.decoding import decoded
from haven.engines.documents.document import Block, BlockKind, Document
from haven.engines.documents.plaintext import own_lines, wrap_width
from haven.engines.documents.scribe import Scribe
from haven.engines.documents.webpage import write_page
from haven.engines.patterns.late import late

_FRONT = late(r"\A\s*---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_FIELD = late(r"^(title|date|publishdate|published|pubdate)[ \t]*:[ \t]*(.+?)[ \t]*$", re.IGNORECASE | re.MULTILINE)
_REACH = late(r"@[\w-]+\.|\b0\d[\d ()-]{7,}\d|\+44")
_DAY = late(r"(\d{4})-(\d{2})-(\d{2})")


def open_markdown(name: str, content: bytes) -> Document:
    """Markdown as prose: mark-up gone, links behind their words, tables as cells."""
    text = decoded(content)
    front = _FRONT.match(text[:20000])
    known = {k.lower(): v.strip("'\"") for k, v in _FIELD.findall(front.group(1))} if front else {}
    scribe = Scribe()
    if title := known.get("title"):
        scribe.write_text(title, Block(0, 0, BlockKind.HEADING, 1))
    render = (
        MarkdownIt("commonmark", {"html": True, "maxNesting": 40}).enable(["table", "strikethrough"]).disable("code")
    )
    source = text[front.end() :] if front else text
    tokens = render.parse(source)
    _keep_own_lines(tokens, wrap_width(source.split("\n")))
    write_page(scribe, render.renderer.render(tokens, render.options, {}))
    return scribe.document(name, "text/markdown", title, _day(known))


def _keep_own_lines(tokens: list[Token], width: int | None) -> None:
    """Let lines stay lines that each give a number or an address, though markdown would join them."""
    for token in tokens:
        breaks = [child for child in token.children or () if child.type in ("softbreak", "hardbreak")]
        lines = token.content.split("\n")
        if not breaks or len(lines) != len(breaks) + 1 or not all(line.strip() for line in lines):
            continue
        reaches = [bool(_REACH.search(line)) for line in lines]
        for at_break, is_own, both in zip(breaks, own_lines(lines, width), pairwise(reaches), strict=True):
            if is_own and all(both):
                at_break.type, at_break.tag = "hardbreak", "br"


def _day(known: dict[str, str]) -> dt.date | None:
    for key in ("publishdate", "date", "published", "pubdate"):
        if found := _DAY.search(known.get(key, "")):
            try:
                return dt.date(*map(int, found.groups()))
            except ValueError:
                continue
    return None
