"""Reads tables that list documents: what each is called, which edition, and how it stands."""

import re

from haven.engines.documents.document import Block, Document
from haven.engines.patterns.late import late
from haven.engines.reading.what.catalogue import named_in
from haven.engines.reading.what.editions import MONTH, YEAR, Found
from haven.engines.reading.what.naming import IS_DOCUMENT, STARTERS, could_be_title
from haven.engines.reading.what.standing import status_of
from haven.engines.reading.what.tables import Row, rows_of_tables

_DOCUMENT = late(
    r"\W*(?:(?:name|title) of (?:the )?)?(?:documents?|guidance(?: document)?|titles?|publications?|polic(?:y|ies)|"
    r"polic(?:y|ies) (?:and|or|/|&) guidance|protocols?|procedures?)\W*",
    re.IGNORECASE,
)
_PERHAPS = late(r"\W*(?:what|name|items?)\W*", re.IGNORECASE)
_STATE = late(
    r"\b(?:stat(?:e|us)|where it stands|standing|state of play|published|in force|position|news)\b", re.IGNORECASE
)
_EDITION = late(r"\b(?:editions?|versions?|issue)\b", re.IGNORECASE)
_IN_TITLE = late(
    rf"[\s,(]+(?P<edition>(?:{MONTH}\s+)?{YEAR}|(?:version\s?|v\.?\s?)\d[\d.]*|draft(?:\s\w)?)\W*$", re.IGNORECASE
)
_NONE = late(r"[\W_]*(?:n/?a|none|tbc|no)?[\W_]*", re.IGNORECASE)


def registered(document: Document) -> dict[int, Found | None]:
    """By the first block of each row in a table of documents: its document; None where the row names none."""
    found: dict[int, Found | None] = {}
    for rows in rows_of_tables(document):
        columns = _columns(document.text, rows[0])
        if columns:
            found.update({row[0][0]: _document_of(document.text, row, columns) for row in rows[1:]})
    return found


def _columns(text: str, header: Row) -> dict[str, int]:
    """Which column holds the document, its edition and its standing; nothing where the table is of something else."""
    heads = {block.column or 0: text[block.start : block.end].strip() for _, block in header}
    at = next((column for column, head in heads.items() if _DOCUMENT.fullmatch(head)), None)
    edition = next((column for column, head in heads.items() if _EDITION.search(head)), None)
    if at is None and edition is not None:
        at = next((column for column, head in heads.items() if _PERHAPS.fullmatch(head)), None)
    state = next((column for column, head in heads.items() if _STATE.search(head) and column != edition), None)
    if at is None or (edition is None and state is None):
        return {}
    return {"document": at} | {k: v for k, v in (("edition", edition), ("state", state)) if v is not None}


def _document_of(text: str, row: Row, columns: dict[str, int]) -> Found | None:
    cells = {block.column or 0: block for _, block in row}
    cell = cells.get(columns["document"])
    if cell is None or len(cells) < 2:
        return None
    edition = _words(text, cells.get(columns.get("edition", -1)))
    state = _words(text, cells.get(columns.get("state", -1)))
    named = next(named_in(text, cell.start, cell.end), None)
    words = " ".join(text[cell.start : cell.end].split()).strip(" *_“”\"'")
    dated = _IN_TITLE.search(words)
    title = named.title.title if named else STARTERS.sub("", words[: dated.start()] if dated else words)
    if not named and not (2 <= len(title.split()) <= 14 and title[:1].isupper() and could_be_title(title)):
        return None
    if not (named or edition or state or IS_DOCUMENT.search(words)):
        return None
    return Found(
        cell.start, cell.end, title, edition or (dated["edition"] if dated else None), status_of(state or ""), 0.8
    )


def _words(text: str, cell: Block | None) -> str | None:
    words = " ".join(text[cell.start : cell.end].split()) if cell else ""
    return None if _NONE.fullmatch(words) else words
