"""Recognises what a sentence asks of schools: an order, a request, a duty, a prohibition, an invitation."""

import re
from dataclasses import dataclass
from functools import lru_cache

from haven.engines.patterns.late import late
from haven.engines.reading.items import Recurs
from haven.engines.reading.what import duties, orders
from haven.engines.reading.what.phrasing import audience

_FORBIDS = late(
    r"\b(?:do not|don[’']?t|never|must not|mustn[’']t|must no longer|must never|should not|"
    r"shouldn[’']t|should never|(?:not|never) to (?=[a-z])|may not|"
    r"(?:not|\w+n[’']t) (?:allowed|permitted)|no longer be used|(?:nobody|no[- ]one)\b[^.;]{0,30}?\b(?:may|"
    r"should|must|can)|stop (?:using|sending)|refrain|on no account|"
    r"under no circumstances|forbidden|prohibited|cannot be|can not be|keep (?:it|this|them|these|"
    r"[\w’' -]{2,30}) (?:off|to yourselves|away from)|go(?:es)? no further|keep off|decline to)\b",
    re.IGNORECASE,
    seldom=True,
)
_TOLD_TO_OTHERS = late(
    r"^(?:please\s+|pls\s+|kindly\s+)?(?:tell|remind|explain|check|make sure|ensure|show|teach|note|say|"
    r"reassure|inform|brief|read|"
    r"share|display|record|use)\b(?!\s+(?:nobody|no one|nothing))",
    re.IGNORECASE,
)
_NO_SUCH = late(
    r"nothing\s+(?:is\s+|may\s+|must\s+)?(?:to\s+)?be\b|no\s+(?!later|longer|earlier|sooner|more\s+than|doubt|"
    r"matter|need|reply|action|change|charge|"
    r"problem)[a-z]+\b(?!\s*[,:])",
    re.IGNORECASE,
)
_OF_OTHERS = late(
    r"\b(?:people|those|anyone|persons|who (?:is|are|was|were)|list of|that (?:is|are)|which (?:is|are))\s*$",
    re.IGNORECASE,
)
_NEW_ORDER = late(
    r"(?<=[;,.–—-] )(?:do not|don[’']t|never)|(?<=\b(?:and|but) )(?:do not|don[’']t|never)", re.IGNORECASE
)
_HARMLESS_NOT = late(
    r"\b(?:do not|don[’']?t) (?:hesitate|worry|forget|have|need|know|see|like|want|mind|delay|miss|"
    r"be afraid|let it|apply|receive|get|"
    r"wish|think|feel|understand|intend)\b(?! (?:more|any|the))|\b(?:if|that|who|which|we|i|"
    r"schools that) (?:do not|don[’']t|should not|may not)\b",
    re.IGNORECASE,
)
_OFFER = late(
    r"\b(?:if you (?:would|[’']d|should) (?:like|care|prefer)|if you (?:wish|want|fancy|"
    r"are interested|have (?:a view|views|time|an interest))|"
    r"(?:anyone|those|schools|heads|deputies|leads)\b[^.;]{0,40}\b(?:interested|wishing|keen|"
    r"wanting|who (?:want|would like|wish))|if that sounds|"
    r"(?:you are|you[’']re|are|is|all|very|most) (?:(?:very|most|all|also) )?welcome to|happy to|"
    r"have your say|take a look|take part|feel free|"
    r"(?:may|might) (?:also )?(?:like|wish|want)|why not|we (?:would|should|[’']d) (?:love|like|"
    r"welcome|be (?:glad|grateful|pleased))|"
    r"would be (?:glad|pleased|delighted) (?:of|to)|glad of your|no obligation|optional|"
    r"help yoursel(?:f|ves)|to book\b|book (?:your|a) place|"
    r"book (?:through|via|online|here|at|with|on|by)|nominat(?:e|ions)|volunteer|"
    r"apply for a place|sign up for|register (?:for|here|at|now|your "
    r"interest)|if you (?:can|are able)|expressions? of interest|wish(?:es)? to|would like to|"
    r"would you like|free to|who want)\b",
    re.IGNORECASE,
)
_OPTIONAL = late(r"\boptional\b|\bif you (?:wish|like)\b|\bno obligation\b|\bvoluntary\b", re.IGNORECASE)
_HELP_LINE = late(
    r"^(?:(?:if|should) (?:you )?(?:(?:have|are|need|experience|require|"
    r"get) )?[^,.;]{0,40}\b(?:questions?|quer(?:y|ies)|problems?|difficult(?:y|ies)|unsure|in "
    r"doubt|stuck|concerns? about (?:this|your)|further|more information|not sure|issues?)\b|"
    r"(?:for|with|any|all) (?:\w+ ){0,3}(?:questions?|"
    r"quer(?:y|ies)|enquir(?:y|ies)|information|details|advice|help|support|difficult(?:y|ies)|"
    r"problems?|issues?)\b|(?:questions?|quer(?:y|ies))(?:\s*[:?,;–—-]|\s+(?:to|about|on|please|contact)\b)|"
    r"stuck\b)",
    re.IGNORECASE,
)
_EMERGENCY = late(r"\b999\b|\b(?:immediate|in) (?:danger|risk)\b", re.IGNORECASE)
_OFFER_OF_OTHERS = late(
    r"\b(?:is|are|am|be) (?:(?:more than|very|always|only too) )?(?:happy|glad|able|available|delighted) to\b",
    re.IGNORECASE,
)
_WOULD_YOU = late(
    rf"^(?:can|could|would|will|may)\s+(?:(?:we|i)\s+ask\s+)?(?:[\w’'-]+\s+){{0,12}}?please\b|"
    rf"^(?:can|could|would)\s+(?:(?:one|\d+|an?|some) (?:person|people|member|teacher|adult)\b[\w ’'-]{{0,30}}?|"
    rf"you|everyone|everybody|(?:all|every|any|"
    rf"those)\b[\w ’'-]{{0,40}}?{duties.SCHOOLISH})\s+[a-z]+",
    re.IGNORECASE,
)
_SUBJECT = late(
    r"^(?:(?i:please)\s+)?(?:(?i:can|could|would|"
    r"will)\s+)?(?P<who>[A-Za-z][\w’'&/, -]{1,70}?)\s+(?:must|should|needs? to|ha(?:s|ve) to|"
    r"(?:is|are) (?:asked|expected|"
    r"required|reminded|to)\b|to (?=[a-z])|please|remember|may not|shall|will need)"
)
_NOT_AN_OWNER = late(r"(?:please|can|could|would|we|i|if|for|it|this|that|names|a|the)\b", re.IGNORECASE)
_ABOUT_A_DUTY = r"(?:\w+ ){0,2}?(?:return|data|form|report|log|figures|grid|update|submission|check)s?\b"
_ASKING_WORDS = late(
    r"\b(?:pl(?:ea)?se?|kindly|attend|come|warned|every|each|weekly|monthly|termly|once|agreed|nor|goes|was|were|"
    r"must|should|shall|ought|need|needs|"
    r"ha(?:s|ve) to|to|asks?|asked|"
    r"requests?|requested|urged?|urges|wants?|beg|grateful|important|vital|essential|mandatory|"
    r"duty|"
    r"expected|required?|remind(?:ed|s)?|can|could|would|will|may|not|"
    r"never|no|nobody|avoid|stop|keep|refrain|due|if|for|in|when|any|before|after|once|then|until|"
    r"where|forbidden|prohibited)\b|n[’']t\b",
    re.IGNORECASE,
)
_NUMBER = late(r"^\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)]?\s+(?=[A-Z][a-z]+ [a-z])")
_ATTENTION = late(
    r"^(?:(?:do|please)\s+)?(?:remember|note|nb|n\.b\.|reminder|important|urgent|ps|p\.s\.)\s*[:,–—-]+\s*",
    re.IGNORECASE,
)
_SHORTEST = 7
_IS_HABIT = late(r"week|month|term|year|dail|fortnight|every |each |days\b")
_HABIT = late(
    r"\b(?:half[- ]?term(?:ly)?|fortnight(?:ly)?|daily|(?:every|each) (?:day|morning|evening|afternoon))\b|"
    r"\b(?:weekly|monthly|termly|yearly)\b",
    re.IGNORECASE,
)
_OFTEN = late(rf"\b(?P<how>weekly|monthly|termly) {_ABOUT_A_DUTY}", re.IGNORECASE)
_RECURS = (
    (
        Recurs.WEEKLY,
        late(
            r"^\W*weekly\b|\b(?:every|each|once a) week\b|\b(?:every|each) (?:mon|tues?|weds?|wednes|thurs?|thu|"
            r"fri)(?:day)?\b|\bon (?:mon|tues|wednes|thurs|fri)days\b|\bweekly\W*$|"
            r"^(?:mon|tues|wednes|thurs|fri)days\b",
            re.IGNORECASE,
            seldom=True,
        ),
    ),
    (
        Recurs.MONTHLY,
        late(
            r"^\W*monthly\b|\bmonthly\W*$|\b(?:every|each|once a|of the) month\b(?! of)|\bevery calendar month\b",
            re.IGNORECASE,
            seldom=True,
        ),
    ),
    (
        Recurs.TERMLY,
        late(
            r"^\W*termly\b|\btermly\W*$|\b(?:every|each|once a|per|case a|time a) term\b(?!-)",
            re.IGNORECASE,
            seldom=True,
        ),
    ),
    (
        Recurs.YEARLY,
        late(
            r"^\W*(?:yearly|annually)\b|\b(?:every|each|once a|per) year\b(?! group)|\bannually\b",
            re.IGNORECASE,
            seldom=True,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Ask:
    """What a run of text asks: whether it forbids, whether it only invites, who is named, and how sure."""

    prohibits: bool
    optional: bool
    who: tuple[str, ...]
    confidence: float


@lru_cache(maxsize=512)
def asked(words: str, *, in_a_list_of_actions: bool = False) -> Ask | None:
    """What a sentence or clause asks of its readers, or None where it asks nothing."""
    words = _NUMBER.sub("", " ".join(words.split()).strip(' *_“”"'))
    words = _without_what_is_not_asked(_ATTENTION.sub("", words))
    if len(words) < _SHORTEST or " " not in words:
        return None
    is_worded = bool(_ASKING_WORDS.search(words))
    forbids = is_worded and _forbids(_HARMLESS_NOT.sub(" ", words))
    if _HELP_LINE.match(words) or (_EMERGENCY.search(words) and not forbids and "101" not in words):
        return None
    if orders.is_idle(words):
        return None
    confidence = 0.92 if orders.is_order(words) else _confidence(words, forbids) if is_worded else 0.0
    if not confidence and in_a_list_of_actions and len(words.split()) >= 3 and orders.begins_with_verb(words):
        confidence = 0.7
    return Ask(forbids, bool(_OFFER.search(words)), subject(words), confidence) if confidence else None


def _forbids(words: str) -> bool:
    """Whether the very thing asked is a not-doing: not what is told to others, nor whom a list names."""
    if _NO_SUCH.match(words):
        return True
    told = _TOLD_TO_OTHERS.match(words)
    if told:
        return any(_NEW_ORDER.match(words, found.start()) for found in _FORBIDS.finditer(words))
    return any(not _OF_OTHERS.search(words, 0, found.start()) for found in _FORBIDS.finditer(words))


def _without_what_is_not_asked(words: str) -> str:
    """`You do not need consent, but do not promise …` without its first half."""
    found = duties.NO_DUTY.search(words)
    if not found:
        return words
    rest = re.split(r";\s|,?\s\bbut\b\s|,\s(?=please\b)", words[found.end() :], maxsplit=1)
    before = re.split(r";\s|,?\s\bbut\b\s|\s[–—]\s|\band\b", words[: found.start()])[:-1]
    return (rest[1][:1].upper() + rest[1][1:]) if len(rest) > 1 else " ".join(before)


def _confidence(words: str, forbids: bool) -> float:
    """How surely the words ask; 0 where they do not."""
    if orders.has_please(words):
        return 0.92
    if _OFFER_OF_OTHERS.search(words):
        return 0.0
    if duties.is_assigned(words):
        return 0.88
    if duties.is_duty(words):
        return 0.85
    if _WOULD_YOU.search(words) or duties.is_asked_of_others(words):
        return 0.8
    if duties.is_due(words) or orders.is_order_within(words):
        return 0.75
    if (
        _IS_HABIT.search(words)
        and (recurrence(words) or _HABIT.search(words))
        and (duties.is_routine(words) or orders.is_bare_order(words))
    ):
        return 0.7
    return 0.7 if forbids and duties.is_not_allowed(words) else 0.0


def subject(words: str) -> tuple[str, ...]:
    """Who is asked, where the sentence says so: `All staff must …`, `Governing bodies to …`."""
    label = orders.LABEL.match(words)
    for piece in (words, words[label.end() :] if label else ""):
        found = _SUBJECT.match(piece)
        who = audience(found["who"]) if found else None
        if who:
            return (who,)
    named = audience(label["label"]) if label else None
    return (named,) if named else ()


def audiences(told: tuple[str, ...]) -> tuple[str, ...]:
    """Those told to do something, without what is no audience."""
    return tuple(name for who in told if (name := _audience_of(who)))


def _audience_of(who: str) -> str | None:
    return audience(who) or (who if len(who.split()) <= 4 and not _NOT_AN_OWNER.match(who) else None)


def is_invitation(words: str) -> bool:
    """Whether the words say that nobody has to."""
    return bool(_OPTIONAL.search(words) or _OFFER.search(words))


def is_optional(words: str) -> bool:
    """Whether the words say outright `optional` or `if you wish`."""
    return bool(_OPTIONAL.search(words))


def recurrence(words: str) -> Recurs | None:
    """How often, where the words say so."""
    often = _OFTEN.search(words)
    if often:
        return Recurs(often["how"].lower())
    return next((recurs for recurs, pattern in _RECURS if pattern.search(words)), None)
