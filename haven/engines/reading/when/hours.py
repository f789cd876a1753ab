"""Gives the days of a sentence the hours that belong to them."""

import re
from bisect import bisect_left
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice

from haven.engines.patterns.late import late
from haven.engines.reading.what.sentences import Sentence
from haven.engines.reading.when.clock import Clock
from haven.engines.reading.when.mention import Mention
from haven.engines.reading.when.stretch import Kind

_NO_CLOCK = Clock(-1, -1, time(), None, is_weak=True)
_BEFORE_GAP = late(
    r"[\s,(:–-]*(?:on\s+|of\s+)?(?:(?:any|each|all|either|both|one)\s+(?:of\s+)?)?(?:the\s+|"
    r"these\s+)?(?:following\s+|same\s+)?"
    r"(?:week\s+of\s+|(?:days|dates|(?:mon|tues|wednes|thurs|fri)days)\b)?[\s,(:–-]*(?:on\s+)?",
    re.IGNORECASE,
)
_WEAK_GAP = late(
    r"[\s,;:|()–—-]*(?:\([^)]{0,25}\)[\s,;:–-]*)?(?:(?:at|from|all\s+day|between|time|times|for|by)\b[\s,:(]*)*",
    re.IGNORECASE,
)
_AT = late(r"\b(?:at|from|by|until|between)\s+$", re.IGNORECASE)
_AFTER_HOUR = late(r"\s*(?:$|[.,;()\n]|\s{2,})")
_ENDS = late(r"(?<!\bterm )(?<!\bschool )\b(?:ends?|finish(?:es)?|ending|finishing)\s+(?:at\s+)?$", re.IGNORECASE)
_GAP_LIMIT = 90
_GAP_STOP = late(r"\b(?:until|before|after|by|not)\s+$", re.IGNORECASE)
SAME_TIME = late(
    r"\bsame\s+(?:times?|hours?|slots?|again|arrangements|details)\b|\b(?:same|ditto|likewise|as\s+(?:above|"
    r"before))(?=\W*(?:$|[).,;\n]))|"
    r"\bsame\s+(?:place|venue|room|link)\s+and\s+(?:same\s+)?time\b",
    re.IGNORECASE,
)
_LENGTH = late(
    r"(?<![\w.])(?P<number>\d{1,3}|an?|one|two|three)\s*(?:-\s*)?(?P<unit>hours?|hrs?|minutes|"
    r"mins?)\b(?P<half>\s+and\s+a\s+half)?",
    re.IGNORECASE,
)
_LENGTHS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}


def with_hours(text: str, sentence: Sentence, found: list[Mention], clocks: list[Clock]) -> list[Mention]:
    if not found:
        return found
    found = _grouped(text, found)
    taken: set[int] = set()
    out: list[Mention] = []
    for at, mention in enumerate(found):
        edge = _edge_of(text, found, at, sentence)
        floor = found[at - 1].end if at else sentence.start
        clock = _clock_of(text, mention, clocks, floor, edge, taken, len(found) == 1)
        if clock is not None:
            taken.add(clock.start)
            mention = clocked(text, mention, clock, sentence)
        elif out and (SAME_TIME.search(text, floor, mention.start) or SAME_TIME.search(text, mention.end, edge)):
            mention = replace(mention, at=out[-1].at, ends_at=out[-1].ends_at, clock=out[-1].clock)
        out.append(mention)
        if clock is not None:
            out += _again(text, mention, clock, clocks, edge, sentence)
    out = _with_figures(text, sentence, out, clocks)
    return _led_hours(text, _shared_at_end(text, _shared(out)), clocks)


_AGAIN = late(
    r"\s*(?:\([^)]{0,24}\)\s*)?(?:(?:,|;)?\s*(?:and|or|&|then)\b|,?\s*(?:repeated|repeats)\b|"
    r"(?<=\))\s*[,;])[\s,]*(?:(?:again|repeated|also)\s+)?(?:at|from)?\s*",
    re.IGNORECASE,
)


