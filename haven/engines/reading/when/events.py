"""Finds the dated happenings of a note."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from haven.engines.documents.document import Block, BlockKind, Document
from haven.engines.patterns.late import late
from haven.engines.reading.items import Event
from haven.engines.reading.what.sentences import sentences
from haven.engines.reading.when import cues
from haven.engines.reading.when.clock import find_clocks
from haven.engines.reading.when.context import Surroundings, clause_after, clause_before, survey
from haven.engines.reading.when.deadlines import deadline_of
from haven.engines.reading.when.heading import HEAD_LENGTH
from haven.engines.reading.when.hours import is_figure
from haven.engines.reading.when.limits import is_that_date
from haven.engines.reading.when.mentions import Mention
from haven.engines.reading.when.rows import is_due_cell, is_in_action_list
from haven.engines.reading.when.stretch import Kind
from haven.engines.reading.when.titles import is_online, place_of, title_of

_LOOK_BACK = 30  # so many happenings of one day are compared with a new one
_SMALL = frozenset(
    """
    the and for with from day days week session sessions meeting training school schools your you all one two
    part
    """.split()
)


def find_events(
    document: Document,
    mentions: tuple[Mention, ...],
    note: date | None = None,
    around: Surroundings | None = None,
) -> tuple[Event, ...]:
    """Every happening that lies ahead of the note, is called off or moved, or is the note's own meeting, once each."""
    around = around or survey(document, sentences(document), mentions)
    made: list[Event] = []
    block, title = -1, ""
    for at, mention in enumerate(mentions):
        event = _event(around, at, note, title if mention.block == block else "")
        if event is not None:
            made.append(event)
            block, title = mention.block, event.title
    return _once_each(made)


def _event(around: Surroundings, at: int, note: date | None, previous: str) -> Event | None:
    mention = around.mentions[at]
    following = around.mentions[at + 1] if at + 1 < len(around.mentions) else None
    is_off = _is_off(around, mention, following)
    if _is_own_meeting(around, mention, note):
        return _made(around, mention, previous, is_off=False)
    if mention.is_behind or mention.is_restated or _is_masthead(around, mention, note):
        return None
    if mention.is_past and note is not None and mention.day < note:
        return None
    if is_off and (
        _is_old_limit(around, mention, following) or (mention.kind is Kind.RELATIVE and not _is_told_happening(mention))
    ):
        return None
    if not is_off and not _is_happening(around, mention):
        return None
    return _made(around, mention, previous, is_off=is_off)


def _is_old_limit(around: Surroundings, mention: Mention, following: Mention | None) -> bool:
    """A deadline's old date is no happening that is called off."""
    before = around.before(mention)
    if following is not None and following.sentence is mention.sentence and deadline_of(around, following) is not None:
        return True
    if re.search(r"\bextended\b", before[-40:], re.IGNORECASE):
        return True
    return cues.LIMIT_WORDS.search(clause_before(before)) is not None or cues.PAST_LIMIT.search(before) is not None


_OPTIONAL = late(r"\b(?:optional|voluntary|if\s+you\s+(?:wish|would\s+like))\b", re.IGNORECASE, seldom=True)


def _made(around: Surroundings, mention: Mention, previous: str, *, is_off: bool) -> Event:
    mention = _timed(around, mention)
    start, end = around.span(mention)
    words = around.text[start:end]
    tentative = mention.is_tentative or cues.TENTATIVE.search(words[:400]) is not None
    confidence = mention.confidence - (0.2 if tentative else 0.0) - (0.1 if mention.kind is Kind.WEEK else 0.0)
    return Event(
        start=start,
        end=end,
        quote=words,
        confidence=round(max(confidence, 0.3), 2),
        starts=mention.starts,
        ends=mention.ends,
        title=title_of(around, mention, previous),
        place=place_of(around, mention),
        online=is_online(around, mention),
        recurs=mention.recurs,
        optional=_OPTIONAL.search(words) is not None,
        cancelled=is_off,
        conflict=mention.conflict,
    )


