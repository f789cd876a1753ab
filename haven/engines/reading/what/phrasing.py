"""Puts an ask into few words: a short order for a list, and who is to do it."""

import re

from haven.engines.patterns.late import late
from haven.engines.reading.what import duties, orders
from haven.engines.reading.what.verbs import VERBS

_DATED = (
    r"(?:\d|mon(?:day)?\b|tue(?:s(?:day)?)?\b|wed(?:s|nesday)?\b|thu(?:rs(?:day)?)?\b|fri(?:day)?\b|"
    r"noon\b|midday\b|tomorrow\b|today\b|"
    r"tonight\b|half[- ]term\b|end of\b|close of\b|cop\b|cob\b|easter\b|christmas\b|then\b|that date\b|"
    r"week\b|month\b|term\b)"
)
_LEAD_IN = late(
    r"^(?:(?:please|pls|plse|kindly|and|also|but|then|so|now|just|action|deadline|reminder|urgent|"
    r"important|nb|note|ps)\b"
    r"[\s:,–—-]*|(?:do |please )?remember (?:to |that you )|(?:do not|don[’']t) forget to |make sure (?:that )?you |"
    r"(?:it is|it[’']s) (?:important|vital|essential) that you |(?:you|we|schools) (?:are|is) (?:asked|"
    r"reminded|requested) to |"
    r"you (?:must|should|need to|have to) (?=[a-z])|we (?:would )?ask (?:that )?you (?:to )?|"
    r"if you (?:would like|[’']d like|wish|want|can|are able)(?: to)?,\s*|\d+(?:\.\d+)*[.)]?\s+(?=[A-Z]))",
    re.IGNORECASE,
)
_BY_FIRST = late(
    rf"^(?:by|before|no later than|not later than|on or before)\s+(?=[^,–—:]*{_DATED})[^,–—:]{{2,44}}(?:,|"
    rf"\s[–—-]|:)\s+",
    re.IGNORECASE,
)
_BY_LAST = late(
    rf"[\s,;:–—(-]+(?:(?:and )?(?:at the latest )?(?:by|before|no later than|not later than|on or before|"
    rf"until|due(?: by| on)?|"
    rf"deadline:?)\s+|(?<=\s[–—-]\s))(?=(?:[^.;!?]|\.(?=\d)){{0,40}}{_DATED})(?:[^.;!?]|\.(?=\d)){{2,56}}$",
    re.IGNORECASE,
)
_WOULD_YOU = late(
    r"^(?:please\s+)?(?:can|could|would|will|may)\s+(?:(?:i|we)\s+(?:please\s+)?(?:ask|"
    r"remind)\s+)?(?P<who>[\w’'&/ -]{2,60}?)\s+"
    r"(?:please\s+)?(?:(?:please|to|all|also|kindly)\s+)*(?:remember to\s+|make sure (?:that )?(?:you|"
    r"they)\s+)?(?P<verb>[a-z-]+)\b",
    re.IGNORECASE,
)
_MUST = late(
    r"\s+(?:(?P<not>must not|should not|may not|cannot|mustn[’']t|are not to|is not to|are asked not to)|"
    r"must(?: all)?|should(?: all)?|needs? to|"
    r"ha(?:s|ve) to|to|(?:is|are) (?:asked|expected|required|reminded|requested) to|(?:is|are) to|please|will need to)"
    r"\s+(?:please\s+)?(?P<verb>[a-z-]+)\b"
)
_ADDRESS = late(
    r"\s*(?:[(<]\s*https?://\S+?\s*[)>](?=\W|$)|(?:\b(?:at|on|via|from|see|here)\b\s*:?|"
    r"[:–—-])\s*https?://\S+|\bhttps?://\S+)",
    re.IGNORECASE,
)
_LEFT_HANGING = late(
    r"(?:[\s,]+(?:please|pls|thanks|thank you)|[:;,–—-]\s*(?:these|they|it|this|which|and|here|please)(?: (?:is|"
    r"are|come|go|"
    r"falls?|must|should))?|\s[–—-]\s*here)$",
    re.IGNORECASE,
)
_DAY_FIRST = late(
    r"^(?:(?:mon|tues?|weds?|wednes|thurs?|thu|fri|satur|sat|sun)(?:day)?\.?,?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:\s+\d{4})?|\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?)"
    r"(?:\s*\([A-Z]{1,2}\))?\s*[:–—-]?\s+(?=[A-Z])",
    re.IGNORECASE,
)
_PASSIVE = late(r"be\s+(?!on\b|at\b|in\b|ready\b|there\b|present\b|aware\b)")
_HEAD = late(
    r"\s(?:who|that|whose|which|with|in|on|of|from|at|booked|taking|going|not|still|yet|without|wishing|using|having|"
    r"responsible|attending|for|to be)\b"
)
_ASKED = late(r"^.*\b(?:asked|reminded|asks|reminds|told|urged|urges|tells|ask|remind)\s+(?=\w)")
_POLITE = late(r"^(?:(?:please|pls|can|could|would|will|may|kindly|if|for|all of|so)\b[\s,]*)+", re.IGNORECASE)
_ENDS_SCHOOLISH = late(
    rf"\b(?:{duties.SCHOOLISH}|all|those|canvassers|incumbents|sites|families|parents)$", re.IGNORECASE
)
_INITIALS = late(r"^[A-Z]{2,4}(?:\s*(?:,|and|&|\+|/)\s*[A-Z]{2,4})*$")
_SPACE_BEFORE = late(r"\s+([,;:.])")
_ENDS_SMALL = late(r"\b(?:and|or|to|the|of|for)$")
_NO_AUDIENCE = late(
    r"(?:we|i|if|when|it|this|that|there|they|you|who|those which|which|what|a few|some of)\b", re.IGNORECASE
)
_MOST_WORDS_OF_WHO = 9
_OF_THINGS = frozenset(["reach", "arrive", "come"])