def _again(
    text: str, mention: Mention, clock: Clock, clocks: list[Clock], edge: int, sentence: Sentence
) -> list[Mention]:
    """The later hours of a day on which something runs twice: ‘17 June, 9.30am or 1.15pm’."""
    if mention.kind is not Kind.DAY or clock.start < mention.end or clock.is_weak or mention.is_restated:
        return []
    later: list[Mention] = []
    last = clock
    for follower in clocks:
        if follower.start < last.end or follower.end > edge:
            continue
        if follower.is_weak or follower.at <= last.at or _AGAIN.fullmatch(text, last.end, follower.start) is None:
            break
        later.append(clocked(text, mention, follower, sentence))
        last = follower
    return later


_MINUTES = late(r"(?:1\d|2[0-2]|0?[1-9])[.:][0-5][05](?:\s*(?:-|–|—|to|till?|until)\s*\d{1,2}(?:[.:][0-5][05])?)?")
_LONGEST = 160


def _with_figures(text: str, sentence: Sentence, found: list[Mention], clocks: list[Clock]) -> list[Mention]:
    """Days without hours take the one set of figures beside them, in a short line, that can be hours."""
    if sentence.end - sentence.start > _LONGEST * min(len(found), 3) or not any(c.is_weak for c in clocks):
        return found
    out = []
    for at, mention in enumerate(found):
        start = mention.end if len(found) > 1 else sentence.start
        end = found[at + 1].start if at + 1 < len(found) else sentence.end
        clock = _only_figures(text, sentence, clocks, start, end) if mention.at is None else None
        out.append(clocked(text, mention, clock, sentence) if clock else mention)
    return out


def _only_figures(text: str, sentence: Sentence, clocks: list[Clock], start: int, end: int) -> Clock | None:
    """The one set of figures in a stretch that can be hours: ‘Neglect  9.30-12.30  Mill Centre  17 June’."""
    likely = [
        c
        for c in clocks
        if c.is_weak
        and start <= c.start
        and c.end <= end
        and 7 <= c.at.hour <= 20
        and (_MINUTES.fullmatch(text, c.start, c.end) or (c.until is not None and _stands_apart(text, c)))
        and not _OTHER_FIGURES.search(text, max(sentence.start, c.start - 14), c.start)
        and not _OTHER_HOUR.search(text, max(sentence.start, c.start - 20), c.start)
    ]
    return likely[0] if len(likely) == 1 else None


_ASIDE = late(
    r"[\s,]*\((?:(?:now\s+)?(?:moved|changed|new\s+date|rearranged|postponed)[;,:.–-]\s*)?(?:it\s+)?(?:was|were|"
    r"not|previously|originally|formerly|moved\s+from|instead\s+of|replac(?:es|ing)|"
    r"changed\s+from|rather\s+than)\s+(?:on\s+)?(?:the\s+)?",
    re.IGNORECASE,
)


def _edge_of(text: str, found: list[Mention], at: int, sentence: Sentence) -> int:
    """Where the hours of a day must stand before: the next day, but not one told in brackets as the old day."""
    if at + 1 == len(found):
        return sentence.end
    here, after = found[at], found[at + 1]
    if _ASIDE.fullmatch(text, here.end, after.start):
        return found[at + 2].start if at + 2 < len(found) else sentence.end
    if at and _ASIDE.fullmatch(text, found[at - 1].end, here.start):
        closing = text.find(")", here.end, after.start)
        return closing if closing > 0 else after.start
    return after.start


_LIST_GAP = late(r"\s*(?:,\s*(?:and|or)|,|;|and|or|&|/|\+)\s*(?:on\s+)?(?:the\s+)?", re.IGNORECASE)


def _grouped(text: str, found: list[Mention]) -> list[Mention]:
    """Days told one after another, as ‘Mon 9th or Weds 11th’, are of one list."""
    out = found[:1]
    for mention in found[1:]:
        first = out[-1]
        is_listed = first.group is None and mention.group is None and mention.start - first.end < 12
        if is_listed and mention.kind is first.kind is Kind.DAY and _LIST_GAP.fullmatch(text, first.end, mention.start):
            out[-1] = replace(first, group=first.start)
            mention = replace(mention, group=first.start)
        out.append(mention)
    return out


