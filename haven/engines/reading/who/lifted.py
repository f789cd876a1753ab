"""Markings that a note tells of only because they no longer hold: `it used to be for professionals only`."""

import re
from dataclasses import replace

from haven.engines.patterns.late import late
from haven.engines.reading.who.markings import MarkingPhrase

_ONCE = late(
    r"\b(?:used to be|(?:was|were|been)(?: (?:only|once|formerly|previously|originally|at first|then|long|always|"
    r"until [^.;\n]{2,30}|"
    r"for (?:a|some|many) [a-z]+|till [^.;\n]{2,20}))*|(?:formerly|previously|once|hitherto|originally) (?:kept )?|"
    r"(?:last (?:term|year|month|week|time)|earlier)(?: said| that| it| was| [^.;\n]{0,40})?)[\s,:(“”\"‘’'-]*$",
    re.IGNORECASE,
)
_PLAIN = late(r"(?:was|were|been)\W*$", re.IGNORECASE)
_REPORTED = late(
    r"\b(?:said|asked|reminded|stressed|noted|explained|emphasi[sz]ed|added|confirmed|told|agreed|clear|pointed out|"
    r"warned|"
    r"reported|requested|reiterated|advised|heard|insisted|repeated)\b",
    re.IGNORECASE,
)
_WISHED = late(r"\b(?:if|rather|wish|prefer|though|provided|lest)\b", re.IGNORECASE)
_NO_LONGER = late(
    r"\b(?:no longer|not [^.;\n]{0,20}any (?:more|longer)|ceases?(?: to)?|ceased(?: to)?|stop(?:s|ped)|end(?:s|ed)|"
    r"instead of|rather than)"
    r"(?: (?:be|being|just|only|solely|kept|held|meant|reserved|restricted|limited|marked|to|treated "
    r"as))*[\s,:(“”\"‘’'-]*$",
    re.IGNORECASE,
)
_NOT_NOW = late(r"^[^.;\n]{0,20}\b(?:any more|any longer)\b", re.IGNORECASE)
_TOLD_THEN = late(
    r"^(?:given|shared|told|issued|passed|lent|supplied|in confidence|asked|intended|meant|set|kept|let)\b",
    re.IGNORECASE,
)
_LIFTED = late(
    r"\b(?:ha(?:s|ve) (?:now |since |just )?been (?:lifted|removed|dropped|relaxed|withdrawn|ended|waived|taken "
    r"(?:off|away))|"
    r"(?:is|are) (?:now |hereby |herewith )*(?:lifted|removed|dropped|waived)|no longer (?:holds?|appl(?:y|ies)|"
    r"stands?|counts?)|"
    r"(?:that|this|it) (?:is|was) (?:now |all )?over|ha(?:s|ve) (?:now )?(?:ended|come to an end)|(?:you )?may now "
    r"do so|"
    r"that has (?:now )?changed|not (?:so|the case) (?:now|any (?:more|longer)))\b",
    re.IGNORECASE,
)
_SENTENCES = late(r"[.!?][)\]’”\"]*\s+(?=[^\sa-z])")


def in_force(text: str, end: int, phrases: list[MarkingPhrase]) -> list[MarkingPhrase]:
    """The phrases of a block up to `end`, those that are told as past turned into words that set a contact free."""
    return [_freed(p) if _is_past(text, end, p, phrases) else p for p in phrases]


def _freed(phrase: MarkingPhrase) -> MarkingPhrase:
    return replace(phrase, marking=None)


def _is_past(text: str, end: int, phrase: MarkingPhrase, phrases: list[MarkingPhrase]) -> bool:
    if phrase.is_public:
        return False
    lead = _SENTENCES.split(text[max(0, phrase.start - 200) : phrase.start])[-1]
    said = text[phrase.start : phrase.end]
    if _NO_LONGER.search(lead) or _NOT_NOW.match(text[phrase.end : min(end, phrase.end + 30)]):
        return True
    after = text[phrase.end : min(end, phrase.end + 160)]
    rest = " ".join(_SENTENCES.split(after)[:2])
    if _LIFTED.search(rest):
        return True
    once = _ONCE.search(lead)
    is_past = once is not None and not (_WISHED.search(lead) or _TOLD_THEN.match(said))
    if once and _PLAIN.match(once.group()) and _REPORTED.search(lead):
        is_past = False
    return is_past or any(_opens(text, phrase, other, end) for other in phrases)


def _opens(text: str, phrase: MarkingPhrase, other: MarkingPhrase, end: int) -> bool:
    """Whether words a little further on say that anybody may have it now."""
    if not (other.is_public and phrase.end <= other.start < phrase.end + 120):
        return False
    if re.search(r"\d{4}|@", text[phrase.end : other.start]):
        return False  # said of another number
    stop = min(end, other.end + 12)
    return bool(
        re.search(
            r"\b(?:that|it|this|the (?:line|number)|they|these)\b[^.;\n]{0,20}\bnow\b",
            text[phrase.end : stop],
            re.IGNORECASE,
        )
    )
