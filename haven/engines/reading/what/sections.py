"""How the documents of a list stand by what heads it: `Being consulted on`, `No longer applies`."""

import re

from haven.engines.documents.document import BlockKind, Document
from haven.engines.patterns.late import late
from haven.engines.reading.items import Status
from haven.engines.reading.what.catalogue import Names
from haven.engines.reading.what.sentences import Sentence
from haven.engines.reading.what.standing import section_status

_LIST_OF_GUIDANCE = late(
    r"\b(?:guidance|documents?|publications?|advice|consultations?|what[’']s new|legislation and guidance|related|"
    r"(?:further |required )?reading(?: list)?|what to read|polic(?:y|ies) watch|(?:our|local) procedures|"
    r"polic(?:y|ies) and (?:guidance|procedures?)|strategies|toolkits|resources)\b",
    re.IGNORECASE,
)
_OPENING = 6  # the first characters of a line: a number, a bullet
_LONGEST_CAPTION = 48


class Sections:
    """Reads headings, captions and lines that end in a colon, each once."""

    def __init__(self, document: Document, names: Names) -> None:
        self.document = document
        self.caption: tuple[int, int] | None = None
        self.lists_documents = _names_many(document, names)
        self.known: dict[int, tuple[Status | None, bool]] = {}

    def at(self, sentence: Sentence) -> tuple[Status | None, bool]:
        """The status that the heading over a sentence gives, and whether the heading is of a list of guidance."""
        text, blocks = self.document.text, self.document.blocks
        if sentence.kind is BlockKind.PARAGRAPH:
            self.caption = (sentence.start, sentence.end) if _is_caption(text, sentence) else None
        elif sentence.kind is BlockKind.HEADING:
            self.caption = None
        if sentence.kind is BlockKind.HEADING:
            return None, False
        heads = [(blocks[at].start, blocks[at].end) for at in (sentence.lead, sentence.heading) if at is not None]
        if self.caption and self.caption[0] != sentence.start:
            heads.insert(0, self.caption)
        for start, end in heads:
            if start not in self.known:
                words = text[start : min(end, start + 120)]
                status = section_status(words, of_documents=self.lists_documents)
                self.known[start] = (status, status is not None or bool(_LIST_OF_GUIDANCE.search(words)))
            if self.known[start][1]:
                return self.known[start]
        return None, False


def _is_caption(text: str, sentence: Sentence) -> bool:
    is_short = sentence.is_first and sentence.end - sentence.start <= _LONGEST_CAPTION
    return is_short and len(text[sentence.start : sentence.end].split()) <= 7


def _names_many(document: Document, names: Names) -> bool:
    """Whether a note is a list of documents: one line in a dozen begins with a title of the catalogue."""
    lines = [b for b in document.blocks if b.kind is not BlockKind.NOISE]
    begun = sum(1 for b in lines if any(name.start - b.start < _OPENING for name in names.between(b.start, b.end)))
    return begun >= 2 and begun * 12 >= len(lines)
