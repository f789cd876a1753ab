"""Tells whether the words around a day make it a limit: ‘by’, ‘due’, ‘closes’, a heading, a key above it."""

import re

from haven.engines.documents.document import Block
from haven.engines.patterns.late import late
from haven.engines.reading.what import orders
from haven.engines.reading.what.sentences import Sentence
from haven.engines.reading.when import cues
from haven.engines.reading.when.context import Surroundings, clause_before
from haven.engines.reading.when.covers import asks, introduces
from haven.engines.reading.when.mention import Mention
from haven.engines.reading.when.stretch import Kind

_LAST = r"(?:dead\s?line|closing\s+date|cut[- ]?off(?:\s+date)?|clos(?:es?|ing)|ends|due(?:\s+(?:date|back|in|on))?)"
KEY = late(
    r"\W*(?:(?:for|to|please|date|be|we|you|must|your|the|all|any|and|send|sent|returns?|returned|repl(?:y|ies)|"
    r"responses?|"
    r"respond|complet(?:ed?|ion)|submi(?:t|tted|ssions?)|book(?:ings?)?|appl(?:y|ications?)|actions?|need(?:ed)?|"
    r"required|"
    r"wanted|confirm|registration|register|sign(?:ed|[- ]?up)?|pay(?:ments?)?|feedback|comments?|views|"
    r"nominat(?:e|ions?)|"
    r"consultation|survey|forms?|us|back|in|to\s+us)\s+){0,6}"
    rf"(?:(?:by|before|no\s+later\s+than)|{_LAST}|(?:return|reply|response|submission)\s+date)"
    r"(?:\s+(?:for|of|to)\s+[\w’',/ -]{1,50})?\W*",
    re.IGNORECASE,
)


def is_limit(around: Surroundings, mention: Mention) -> bool:
    before, after = around.before(mention), around.after(mention)
    if cues.MOVED_FROM.search(before) or cues.OFF_AFTER.search(after):
        return False
    if cues.OFF_BEFORE.search(before) and not (before.endswith("was ") and cues.REPORTED.search(before)):
        return False
    if cues.PAST_LIMIT.search(before) or cues.NOT_YOURS.search(before):
        return False
    if mention.kind is Kind.RANGE:
        return cues.OPEN_FROM.search(before) is not None
    if _is_moved_on(around, mention):
        return False
    if has_cue(around, mention, before, after):
        return not _is_promise(before) and cues.ADVERT.search(around.around(mention)) is None
    return is_that_date(around, mention) or _is_asked_today(around, mention, before, after)


def _is_moved_on(around: Surroundings, mention: Mention) -> bool:
    """‘The deadline of 20 June has been put back to 27 June.’"""
    after = mention.next_start
    return after is not None and cues.MOVES_ON.fullmatch(around.text, mention.end, after) is not None


_TODAY = late(r"(?:today|tonight|this\s+(?:morning|afternoon|evening))", re.IGNORECASE)
_SINCE_TODAY = late(
    r"\b(?:from|since|until|till|of|as\s+at|published|issued|launched|out|available|new|than|released|updated|is|"
    r"are|was)\s+$",
    re.IGNORECASE,
)
_ORDER = late(
    r"\b(?:please|must|need(?:s|ed)?|ask(?:ed)?|ensure|make\s+sure|can\s+(?:you|i)|could\s+(?:you|i))\b", re.IGNORECASE
)


def _is_asked_today(around: Surroundings, mention: Mention, before: str, after: str) -> bool:
    """‘I need the figures today.’, or an order ended by ‘today’ below ‘We ask every school to:’."""
    if not _TODAY.fullmatch(around.text[mention.start : mention.end]):
        return False
    if orders.is_order(" ".join(around.around(mention).split())) and not _SINCE_TODAY.search(before):
        return clause_before(before) == before
    if re.search(r"\w", after):
        return False
    if _ORDER.search(before):
        return cues.PROMISE.search(before) is None
    return _ORDER.search(around.block_text(mention.sentence.lead)[-200:]) is not None


def has_cue(around: Surroundings, mention: Mention, before: str, after: str) -> bool:
    if _is_before_limit(around, mention, before):
        return False
    if (
        _is_for_day(around, mention, before)
        or _is_value_of_key(around, mention)
        or cues.PUT_RIGHT.search(before)
        or _is_new_limit(around, mention, before)
    ):
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
        and KEY.fullmatch(around.words(previous)) is not None
    )


