"""Every day that a note speaks of, with its hours, in the sentence that it stands in."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from haven.engines.reading.document import BlockKind, Document
from haven.engines.reading.items import Recurs
from haven.engines.reading.what.sentences import Sentence, sentences
from haven.engines.reading.when.clock import Clock, find_clocks
from haven.engines.reading.when.days import Days, Kind, Stretch, find_days
from haven.engines.reading.when.names import DAY, MONTH, WEEKDAY, month_number, weekday_number, year_number
from haven.engines.reading.when.relative import Told, find_told
from haven.engines.reading.when.years import conflict_of, make_day, nearest


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A day (or stretch of days) at `text[start:end]`, in `sentence`, with the hours that belong to it."""

    start: int
    end: int
    kind: Kind
    day: date
    until: date | None = None
    at: time | None = None
    ends_at: time | None = None
    clock: tuple[int, int] | None = None  # where the hours stand
    sentence: Sentence
    block: int
    weekday: int | None = None
    has_year: bool = False
    conflict: str | None = None
    recurs: Recurs | None = None
    group: int | None = None  # days of one list
    is_past: bool = False  # the words speak of the past
    is_behind: bool = False  # it lies before the note's own date
    is_tentative: bool = False
    confidence: float = 0.95

    @property
    def starts(self) -> date | datetime:
        return datetime.combine(self.day, self.at) if self.at else self.day

    @property
    def ends(self) -> date | datetime | None:
        if self.ends_at and self.at:
            return datetime.combine(self.until or self.day, self.ends_at)
        return self.until


_PAST = re.compile(
    r"\b(?:was|were|had|has\s+been|have\s+been|held|opened|closed|published|issued|died|retired|began|started|ran|went|came|"
    r"sent|launched|took\s+place|reported|received|raised|met|agreed|visited|attended|joined|left|replaced|since|"
    r"last\s+(?:year|month|week|term)|ago|previous|done|circulated|completed|seen|told\s+us|gave|earlier)\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:will|shall|must|should|please|to\s+be|is|are|by|before|next|coming|due|deadline|until|can|may|need|join|book|invite[ds]?)\b",
    re.IGNORECASE,
)
_MASKED = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|(?<!\S)/\S+/\S*", re.IGNORECASE)
_MONTH_LINE = re.compile(
    rf"\W*(?:(?:key\s+|diary\s+)?(?:dates|events|diary|what[’']?s\s+on)?\s*(?:for|in|–|-|:)?\s*)?(?P<month>{MONTH})\b\.?(?:\s+(?P<year>(?:19|20)\d\d))?\s*\W*",
    re.IGNORECASE,
)
_DAY_LINE = re.compile(
    rf"(?:[•·*–-]\s*)?(?:(?P<wd>{WEEKDAY})\b\.?,?\s+)?(?P<day>{DAY})(?:\s*(?:[-–—]|to|&|and)\s*(?:{WEEKDAY}\b\.?,?\s+)?(?P<last>{DAY}))?"
    r"(?=\s*(?:[-–—:|,]|\s{2,}|\t|\n|$)|\s+[A-Z])",
    re.IGNORECASE,
)


def find_mentions(
    document: Document, note_date: date, found: tuple[Sentence, ...] | None = None
) -> tuple[Mention, ...]:
    """Every day the content of a document speaks of, in order, worked out against the note's own date."""
    masked = _MASKED.sub(lambda m: "¤" * len(m[0]), document.text)
    mentions: list[Mention] = []
    month: tuple[int, int | None] | None = None
    for sentence in sentences(document) if found is None else found:
        if line := _MONTH_LINE.fullmatch(masked, sentence.start, sentence.end):
            month = (month_number(line["month"]), int(line["year"]) if line["year"] else None)
            continue
        if sentence.kind is BlockKind.HEADING:
            month = None
        before = mentions[-1].day if mentions and mentions[-1].block == sentence.block else None
        mentions.extend(_in_sentence(document, masked, sentence, note_date, before, month))
    return tuple(mentions)


