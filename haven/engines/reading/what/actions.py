"""Finds what schools, or named owners, are asked to do, and what they must not do."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from haven.engines.documents.document import BlockKind, Document
from haven.engines.patterns.late import late
from haven.engines.reading.items import Action, Deadline
from haven.engines.reading.what.asking import Ask, asked, audiences, is_invitation, is_optional, recurrence, subject
from haven.engines.reading.what.phrasing import capital, short_order
from haven.engines.reading.what.sentences import Sentence, sentences
from haven.engines.reading.what.subjects import Above, says_what
from haven.engines.reading.what.tables import Task, tasks_of
from haven.engines.reading.what.verbs import NOT_ASKED, VERBS

_ACTION_HEADING = late(
    r"\b(?:actions?(?: (?:needed|required|points?|for (?:schools|you|heads|dsls)|log|list|"
    r"agreed))?|to[- ]do|next steps|steps|must do|what (?:do|you|we|schools|is due|to do)\b.*|"
    r"what[’']s due|for action|tasks?|"
    r"reminders?|please (?:do|note)|requests?|asks?|things (?:to do|we need|i need)|checklist|"
    r"before (?:you|the end)|returns?|due)\b",
    re.IGNORECASE,
)
_HALVES = late(
    r";\s+(?=\S)|\s[–—-]\s(?=(?:please|pls|do not|don[’']t|never|but please)\b)|"
    r",\s(?=(?:never|do not|don[’']t)\b)|(?<=[^.])\.\s+(?=[A-Z])|\((?=(?:please|do not|don[’']t|never)\b)"
)
_COLUMNS = late(r"\t+|[ \u00a0]{3,}")
_DONE = late(r"^\W*(?:done|completed?|closed|actioned|discharged|achieved|finished)\b", re.IGNORECASE)
_BY_THE_DATE_ABOVE = late(
    r"\bby (?:the|that) (?:date|deadline) (?:at the (?:top|head)|above|given above|"
    r"in the heading)|\bby the (?:above|same) (?:date|deadline)\b|\bat the same time\b",
    re.IGNORECASE,
)
_FEWEST_ORDERS = 3
_ONLY_WHEN = late(
    r"(?:(?:reply|replies|respond|answer|response|action|completion|return|closing|due|opens?|closes?|deadline|"
    r"needed|required|wanted|"
    r"for|to|be|completed?|returned|submitted|returnable|by|on|before|no|later|than|not|the|date|time|key|dates|is|at|"
    r"until|noon|midday|midnight|close|end|of|business|play|today|tomorrow|am|pm|a\.m\.|p\.m\.|"
    r"\d++(?:[.:/]\d++)*+(?:st|nd|"
    r"rd|th|am|"
    r"pm)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|weds?|thurs?|thu|fri|sat|sun|"
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b[\W_]*+)++",
    re.IGNORECASE,
)
_QUOTED_SPEECH = late(r"^[“\"][^”\"]*[”\"]\W*$")


def find_actions(
    document: Document, deadlines: Sequence[Deadline], found: tuple[Sentence, ...] | None = None
) -> tuple[Action, ...]:
    """Every live action in order. One asked by a deadline takes the deadline's words and day; a deadline whose words
    ask nothing by themselves (`Names to me by Friday`) is an action all the same."""
    found = sentences(document) if found is None else found
    above = Above(document, found)
    return tuple(_said_whole(action, above) for action in _joined(list(_asked(document, found, deadlines)), deadlines))


def _said_whole(action: Action, above: Above) -> Action:
    """The action with a title that says what it is about, where it has only `Complete it`."""
    subject = None if says_what(action.what) else above.subject(action.start)
    return (
        replace(action, what=f"{capital(subject)}: {action.what[:1].lower()}{action.what[1:]}") if subject else action
    )


def _asked(document: Document, found: tuple[Sentence, ...], deadlines: Sequence[Deadline]) -> Iterator[Action]:
    text = document.text
    tasks = tasks_of(document)
    dues = sorted(deadlines, key=lambda d: d.start)
    starts = [d.start for d in dues]
    heads: dict[int | None, bool] = {None: False}
    orders_listed = _lists_of_orders(document, found)
    for sentence in found:
        if sentence.block in tasks:
            task = tasks[sentence.block]
            if task is not None and sentence.is_first:
                yield _of_task(text, task)
            continue
        if sentence.heading not in heads and sentence.heading is not None:
            block = document.blocks[sentence.heading]
            heads[sentence.heading] = bool(_ACTION_HEADING.search(text, block.start, block.end))
        listed = sentence.kind is BlockKind.BULLET and (heads[sentence.heading] or sentence.block in orders_listed)
        if sentence.lead is not None and sentence.kind is BlockKind.BULLET:
            lead = document.blocks[sentence.lead]
            listed = listed or bool(_ACTION_HEADING.search(text, max(lead.start, lead.end - 90), lead.end))
        for start, end in _pieces(text, sentence, document, listed):
            action = _of_words(text, start, end, sentence, listed)
            if action is None:
                continue
            before = bisect_left(starts, start) - 1
            if _BY_THE_DATE_ABOVE.search(text, start, end) and before >= 0:
                action = replace(action, due=dues[before].date)
            yield action


def _lists_of_orders(document: Document, found: Sequence[Sentence]) -> set[int]:
    """The bullets of lists in which most begin with a verb: there `Audit training logs` is an order."""
    listed: set[int] = set()
    run: list[Sentence] = []
    bullets = [s for s in found if s.kind is BlockKind.BULLET and s.is_first]
    for bullet, following in zip(bullets, (*bullets[1:], None), strict=False):
        run.append(bullet)
        if following and following.block == bullet.block + 1:
            continue
        verbs = sum(_begins_with_verb(document.text[s.start : s.end]) for s in run)
        if verbs >= _FEWEST_ORDERS and verbs * 3 >= len(run) * 2:
            listed.update(s.block for s in run)
        run = []
    return listed


def _begins_with_verb(words: str) -> bool:
    first = words.split(None, 1)[0].lower().strip("*_") if words else ""
    return first in VERBS and first not in NOT_ASKED


def _of_words(text: str, start: int, end: int, sentence: Sentence, listed: bool) -> Action | None:
    words = text[start:end]
    opens = start == sentence.start and sentence.kind is not BlockKind.BULLET
    ask = asked(words if opens else capital(words), in_a_list_of_actions=listed)
    if ask is None or _QUOTED_SPEECH.match(words) or _ONLY_WHEN.fullmatch(words):
        return None
    if sentence.kind is BlockKind.HEADING and not (ask.prohibits and "please" in words.lower()):
        return None
    return Action(
        start=start,
        end=end,
        quote=words,
        confidence=ask.confidence,
        what=short_order(words, is_dated=False),
        who=ask.who,
        recurs=recurrence(words),
        prohibits=ask.prohibits,
        optional=ask.optional,
    )


def _pieces(text: str, sentence: Sentence, document: Document, listed: bool) -> list[tuple[int, int]]:
    """The clauses of a sentence that ask separately; the whole sentence where fewer than two do."""
    if sentence.kind is BlockKind.CELL:
        blocks = document.blocks[sentence.block : sentence.last_block + 1]
        return [(b.start, b.end) for b in blocks if not b.is_header and b.end - b.start > 24]
    parts: list[tuple[int, int]] = []
    begin = sentence.start
    for cut in _HALVES.finditer(text, sentence.start, sentence.end):
        parts.append((begin, cut.start()))
        begin = cut.end()
    parts.append((begin, sentence.end))
    if len(parts) == 1:
        return parts
    asking = [part for part in parts if asked(capital(text[part[0] : part[1]]), in_a_list_of_actions=listed)]
    if len(asking) == 1 and not asked(capital(text[sentence.start : sentence.end]), in_a_list_of_actions=listed):
        return asking
    return parts if len(asking) > 1 else [(sentence.start, sentence.end)]


def _of_task(text: str, task: Task) -> Action:
    words = text[task.start : task.end]
    ask = asked(words, in_a_list_of_actions=True)
    return Action(
        start=task.start,
        end=task.end,
        quote=words,
        confidence=0.9,
        what=short_order(words, is_dated=False),
        who=task.who,
        recurs=recurrence(task.when) or (recurrence(words) if not task.when else None),
        prohibits=bool(ask and ask.prohibits),
        optional=is_optional(words),
    )


def _joined(asks: list[Action], deadlines: Sequence[Deadline]) -> tuple[Action, ...]:
    """Asks and deadlines as one list: where they stand on the same words, one action with the deadline's day and
    words."""
    asks.sort(key=lambda a: a.start)
    starts = [a.start for a in asks]
    taken: set[int] = set()
    actions: list[Action] = []
    told: list[Deadline] = []
    bare: list[Deadline] = []  # `Reply needed by 4 May`: of what the asks of the note say, where they say it
    for deadline in sorted(deadlines, key=lambda d: d.start):
        at = _ask_for(asks, starts, deadline, taken)
        if _is_told_below(deadline, asks):
            taken.update([] if at is None else [at])
            continue
        if at is None:
            if not deadline.optional:
                (bare if _ONLY_WHEN.fullmatch(deadline.quote) else told).append(deadline)
            continue
        taken.add(at)
        ask = asks[at]
        actions.append(
            replace(
                ask,
                start=deadline.start,
                end=deadline.end,
                quote=deadline.quote,
                due=deadline.date,
                what=short_order(ask.quote, is_dated=True),
                who=ask.who or audiences(deadline.who),
                recurs=ask.recurs or deadline.recurs,
                optional=ask.optional or deadline.optional,
            )
        )
    undated = [ask for at, ask in enumerate(asks) if at not in taken]
    actions.extend(_of_deadline(deadline) for deadline in (told if undated else told + bare))
    actions.extend(undated)
    return tuple(sorted(actions, key=lambda a: (a.start, a.end)))


def _is_told_below(deadline: Deadline, asks: list[Action]) -> bool:
    """Whether a bare `To be completed by` in the head is what an action below means by `the date at the top`."""
    return len(deadline.quote) < 60 and any(a.start > deadline.end and _BY_THE_DATE_ABOVE.search(a.quote) for a in asks)


def _ask_for(asks: list[Action], starts: list[int], deadline: Deadline, taken: set[int]) -> int | None:
    best, most = None, 0
    at = max(0, bisect_left(starts, deadline.start) - 2)
    while at < len(asks) and asks[at].start < deadline.end:
        shared = min(asks[at].end, deadline.end) - max(asks[at].start, deadline.start)
        if shared > most and at not in taken:
            best, most = at, shared
        at += 1
    return best


def _of_deadline(deadline: Deadline) -> Action:
    ask: Ask | None = asked(deadline.quote)
    return Action(
        start=deadline.start,
        end=deadline.end,
        quote=deadline.quote,
        confidence=min(0.8, deadline.confidence),
        what=short_order(deadline.what or deadline.quote, is_dated=True),
        who=audiences(deadline.who) or subject(deadline.quote),
        due=deadline.date,
        recurs=deadline.recurs or recurrence(deadline.quote),
        prohibits=bool(ask and ask.prohibits),
        optional=deadline.optional or is_invitation(deadline.quote),
    )