def _clock_of(
    text: str, mention: Mention, clocks: list[Clock], floor: int, edge: int, taken: set[int], is_alone: bool
) -> Clock | None:
    """The hours beside a day: just before it, or after it and before the next day; else, for the only day, anywhere."""
    index = bisect_left(clocks, mention.start, key=lambda c: c.start)
    before = clocks[index - 1] if index and clocks[index - 1].end <= mention.start else _NO_CLOCK
    is_free = before is not _NO_CLOCK and before.start not in taken and before.start >= floor
    if is_free and _OTHER_HOUR.search(text, max(floor, before.start - 20), before.start):
        before = clocks[index - 2] if index > 1 and clocks[index - 2].start >= floor else _NO_CLOCK
        return before if before.start not in taken and not before.is_weak else None
    is_session = before.until is not None and _SESSION.search(text, max(floor, before.start - 16), before.start)
    is_hour = (
        not is_figure(text, before) or is_session or _TOLD_HOUR.search(text, max(floor, before.start - 8), before.start)
    )
    if is_free and is_hour and _BEFORE_GAP.fullmatch(text, before.end, mention.start):
        return before
    for clock in islice(clocks, index, None):
        if clock.start < mention.end:
            continue
        if clock.end > edge:
            break
        is_led = edge < mention.sentence.end and "\t" not in text[clock.end : edge]
        next_is_before = is_led and _BEFORE_GAP.fullmatch(text, clock.end, edge)
        if next_is_before or (clock.start - mention.end > _GAP_LIMIT and not is_alone):
            break
        if _is_passed_over(text, mention, clock, clocks, edge):
            continue
        if not clock.is_weak or _is_beside(text, mention, clock) or _stands_apart(text, clock):
            return clock
        if _closes_line(text, mention, clock):
            return clock
    if is_alone and is_free and (not before.is_weak or _is_bracketed(text, before)):
        return before
    return None


_SESSION = late(r"\b(?:mornings?|afternoons?|evenings?|twilights?|sessions?)[\s,(:]*$", re.IGNORECASE)
_OTHER_HOUR = late(
    r"\b(?:not|instead\s+of|rather\s+than|was|previously|originally|formerly)\s+(?:at\s+)?$", re.IGNORECASE
)
_UNTIL = late(r"\b(?:until|till|up\s+to)\s+$", re.IGNORECASE)
_ARRIVAL = late(
    r"\b(?:registration|register|doors?(?:\s+open)?|coffee|tea|arriv(?:e|al|als)|refreshments|sign[- ]in|lunch|"
    r"set[- ]?up|breakfast)\W*(?:is\s+|are\s+|will\s+be\s+)?(?:open\s+)?(?:at\s+|from\s+)?$",
    re.IGNORECASE,
)
_START = late(
    r"\b(?:starts?|starting|begins?|beginning|for|then|followed\s+by|sessions?|training)\W*(?:at\s+|"
    r"promptly\s+at\s+)?$|[),;]\s*$",
    re.IGNORECASE,
)


def _is_passed_over(text: str, mention: Mention, clock: Clock, clocks: list[Clock], edge: int) -> bool:
    """Hours of an end, of what is no longer so, or of arrival before a beginning."""
    if _ENDS.search(text, max(mention.end, clock.start - 14), clock.start):
        return True
    before = max(mention.end, clock.start - 20)
    if _OTHER_HOUR.search(text, before, clock.start) or _UNTIL.search(text, before, clock.start):
        return True
    is_arrival = _ARRIVAL.search(text, max(mention.end, clock.start - 24), clock.start) is not None
    return is_arrival and _starts_later(text, clock, clocks, edge)


def _starts_later(text: str, clock: Clock, clocks: list[Clock], edge: int) -> bool:
    """Whether the hours after those of arrival are the beginning."""
    after = next((c for c in clocks if c.start >= clock.end), None)
    return (
        after is not None
        and after.end <= edge
        and after.start - clock.end < 40
        and after.at > clock.at
        and not is_figure(text, after)
        and _START.search(text, clock.end, after.start) is not None
    )


_BETWEEN = late(r"\b(?:between|from)\s+$", re.IGNORECASE)


