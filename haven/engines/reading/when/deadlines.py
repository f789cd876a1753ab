"""Finds the days by which the reader, or a named owner, must do something."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from haven.engines.documents.document import BlockKind, Document
from haven.engines.patterns.late import late
from haven.engines.reading.items import Deadline, Recurs
from haven.engines.reading.what.sentences import Sentence, sentences
from haven.engines.reading.when import cues
from haven.engines.reading.when.context import Surroundings, survey
from haven.engines.reading.when.covers import Limit, covered, is_bare
from haven.engines.reading.when.limits import asking_sentence, has_cue, is_limit, is_limit_in_cell
from haven.engines.reading.when.mention import Mention
from haven.engines.reading.when.rows import (
    ACTION_LIST,
    SAYS_LAST_DAY,
    is_done,
    is_due_cell,
    is_in_action_list,
    is_key_row,
    row_what,
    row_who,
    task_column,
)
from haven.engines.reading.when.stretch import Kind
from haven.engines.reading.when.wording import shortened, task

_CUT = late(
    r"[\s,;:(–-]*\b(?:(?:and\s+)?(?:by|before|no\s+later\s+than|due|until|till|on\s+or\s+before|closes?|for|"
    r"on)\b[\s,:]*(?:the\s+)?(?:(?:end|close)\s+of\s+\w+(?:\s+day)?\s*)?(?:(?:noon|midday|on|cop|latest)\s*)*)?$",
    re.IGNORECASE,
)
_SMALL = frozenset(
    """
    the and for with by to of on in at is are be will all any your you please must should this that it or
    from as before january february march april may june july august september october november december
    monday tuesday wednesday thursday friday noon pm am st nd rd th
    end term half close play business week day month noon midday latest by
    """.split()
)


def find_deadlines(
    document: Document, mentions: tuple[Mention, ...], around: Surroundings | None = None
) -> tuple[Deadline, ...]:
    """Every live deadline of a note, in order: its days that are limits, and the undated lines that they cover."""
    around = around or survey(document, sentences(document), mentions)
    limits = [Limit(mention, d) for mention in mentions if (d := deadline_of(around, mention)) is not None]
    lines = list(covered(around, limits))
    heads = {id(limit) for _, limit in lines if is_bare(around, limit)}
    told = [limit.deadline for limit in limits if id(limit) not in heads]
    told += [_of_line(around, sentence, limit) for sentence, limit in lines]
    return _once_each(sorted(told, key=lambda d: (d.start, d.end)))


def _of_line(around: Surroundings, sentence: Sentence, limit: Limit) -> Deadline:
    """The deadline of an undated line that a limit covers."""
    words = around.words(sentence)
    what = row_what(around, around.cells(sentence), None) if sentence.kind is BlockKind.CELL else words
    return replace(
        limit.deadline,
        start=sentence.start,
        end=sentence.start + len(words),
        quote=words,
        confidence=max(limit.deadline.confidence - 0.1, 0.3),
        what=task(what, "", "", ""),
        who=_audience(words) or limit.deadline.who,
        optional=limit.deadline.optional or cues.OPTIONAL.search(words) is not None,
    )


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
    return _in_words(around, mention) if is_limit(around, mention) else None


# In running words.


def _in_words(around: Surroundings, mention: Mention) -> Deadline:
    sentence = mention.sentence
    asking = asking_sentence(around, mention)
    if asking is not None and not has_cue(around, mention, around.before(mention), around.after(mention)):
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
        date=mention.until if mention.kind is Kind.RANGE and mention.until else mention.day,
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
    leaning = _leaning(around, sentence)
    heading = around.block_text(sentence.heading) if sentence.heading != 0 else ""
    if sentence.kind is BlockKind.CELL:
        cells = around.cells(sentence)
        heading = around.cell_text(cells[0]) if cells and cells[0].start != around.bounds(mention)[0] else heading
    what = task(before, after.strip(" \t\n–—-:,.;)"), heading if len(heading) < 90 else "", leaning)
    return what or shortened(around.words(sentence))


def _leaning(around: Surroundings, sentence: Sentence) -> str:
    """What a sentence may lean on: the one before it in its paragraph, or the short line above it."""
    previous = around.sentence_before(sentence)
    if previous is not None and previous.block == sentence.block:
        return around.words(previous)
    title = around.section(sentence)
    is_near = title is not None and previous is title and title.start > 0
    return f"{around.words(title).rstrip(' :')}: " if title is not None and is_near else ""


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


def _in_columns(around: Surroundings, mention: Mention) -> Deadline | None:
    sentence = mention.sentence
    columns = around.columns(sentence)
    written = around.text[mention.start : mention.end]
    numbered = ACTION_LIST.fullmatch(around.section_text(sentence)) is not None
    is_at_edge = sentence.end - mention.end <= 12 or not numbered
    if not is_at_edge or any(cues.DONE.search(c) for c in columns):
        return None
    others = [
        c for c in columns if written not in c and c not in written and len(c) > 1 and not re.fullmatch(r"[\d/.]+", c)
    ]
    if not others:
        return None
    what = task_column(others)
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


def _in_row(around: Surroundings, mention: Mention) -> Deadline | None:
    cells = around.cells(mention.sentence)
    own = next((c for c in cells if c.start <= mention.start < c.end), None)
    if own is None or cues.DONE.search(around.cell_text(own)) or any(is_done(around, c) for c in cells):
        return None
    others = [around.cell_text(c) for c in cells if c is not own]
    by_that_day = any(cues.THAT_DATE.search(words) or SAYS_LAST_DAY.match(words) for words in others)
    if not (by_that_day or is_key_row(around, cells, own) or is_due_cell(around, cells, own)):
        return _in_words(around, mention) if is_limit_in_cell(around, mention, own) else None
    what = row_what(around, cells, own)
    row = " ".join(around.cell_text(c) for c in cells)
    return _deadline(
        mention,
        around,
        what=shortened(what),
        who=row_who(around, cells, own),
        recurs=mention.recurs or _recurs(row),
        optional=cues.OPTIONAL.search(row) is not None,
    )