def short_order(words: str, *, is_dated: bool) -> str:
    """The asking words as a line of a list: no courtesies, no `by Friday` where the day is told beside it, no bare
    address, a capital first."""
    plain = " ".join(words.split()).strip(' *_·•“”"')
    shown = _ADDRESS.sub("", plain).strip()
    shown = shown if len(shown.split()) > 1 else plain
    shown = _without_lead(shown, is_dated=is_dated)
    if is_dated:
        cut = _BY_LAST.sub("", shown.rstrip(" .;:!?)"))
        shown = cut if len(cut.split()) > 1 and not _ENDS_SMALL.search(cut) else shown
    return capital(_tidy(shown) or words.strip())


def _tidy(words: str) -> str:
    """The words without what is left hanging at either end: stops, half a bracket, `please`, `these are`."""
    words = _LEFT_HANGING.sub("", words.strip(" .;:–—-,?"))
    words = words[1:-1] if words[:1] == "(" and words[-1:] == ")" else words
    if words.count("(") != words.count(")"):
        words = words.removesuffix(")") if words.count(")") > words.count("(") else words + ")"
    return _SPACE_BEFORE.sub(r"\1", words).strip(" ;:–—-,")


def _without_lead(words: str, *, is_dated: bool) -> str:
    before = None
    while before != words:
        before = words
        words = _LEAD_IN.sub("", words)
        words = _DAY_FIRST.sub("", _BY_FIRST.sub("", words)) if is_dated else words
    asked = _WOULD_YOU.match(words)
    if asked and asked["verb"].lower() in VERBS and _is_audience(asked["who"]):
        return words[asked.start("verb") :]
    label = orders.LABEL.match(words)
    if label and _is_audience(label["label"]):
        return _without_lead(words[label.end() :], is_dated=is_dated)
    named = next((m for m in _MUST.finditer(words[:120]) if _is_audience(words[: m.start()])), None)
    if named and named["verb"] in VERBS and named["verb"] not in _OF_THINGS:
        if _PASSIVE.match(words, named.start("verb")) or " " not in words[named.start("verb") :].strip():
            return words
        return ("Do not " if named["not"] else "") + words[named.start("verb") :]
    return words


def audience(words: str) -> str | None:
    """Those asked, as the words name them: `every school`, `ANK`; None where the words name nobody."""
    who = _ASKED.sub("", _POLITE.sub("", " ".join(words.split()).strip(" ,:"))).strip(" ,:")
    return who if _is_audience(who) else None


def _is_audience(words: str) -> bool:
    who = words.strip(" ,:*")
    if not who or len(who.split()) > _MOST_WORDS_OF_WHO or orders.begins_with_verb(who):
        return False
    if _NO_AUDIENCE.match(who):
        return False
    return bool(_INITIALS.match(who) or _ENDS_SCHOOLISH.search(_HEAD.split(who)[0].strip(" ,")))


def capital(words: str) -> str:
    """The words with a capital first."""
    return words[:1].upper() + words[1:]