def _in_sentence(
    document: Document,
    masked: str,
    sentence: Sentence,
    note: date,
    before: date | None,
    month: tuple[int, int | None] | None,
) -> list[Mention]:
    words = masked[sentence.start : sentence.end]
    is_past = _PAST.search(words) is not None and _FUTURE.search(words) is None
    found: list[Mention] = []
    clocks: list[Clock] = []
    for block, start, end in _stretches(document, sentence):
        stretch = Stretch(masked, start, end, note, is_past)
        days = find_days(stretch)
        if not days and month is not None:
            days = _under_month(stretch, month)
        told = [t for t in find_told(stretch, days[0].day if days else before) if not any(_overlap(t, d) for d in days)]
        made = [_from_days(d, sentence, block, is_past) for d in days] + [
            _from_told(t, sentence, block, is_past) for t in told
        ]
        found += sorted(made, key=lambda m: m.start)
        clocks += [c for c in find_clocks(masked[start:end], start) if not any(_overlap(c, m) for m in made)]
    return _with_past(masked, _with_clocks(masked, sentence, found, clocks), sentence, note)


def _stretches(document: Document, sentence: Sentence) -> Iterator[tuple[int, int, int]]:
    """The sentence itself or, for a row of a table, each of its cells."""
    if sentence.block == sentence.last_block:
        yield sentence.block, sentence.start, sentence.end
        return
    for index in range(sentence.block, sentence.last_block + 1):
        block = document.blocks[index]
        if block.kind is not BlockKind.NOISE:
            yield index, block.start, block.end


def _overlap(one: Told | Clock, other: Days | Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _under_month(stretch: Stretch, month: tuple[int, int | None]) -> list[Days]:
    """A line such as ‘Fri 6 – INSET day’ under a line that names the month."""
    match = _DAY_LINE.match(stretch.text, stretch.start, stretch.end)
    if match is None or not (
        match["wd"]
        or re.search(r"[a-z]", match["day"])
        or re.match(r"\s*[-–—:]|\s{2,}", stretch.text[match.end() : match.end() + 3])
    ):
        return []
    number, year = month
    weekday = weekday_number(match["wd"]) if match["wd"] else None
    day = _numbered(match["day"], number, year, stretch.note, weekday)
    if day is None:
        return []
    until = _numbered(match["last"], day.month, day.year, stretch.note, None) if match["last"] else None
    until = until if until and until > day else None
    kind = Kind.RANGE if until else Kind.DAY
    start = match.start("wd") if match["wd"] else match.start("day")
    return [Days(start, match.end(), kind, day, until, weekday, year is not None, conflict_of(day, weekday))]


def _numbered(written: str, month: int, year: int | None, note: date, weekday: int | None) -> date | None:
    digits = re.match(r"\d+", written)
    number = int(digits[0]) if digits else 0
    return make_day(year, month, number) if year else nearest(month, number, note, weekday=weekday)


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
        recurs=told.recurs,
        is_past=is_past,
        confidence=0.85 if told.is_sure else 0.7,
    )


_BEFORE_GAP = re.compile(r"[\s,(:–-]*(?:on\s+|of\s+)?(?:the\s+)?(?:week\s+of\s+)?[\s,(]*(?:on\s+)?", re.IGNORECASE)
_WEAK_GAP = re.compile(r"[\s,;:|()–—-]*(?:(?:at|from|all\s+day|between|time|times|for|by)\b[\s,:(]*)*", re.IGNORECASE)
_GAP_LIMIT = 90
_GAP_STOP = re.compile(r"\b(?:until|before|after|by|not)\s+$", re.IGNORECASE)
_SAME_TIME = re.compile(r"\b(?:at\s+the\s+)?same\s+times?\b", re.IGNORECASE)
_LENGTH = re.compile(
    r"(?<![\w.])(?P<number>\d{1,3}|an?|one|two|three)\s*(?:-\s*)?(?P<unit>hours?|hrs?|minutes|mins?)\b(?P<half>\s+and\s+a\s+half)?",
    re.IGNORECASE,
)
_LENGTHS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}


