"""What stands around a day: its clause, its heading, its row of a table and that row's headings."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from haven.engines.documents.document import Block, BlockKind, Document
from haven.engines.patterns.late import late
from haven.engines.reading.items import Deadline
from haven.engines.reading.what.sentences import Sentence
from haven.engines.reading.when.mention import Mention
from haven.engines.reading.when.tables import column_headings

_CLAUSE_STOP = late(r"[;!?]|\.\s|\n\s*\n|\s[–—]\s")
_GREETING = late(r"\W*(?:dear|hi|hello|good\s+(?:morning|afternoon|evening)|colleagues)\b", re.IGNORECASE)
_GUTTER = late(r"[ \u00a0]{2,}|\t")
LONGEST = 800  # characters of one sentence that are looked at around a day


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A document with its sentences and mentions, looked up by place. Every look-up is bounded in length."""

    document: Document
    found: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    headers: Mapping[tuple[int, int], str]  # (table, column) → heading of that column
    dated: frozenset[int]  # starts of the sentences that hold a day
    limits: dict[int, Deadline | None] = field(repr=False)  # what has been worked out, by mention
    day_columns: frozenset[tuple[int | None, int | None]]  # the columns of tables that hold days
    sections: tuple[int, ...]  # for each sentence, the index of the title-like line above it, or -1
    places: Mapping[int, int]  # start of a sentence → its index

    @property
    def text(self) -> str:
        return self.document.text

    def words(self, sentence: Sentence) -> str:
        """The words of a sentence; of an endless one, its opening."""
        return self.text[sentence.start : min(sentence.end, sentence.start + LONGEST)]

    def span(self, mention: Mention) -> tuple[int, int]:
        """The sentence of a day; of an endless one, the words around the day."""
        start, end = mention.sentence.start, mention.sentence.end
        if end - start <= LONGEST:
            return start, end
        start, end = max(start, mention.start - LONGEST // 2), min(end, mention.end + LONGEST // 2)
        return self.text.find(" ", start, mention.start) + 1 or start, max(
            self.text.rfind(" ", mention.end, end), mention.end
        )

    def around(self, mention: Mention) -> str:
        start, end = self.span(mention)
        return self.text[start:end]

    def section(self, sentence: Sentence) -> Sentence | None:
        """The heading, or the short undated line that serves as one, above a sentence."""
        at = self.sections[self.index_of(sentence)]
        return self.found[at] if at >= 0 else None

    def section_text(self, sentence: Sentence) -> str:
        section = self.section(sentence)
        return self.words(section).strip() if section else ""

    def columns(self, sentence: Sentence) -> list[str]:
        """The parts of a line that is set out in columns by white space; none where it is not."""
        if sentence.kind is BlockKind.CELL or sentence.end - sentence.start > LONGEST:
            return []
        parts = [p.strip() for p in _GUTTER.split(self.words(sentence))]
        return parts if len(parts) > 1 else []

    def index_of(self, sentence: Sentence) -> int:
        return self.places[sentence.start]

    def sentence_before(self, sentence: Sentence, steps: int = 1) -> Sentence | None:
        at = self.index_of(sentence) - steps
        return self.found[at] if at >= 0 else None

    def sentence_after(self, sentence: Sentence) -> Sentence | None:
        at = self.index_of(sentence) + 1
        return self.found[at] if at < len(self.found) else None

    def before(self, mention: Mention, limit: int = 140) -> str:
        """The words of the sentence (or cell) before the day and the hours in front of it."""
        start, _ = self.bounds(mention)
        edge = self.edge(mention)
        return self.text[max(start, edge - limit) : edge]

    def after(self, mention: Mention, limit: int = 140) -> str:
        """The words of the sentence (or cell) after the day."""
        _, end = self.bounds(mention)
        return self.text[mention.end : min(end, mention.end + limit)]

    def bounds(self, mention: Mention) -> tuple[int, int]:
        if mention.sentence.kind is BlockKind.CELL:
            block = self.document.blocks[mention.block]
            return block.start, block.end
        return mention.sentence.start, mention.sentence.end

    def edge(self, mention: Mention) -> int:
        """Where the expression of time begins: its hours count where they stand in front."""
        if mention.clock and mention.clock[1] <= mention.start and mention.start - mention.clock[1] < 30:
            return mention.clock[0]
        return mention.start

    def block_text(self, index: int | None) -> str:
        if index is None:
            return ""
        block = self.document.blocks[index]
        return self.text[block.start : block.end].strip()

    def cells(self, sentence: Sentence) -> list[Block]:
        blocks = self.document.blocks[sentence.block : sentence.last_block + 1]
        return [b for b in blocks if b.kind is BlockKind.CELL]

    def cell_text(self, cell: Block) -> str:
        return self.text[cell.start : cell.end].strip()

    def header(self, cell: Block) -> str:
        if cell.table is None or cell.column is None:
            return ""
        return self.headers.get((cell.table, cell.column), "")


def survey(document: Document, found: tuple[Sentence, ...], mentions: tuple[Mention, ...]) -> Surroundings:
    """Prepares the look-ups once, in one walk."""
    dated = frozenset(m.sentence.start for m in mentions)
    blocks = [document.blocks[m.block] for m in mentions]
    columns = frozenset((b.table, b.column) for b in blocks if b.kind is BlockKind.CELL)
    sections = tuple(_sections(document, found, dated))
    places = {sentence.start: at for at, sentence in enumerate(found)}
    return Surroundings(document, found, mentions, column_headings(document), dated, {}, columns, sections, places)


def _sections(document: Document, found: tuple[Sentence, ...], dated: frozenset[int]) -> Iterator[int]:
    current = -1
    for at, sentence in enumerate(found):
        yield current
        following = found[at + 1].kind if at + 1 < len(found) else None
        is_item = sentence.kind is BlockKind.BULLET and following is BlockKind.BULLET
        if sentence.kind is BlockKind.HEADING or (not is_item and _is_title_like(document, sentence, dated)):
            current = at


def _is_title_like(document: Document, sentence: Sentence, dated: frozenset[int]) -> bool:
    if sentence.kind is BlockKind.CELL or not sentence.is_first or sentence.start in dated:
        return False
    if not 3 <= sentence.end - sentence.start <= 80 or sentence.end < document.blocks[sentence.block].end - 2:
        return False
    words = document.text[sentence.start : sentence.end]
    if _GREETING.match(words):
        return False
    return not words.endswith((".", "!", "?", ";", ",")) and "@" not in words and re.search(r"\d{5}", words) is None


def clause_before(words: str) -> str:
    """The last clause of what comes before a day."""
    last = 0
    for stop in _CLAUSE_STOP.finditer(words):
        last = stop.end()
    return words[last:]


def clause_after(words: str) -> str:
    """The first clause of what comes after a day."""
    return _CLAUSE_STOP.split(words, maxsplit=1)[0]