def _timed(around: Surroundings, mention: Mention) -> Mention:
    """Takes the hours of an introducing line (‘Short talks, 12.30–1.15pm:’) where the day has none of its own."""
    if mention.at is not None or mention.kind in {Kind.RANGE, Kind.WEEK} or mention.sentence.lead is None:
        return mention
    block = around.document.blocks[mention.sentence.lead]
    lead = around.text[block.start : min(block.end, block.start + 300)]
    clocks = [c for c in find_clocks(lead) if not c.is_weak or (c.until is not None and not is_figure(lead, c))]
    lead_is_dated = any(block.start <= start < block.end for start in _dated_near(around, block.start))
    if len(clocks) != 1 or lead_is_dated:
        return mention
    return replace(mention, at=clocks[0].at, ends_at=clocks[0].until)


def _dated_near(around: Surroundings, start: int) -> list[int]:
    index = bisect_left(around.found, start, key=lambda s: s.start)
    return [s.start for s in around.found[index : index + 4] if s.start in around.dated]


# What is a happening?


def _is_own_meeting(around: Surroundings, mention: Mention, note: date | None) -> bool:
    """The meeting that the note itself reports, told at its head."""
    if note is None or mention.start > HEAD_LENGTH or not mention.day <= note <= (mention.until or mention.day):
        return False
    words = around.around(mention)
    if len(words) > 200 or cues.NOT_MEETING_HEAD.search(words):
        return False
    return cues.MEETING_HEAD.search(words) is not None and around.index_of(mention.sentence) < 8


_SENT = late(r"\b(?:sent|date|dated|issued|published|posted|saved)\b\W*(?:on\s+)?$", re.IGNORECASE)


def _is_masthead(around: Surroundings, mention: Mention, note: date | None) -> bool:
    """The note's date, standing at its head or foot, is not a happening."""
    if note is None or mention.day != note or mention.until is not None:
        return _is_head_of_week(around, mention, note)
    if around.index_of(mention.sentence) >= 8:
        return False
    return mention.at is None or _SENT.search(around.before(mention)) is not None


def _is_head_of_week(around: Surroundings, mention: Mention, note: date | None) -> bool:
    """‘Week beginning Monday 9 September, issue 2’."""
    return note == mention.day and mention.kind is Kind.WEEK and around.index_of(mention.sentence) < 4


def _is_happening(around: Surroundings, mention: Mention) -> bool:
    before, after = around.before(mention), around.after(mention)
    words = around.around(mention)
    is_vague = mention.kind in {Kind.RELATIVE, Kind.RECURRING, Kind.MONTH_END} and not _is_told_happening(mention)
    if mention.kind is Kind.RECURRING and _WANTED.search(before):
        return False
    if is_vague and not (mention.kind is Kind.RELATIVE and _is_named_happening(around, mention, before, after)):
        return False
    if mention.at is None and cues.CHANGE.search(clause_before(before)):
        return False
    if cues.LAW.search(words) or cues.NEXT_ISSUE.search(clause_before(before)) or cues.NEXT_ISSUE.search(after[:40]):
        return False
    if is_in_action_list(around, mention) or _is_limit_only(around, mention):
        return False
    if _is_board(around, mention):
        return False
    if mention.kind is Kind.WEEK and cues.PROMISE.search(before):
        return False
    if mention.kind is Kind.RANGE:
        return _is_range_happening(before, words)
    if cues.PAST_LIMIT.search(before) or (cues.NOT_HAPPENING.search(before) and not _is_moved_to(around, mention)):
        return False
    if (
        cues.FROM_ONLY.search(before)
        and mention.at is None
        and (cues.PROMISE.search(before) or not cues.HAPPENS.search(words))
    ):
        return False
    return not _is_own_promise(before) and not _in_due_row(around, mention)


def _is_moved_to(around: Surroundings, mention: Mention) -> bool:
    """‘The group of 9 March is put off until 23 March’."""
    other = mention.previous_end
    return other is not None and cues.MOVED_TO.search(around.text[other : mention.start]) is not None


_WANTED = late(
    r"\b(?:wanted|needed|required|due|please|pls|must|send|submit|return(?:s|ed)?|upload|report|figures|log|grid|data|"
    r"numbers|by)\b",
    re.IGNORECASE,
)  # something to be handed in that comes round

_ON = late(r"(?:\b(?:on|this|next|is|are)\s+|^\W*)$", re.IGNORECASE)


