"""The note's own date: from its file, or from its heading."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from haven.engines.documents.document import Block, BlockKind, Document
from haven.engines.patterns.late import late
from haven.engines.reading.when.days import find_days
from haven.engines.reading.when.stretch import Days, Stretch

HEAD_LENGTH = 1500
_OPENING_LINES = 12
_LABEL = late(
    r"(?:\b(?:publish(?:ed)?(?:\s*date|\s+on)?|issued?(?:\s+on)?|sent|dated|date\s+of\s+(?:issue|meeting|publication)|"
    r"correct\s+(?:on|at)|as\s+at|posted|updated|circulated)\b\s*[:|–-]?\s*)$",
    re.IGNORECASE,
)
_AHEAD = timedelta(days=7)  # a note is hardly ever dated later than the day it is read
_DATE_LABEL = late(r"\bdate\s*[:|–-]?\s*$", re.IGNORECASE)
_NOT_OWN = late(
    r"\b(?:by|before|due|deadline|until|closes?|closing|return|replaces|since|in\s+force|book|next|"
    r"last\s+(?:updated|viewed)|"
    r"expires?|born|Act|regulations|version\s+of|edition)\b[^.\n]{0,40}$|\bfrom\s+(?:the\s+)?$",
    re.IGNORECASE,
)


def note_date(document: Document, today: date) -> date | None:
    """The date that the file states, or the one written in the note's heading; None where there is neither."""
    if document.date is not None:
        return document.date
    candidates = [c for c in _candidates(document, today) if c[0] <= today + _AHEAD]
    if any(day == today for day, _ in candidates):
        return today
    labelled = [d for d, is_labelled in candidates if is_labelled]
    return next(iter(labelled), None) or next((d for d, _ in candidates), None)


def head_blocks(document: Document) -> Iterator[Block]:
    """The blocks at the top of a document, where a note says what it is and when."""
    seen = 0
    for block in document.blocks:
        if block.kind is BlockKind.NOISE:
            continue
        seen += 1
        if seen > _OPENING_LINES or block.start > HEAD_LENGTH:
            return
        yield block


def _candidates(document: Document, today: date) -> Iterator[tuple[date, bool]]:
    text = document.text
    seen = False
    for block in head_blocks(document):
        end = min(block.end, block.start + 400)
        stretch = Stretch(text, block.start, end, today, is_past=True)
        for days in find_days(stretch):
            before = text[max(0, days.start - 60) : days.start]
            is_near = days.start - block.start < 60
            labelled = is_near and _LABEL.search(before) is not None
            if is_near and _DATE_LABEL.search(before) and not seen:
                labelled = True
            if not _is_plausible(text, block, days, today):
                continue
            if labelled or not _NOT_OWN.search(before) or _ends_title(text, block, days):
                seen = True
                yield days.day, labelled


_PARTED = late(r"(?:\s[–—|-]|,|\()\s*$")
_NAMES_LIMIT = late(
    r"\b(?:deadline|date|by|before|due|until|book|return|reply|next|closes|closing|from)\W*$", re.IGNORECASE
)


def _ends_title(text: str, block: Block, days: Days) -> bool:
    """‘If your school has to close – Monday 16 November 2026’: the title, a dash, and the note's day."""
    before = text[block.start : days.start]
    is_end = block.end - days.end <= 2 and block.start < 200 and len(before) < 120 and days.until is None
    return is_end and _PARTED.search(before) is not None and _NAMES_LIMIT.search(before) is None


def _is_plausible(text: str, block: Block, days: Days, today: date) -> bool:
    """Written with its year and not in the thick of a paragraph, or a short line's weekday and date close to today."""
    if block.kind is BlockKind.BULLET:
        return False
    if len(text[block.start : days.start]) > 120 and block.kind is BlockKind.PARAGRAPH:
        return False
    if days.has_year:
        return True
    if block.start < 400 and days.day == today and block.end - block.start < 120 and days.end > block.end - 3:
        return True
    is_short = block.end - block.start < 80 and days.weekday is not None
    return is_short and block.start < 400 and abs(days.day - today) <= timedelta(days=60)
