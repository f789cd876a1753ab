"""Finds the days by which the reader, or a named owner, must do something."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from haven.engines.reading.document import Block, BlockKind, Document
from haven.engines.reading.items import Deadline, Recurs
from haven.engines.reading.what.sentences import Sentence, sentences
from haven.engines.reading.when import cues
from haven.engines.reading.when.context import Surroundings, clause_before, survey
from haven.engines.reading.when.days import Kind
from haven.engines.reading.when.mentions import Mention
from haven.engines.reading.when.wording import shortened, task

_DUE_COLUMN = re.compile(
    r"\b(?:(?:returned|submitted|received|completed|needed|required|wanted)\s+by|due|deadlines?|by\s+when|"
    r"complete(?:d)?\s+by|return\s+by|closing|completion\s+date|target(?:\s+date)?|timescales?|submit\s+by|"
    r"finish\s+by|reply\s+by|no\s+later\s+than|cut[- ]?off|"
    r"(?:last|final)\s+(?:day|date)(?:\s+(?:for|to)\b.*)?|to\s+be\s+\w+(?:\s+\w+)?\s+by|(?:submit|send|return|"
    r"reply|upload)\s+(?:\w+\s+){0,3}by)\b|^\W*(?:date\s+|action\s+|needed\s+|done\s+)?by\W*$",
    re.IGNORECASE,
)
_MAYBE_DUE_COLUMN = re.compile(r"^\W*(?:when|date|dates?|timeline|timing)\W*$", re.IGNORECASE)
_TASK_COLUMN = re.compile(
    r"\b(?:actions?|returns?|tasks?|owners?|responsib\w+|lead|assigned|what\s+we\s+need|who)\b", re.IGNORECASE
)
_HAPPENING_COLUMN = re.compile(
    r"\b(?:time|venue|place|location|event|course|session|title|trainer|speaker|room)\b", re.IGNORECASE
)
_WHAT_COLUMN = re.compile(
    r"\b(?:what|actions?|tasks?|returns?|item|document|title|description|requirement|subject|form)\b", re.IGNORECASE
)
_WHO_COLUMN = re.compile(r"\b(?:who|owners?|responsib\w*|lead|assigned|by\s+whom|for|from|audience)\b", re.IGNORECASE)
_KEY = re.compile(
    r"\W*(?:to\s+be\s+(?:completed|returned|submitted)\s+by|(?:return|reply|respond|complete|submit|book|apply|"
    r"action|due|closing)(?:\s+(?:by|date))+|deadline(?:\s+for\s+\w+)?|due|action\s+(?:by|required\s+by|needed\s+by)|"
    r"response\s+(?:by|required\s+by|deadline)|closing\s+date)\W*",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"[\s,;:(–-]*\b(?:(?:and\s+)?(?:by|before|no\s+later\s+than|due|until|till|on\s+or\s+before|closes?|for|"
    r"on)\b[\s,:]*(?:the\s+)?(?:(?:end|close)\s+of\s+\w+(?:\s+day)?\s*)?(?:(?:noon|midday|on|cop|latest)\s*)*)?$",
    re.IGNORECASE,
)
_SMALL = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "by",
        "to",
        "of",
        "on",
        "in",
        "at",
        "is",
        "are",
        "be",
        "will",
        "all",
        "any",
        "your",
        "you",
        "please",
        "must",
        "should",
        "this",
        "that",
        "it",
        "or",
        "from",
        "as",
        "before",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "noon",
        "pm",
        "am",
        "st",
        "nd",
        "rd",
        "th",
    ]
)


def find_deadlines(
    document: Document, mentions: tuple[Mention, ...], around: Surroundings | None = None
) -> tuple[Deadline, ...]:
    """Every live deadline among the days of a note, in order."""
    around = around or survey(document, sentences(document), mentions)
    return _once_each(d for mention in mentions if (d := deadline_of(around, mention)) is not None)


def _once_each(deadlines: Iterable[Deadline]) -> tuple[Deadline, ...]:
    """A deadline told again, as in a list of actions at the end, is left out; an hour that it adds is kept."""
    kept: list[Deadline] = []
    by_day: dict[date | None, list[int]] = {}
    for deadline in deadlines:
        same = next((i for i in by_day.get(deadline.date, [])[-30:] if _is_same(kept[i], deadline)), None)
        if same is None:
            by_day.setdefault(deadline.date, []).append(len(kept))
            kept.append(deadline)
        elif kept[same].time is None and deadline.time is not None:
            kept[same] = replace(kept[same], time=deadline.time)
    return tuple(kept)


def _is_same(one: Deadline, two: Deadline) -> bool:
    if one.time and two.time and one.time != two.time:
        return False
    a, b = _names(one.quote), _names(two.quote)
    return len(a & b) >= 2 and len(a & b) * 2 >= min(len(a), len(b))


def _names(words: str) -> set[str]:
    return {w for w in re.findall(r"[A-Za-z]{2,}", words[:400].lower()) if w not in _SMALL}


def deadline_of(around: Surroundings, mention: Mention) -> Deadline | None:
    """The deadline that a day is, or None."""
    if id(mention) not in around.limits:
        around.limits[id(mention)] = _deadline_of(around, mention)
    return around.limits[id(mention)]


def _deadline_of(around: Surroundings, mention: Mention) -> Deadline | None:
    if mention.is_behind or mention.is_restated:
        return None
    if mention.sentence.kind is BlockKind.CELL and len(around.cells(mention.sentence)) > 1:
        return _in_row(around, mention)
    if is_in_action_list(around, mention):
        return _in_columns(around, mention)
    return _in_words(around, mention) if _is_limit(around, mention) else None


# In running words.


def _is_limit(around: Surroundings, mention: Mention) -> bool:
    before, after = around.before(mention), around.after(mention)
    if cues.MOVED_FROM.search(before) or cues.OFF_AFTER.search(after):
        return False
    if cues.OFF_BEFORE.search(before) and not (before.endswith("was ") and cues.REPORTED.search(before)):
        return False
    if cues.PAST_LIMIT.search(before) or cues.NOT_YOURS.search(before):
        return False
    if mention.kind is Kind.RANGE:
        return False
    if _has_cue(around, mention, before, after):
        return not _is_promise(before)
    return is_that_date(around, mention) or _is_asked_today(around, mention, before, after)


_TODAY = re.compile(r"(?:today|this\s+(?:morning|afternoon|evening))", re.IGNORECASE)
_ORDER = re.compile(
    r"\b(?:please|must|need(?:s|ed)?|ask(?:ed)?|ensure|make\s+sure|can\s+(?:you|i)|could\s+(?:you|i))\b", re.IGNORECASE
)


def _is_asked_today(around: Surroundings, mention: Mention, before: str, after: str) -> bool:
    """‘I need the figures today.’, or an order ended by ‘today’ below ‘We ask every school to:’."""
    if not _TODAY.fullmatch(around.text[mention.start : mention.end]) or re.search(r"\w", after):
        return False
    if _ORDER.search(before):
        return cues.PROMISE.search(before) is None
    return _ORDER.search(around.block_text(mention.sentence.lead)[-200:]) is not None


def _has_cue(around: Surroundings, mention: Mention, before: str, after: str) -> bool:
    if _is_value_of_key(around, mention) or cues.PUT_RIGHT.search(before):
        return True
    if cues.BY.search(before) or cues.BY_THAT.search(before):
        return not (mention.is_past and not cues.ASKED.search(around.around(mention)))
    if mention.kind is Kind.MONTH_END and mention.opens_line:
        return cues.ASKED.search(after) is not None
    if mention.kind is Kind.MONTH_END and mention.confidence < 0.8:
        return False
    return _is_told_before(before) or _is_told_after(around, mention, before, after)


def _is_value_of_key(around: Surroundings, mention: Mention) -> bool:
    """A line that is only a day, below a line that is only ‘Respond by’."""
    sentence = mention.sentence
    if sentence.end - sentence.start > 60 or not sentence.is_first:
        return False
    previous = around.sentence_before(sentence)
    return (
        previous is not None
        and previous.is_first
        and previous.end - previous.start < 40
        and _KEY.fullmatch(around.words(previous)) is not None
    )


def _is_told_before(before: str) -> bool:
    """The words in front of a day make it a limit."""
    if any(
        cue.search(before)
        for cue in (
            cues.DUE,
            cues.CLOSES,
            cues.OPEN_UNTIL,
            cues.THIS_TERMS,
            cues.IMPERATIVE_LINE,
            cues.NONE_AFTER,
            cues.NEEDED,
        )
    ):
        return True
    clause = clause_before(before)
    if cues.LIMIT_WORDS.search(clause) or cues.LAST_DAY_TO.search(clause):
        return True
    if cues.SOMEBODY_TO.search(before):
        return True
    if len(before) < 70 and cues.RETURN_LABEL.search(before):
        return True
    return cues.HAND_IN_ON.search(before) is not None and bool(
        cues.ASKED.search(before) or cues.COMES_IN_ON.search(before)
    )


_NEXT_CLAUSE = re.compile(r"\b(?:and|but|while|whereas)\b|[,;]", re.IGNORECASE)


def _is_told_after(around: Surroundings, mention: Mention, before: str, after: str) -> bool:
    """The words behind a day, or the hours behind it, make it a limit; or its line stands under ‘Deadlines’."""
    if _is_before_hour(around, mention) or _is_by_hour_of_line(around, mention):
        return True
    if mention.clock and mention.end <= mention.clock[0] < mention.end + 4:
        after = around.text[mention.clock[1] : min(mention.sentence.end, mention.clock[1] + 140)]
    whole = after
    if mention.next_start is not None:
        after = _NEXT_CLAUSE.split(after[: max(0, mention.next_start - mention.end)], maxsplit=1)[0]
    if cues.AFTER_DUE.search(after) and not re.search(r"\bwas\b", before):
        return True
    if cues.HAND_IN_LINE.search(after) and not before.strip(" \t\n•*·–-"):
        return True
    if _under_due_heading(around, mention) and mention.start - mention.sentence.start < 30:
        return True
    return _is_to_do(around, mention, before, whole)


_TICK_BOX = re.compile(r"\[\s?\]\s*$|^\W*\[\s?\]|[☐□❑❏]")
_LABELLED = re.compile(r"(?:[:–—=→(-]|\s{2})\s*$")


def _is_to_do(around: Surroundings, mention: Mention, before: str, after: str) -> bool:
    """A thing to be done, then its day, in a list of things to do or behind a box to tick."""
    sentence = mention.sentence
    if sentence.end - sentence.start > 200 or not _LABELLED.search(before) or re.search(r"[A-Za-z]{3}", after):
        return False
    ahead = around.text[max(0, sentence.start - 6) : sentence.start + 6]
    if _TICK_BOX.search(ahead):
        return True
    titles = (around.block_text(sentence.heading), around.block_text(sentence.lead), around.section_text(sentence))
    return any(len(t) < 70 and cues.TO_DO_HEADING.search(t) for t in titles)


def _is_promise(before: str) -> bool:
    clause = clause_before(before)
    if cues.PROMISE.search(clause) is None:
        return False
    return not re.search(
        r"\b(?:please|must|so\s+that\s+we|ask(?:ed|ing)?\s+(?:you|schools|all|to)|need(?:s)?\s+to\s+be)\b",
        clause,
        re.IGNORECASE,
    )


def _under_due_heading(around: Surroundings, mention: Mention) -> bool:
    sentence = mention.sentence
    titles = (around.block_text(sentence.heading), around.block_text(sentence.lead), around.section_text(sentence))
    return any(len(t) < 90 and cues.DUE_HEADING.search(t) for t in titles)


def is_that_date(around: Surroundings, mention: Mention) -> bool:
    """‘The van comes on 2 May. Please return all books by this date.’"""
    return (
        cues.THAT_DATE.search(around.after(mention, 300)) is not None or _asking_sentence(around, mention) is not None
    )


def _asking_sentence(around: Surroundings, mention: Mention) -> Sentence | None:
    """The next sentence, where it asks for something by the day just spoken of."""
    after = around.sentence_after(mention.sentence)
    if after is None or after.block != mention.sentence.block or after.start in around.dated:
        return None
    words = around.words(after)
    is_asked = cues.ASKED.search(words) or cues.ORDER.match(words)
    return after if is_asked and cues.THAT_DATE.search(words) else None


def _in_words(around: Surroundings, mention: Mention) -> Deadline:
    sentence = mention.sentence
    asking = _asking_sentence(around, mention)
    if asking is not None and not _has_cue(around, mention, around.before(mention), around.after(mention)):
        return _by_that_date(around, mention, asking)
    words = around.around(mention)
    previous = around.sentence_before(sentence)
    beside = around.words(previous) if previous and previous.block == sentence.block else ""
    context = f"{around.block_text(sentence.heading)[:100]} {beside[-200:]} {words}"
    return _deadline(
        mention,
        around,
        what=_what(around, mention),
        who=_audience(words) or _audience(beside),
        recurs=mention.recurs
        or _recurs(words)
        or (_recurs(beside) if cues.THIS_TERMS.search(around.before(mention)) else None),
        optional=cues.OPTIONAL.search(context) is not None and not re.search(r"\bmust\b", words),
    )


def _by_that_date(around: Surroundings, mention: Mention, asking: Sentence) -> Deadline:
    words = around.words(asking)
    limit = cues.THAT_DATE.search(words)
    what = words[: limit.start()] if limit else words
    start = mention.sentence.start
    return Deadline(
        start=start,
        end=asking.end,
        quote=around.text[start : asking.end],
        confidence=mention.confidence - 0.1,
        date=mention.day,
        what=task(what, "", around.block_text(mention.sentence.heading), ""),
        who=_audience(words),
        optional=cues.OPTIONAL.search(words) is not None,
        conflict=mention.conflict,
    )


def _deadline(
    mention: Mention, around: Surroundings, *, what: str, who: tuple[str, ...], recurs: Recurs | None, optional: bool
) -> Deadline:
    start, end = around.span(mention)
    return Deadline(
        start=start,
        end=end,
        quote=around.text[start:end],
        confidence=mention.confidence,
        date=mention.day,
        time=mention.at,
        what=what,
        who=who,
        recurs=recurs,
        optional=optional,
        conflict=mention.conflict,
    )


def _what(around: Surroundings, mention: Mention) -> str:
    """What is to be done: the sentence without its day, or the words that the sentence leans on."""
    sentence = mention.sentence
    before = around.before(mention, 300)
    after = around.after(mention, 300)
    if mention.clock and mention.clock[0] >= mention.end:
        between = _CUT.sub("", around.text[mention.end : mention.clock[0]]).removesuffix(" at")
        after = f"{between} {around.text[mention.clock[1] : min(sentence.end, mention.clock[1] + 300)]}"
    previous = around.sentence_before(sentence)
    leaning = around.words(previous) if previous is not None and previous.block == sentence.block else ""
    heading = around.block_text(sentence.heading)
    if sentence.kind is BlockKind.CELL:
        cells = around.cells(sentence)
        heading = around.cell_text(cells[0]) if cells and cells[0].start != around.bounds(mention)[0] else heading
    return task(before, after.strip(" \t\n–—-:,.;)"), heading if len(heading) < 90 else "", leaning)


def _audience(words: str) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for match in cues.AUDIENCE.finditer(words):
        name = re.sub(r"\s+", " ", match[0])
        seen.setdefault(name.lower(), name)
    return tuple(seen.values())[:4]


def _recurs(words: str) -> Recurs | None:
    match = cues.RECURS.search(words)
    return Recurs(match.lastgroup) if match and match.lastgroup else None


# In columns set out by white space.

_ACTION_LIST = re.compile(
    r"\W*(?:[\d.]+\s+)?(?:agreed\s+)?(?:action|to[- ]do)s?(?:\s+(?:log|points?|list|notes?|agreed|arising|"
    r"summary|items?|tracker|from\b.*))?\W*",
    re.IGNORECASE,
)


def is_in_action_list(around: Surroundings, mention: Mention) -> bool:
    """Whether a day stands in a line of columns below ‘Actions’, or below headings of columns that name a limit."""
    if mention.sentence.kind is BlockKind.CELL or len(around.columns(mention.sentence)) < 2:
        return False
    title = around.section(mention.sentence)
    if title is None:
        return False
    if _ACTION_LIST.fullmatch(around.words(title)):
        return True
    headings = around.columns(title)
    return any(_DUE_COLUMN.search(h) for h in headings) and any(
        _WHAT_COLUMN.search(h) or _WHO_COLUMN.search(h) for h in headings
    )


def _task_column(columns: list[str]) -> str:
    """The column that says what is to be done: the first, unless it only names somebody beside longer words."""
    worded = [c for c in columns if not _CODE.fullmatch(c)] or columns
    longest = max(worded, key=len)
    return longest if len(worded[0].split()) < 3 and len(longest) > 2 * len(worded[0]) else worded[0]


def _in_columns(around: Surroundings, mention: Mention) -> Deadline | None:
    sentence = mention.sentence
    columns = around.columns(sentence)
    written = around.text[mention.start : mention.end]
    numbered = _ACTION_LIST.fullmatch(around.section_text(sentence)) is not None
    is_at_edge = sentence.end - mention.end <= 12 or not numbered
    if not is_at_edge or any(cues.DONE.search(c) for c in columns):
        return None
    others = [
        c for c in columns if written not in c and c not in written and len(c) > 1 and not re.fullmatch(r"[\d/.]+", c)
    ]
    if not others:
        return None
    what = _task_column(others)
    who = tuple(c for c in others[1:] if c != what and "@" not in c)[-1:]
    return _deadline(
        mention,
        around,
        what=shortened(what),
        who=tuple(p for w in who for p in re.split(r"\s*(?:,|;|/|&|\band\b)\s*", w) if p),
        recurs=_recurs(what),
        optional=cues.OPTIONAL.search(what) is not None,
    )


# In a table.


_SAYS_LAST_DAY = re.compile(
    r"\W*(?:(?:the\s+)?(?:last|final)\s+(?:day|date|chance)\s+(?:for|to)\s+(?!term)|(?:the\s+)?(?:closing\s+date|"
    r"deadline|cut[- ]?off)\b|"
    r"[^.\n]{3,60}\b(?:closes|deadline|to\s+be\s+returned|due(?:\s+in|\s+back)?)\W*$)",
    re.IGNORECASE,
)


def _in_row(around: Surroundings, mention: Mention) -> Deadline | None:
    cells = around.cells(mention.sentence)
    own = next((c for c in cells if c.start <= mention.start < c.end), None)
    if own is None or cues.DONE.search(around.cell_text(own)) or any(_is_done(around, c) for c in cells):
        return None
    others = [around.cell_text(c) for c in cells if c is not own]
    by_that_day = any(cues.THAT_DATE.search(words) or _SAYS_LAST_DAY.match(words) for words in others)
    if not (by_that_day or _is_key_row(around, cells, own) or is_due_cell(around, cells, own)):
        return _in_words(around, mention) if _is_limit_in_cell(around, mention, own) else None
    what = _row_what(around, cells, own)
    row = " ".join(around.cell_text(c) for c in cells)
    return _deadline(
        mention,
        around,
        what=shortened(what),
        who=_row_who(around, cells, own),
        recurs=mention.recurs or _recurs(row),
        optional=cues.OPTIONAL.search(row) is not None,
    )


def _is_limit_in_cell(around: Surroundings, mention: Mention, own: Block) -> bool:
    before, after = around.before(mention), around.after(mention)
    if around.cell_text(own) == around.header(own) or mention.kind is Kind.RANGE or cues.OFF_AFTER.search(after):
        return False
    if (
        _is_before_hour(around, mention)
        or cues.BY.search(before)
        or cues.DUE.search(before)
        or cues.CLOSES.search(before)
    ):
        return True
    return cues.LIMIT_WORDS.search(clause_before(before)) is not None


def _is_by_hour_of_line(around: Surroundings, mention: Mention) -> bool:
    """‘Today: logs uploaded by 4pm’."""
    if not mention.opens_line or mention.clock is None or mention.clock[0] < mention.end:
        return False
    return cues.BY.search(around.text[max(mention.end, mention.clock[0] - 40) : mention.clock[0]]) is not None


def _is_before_hour(around: Surroundings, mention: Mention) -> bool:
    """‘Fridays by 3pm’."""
    if mention.clock is None or mention.clock[0] < mention.end:
        return False
    return cues.BY_HOUR_AFTER.fullmatch(around.text, mention.end, mention.clock[0]) is not None


def _is_done(around: Surroundings, cell: Block) -> bool:
    header = around.header(cell)
    return (
        re.search(r"\b(?:status|progress|done|complete)", header, re.IGNORECASE) is not None
        and cues.DONE.search(around.cell_text(cell)) is not None
    )


def _is_key_row(around: Surroundings, cells: list[Block], own: Block) -> bool:
    """A row of two cells, of which the first says that the second is a limit."""
    return own is not cells[0] and _KEY.fullmatch(around.cell_text(cells[0])) is not None


def is_due_cell(around: Surroundings, cells: list[Block], own: Block) -> bool:
    """Whether the column of a cell holds days by which something is due."""
    header = around.header(own)
    if not header or header == around.cell_text(own):
        return False
    if _DUE_COLUMN.search(header):
        return True
    others = [around.header(c) for c in cells if c is not own]
    if not _MAYBE_DUE_COLUMN.match(header) or any(_HAPPENING_COLUMN.search(o) for o in others):
        return False
    return any(_TASK_COLUMN.search(o) for o in others)


def _row_what(around: Surroundings, cells: list[Block], own: Block) -> str:
    others = [c for c in cells if c is not own and around.cell_text(c)]
    named = next((c for c in others if _WHAT_COLUMN.search(around.header(c)) and _names_task(around, c)), None)
    if named is None and len(cells) == 2 and _KEY.fullmatch(around.cell_text(cells[0])):
        return around.document.title or around.cell_text(cells[0])
    likely = [c for c in others if _names_task(around, c)]
    chosen = named or next(iter(likely), None) or max(others, key=lambda c: c.end - c.start, default=None)
    return around.cell_text(chosen) if chosen else ""


_CODE = re.compile(r"[A-Z]{0,3}[\d./-]+\W*|.*\S@\S.*", re.DOTALL)


def _names_task(around: Surroundings, cell: Block) -> bool:
    words = around.cell_text(cell)
    return len(words) > 3 and not _CODE.fullmatch(words) and not _WHO_COLUMN.search(around.header(cell))


def _row_who(around: Surroundings, cells: list[Block], own: Block) -> tuple[str, ...]:
    named = next((c for c in cells if c is not own and _WHO_COLUMN.search(around.header(c))), None)
    if named is None:
        return ()
    parts = re.split(r"\s*(?:,|;|/|&|\band\b|\n)\s*", around.cell_text(named))
    return tuple(p for p in parts if p)