def _is_beside(text: str, mention: Mention, clock: Clock) -> bool:
    """Figures right after a day are hours if they are a stretch, have minutes, or come after ‘at’."""
    if clock.until is not None and _BETWEEN.search(text, max(mention.end, clock.start - 10), clock.start):
        return True
    if not is_figure(text, clock) and _AT.search(text, max(mention.end, clock.start - 10), clock.start):
        return True
    if not _WEAK_GAP.fullmatch(text, mention.end, clock.start):
        return False
    gap = text[mention.end : clock.start]
    return (
        clock.until is not None
        or not is_figure(text, clock)
        or _AT.search(gap) is not None
        or _is_compact(text, mention, clock)
    )


def _is_compact(text: str, mention: Mention, clock: Clock) -> bool:
    """‘10/11 1200’."""
    return (
        text[clock.start : clock.end].isdigit()
        and clock.end - clock.start == 4
        and mention.start - mention.sentence.start < 6
    ) or (
        text[clock.start : clock.end].isdigit()
        and clock.end - clock.start == 4
        and re.match(r"\s*$|\s{2,}|[.,;)\n]", text[clock.end : clock.end + 2]) is not None
    )


def is_figure(text: str, clock: Clock) -> bool:
    """A bare number, which is hardly ever an hour."""
    return clock.is_weak and text.find(".", clock.start, clock.end) < 0 and text.find(":", clock.start, clock.end) < 0


_APART = late(r"(?:^|[\t\n|,(;:]|\s{2,})\s*$")
_EDGE = late(r"(?:^|[\t\n|]|\s{2})$")
_EDGE_AFTER = late(r"$|[\t\n|]|\s{2}")
_APART_AFTER = late(r"\s*(?:$|[\t\n|,.);]|\s{2,})")


def _stands_apart(text: str, clock: Clock) -> bool:
    """Figures that fill their own cell, or a stretch of hours between commas (‘DSL network, 1.15-3.15, Library’)."""
    before, after = text[max(0, clock.start - 3) : clock.start], text[clock.end : clock.end + 3]
    if _APART.search(before) is None or _APART_AFTER.match(after) is None:
        return False
    fills_cell = _EDGE.search(before) is not None and _EDGE_AFTER.match(after) is not None
    is_compact = clock.end - clock.start == 4 and text[clock.start : clock.end].isdigit()
    return clock.until is not None or not is_figure(text, clock) or (fills_cell and is_compact)


_OTHER_FIGURES = late(
    r"(?:\b(?:ages?|aged|years?|yrs?|p|pp|pages?|paras?|paragraphs?|rooms?|rm|items?|chapters?|parts?|"
    r"class(?:es)?|primary|grades?|ks|key\s+stages?|"
    r"sections?|versions?|v|no|numbers?|levels?|groups?|units?|weeks?|days?|stages?|sheets?|figs?|tables?|units?|"
    r"teams?\s+of|up\s+to|about|over|under)\.?|[£$€#&+])\s*$",
    re.IGNORECASE,
)
_TOLD_HOUR = late(r"(?:\b(?:from|at|until|till)|@)\s*$", re.IGNORECASE)
_LINE_END = late(r"\W*(?:$|\n|[.,;()]|\s{2,})")


def _closes_line(text: str, mention: Mention, clock: Clock) -> bool:
    """The hours that end a line which its day opens: ‘Mon 11th  Parents’ evening 4-7’, ‘Mon  Staff briefing 8.20’."""
    sentence = mention.sentence
    if (
        mention.start - sentence.start > 6
        or clock.start - mention.end > _GAP_LIMIT
        or "\n" in text[mention.end : clock.start]
    ):
        return False
    if _LINE_END.match(text, clock.end, min(len(text), clock.end + 8)) is None:
        return False
    if _OTHER_FIGURES.search(text, max(mention.end, clock.start - 14), clock.start):
        return False
    if not is_figure(text, clock) or is_told_hour(text, clock):
        return True
    return clock.until is not None and clock.until > clock.at


def is_told_hour(text: str, clock: Clock) -> bool:
    """A bare figure that is an hour, as ‘from 10’ or ‘at 2’ at the end of its line."""
    if clock.is_weak and not text[clock.start : clock.end].isdigit():
        return False
    return (
        _TOLD_HOUR.search(text, max(0, clock.start - 8), clock.start) is not None
        and _AFTER_HOUR.match(text, clock.end, min(len(text), clock.end + 4)) is not None
        and 7 <= clock.at.hour <= 20
    )


