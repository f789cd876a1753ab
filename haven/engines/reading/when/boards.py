"""Boards: lines below a week, a weekday or a day that stands alone and speaks for all of them."""

import re
from dataclasses import replace
from datetime import date, timedelta

from haven.engines.documents.document import BlockKind
from haven.engines.patterns.late import late
from haven.engines.reading.what.sentences import Sentence
from haven.engines.reading.when.clock import find_clocks
from haven.engines.reading.when.hours import is_figure, is_told_hour
from haven.engines.reading.when.mention import Mention
from haven.engines.reading.when.stretch import Kind

_NAMED_WEEK = late(
    r"\W*(?:(?:dates|diary|events|what[’']s\s+on|plan|rota)\s+(?:for\s+)?)?(?P<which>this|next|"
    r"the\s+coming)\s+week\W*",
    re.IGNORECASE,
)
_LONGEST = 120  # characters of a line below a day


def own_week(text: str, sentence: Sentence, fresh: list[Mention], note: date) -> date | None:
    """The first day of the week that a line of its own names (‘w/c 7 November’, ‘Next week’, ‘Week 3: 9–13 June’)."""
    if not fresh:
        named = _NAMED_WEEK.fullmatch(text, sentence.start, min(sentence.end, sentence.start + 60))
        monday = note - timedelta(days=note.weekday())
        return monday + timedelta(days=0 if named["which"].lower() == "this" else 7) if named else None
    first = fresh[0]
    if len(fresh) != 1 or sentence.end - first.end > 3 or sentence.end - sentence.start > 60:
        return None
    if first.kind is Kind.WEEK and first.start - sentence.start <= 12:
        return first.day
    if first.kind is not Kind.RANGE or first.day.weekday() != 0 or first.until is None:
        return None
    is_named = "week" in text[sentence.start : first.start].lower() or sentence.kind is BlockKind.HEADING
    return first.day if is_named and 3 <= (first.until - first.day).days <= 6 else None


def later_in_line(text: str, sentence: Sentence, mentions: list[Mention]) -> list[Mention]:
    """A later sentence with hours, in a line that opens with its day (‘TUE  Photos. Staff meeting 3.40.’), or set in
    below it."""
    last = mentions[-1] if mentions else None
    if last is None or not last.opens_line or sentence.end - sentence.start > 200:
        return []
    if last.block != sentence.block and not (last.block + 1 == sentence.block and _is_set_in(text, sentence)):
        return []
    clocks = find_clocks(text[sentence.start : sentence.end], sentence.start)
    clock = next((c for c in clocks if not is_figure(text, c) or is_told_hour(text, c)), None)
    if clock is None:
        return []
    here = replace(
        last, start=sentence.start, end=sentence.start, sentence=sentence, block=sentence.block, previous_end=None
    )
    return [replace(here, at=clock.at, ends_at=clock.until, clock=(clock.start, clock.end))]


_DITTO = late(r"[\W_]*(?:ditto|do\.|(?:on\s+)?(?:the\s+)?same\s+(?:day|date))(?=\W)|\s*[\"”〃]\s{2,}", re.IGNORECASE)


def same_day(text: str, sentence: Sentence, mentions: list[Mention]) -> list[Mention]:
    """‘ditto  1300-1600  Refresher (repeat)’, below a line that opens with its day."""
    last = mentions[-1] if mentions else None
    match = _DITTO.match(text, sentence.start, sentence.end)
    if match is None or last is None or not 0 < sentence.block - last.block <= 3:
        return []
    clock = next(iter(find_clocks(text[match.end() : sentence.end], match.end())), None)
    return [
        replace(
            last,
            start=sentence.start,
            end=match.end(),
            at=clock.at if clock else None,
            ends_at=clock.until if clock else None,
            clock=(clock.start, clock.end) if clock else None,
            sentence=sentence,
            block=sentence.block,
            conflict=None,
            previous_end=None,
            next_start=None,
        )
    ]


def below_day(text: str, sentence: Sentence, mentions: list[Mention], note: date) -> list[Mention]:
    """A line with hours, below a line that is only a day: the day's own mention gives way to the first of them."""
    last = mentions[-1] if mentions else None
    if last is None or not sentence.is_first or last.day == note or sentence.kind is BlockKind.CELL:
        return []
    is_near = sentence.block - last.block <= 3 and sentence.end - sentence.start <= _LONGEST
    if not is_near or sentence.kind is BlockKind.HEADING or last.kind not in {Kind.DAY, Kind.RELATIVE}:
        return []
    is_only_day = not last.is_below_day and last.at is None and re.search(r"[A-Za-z0-9]", _besides(text, last)) is None
    if not (is_only_day or last.is_below_day):
        return []
    clocks = find_clocks(text[sentence.start : sentence.end], sentence.start)
    clock = next(
        (c for c in clocks if not c.is_weak or _fits(text, sentence, c.start, c.end, is_figure(text, c))), None
    )
    if clock is None:
        return []
    has_words = re.search(r"[A-Za-z]{3}", text[sentence.start : clock.start] + text[clock.end : sentence.end])
    if has_words is None and not is_only_day:
        return []
    timed = replace(last, at=clock.at, ends_at=clock.until, clock=(clock.start, clock.end))
    if has_words is None:
        mentions[-1] = timed
        return []
    if is_only_day and sentence.block - last.block == 1:
        mentions.pop()
    here = replace(timed, start=sentence.start, end=sentence.start, sentence=sentence, block=sentence.block)
    return [replace(here, is_below_day=True, previous_end=None, opens_line=True)]


def _fits(text: str, sentence: Sentence, start: int, end: int, is_bare: bool) -> bool:
    """Figures at either end of a line are hours (‘8.20 Staff briefing’)."""
    opens = not re.search(r"\w", text[sentence.start : start])
    closes = not re.search(r"\w", text[end : sentence.end])
    return not is_bare and (opens or closes)


def _besides(text: str, mention: Mention) -> str:
    sentence = mention.sentence
    return text[sentence.start : mention.start] + text[mention.end : min(sentence.end, mention.end + 200)]


def _is_set_in(text: str, sentence: Sentence) -> bool:
    """Whether a line stands in from the edge, as what goes on below a day does."""
    line = text.rfind("\n", max(0, sentence.start - 40), sentence.start) + 1
    ahead = text[line : sentence.start]
    return line > 0 and ahead.isspace() and (len(ahead) > 3 or "\t" in ahead)