_OPEN_BRACKET = late(r"\([^()]{0,30}$")


def _is_before_limit(around: Surroundings, mention: Mention, before: str) -> bool:
    """‘Book your place on the forum (10 June, 2pm) by 6 June.’: the limit comes after the day in brackets."""
    if mention.next_start is None or _OPEN_BRACKET.search(before) is None:
        return False
    between = around.text[mention.end : mention.next_start]
    return ")" in between and cues.BY.search(between) is not None and cues.BY.search(before) is None


_FOR = late(r"\W*for\s+(?:the\s+)?", re.IGNORECASE)


def _is_for_day(around: Surroundings, mention: Mention, before: str) -> bool:
    """‘For Friday 27 June’ over a list of orders."""
    if _FOR.fullmatch(before) is None:
        return False
    at = around.index_of(mention.sentence)
    return introduces(around, at, mention) and asks(around, around.found[at + 1])


_LONGER = late(
    r"\b(?:longer|more\s+time|extra\s+(?:time|weeks?|days?|fortnight)|extension|extended|dead\s?line|"
    r"closing\s+date)\b",
    re.IGNORECASE,
)


def _is_new_limit(around: Surroundings, mention: Mention, before: str) -> bool:
    """‘You have longer for the audit. It was due on 7 June and becomes 14 June.’"""
    if mention.previous_end is None or cues.MOVED_TO.search(around.text[mention.previous_end : mention.start]) is None:
        return False
    previous = around.sentence_before(mention.sentence)
    beside = around.words(previous) if previous and previous.block == mention.sentence.block else ""
    return _LONGER.search(f"{beside[-200:]} {before}") is not None


def _is_told_before(before: str) -> bool:
    """The words in front of a day make it a limit."""
    if cues.OTHER_DATE.search(before):
        return False
    if cues.ACTION_LABEL.search(before):
        return True
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


_NEXT_CLAUSE = late(r"\b(?:and|but|while|whereas)\b|[,;]", re.IGNORECASE)


def _is_listed(around: Surroundings, mention: Mention) -> bool:
    """‘Deadlines: audit 27 June; staff list 4 July’."""
    return cues.DUE_LABEL.match(around.text, mention.sentence.start, mention.start) is not None


def _is_told_after(around: Surroundings, mention: Mention, before: str, after: str) -> bool:
    """The words behind a day, or the hours behind it, make it a limit; or its line stands under ‘Deadlines’."""
    if _is_before_hour(around, mention) or _is_by_hour_of_line(around, mention) or _is_listed(around, mention):
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


_TICK_BOX = late(r"\[\s?\]\s*$|^\W*\[\s?\]|[☐□❑❏]")
_LABELLED = late(r"(?:[:–—=→(-]|\s{2})\s*$")


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
        r"\b(?:hear(?:d)?\s+(?:back\s+)?from(?!\s+(?:us|me)\b)|expect(?:s|ing)?\s+(?:every|all|your|the|each|an?)|"
        r"not\s+(?:yet\s+)?(?:replied|returned|sent|answered|responded|heard)|please|must|so\s+that\s+we|"
        r"ask(?:ed|ing)?\s+(?:you|schools|all|to)|need(?:s)?\s+to\s+be)\b",
        clause,
        re.IGNORECASE,
    )


def _under_due_heading(around: Surroundings, mention: Mention) -> bool:
    sentence = mention.sentence
    titles = (around.block_text(sentence.heading), around.block_text(sentence.lead), around.section_text(sentence))
    return any(len(t) < 90 and cues.DUE_HEADING.search(t) for t in titles)


def is_that_date(around: Surroundings, mention: Mention) -> bool:
    """‘The van comes on 2 May. Please return all books by this date.’"""
    return cues.THAT_DATE.search(around.after(mention, 300)) is not None or asking_sentence(around, mention) is not None


def asking_sentence(around: Surroundings, mention: Mention) -> Sentence | None:
    """The next sentence, where it asks for something by the day just spoken of."""
    after = around.sentence_after(mention.sentence)
    if after is None or after.block != mention.sentence.block or after.start in around.dated:
        return None
    words = around.words(after)
    is_asked = cues.ASKED.search(words) or cues.ORDER.match(words)
    return after if is_asked and cues.THAT_DATE.search(words) else None


def is_limit_in_cell(around: Surroundings, mention: Mention, own: Block) -> bool:
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
