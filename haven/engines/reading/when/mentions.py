"""Every day that a note speaks of, with its hours, in the sentence that it stands in."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from haven.engines.documents.document import Block, BlockKind, Document
from haven.engines.patterns.late import late
from haven.engines.reading.what.sentences import Sentence, sentences
from haven.engines.reading.when.boards import below_day, later_in_line, own_week, same_day
from haven.engines.reading.when.clock import Clock, find_clocks
from haven.engines.reading.when.days import MONTH_HINT, find_days
from haven.engines.reading.when.grids import Grids
from haven.engines.reading.when.hours import with_hours
from haven.engines.reading.when.lending import (
    Standing,
    TitleHours,
    lend_hours,
    same_hours,
    standing_hours,
    with_standing,
)
from haven.engines.reading.when.lines import MONTH_DAY_LINE, MONTH_LINE, days_under_month
from haven.engines.reading.when.mention import Mention
from haven.engines.reading.when.names import month_number
from haven.engines.reading.when.relative import find_told
from haven.engines.reading.when.stretch import Days, Kind, Stretch, Told
from haven.engines.reading.when.tables import column_headings, column_hours
from haven.engines.reading.when.years import LOOK_BACK, LOOK_BACK_ASKED

__all__ = ["Mention", "find_mentions"]

_PAST = late(
    r"\b(?:was|were|had|has\s+been|have\s+been|held|opened|closed\s+(?:in|its|after|last)|published|issued|died|"
    r"retired|began|started|ran|went|came|"
    r"sent|launched|took\s+place|reported|received|raised|met|agreed|visited|attended|joined|left|replaced|since|"
    r"last\s+(?:year|month|week|term)|ago|previous|done|circulated|completed|seen|told\s+us|gave|earlier)\b",
    re.IGNORECASE,
)
_SURELY_PAST = late(
    r"\b(?:was|were|had|has\s+been|have\s+been|took\s+place|went|came|met|began|ran|gave|last\s+(?:year|month|"
    r"week|term)|ago)\b",
    re.IGNORECASE,
)
_FUTURE = late(
    r"\b(?:will|shall|must|should|please|to\s+be|is|are|by|before|next|coming|due|deadline|until|can|may|need|"
    r"join|book|invite[ds]?|"
    r"becomes?|(?:was|were)\s+(?:to|due|planned|going|meant|set)\b|"
    r"arranged|booked|planned|scheduled|organi[sz]ed|fixed|extended|re-?scheduled|re-?arranged|postponed|"
    r"put\s+(?:back|off)|brought\s+forward|"
    r"moved|delayed|deferred|changed|shifted|switched|instead|now)\b",
    re.IGNORECASE,
)
_ASIDE = late(r"\((?:was|were|previously|originally|formerly|moved|had\s+been)\b[^)]{0,60}\)", re.IGNORECASE)
_Found = TypeVar("_Found", Told, Clock)
_HINT = late(
    r"\d\s?(?:st|nd|rd|th)\b|\d[./-]\d|(?<![a-z])(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|mon|"
    r"tue|wed|thu|fri|sat|sun|"
    r"to(?:day|night|morrow)|this\s|every|each|end|close|[ce]\.?o\.?[pbd]|week|month)",
    re.IGNORECASE,
)
_ASKED = late(r"\b(?:please|must|deadline)\b[^.]{0,300}\bby\b|\bby\b[^.]{0,300}\bplease\b", re.IGNORECASE)
_FAR_AHEAD = timedelta(days=90)
_MOST = 80  # days of one sentence that are looked at; more are a list of figures and no sentence
_MASKED = late(r"(?:https?://|www\.)\S+|(?<!\S)[^\s@]+@\S+|(?<!\S)/\S+/\S*", re.IGNORECASE)


def find_mentions(
    document: Document, note_date: date, found: tuple[Sentence, ...] | None = None
) -> tuple[Mention, ...]:
    """Every day the content of a document speaks of, in order, worked out against the note's own date."""
    masked = _MASKED.sub(lambda m: "¤" * len(m[0]), document.text)
    mentions: list[Mention] = []
    month: tuple[int, int | None] | None = None
    headings = column_headings(document)
    hours = column_hours(document, headings) if headings else {}
    grids = Grids(document, headings, note_date)
    week: date | None = None
    standing: Standing | None = None
    throughout: Standing | None = None
    title_hours = TitleHours()
    for sentence in sentences(document) if found is None else found:
        if opening := MONTH_DAY_LINE.match(masked, sentence.start, sentence.end):
            month = (month_number(opening["month"]), None)
        if line := MONTH_LINE.fullmatch(masked, sentence.start, sentence.end):
            month = (month_number(line["month"]), int(line["year"]) if line["year"] else None)
            continue
        if sentence.kind is BlockKind.HEADING:
            month = None
        before = mentions[-1].day if mentions and mentions[-1].block == sentence.block else None
        is_ahead = bool(mentions) and mentions[-1].day - note_date > _FAR_AHEAD
        fresh = _in_sentence(
            document, masked, sentence, Context(note_date, before, month, week, not is_ahead, headings)
        )
        fresh = grids.read(sentence, fresh, week)
        if sentence.kind is BlockKind.HEADING and not fresh:
            standing = throughout
        fresh = same_hours(masked, fresh, mentions[-1] if mentions else None)
        if not fresh:
            fresh = (
                same_day(masked, sentence, mentions)
                or later_in_line(masked, sentence, mentions)
                or below_day(masked, sentence, mentions, note_date)
            )
        if not fresh:
            lend_hours(masked, sentence, mentions, note_date)
            title_hours.hear(masked, sentence)
            standing = standing_hours(masked, sentence) or standing
            throughout = standing if standing and standing.is_throughout else throughout
        if hours and sentence.kind is BlockKind.CELL:
            fresh = [_with_column_hours(document, m, hours) for m in fresh]
        if fresh:
            fresh = title_hours.give(masked, fresh)
        mentions.extend(with_standing(masked, fresh, standing))
        week = own_week(masked, sentence, fresh, note_date) or (None if _ends_week(sentence, fresh) else week)
    return tuple(mentions)