def _is_bracketed(text: str, clock: Clock) -> bool:
    """‘The AGM (7.30, church hall) is on 17 June.’"""
    return (
        not is_figure(text, clock)
        and text[clock.start - 1 : clock.start] == "("
        and text[clock.end : clock.end + 1] in {",", ")"}
    )


_EVENING = late(
    r"\b(?:concert|quiz|disco|dinner|supper|evenings?|agm|barbecue|bbq|social|ball|performances?|governors|"
    r"governing|late)\b",
    re.IGNORECASE,
)


def _in_the_evening(text: str, clock: Clock, sentence: Sentence) -> Clock:
    """‘Quiz night, 7.30’ is in the evening."""
    said = text[clock.start : clock.end].lower()
    is_told = re.search(r"^0|\d\s*[ap]\.?\s?m|morning|:", said) is not None
    is_open = clock.at.hour in {7, 8} and not is_told and (clock.is_weak or "clock" in said)
    if not is_open or not _EVENING.search(text, sentence.start, min(sentence.end, sentence.start + 300)):
        return clock
    until = clock.until.replace(hour=clock.until.hour + 12) if clock.until and clock.until.hour < 12 else clock.until
    return replace(clock, at=clock.at.replace(hour=clock.at.hour + 12), until=until)


def clocked(text: str, mention: Mention, clock: Clock, sentence: Sentence) -> Mention:
    clock = _in_the_evening(text, clock, sentence)
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
    for at in range(1, len(out)):
        first, here = out[at - 1], out[at]
        is_led = first.clock is not None and first.clock[1] <= first.start  # the hours stand before the list
        if here.at is None and is_led and here.group is not None and here.group == first.group:
            out[at] = replace(here, at=first.at, ends_at=first.ends_at, clock=first.clock)
    return out


def _led_hours(text: str, found: list[Mention], clocks: list[Clock]) -> list[Mention]:
    """‘Drop-ins, 4pm, Library: 17 June; 24 June; 1 July’: hours before a colon, or in the first cell of a row, are for
    all the days behind it."""
    led = next((c for c in clocks if found and c.end <= found[0].start and not is_figure(text, c)), None)
    if led is None or any(m.kind is not Kind.DAY or (m.clock and m.clock[0] != led.start) for m in found):
        return found
    between = text[led.end : found[0].start]
    is_list = ":" in between and not led.is_weak and len(found) > 1 and len(between) <= 80 and found[0].at is None
    if not is_list and "\t" not in between:
        return found
    return [replace(m, at=led.at, ends_at=led.until) if m.at is None else m for m in found]


LIMIT_BEFORE = late(
    r"\b(?:by|before|until|till|due|closes?|deadline|closing\s+date|from|was|since)\b[^,;]{0,14}$", re.IGNORECASE
)


_FOR_ALL = late(r"\b(?:both|all|each|every)\b", re.IGNORECASE)
_APART_FROM = late(r"\b(?:is|are|has|have|was|were|will|but|cancel+ed|postponed|off)\b", re.IGNORECASE)


def _shared_at_end(text: str, found: list[Mention]) -> list[Mention]:
    """‘Part 1 Monday 10 June, part 2 Monday 17 June (9.00–3.30)’: hours at the very end are for all the days."""
    last = found[-1] if found else None
    if last is None or len(found) < 2 or last.at is None or last.clock is None or last.clock[0] < last.end:
        return found
    if any(m.at is not None or m.kind is not Kind.DAY or m.sentence is not last.sentence for m in found[:-1]):
        return found
    if LIMIT_BEFORE.search(text, found[-2].end, last.start):
        return found
    is_for_all = _FOR_ALL.search(text, last.end, last.clock[0]) is not None
    if not is_for_all and _APART_FROM.search(text, found[-2].end, last.start):
        return found
    out = [last]
    for here in reversed(found[:-1]):
        limit = LIMIT_BEFORE.search(text, max(here.sentence.start, here.start - 30), here.start)
        if out[0].start - here.end > 45 or limit or out[0].at is None:
            return found
        out.insert(0, replace(here, at=last.at, ends_at=last.ends_at, clock=last.clock))
    return out
