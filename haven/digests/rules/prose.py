"""What people write in a digest, as paragraphs and lists, in short, and with the contacts that stand in it."""

from collections.abc import Iterable

from haven.engines.compare.telling import shortened
from haven.engines.documents.document import Document
from haven.engines.reading.who.reaches import find_reaches

FIRST_LINES = 300  # letters of an introduction that an e-mail carries

Block = tuple[str, list[str]]
"""A paragraph ("p") with its lines, or a list ("ul") with its entries."""


def blocks_of(text: str) -> list[Block]:
    """Somebody's words as paragraphs and lists: a blank line parts two paragraphs, a dash begins an entry."""
    blocks: list[Block] = []
    is_new = True
    for line in (each.strip() for each in text.splitlines()):
        kind = "ul" if line[:2] in ("- ", "* ", "• ") else "p"
        words = line[2:].strip() if kind == "ul" else line
        if not words:
            is_new = True
            continue
        if (is_new and not (kind == "ul" and blocks and blocks[-1][0] == "ul")) or not blocks or blocks[-1][0] != kind:
            blocks.append((kind, []))
        blocks[-1][1].append(words)
        is_new = False
    return blocks


def contacts_in(words: Iterable[str]) -> list[str]:
    """The telephone numbers and e-mail addresses that stand in these words, as they are written there, each once."""
    found: dict[str, None] = {}
    for each in words:
        reaches = (
            find_reaches(Document(name="", media_type="text/plain", text=each))
            if any(sign in each for sign in "@0123456789")
            else ()
        )
        found |= dict.fromkeys(each[reach.start : reach.end].strip() for reach in reaches)
    return list(found)


def first_lines(introduction: str) -> str:
    """So much of an introduction as an e-mail carries."""
    return shortened(" ".join(introduction.split()), FIRST_LINES)
