"""Reads markdown, with the front matter that websites put above it."""

import datetime as dt
import re

from markdown_it import MarkdownIt

from haven.engines.reading.document import Block, BlockKind, Document
from haven.engines.reading.extract.plaintext import decoded
from haven.engines.reading.extract.scribe import Scribe
from haven.engines.reading.extract.webpage import write_page

_FRONT = re.compile(r"\A\s*---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_FIELD = re.compile(
    r"^(title|date|publishdate|published|pubdate)[ \t]*:[ \t]*(.+?)[ \t]*$", re.IGNORECASE | re.MULTILINE
)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


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
    write_page(scribe, render.render(text[front.end() :] if front else text))
    return scribe.document(name, "text/markdown", title, _day(known))


def _day(known: dict[str, str]) -> dt.date | None:
    for key in ("publishdate", "date", "published", "pubdate"):
        if found := _DAY.search(known.get(key, "")):
            try:
                return dt.date(*map(int, found.groups()))
            except ValueError:
                continue
    return None
