"""Gives days the hours that another line says for them: of a whole list, of the line above, or of a line of times."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time

from haven.engines.documents.document import BlockKind
from haven.engines.patterns.late import late
from haven.engines.reading.what.sentences import Sentence
from haven.engines.reading.when.clock import Clock, find_clocks
from haven.engines.reading.when.hours import LIMIT_BEFORE, SAME_TIME, clocked, is_figure
from haven.engines.reading.when.mention import Mention
from haven.engines.reading.when.names import WEEKDAY
from haven.engines.reading.when.stretch import Kind

_PLURALS = (
    r"(?:sessions|courses|talks|meetings|forums|workshops|briefings|drop-?ins|twilights|clinics|webinars|seminars|"
    r"visits|huddles|surgeries|training)"
)
_HOURS_FOLLOW = late(
    r"\W*(?:(?:both|all|each|either|way|whichever|any|days?|dates?|we|every|sessions?|times?|from|at|promptly|"
    r"prompt|coffee|arrive|always|(?:from|at)|"
    rf"start(?:s|ing)?|doors|it|they|(?:will\s+)?runs?|begins?|are|is|open|of|them|{_PLURALS})\b"
    rf"[\s:,–-]*){{0,6}}",
    re.IGNORECASE,
)
_STANDING_HINT = late(
    rf"\b(?:each|all|both|every|unless|times?)\b|\b{_PLURALS}\s+(?:all\s+)?(?:will\s+)?(?:runs?|starts?|begins?|"
    rf"are|is|take)\b",
    re.IGNORECASE,
)
_STANDING = late(rf"\b(?:all|both|each|every|times?|{_PLURALS})\b[^.;\n]{{0,60}}$", re.IGNORECASE)
_HALF = late(
    r"\b(?P<half>a\.?m\.?|mornings?|p\.?m\.?|afternoons?|evenings?|twilights?|half[- ]days?|(?:full|"
    r"whole)[- ]days?)\b[\s\w]{0,14}?(?:=|:|–|-|\(|\bare\b|\bis\b|\brun\b|\bfrom\b|\bmeans\b|,)?\s*(?:from\s+)?$",
    re.IGNORECASE,
)
_HALVES = {"a": "am", "m": "am", "p": "pm", "e": "evening", "t": "evening", "h": "half", "f": "full", "w": "full"}
_HALF_SAID = late(
    r"[\s,(–-]*(?:\(\s*)?(?P<half>a\.?m|morning|p\.?m|afternoon|evening|twilight|half[- ]day|full[- ]day|"
    r"whole[- ]day)\b",
    re.IGNORECASE,
)
_HALF_WORD = late(
    r"\b(?:a\.?m|morning|p\.?m|afternoon|evening|twilight|half[- ]day|full[- ]day|whole[- ]day)\b", re.IGNORECASE
)
_RUNS_FROM = late(
    r"\b(?:runs?|starts?|begins?|meets?|held|open|takes\s+place)\s+(?:from|at|between)\s+$", re.IGNORECASE
)
_EACH_TIME = late(
    r"\b(?:each|every)\s+(?:time|session|day|week|one|of\s+them)\b|\bfor\s+all\b|\bin\s+each\s+case\b", re.IGNORECASE
)
_RUN = late(
    rf"\W*(?:the\s+|our\s+|these\s+)?{_PLURALS}\s+(?:all\s+)?(?:will\s+)?(?:runs?|starts?|begins?|are|is|take)\b",
    re.IGNORECASE,
)
_OPENING_HOURS = late(r"\b(?:hours|open|contact|office|phone|line|helpline|duty|lines|ring|call)\b", re.IGNORECASE)
_TIME_LINE = late(r"\W*(?:(?:start(?:ing)?\s+|finish\s+)?times?|starts?|hours)\b(?:\s*[:–-]|\s{2,}|\t)", re.IGNORECASE)
_FOR_ALL = late(
    r"\W*(?:both|all|each|every\s+(?:session|one)|either(?:\s+(?:way|day|date|one|time))?|whichever|"
    r"any\s+of\s+them)\b",
    re.IGNORECASE,
)


def same_hours(text: str, fresh: list[Mention], last: Mention | None) -> list[Mention]:
    """‘17 January, same times’ takes the hours of the day told before it."""
    if not fresh or last is None or last.at is None or fresh[0].at is not None:
        return fresh
    first = fresh[0]
    if not SAME_TIME.search(text, first.end, min(first.next_start or first.sentence.end, first.end + 120)):
        return fresh
    return [replace(first, at=last.at, ends_at=last.ends_at, clock=None), *fresh[1:]]


@dataclass(frozen=True, slots=True)
class Standing:
    """Hours said before a list of days, for all of them."""

    clock: Clock
    block: int
    is_throughout: bool  # beyond the next heading
    is_local: bool = False  # for days of its own paragraph only
    halves: Mapping[str, Clock] = field(default_factory=dict)  # ‘mornings 9.30–12, afternoons 1–3.30’


def standing_hours(text: str, sentence: Sentence) -> Standing | None:
    """‘Each begins at 10 a.m. and ends at 3 p.m.’, said before a list of days, or a heading with a stretch of hours."""
    if sentence.kind is BlockKind.HEADING or (sentence.is_first and sentence.end - sentence.start < 60):
        words = text[sentence.start : sentence.end]
        clocks = [c for c in find_clocks(words, sentence.start) if c.until is not None and _is_told(text, c)]
        is_title = sentence.kind is BlockKind.HEADING or words.rstrip().endswith((")", ":"))
        if len(clocks) == 1 and is_title and _OPENING_HOURS.search(words) is None:
            return Standing(clocks[0], sentence.block, is_throughout=False)
    if halves := _halves(text, sentence):
        return Standing(next(iter(halves.values())), sentence.block, is_throughout=True, is_local=True, halves=halves)
    clock = _standing_clock(text, sentence)
    if clock is None and (clock := _regular_clock(text, sentence)) is not None:
        return Standing(clock, sentence.block, is_throughout=False, is_local=True)
    if clock is None:
        clock = next((c for c in _clocks(text, sentence) if _RUNS_FROM.search(text, sentence.start, c.start)), None)
        return (
            Standing(clock, sentence.block, is_throughout=False, is_local=True)
            if clock and _is_told(text, clock)
            else None
        )
    return Standing(clock, sentence.block, "unless" in text[sentence.start : sentence.end].lower())


def _clocks(text: str, sentence: Sentence) -> tuple[Clock, ...]:
    return find_clocks(text[sentence.start : min(sentence.end, sentence.start + 240)], sentence.start)


def _halves(text: str, sentence: Sentence) -> dict[str, Clock]:
    """‘am = 9.30–12.00, pm = 1.00–3.30’: the hours that parts of a day stand for in a programme."""
    found: dict[str, Clock] = {}
    if sentence.end - sentence.start > 240:
        return found
    for clock in _clocks(text, sentence):
        before = _HALF.search(text, max(sentence.start, clock.start - 40), clock.start)
        if before is not None and clock.until is not None:
            found.setdefault(_half_of(before["half"]), clock)
    return found if len(found) > 1 else {}


def _half_of(words: str) -> str:
    return _HALVES[words[0].lower()]


def _standing_clock(text: str, sentence: Sentence) -> Clock | None:
    if sentence.end - sentence.start > 240 or _STANDING_HINT.search(text, sentence.start, sentence.end) is None:
        return None
    for clock in find_clocks(text[sentence.start : sentence.end], sentence.start):
        is_told = not clock.is_weak or (_is_told(text, clock) and _RUN.match(text, sentence.start, sentence.end))
        if is_told and _STANDING.search(text, sentence.start, clock.start):
            return clock
    return None


_REGULAR = late(
    rf"\W*(?:every|each|alternate|(?:the\s+)?(?:first|second|third|fourth|last))\s+(?:other\s+|second\s+|third\s+|"
    rf"fourth\s+|last\s+|first\s+)?(?:{WEEKDAY}|week|month)s?\b|\W*(?:mon|tues|wednes|thurs|fri)days\b|"
    rf"\W*(?:weekly|fortnightly|monthly)\b",
    re.IGNORECASE,
)


def _regular_clock(text: str, sentence: Sentence) -> Clock | None:
    """The hours of ‘Every third Thursday, 1 to 2, on Teams.’, for the days told after it."""
    if sentence.end - sentence.start > 160 or _REGULAR.match(text, sentence.start, sentence.end) is None:
        return None
    return next((c for c in _clocks(text, sentence) if not c.is_weak or c.until is not None), None)


def _is_told(text: str, clock: Clock) -> bool:
    """Hours that need no day beside them to be hours: ‘4pm’, or a stretch with its minutes."""
    return not clock.is_weak or (clock.until is not None and not is_figure(text, clock))


def with_standing(text: str, fresh: list[Mention], standing: Standing | None) -> list[Mention]:
    """Gives standing hours to the days that open a line, stand in the same paragraph, and have none of their own."""
    if standing is None:
        return fresh
    if standing.halves:
        return [_with_half(text, m, standing.halves) for m in fresh]
    at, until = standing.clock.at, standing.clock.until
    fresh_limits = {m.start for m in fresh if LIMIT_BEFORE.search(text, m.sentence.start, m.start)}
    listed = {m.group for m in fresh if m.group is not None and _is_listed(text, m)}
    return [
        replace(m, at=at, ends_at=until)
        if m.at is None
        and m.start not in fresh_limits
        and (
            ((m.group in listed or _is_listed(text, m)) and not standing.is_local)
            or (m.block == standing.block and m.kind is Kind.DAY)
        )
        else m
        for m in fresh
    ]


def _with_half(text: str, mention: Mention, halves: Mapping[str, Clock]) -> Mention:
    if mention.at is not None:
        return mention
    end = min(mention.sentence.end, mention.next_start or mention.end + 60, mention.end + 60)
    said = next((m for at in range(mention.end, end) if (m := _HALF_WORD.match(text, at, end))), None)
    clock = halves.get(_half_of(said[0])) if said else None
    return replace(mention, at=clock.at, ends_at=clock.until) if clock else mention


def _is_listed(text: str, mention: Mention) -> bool:
    """A day that opens its line, or stands in a short item of a list."""
    if mention.kind is not Kind.DAY and not (mention.until and (mention.until - mention.day).days < 3):
        return False
    sentence = mention.sentence
    is_item = sentence.kind in {BlockKind.BULLET, BlockKind.CELL} and sentence.end - sentence.start < 140
    is_labelled = mention.start - sentence.start < 40 and _LABEL.search(text, sentence.start, mention.start) is not None
    return is_item or is_labelled or mention.start - sentence.start < 12 or _opens_column(text, mention)


def _opens_column(text: str, mention: Mention) -> bool:
    """‘DSL, new to role      Wed 22 September’."""
    start = mention.sentence.start
    return mention.start - start < 80 and _COLUMN.search(text, max(start, mention.start - 4), mention.start) is not None


_LABEL = late(r"\w\s*[:–—]\s*$")
_COLUMN = late(r"(?:\s{2}|\t)$")


def _is_line_below(text: str, sentence: Sentence, mentions: list[Mention], note: date) -> bool:
    """A line that opens with hours, right below a line with one day and no hours."""
    last = mentions[-1]
    if (
        last.at is not None
        or last.day == note
        or last.kind not in {Kind.DAY, Kind.RANGE}
        or sentence.kind is BlockKind.HEADING
    ):
        return False
    if not 0 < sentence.block - last.sentence.last_block <= 1 or sentence.end - sentence.start > 120:
        return False
    if len(mentions) > 1 and mentions[-2].sentence is last.sentence:
        return False
    clock = next(iter(_clocks(text, sentence)), None)
    if clock is None or (clock.is_weak and (clock.until is None or is_figure(text, clock))):
        return False
    return (
        re.fullmatch(
            r"\W*(?:from\s+|at\s+|start(?:s|ing)?\s+(?:at\s+)?)?", text[sentence.start : clock.start], re.IGNORECASE
        )
        is not None
    )


@dataclass(slots=True)
class TitleHours:
    """Hours in an undated line, for the lines of bare days that follow it: ‘Supervision, 4–5pm, Zoom’."""

    clock: Clock | None = None
    block: int = -1

    def hear(self, text: str, sentence: Sentence) -> None:
        """Takes the hours of a short undated line."""
        self.clock = None
        if sentence.end - sentence.start > 100 or sentence.kind is BlockKind.CELL:
            return
        found = [c for c in _clocks(text, sentence) if not c.is_weak]
        if len(found) == 1 and _OPENING_HOURS.search(text, sentence.start, sentence.end) is None:
            self.clock, self.block = found[0], sentence.block

    def give(self, text: str, fresh: list[Mention]) -> list[Mention]:
        """Gives them to lines of days and no other words."""
        sentence = fresh[0].sentence
        bare = text[sentence.start : fresh[0].start] + "".join(
            text[m.end : m.next_start or sentence.end] for m in fresh
        )
        if self.clock is None or sentence.block - self.block != 1 or re.search(r"(?!and\b|or\b)\b[A-Za-z]{2,}", bare):
            self.clock = None
            return fresh
        self.block = sentence.last_block
        return [replace(m, at=self.clock.at, ends_at=self.clock.until) if m.at is None else m for m in fresh]


def _lend_time_line(text: str, sentence: Sentence, mentions: list[Mention], note: date) -> None:
    """‘Time: 2pm to 4pm’, below ‘Date: 17 June’."""
    last = mentions[-1]
    clock = next(iter(find_clocks(text[sentence.start : min(sentence.end, sentence.start + 80)], sentence.start)), None)
    is_near = sentence.start - last.sentence.end < 120 and last.at is None and last.day != note
    if clock is not None and is_near and last.kind is not Kind.WEEK:
        mentions[-1] = clocked(text, last, clock, sentence)


def _is_of_list(text: str, sentence: Sentence, mentions: list[Mention]) -> bool:
    """‘Times: 4pm to 5.30pm’, below a list of days."""
    is_plural = text[sentence.start : sentence.start + 12].lower().lstrip().startswith("times")
    return is_plural and all(m.sentence.kind is BlockKind.BULLET and m.at is None for m in mentions[-2:])


def _is_title_and_day(mentions: list[Mention], sentence: Sentence) -> bool:
    mention = mentions[-1]
    own = mention.sentence
    if len(mentions) > 1 and mentions[-2].sentence is own:
        return False
    return (
        mention.at is None
        and mention.kind is Kind.DAY
        and own.block == sentence.block
        and own.is_first
        and own.end - own.start <= 60
        and own.end - mention.end <= 2
        and mention.start - own.start > 3
        and sentence.start - own.end < 4
    )


def _hour(mention: Mention) -> time:
    return mention.at or time()


def _is_session(text: str, clock: Clock) -> bool:
    """A stretch of hours that is surely one."""
    return clock.until is not None and (not is_figure(text, clock) or _is_four_figures(text, clock))


def _is_four_figures(text: str, clock: Clock) -> bool:
    """‘0845–1015’."""
    return re.fullmatch(r"\d{4}\s*\W\s*\d{4}", text[clock.start : clock.end]) is not None


def lend_hours(text: str, sentence: Sentence, mentions: list[Mention], note: date) -> None:
    """‘East: 14 June; West: 16 June. Both 1pm–3.30pm.’ – an undated sentence that opens with hours gives them to the
    days before it: those of its own block, or where it speaks of all, those under its heading. A short line of a title
    and its day takes the stretch of hours that the next sentence names."""
    for_all = any(cue.match(text, sentence.start, sentence.end) for cue in (_FOR_ALL, _RUN)) or (
        sentence.end - sentence.start < 80 and _EACH_TIME.search(text, sentence.start, sentence.end) is not None
    )
    is_time_line = bool(mentions) and _TIME_LINE.match(text, sentence.start, sentence.end) is not None
    if is_time_line and _is_of_list(text, sentence, mentions):
        for_all = True
    elif is_time_line:
        _lend_time_line(text, sentence, mentions, note)
        return
    if not mentions or (sentence.is_first and not for_all and not _is_line_below(text, sentence, mentions, note)):
        return
    if sentence.is_first and not for_all:
        mentions[-1] = clocked(text, mentions[-1], _clocks(text, sentence)[0], sentence)
        return
    if not for_all and _is_title_and_day(mentions, sentence):
        found = find_clocks(text[sentence.start : min(sentence.end, sentence.start + 160)], sentence.start)
        if found and all(_is_session(text, c) for c in found):
            mentions[-1:] = sorted((clocked(text, mentions[-1], c, sentence) for c in found), key=_hour)
            return
    clock = next(iter(find_clocks(text[sentence.start : min(sentence.end, sentence.start + 80)], sentence.start)), None)
    is_whole = clock is not None and not re.search(
        r"\w", text[sentence.start : clock.start] + text[clock.end : sentence.end]
    )
    if clock is None or (clock.is_weak and (not (for_all or is_whole) or is_figure(text, clock))):
        return
    is_run = _RUN.match(text, sentence.start, sentence.end) is not None and clock.start - sentence.start < 60
    if not is_run and not _HOURS_FOLLOW.fullmatch(text, sentence.start, clock.start):
        return
    for at in range(len(mentions) - 1, max(-1, len(mentions) - 13), -1):
        mention = mentions[at]
        near = mention.block == sentence.block or (for_all and mention.sentence.heading == sentence.heading)
        if not near or mention.at is not None or mention.kind in {Kind.WEEK, Kind.RECURRING} or mention.day == note:
            return
        mentions[at] = clocked(text, mention, clock, sentence)