@dataclass(frozen=True, slots=True)
class Context:
    """What was said before a sentence that its days may lean on."""

    note: date
    before: date | None  # the day last spoken of in the same block
    month: tuple[int, int | None] | None  # the month (and year) that a line above names
    week: date | None  # the first day of the week that a line above names
    is_near: bool  # whether the day last spoken of is not far ahead
    headings: Mapping[tuple[int, int], str]


def _with_column_hours(document: Document, mention: Mention, hours: Mapping[tuple[int, int], Clock]) -> Mention:
    block = document.blocks[mention.block]
    if mention.at is not None or block.table is None or block.column is None or mention.kind is Kind.WEEK:
        return mention
    clock = hours.get((block.table, block.column))
    return replace(mention, at=clock.at, ends_at=clock.until) if clock else mention


def _ends_week(sentence: Sentence, fresh: list[Mention]) -> bool:
    """A heading that names no day ends what the week above it says."""
    return sentence.kind is BlockKind.HEADING and not fresh


def speaks_of_the_past(words: str) -> bool:
    """Whether a sentence tells only what has been; a day moved or arranged lies ahead."""
    return (
        _PAST.search(words) is not None
        and _FUTURE.search(words) is None
        and _PAST.search(_ASIDE.sub("", words)) is not None
    )


def _in_sentence(document: Document, masked: str, sentence: Sentence, context: Context) -> list[Mention]:
    note, before, month = context.note, context.before, context.month
    if _HINT.search(masked, sentence.start, sentence.end) is None and month is None:
        return []
    words = masked[sentence.start : sentence.end]
    is_past = speaks_of_the_past(words)
    look_back = LOOK_BACK_ASKED if _ASKED.search(words) and not _PAST.search(words) else LOOK_BACK
    is_row = sentence.block != sentence.last_block
    is_alone = context.is_near and look_back is LOOK_BACK and len(MONTH_HINT.findall(words)) == 1
    found: list[Mention] = []
    clocks: list[Clock] = []
    for block, start, end in _stretches(document, sentence):
        cell = masked[start:end] if is_row else words
        is_past = speaks_of_the_past(cell) if is_row else is_past
        stretch = Stretch(
            masked,
            start,
            end,
            note,
            is_past,
            has_plain_figures=_has_dates(document.blocks[block], context.headings),
            is_first_cell=document.blocks[block].column == 0,
            is_date_cell=_is_date_cell(document.blocks[block], context.headings),
            row=sentence.start if is_row else None,
            row_end=sentence.end,
            week=context.week,
            look_back=look_back,
            is_told=speaks_of_the_past,
            is_surely_past=is_past and _SURELY_PAST.search(cell) is not None,
            is_alone=is_alone,
        )
        days = find_days(stretch)
        under_month = days_under_month(stretch, month) if month is not None and not days else []
        days = days or under_month
        told = _clear_of(find_told(stretch, days[0].day if days else before), days)
        if under_month:
            told = []
        made = [_from_days(d, sentence, block, is_past) for d in days] + [
            _from_told(t, sentence, block, is_past) for t in told
        ]
        made.sort(key=lambda m: m.start)
        found += made
        clocks += _clear_of(_clocks_beside(masked, start, end, made), made)
    found = found[:_MOST]
    return _with_past(masked, with_hours(masked, sentence, found, clocks), sentence, note)