def _is_named_happening(around: Surroundings, mention: Mention, before: str, after: str) -> bool:
    """‘There will be a fire drill on Thursday’: a weekday without an hour, in a short clause that names a happening."""
    day = around.text[mention.start : mention.end].lower()
    if day in {"today", "tonight"} or day.startswith("this ") or not _ON.search(before):
        return False
    clause = clause_before(before) + (clause_after(after) if not before.strip() else "")
    if len(clause) > 100 or cues.HABIT.search(clause) or cues.PROMISE.search(clause) or cues.ASKED.search(clause):
        return False
    return cues.EVENT_WORD.search(clause) is not None


def _is_board(around: Surroundings, mention: Mention) -> bool:
    """A line that names only the week that the lines below it tell of."""
    sentence = mention.sentence
    ahead, behind = around.text[sentence.start : mention.start], around.text[mention.end : sentence.end]
    return (
        mention.kind is Kind.WEEK
        and not re.search(r"[A-Za-z]{3}", ahead + behind)
        and sentence.kind is not BlockKind.CELL
    )


def _is_told_happening(mention: Mention) -> bool:
    """Of days told from the note’s own, only those with an hour are trusted to be happenings."""
    if mention.kind is Kind.MONTH_END:
        return False
    if mention.kind is Kind.RECURRING:
        return mention.at is not None
    return mention.at is not None or mention.opens_line


_OWN_PROMISE = late(
    r"\b(?:we|I)(?:[’'](?:ll|re|m)|\s+(?:will|shall|hope|aim|intend|plan|expect|are|"
    r"am))\s+(?:going\s+)?(?:to\s+)?(?:\w+\s+){0,2}?"
    r"(?:writ|send|report|ring|call|publish|repl|circulat|contact|let|get|shar|tell|e-?mail|confirm|announc|"
    r"updat|post|chas|upload|respond|"
    r"follow|decid|remind|review|look|issu|collect|check|know|hear|hav)(?:e|y|ying|t?ing)?\b",
    re.IGNORECASE,
)


_SENT_BACK = late(r"\bsent\s+back\s+(?:from|on)\s*$", seldom=True)


def _is_own_promise(before: str) -> bool:
    return _OWN_PROMISE.search(clause_before(before)) is not None or _SENT_BACK.search(before) is not None


def _is_range_happening(before: str, words: str) -> bool:
    if cues.NOT_HAPPENING.search(before) or _is_own_promise(before):
        return False
    if re.search(r"\bbetween\s+(?:the\s+)?$", before, re.IGNORECASE):
        return (
            re.search(r"\b(?:closed|closure|held|take\s+place|runs?|running|visit\w*)\b", words, re.IGNORECASE)
            is not None
        )
    if re.search(r"\bfrom\s+$", before, re.IGNORECASE):
        return cues.HAPPENS.search(words) is not None
    return True


def _is_limit_only(around: Surroundings, mention: Mention) -> bool:
    limit = deadline_of(around, mention)
    if limit is None:
        return False
    opens_line = not around.before(mention).strip(" \t\n•*·–-")
    return opens_line or not is_that_date(around, mention)


_END_COLUMN = late(r"\W*(?:ends?|to|until|finish(?:es)?|last\s+day)\W*", re.IGNORECASE)


def _in_due_row(around: Surroundings, mention: Mention) -> bool:
    if mention.sentence.kind is not BlockKind.CELL:
        return False
    cells = around.cells(mention.sentence)
    own = next((c for c in cells if c.start <= mention.start < c.end), None)
    if own is None or len(cells) < 2:
        return False
    is_end = _END_COLUMN.fullmatch(around.header(own)) is not None and mention.previous_end is not None
    return is_end or is_due_cell(around, cells, own)


def _is_off(around: Surroundings, mention: Mention, following: Mention | None) -> bool:
    """Called off, or an old date that a new one replaces."""
    before, after = around.before(mention), around.after(mention)
    if cues.MOVED_FROM.search(before):
        return True
    if cues.OFF_BEFORE.search(before) and not (before.endswith("was ") and cues.REPORTED.search(before)):
        return True
    if following is not None and following.sentence is mention.sentence:
        between = around.text[mention.end : following.start]
        if len(between) < 90 and cues.MOVED_TO.search(between):
            return True
        after = between
    if cues.OFF_AFTER.search(after):
        return True
    if mention.sentence.kind is BlockKind.CELL:
        has_other_days = mention.previous_end is not None or mention.next_start is not None
        others = (c for c in around.cells(mention.sentence) if not _is_of_other_days(around, mention, c))
        return not has_other_days and any(_says_off(around.cell_text(c)) for c in others)
    return _off_in_next(around, mention)


