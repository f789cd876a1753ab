"""Finds handling markings: the words that say who may be given a contact."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from haven.engines.patterns.late import late
from haven.engines.reading.items import Marking
from haven.engines.reading.who.vocabulary import tagged
from haven.engines.reading.who.wordings import Wording, wordings

_ALL = late(
    r"\b(?:these|those|all|both|any|none|either|neither|numbers|mobiles|details|contacts|addresses|lines|"
    r"others?|rest|former|latter|the (?:first|second|third|last)(?= (?:is|may|must|can|should)\b)|remaining|"
    r"remainder|(?:first|last|next|top|bottom|final) (?:two|three|four|five|"
    r"six)|them|"
    r"the following|below|above|"
    r"everything|this (?:section|sheet|page|list|table))\b|"
    r"^\W*(?:table|list|(?:contact |phone )?sheet|directory|contact list)\b",
    re.IGNORECASE,
)
_BELOW = late(r"\b(?:following|below|next|underneath|overleaf|this (?:section|list|table))\b|:\W*$", re.IGNORECASE)
_ABOVE = late(r"\b(?:above|preceding|previous|foregoing)\b", re.IGNORECASE)
_COURSE = late(
    r"\b(?:training|course|courses|briefing|workshop|webinar|conference|seminar|places?|attend|"
    r"attending|event|session|sessions|forum|meeting|network "
    r"meeting|drop-?in|lunch|vacancy|job)\b",
    re.IGNORECASE,
)


_STRONGEST_FIRST = (
    (Wording.PROFESSIONAL_ONLY, Marking.PROFESSIONAL_ONLY),
    (Wording.INTERNAL, Marking.INTERNAL),
    (Wording.NOT_FOR_PARENTS, Marking.NOT_FOR_PARENTS),
    (Wording.NOT_ON, Marking.INTERNAL),
    (Wording.NOT_IN_PUBLIC, Marking.INTERNAL),
)
_PARENTS = late(r"\b(?:parents?|carers?|famil(?:y|ies))\b", re.IGNORECASE)
_PARENTS_ASK = late(
    r"\b(?:if|when|should|do|where) (?:a |any |the )?(?:parents?|carers?|famil(?:y|ies))\b[^.;\n]{0,12}\b(?:asks?|"
    r"wants?|requests?)\b",
    re.IGNORECASE,
)
_GIVES_THEM = late(
    r"\b(?:give|hand|pass|send|offer|show|lend|tell) them (?:this|it|that|the|her|his|my|our|these)\b", re.IGNORECASE
)
_TELLS = late(r"\b(?:tell|told|asked?|know|say)\b", re.IGNORECASE)
_ABOUT = late(r"\s+(?:anything )?(?:about|that|what|where|when|whether|why|how)\b", re.IGNORECASE)
_DOES = late(
    r"(?:please |kindly )*(?:do not|don[’']?t|not|never) (?:(?:speak|talk|listen|write|reply|complain|promise|wait|"
    r"defer|"
    r"turn|lie|apologise|report|return|respond)\b|(?:send|take|leave|bring|keep|ask|allow) (?:the |any |your |a )?"
    r"(?:child\w*|pupils?|parents?|famil\w+|students?)\b)",
    re.IGNORECASE,
)
_A_THING = late(r"\b(?:it|this|that|these|those|them|her|his|numbers?|line|address|details|mobile)\b", re.IGNORECASE)
_FIRST = late(
    r"[^.;\n]{0,30}\b(?:until|till|before|unless|without)\b[^.;\n]{0,40}\b(?:ring|rung|ringing|call|called|calling|"
    r"speak|spoken|"
    r"speaking|contact|contacting|ask|asked|asking|consult|consulted|consulting)\b[^.;\n]{0,40}(?:\d{5}|@)",
    re.IGNORECASE,
)
_CALLS = late(
    r"\b(?:calls?|conversations?|messages?|information|everything|anything|discussions?|talks?|meetings?|"
    r"names?)\b[^.;\n]{0,40}"
    r"\b(?:is|are|be|remain|stay)\s*$",
    re.IGNORECASE,
)
_IN_CONFIDENCE = late(r"confiden|private", re.IGNORECASE)
_NOT_SEEN = late(r"\w+ not (?:seen|known|used|called|contacted|using|having|ringing)", re.IGNORECASE)  # pupils not seen
_SAYING = late(r"\b(?:say|tell|ask|post|write) $", re.IGNORECASE)
_NOTHING = late(
    r"(?:nothing|nobody|no one|no-one)\b.*\b(?:press|media|journalists|reporters|social|online|internet)\b",
    re.IGNORECASE,
)
_EXCHANGE = late(r"internal (?:lines?|numbers?|ext(?:ension)?s?)$", re.IGNORECASE)
_DIALLED = late(r"[\s,;:–-]*(?:(?:just|simply|so|please) )*(?:dial|press|use|key in|ring) (?:0|\d)", re.IGNORECASE)
_BREAK = late(r"[\n()\[\]]|\d{4}|@|\||\bfamil(?:y|ies)\b|\bparents\b")


@dataclass(frozen=True, slots=True)
class MarkingPhrase:
    """A marking as worded, where it stands, and which way and how far it points.

    `is_public` is the opposite of a marking: words that exempt a contact from one that covers its section.
    """

    start: int
    end: int
    marking: Marking | None
    points_below: bool = False
    points_above: bool = False
    covers_many: bool = False

    @property
    def is_public(self) -> bool:
        """Whether the words set a contact free of the marking of its section."""
        return self.marking is None


def find_markings(text: str, start: int, end: int) -> list[MarkingPhrase]:
    """The marking phrases between two places, in order, one for each run of words that says one thing: `for
    professional use only – not to be passed to parents` is one."""
    raw = sorted(_raw(text, start, end), key=lambda found: (found[0], -found[1]))
    raw = _told_to_parents(raw)
    merged: list[tuple[int, int, set[Wording]]] = []
    for begin, stop, kind in raw:
        if (
            merged
            and _runs_on(text, merged[-1][1], begin)
            and (Wording.PUBLIC in merged[-1][2]) is (kind is Wording.PUBLIC)
        ):
            merged[-1] = (merged[-1][0], max(merged[-1][1], stop), merged[-1][2] | {kind})
        elif not (merged and begin < merged[-1][1]):
            merged.append((begin, stop, {kind}))
    return [_phrase(text, start, end, *found) for found in merged]


def _told_to_parents(raw: list[tuple[int, int, Wording]]) -> list[tuple[int, int, Wording]]:
    """Without what `do not pass this number on` says of itself where `to parents` follows."""
    parents = {begin for begin, _, kind in raw if kind is Wording.NOT_FOR_PARENTS}
    return [r for r in raw if r[2] not in (Wording.INTERNAL, Wording.NOT_ON) or r[0] not in parents]


def _runs_on(text: str, stop: int, begin: int) -> bool:
    between = text[stop:begin]
    return begin <= stop or (len(between) <= 30 and not _BREAK.search(between))


def _raw(text: str, start: int, end: int) -> Iterator[tuple[int, int, Wording]]:
    words = tagged(text, start, end)
    for first, past, wording in wordings(words):
        begin, stop = words.starts[first], words.ends[past - 1]
        if _EXCHANGE.search(text, begin, stop) and _DIALLED.match(text, stop, end):
            continue  # tells how the exchange is dialled
        if wording is not Wording.PUBLIC and _TELLS.search(text, begin, stop) and _ABOUT.match(text, stop, end):
            continue  # what parents are not to be told is no number
        if wording is Wording.NOT_FOR_PARENTS and _is_of_a_step(text, begin, stop, end):
            continue
        if _CALLS.search(text, max(start, begin - 60), begin) and _IN_CONFIDENCE.search(text, begin, stop):
            continue
        if wording in (Wording.INTERNAL, Wording.NOT_ON) and _is_asked_by_parents(
            text, start, begin, min(end, stop + 24)
        ):
            wording = Wording.NOT_FOR_PARENTS
        if _NOT_SEEN.fullmatch(text, begin, stop):
            continue
        if _SAYING.search(text, max(start, begin - 8), begin) and _NOTHING.match(text, begin, stop):
            continue
        yield begin, stop, wording


def _is_asked_by_parents(text: str, start: int, begin: int, stop: int) -> bool:
    """`When parents are cross, don’t hand them her number`, `Do parents ask for it? Please don’t give it`."""
    before = text[max(start, begin - 110) : begin]
    if _PARENTS_ASK.search(before):
        return True
    return bool(_GIVES_THEM.search(text, begin, stop) and _PARENTS.search(before))


def _is_of_a_step(text: str, begin: int, stop: int, end: int) -> bool:
    """`Do not speak to the family until you have rung 01632 …`: of what to do first, not of a number."""
    said = text[begin:stop]
    return bool(_DOES.match(said) and not _A_THING.search(said)) or bool(_FIRST.match(text, stop, min(end, stop + 120)))


def _phrase(text: str, start: int, end: int, begin: int, stop: int, kinds: set[Wording]) -> MarkingPhrase:
    line_start = max(start, text.rfind("\n", start, begin) + 1)
    newline = text.find("\n", stop, end)
    around = text[max(line_start, begin - 80) : min(end if newline < 0 else newline, stop + 60)]
    marking = next((marking for kind, marking in _STRONGEST_FIRST if kind in kinds), None)
    return MarkingPhrase(
        begin, stop, marking, bool(_BELOW.search(around)), bool(_ABOVE.search(around)), bool(_ALL.search(around))
    )


def is_about_an_event(text: str) -> bool:
    """Whether a line that looks like a marking speaks of who may come to something, not of who may have a number."""
    return bool(_COURSE.search(text))