def _clocks_beside(text: str, start: int, end: int, made: list[Mention]) -> tuple[Clock, ...]:
    """The hours of a stretch, read without the figures of its days."""
    words = text[start:end]
    for mention in made:
        words = f"{words[: mention.start - start]}{'¤' * (mention.end - mention.start)}{words[mention.end - start :]}"
    return find_clocks(words, start)


def _stretches(document: Document, sentence: Sentence) -> Iterator[tuple[int, int, int]]:
    """The sentence itself or, for a row of a table, each of its cells."""
    if sentence.block == sentence.last_block:
        yield sentence.block, sentence.start, sentence.end
        return
    for index in range(sentence.block, sentence.last_block + 1):
        block = document.blocks[index]
        if block.kind is not BlockKind.NOISE:
            yield index, block.start, block.end


_BRACKET = late(r"[\s,]*\([\s\w]{0,12}|,\s+(?:the\s+)?")
_DATE_HEADING = late(
    r"\b(?:dates?|day|when|due|deadlines?|by|target|timescales?|timing|finish(?:ed)?|complet(?:e|ed|ion)|start|"
    r"end|until)\b",
    re.IGNORECASE,
)


def _has_dates(block: Block, headings: Mapping[tuple[int, int], str]) -> bool:
    """Figures in the first column of a table number its rows, unless the column says that it holds dates."""
    if block.kind is not BlockKind.CELL or block.table is None or block.column != 0:
        return True
    return _DATE_HEADING.search(headings.get((block.table, block.column), "")) is not None


def _is_date_cell(block: Block, headings: Mapping[tuple[int, int], str]) -> bool:
    if block.kind is not BlockKind.CELL or block.table is None or block.column is None or block.row == 0:
        return False
    return _DATE_HEADING.search(headings.get((block.table, block.column), "")) is not None


def _clear_of(finds: Iterable[_Found], others: Sequence[Days | Mention]) -> list[_Found]:
    """Those of the finds that overlap none of the others, which are in order and apart from one another."""
    starts = [other.start for other in others]
    clear = []
    for find in finds:
        at = bisect_left(starts, find.end) - 1
        if at < 0 or others[at].end <= find.start:
            clear.append(find)
    return clear


def _from_days(days: Days, sentence: Sentence, block: int, is_past: bool) -> Mention:
    confidence = 0.97 if days.has_year or days.weekday is not None else 0.92
    return Mention(
        start=days.start,
        end=days.end,
        kind=days.kind,
        day=days.day,
        until=days.until,
        sentence=sentence,
        block=block,
        weekday=days.weekday,
        has_year=days.has_year,
        conflict=days.conflict,
        group=days.group,
        is_past=is_past,
        is_tentative=days.is_tentative,
        confidence=0.6 if days.conflict else confidence,
    )


def _from_told(told: Told, sentence: Sentence, block: int, is_past: bool) -> Mention:
    return Mention(
        start=told.start,
        end=told.end,
        kind=told.kind,
        day=told.day,
        sentence=sentence,
        block=block,
        until=told.until,
        conflict=told.conflict,
        recurs=told.recurs,
        is_past=is_past,
        opens_line=told.opens_line,
        confidence=0.6 if told.conflict else 0.85 if told.is_sure else 0.7,
    )


def _end_before(mention: Mention, place: int) -> int | None:
    """Where a day and its hours end, as far as they stand before a place."""
    ends = (mention.clock[1] if mention.clock else mention.end, mention.end)
    return max((end for end in ends if end <= place), default=None)


def _with_past(text: str, found: list[Mention], sentence: Sentence, note: date) -> list[Mention]:
    """A day without a year, in a clause of the past, lies behind the note."""
    out: list[Mention] = []
    for at, mention in enumerate(found):
        clause = text[max(sentence.start, mention.start - 60) : mention.start]
        is_past = mention.is_past or (mention.day <= note and _PAST.search(clause) is not None)
        is_behind = (mention.until or mention.day) < note
        previous = _end_before(out[-1], mention.start) if out else None
        restated = (
            bool(out)
            and out[-1].day == mention.day
            and _BRACKET.fullmatch(text, out[-1].end, mention.start) is not None
        )
        if restated and out[-1].kind is Kind.RELATIVE and out[-1].at is None:
            mention, restated = replace(mention, start=out.pop().start), False
            previous = _end_before(out[-1], mention.start) if out else None
        out.append(
            replace(
                mention,
                is_past=is_past,
                is_behind=is_behind,
                previous_end=previous,
                next_start=found[at + 1].start if at + 1 < len(found) else None,
                is_restated=restated,
            )
        )
    return out