def _with_clocks(text: str, sentence: Sentence, found: list[Mention], clocks: list[Clock]) -> list[Mention]:
    if not found:
        return found
    taken: set[int] = set()
    out: list[Mention] = []
    for at, mention in enumerate(found):
        edge = found[at + 1].start if at + 1 < len(found) else sentence.end
        floor = found[at - 1].end if at else sentence.start
        clock = _clock_of(text, mention, clocks, floor, edge, taken, len(found) == 1)
        if clock is not None:
            taken.add(clock.start)
            mention = _clocked(text, mention, clock, sentence)
        elif out and _SAME_TIME.search(text, mention.end, edge):
            mention = replace(mention, at=out[-1].at, ends_at=out[-1].ends_at, clock=out[-1].clock)
        out.append(mention)
    return _shared(out)


def _clock_of(
    text: str, mention: Mention, clocks: list[Clock], floor: int, edge: int, taken: set[int], is_alone: bool
) -> Clock | None:
    """The hours beside a day: just before it, or after it and before the next day; else, for the only day, anywhere."""
    index = bisect_left(clocks, mention.start, key=lambda c: c.start)
    before = clocks[index - 1] if index and clocks[index - 1].end <= mention.start else None
    if (
        before
        and before.start not in taken
        and before.start >= floor
        and _BEFORE_GAP.fullmatch(text, before.end, mention.start)
    ):
        return before
    for clock in clocks[index:]:
        if clock.start < mention.end:
            continue
        if clock.end > edge:
            break
        next_is_before = edge < mention.sentence.end and _BEFORE_GAP.fullmatch(text, clock.end, edge)
        if next_is_before or (clock.start - mention.end > _GAP_LIMIT and not is_alone):
            break
        if not clock.is_weak or _WEAK_GAP.fullmatch(text, mention.end, clock.start) or _own_cell(text, clock):
            return clock
        if not clock.is_weak:
            return clock
    if is_alone and before and before.start not in taken and not before.is_weak:
        return before
    return None


def _own_cell(text: str, clock: Clock) -> bool:
    before, after = text[max(0, clock.start - 2) : clock.start], text[clock.end : clock.end + 2]
    return (
        (not before.strip(" ") or before[-1] in "\t\n|")
        and (after[:1] in "\t\n|" or after == "")
        and before[-1:] in "\t\n|"
    )


def _clocked(text: str, mention: Mention, clock: Clock, sentence: Sentence) -> Mention:
    ends = clock.until
    if ends is None:
        length = _LENGTH.search(text, clock.end, min(sentence.end, clock.end + 40))
        if length:
            number = _LENGTHS.get(length["number"].lower()) or int(length["number"])
            minutes = number * (60 if length["unit"].lower().startswith("h") else 1) + (30 if length["half"] else 0)
            ends = _later(clock.at, minutes)
    return replace(mention, at=clock.at, ends_at=ends, clock=(clock.start, clock.end))


def _later(at: time, minutes: int) -> time | None:
    moment = datetime.combine(date(2000, 1, 1), at) + timedelta(minutes=minutes)
    return moment.time() if moment.day == 1 else None


def _shared(found: list[Mention]) -> list[Mention]:
    """Days of one list share the hours that follow the last of them."""
    out = list(found)
    for at in range(len(out) - 2, -1, -1):
        here, after = out[at], out[at + 1]
        if here.at is None and here.group is not None and here.group == after.group and after.at is not None:
            out[at] = replace(here, at=after.at, ends_at=after.ends_at, clock=after.clock)
    return out


def _with_past(text: str, found: list[Mention], sentence: Sentence, note: date) -> list[Mention]:
    """A day without a year, in a clause of the past, lies behind the note."""
    out = []
    for mention in found:
        clause = text[max(sentence.start, mention.start - 60) : mention.start]
        is_past = mention.is_past or (mention.day <= note and _PAST.search(clause) is not None)
        is_behind = (mention.until or mention.day) < note
        out.append(replace(mention, is_past=is_past, is_behind=is_behind))
    return out