def _is_of_other_days(around: Surroundings, mention: Mention, cell: Block) -> bool:
    """Whether a cell stands in a column of days of its own: ‘10 Sept | cancelled’ below ‘Autumn | Spring’."""
    own = around.document.blocks[mention.block]
    is_new = re.search(r"\b(?:new|revised|status|notes?|change)", around.header(cell), re.IGNORECASE) is not None
    return cell.column != own.column and not is_new and (cell.table, cell.column) in around.day_columns


_OFF_CELL = late(
    r"[\s\W]*(?:now\s+)?(?:cancel+ed|postponed|called\s+off)\b.{0,40}|.{0,60}[\s(–:-](?:CANCELL?ED|POSTPONED)\W*",
    re.DOTALL,
)


def _says_off(words: str) -> bool:
    return len(words) < 120 and (
        _OFF_CELL.fullmatch(words) is not None
        or re.fullmatch(r"\W*(?:cancell?ed|postponed)\W*", words, re.IGNORECASE) is not None
    )


def _off_in_next(around: Surroundings, mention: Mention) -> bool:
    step = around.sentence_after(mention.sentence)
    if step is None or step.block != mention.sentence.block:
        return False
    return (
        re.match(
            r"\W*(?:CANCELL?ED|POSTPONED|Cancelled|Postponed|(?:This|It|The\s+\w+)\s+(?:has\s+been|is|"
            r"was)\s+(?:now\s+)?(?:cancelled|called\s+off|postponed))",
            around.words(step),
        )
        is not None
    )


# Told twice.


def _once_each(events: Iterable[Event]) -> tuple[Event, ...]:
    """The same happening told again is left out; what the second telling adds is kept."""
    kept: list[Event] = []
    by_day: dict[date, list[int]] = {}
    for event in events:
        same = next((i for i in by_day.get(_day(event), [])[-_LOOK_BACK:] if _is_same(kept[i], event)), None)
        if same is not None:
            kept[same] = _together(kept[same], event)
            continue
        for offset in range(min(_length(event), 31)):
            by_day.setdefault(_day(event) + timedelta(days=offset), []).append(len(kept))
        kept.append(event)
    return tuple(kept)


def _day(event: Event) -> date:
    return event.starts.date() if isinstance(event.starts, datetime) else event.starts


def _hour(event: Event) -> time | None:
    return event.starts.time() if isinstance(event.starts, datetime) else None


def _length(event: Event) -> int:
    last = event.ends.date() if isinstance(event.ends, datetime) else event.ends
    return (last - _day(event)).days + 1 if last else 1


def _is_same(one: Event, two: Event) -> bool:
    """Whether two tellings that share a day are of one happening: hours that agree, and names in common."""
    first, second = _hour(one), _hour(two)
    if one.cancelled != two.cancelled or (first and second and first != second):
        return False
    a, b = _names(one.title), _names(two.title)
    groups_a, groups_b = _groups(one.title), _groups(two.title)
    if groups_a and groups_b and not groups_a & groups_b:
        return False
    if _length(one) != _length(two) or _day(one) != _day(two):
        return len(a & b) >= 2 and len(a & b) * 2 >= min(len(a), len(b))
    if not a or not b:
        return True
    if len(a & b) * 2 >= min(len(a), len(b)):
        return True
    told_a, told_b = _names(one.quote[:300]), _names(two.quote[:300])
    return (len(b) > 1 and len(b & told_a) * 3 >= len(b) * 2) or (len(a) > 1 and len(a & told_b) * 3 >= len(a) * 2)


def _names(title: str) -> set[str]:
    return {w for w in re.findall(r"[a-z]{2,}", title.lower()) if w not in _SMALL}


def _groups(title: str) -> set[str]:
    """Words with figures (‘P5’, ‘Year 6’, ‘Part 2’) that set like things apart."""
    return set(re.findall(r"[a-z]?\d+", title.lower()))


def _together(first: Event, again: Event) -> Event:
    starts = again.starts if _hour(again) and not _hour(first) and _day(first) == _day(again) else first.starts
    return replace(
        first,
        starts=starts,
        ends=first.ends if starts is first.starts else again.ends,
        place=first.place or again.place,
        online=first.online or again.online,
        title=first.title or again.title,
    )
