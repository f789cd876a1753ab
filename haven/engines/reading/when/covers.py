"""Lines that a limit covers without naming a day: below a heading, in a list or merged row, ‘by the date above’."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from haven.engines.documents.document import BlockKind
from haven.engines.patterns.late import late
from haven.engines.reading.items import Deadline
from haven.engines.reading.what.asking import asked
from haven.engines.reading.what.sentences import Sentence
from haven.engines.reading.when.context import Surroundings
from haven.engines.reading.when.mention import Mention

_DATE_ABOVE = late(
    r"\b(?:by|before|for)\s+(?:the\s+(?:above|same)\s+(?:date|deadline|day)|(?:the|that)\s+(?:date|deadline|"
    r"closing\s+date)\s+"
    r"(?:above|given|shown|at\s+the\s+(?:top|head)|in\s+the\s+heading))\b",
    re.IGNORECASE,
)
_LONGEST_HEAD = 90
_CLOSING = late(r"[\W_]*(?:(?:at\s+the\s+latest|please|latest|prompt)[\W_]*)?", re.IGNORECASE)
_SAYS_NOTHING = late(
    r"(?:\W|\d|\b(?:by|before|no|later|than|on|or|due|for|please|pls|all|everyone|schools|the|end|of|term|close|play|"
    r"business|noon|midday|midnight|do|these|this|things?|following|to|be|done|complete[d]?|deadline|needed|required|"
    r"wanted|actions?|half|school|day|week|month|[ap]m|cop|st|nd|rd|th)\b)*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Limit:
    """A day that is a limit, and the deadline made of it."""

    mention: Mention
    deadline: Deadline

    @property
    def sentence(self) -> Sentence:
        return self.mention.sentence


def covered(around: Surroundings, limits: Iterable[Limit]) -> Iterator[tuple[Sentence, Limit]]:
    """Every undated line that asks something by a limit said above it, in order, with that limit."""
    by_place = {limit.sentence.start: limit for limit in limits}
    head: Limit | None = None
    row: Limit | None = None
    last: Limit | None = None
    level: int | None = None
    for at, sentence in enumerate(around.found):
        own = by_place.get(sentence.start)
        if own is not None:
            last = own
            is_head = introduces(around, at, own.mention)
            head, level = (own, None) if is_head else (head if sentence.kind is BlockKind.BULLET else None, level)
            row = own if sentence.kind is BlockKind.CELL else None
        elif sentence.kind is BlockKind.CELL:
            if row is not None and _is_merged(around, sentence, row):
                yield sentence, row
        elif last is not None and _DATE_ABOVE.search(around.words(sentence)):
            if _heads_list(around, at):
                head, level = last, None
            else:
                yield sentence, last
        elif head is not None:
            if sentence.kind is not BlockKind.BULLET:
                head = None
                continue
            depth = around.document.blocks[sentence.block].level
            level = depth if level is None else level
            if depth == level and asks(around, sentence):
                yield sentence, head


def is_bare(around: Surroundings, limit: Limit) -> bool:
    """Whether a line says only that there is a limit: ‘By noon on Friday:’."""
    start, end = around.span(limit.mention)
    beside = f"{around.text[start : limit.mention.start]} {around.text[limit.mention.end : end]}"
    return len(beside) < _LONGEST_HEAD and _SAYS_NOTHING.fullmatch(beside) is not None


def introduces(around: Surroundings, at: int, mention: Mention) -> bool:
    """Whether a line ends with its day and a list follows."""
    end = max(mention.end, mention.clock[1] if mention.clock else 0)
    is_last = _CLOSING.fullmatch(around.text, end, mention.sentence.end) is not None
    return is_last and _heads_list(around, at)


def _heads_list(around: Surroundings, at: int) -> bool:
    sentence = around.found[at]
    following = around.found[at + 1] if at + 1 < len(around.found) else None
    if following is None or following.kind is not BlockKind.BULLET:
        return False
    if following.lead == sentence.block or sentence.kind is BlockKind.HEADING:
        return sentence.kind is not BlockKind.BULLET or _is_below(around, following, sentence)
    is_line = (
        sentence.kind is BlockKind.PARAGRAPH and sentence.is_first and sentence.end - sentence.start < _LONGEST_HEAD
    )
    return is_line and sentence.kind is BlockKind.PARAGRAPH and not around.words(sentence).endswith((".", "!", "?"))


def _is_below(around: Surroundings, inner: Sentence, outer: Sentence) -> bool:
    return around.document.blocks[inner.block].level > around.document.blocks[outer.block].level


def asks(around: Surroundings, sentence: Sentence) -> bool:
    if sentence.start in around.dated or not sentence.is_first:
        return False
    return asked(around.words(sentence), in_a_list_of_actions=True) is not None


def _is_merged(around: Surroundings, sentence: Sentence, above: Limit) -> bool:
    """A row whose first cell, the due day, is that of the row above."""
    cells, before = around.cells(sentence), around.cells(above.sentence)
    if sentence.start in around.dated or not cells or not before or cells[0].table != before[0].table:
        return False
    is_first_due = before[0].column == 0 and before[0].start <= above.mention.start < before[0].end
    return is_first_due and cells[0].column == 1 and len(cells) == len(before) - 1
