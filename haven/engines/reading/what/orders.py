"""Recognises orders: bare verbs that tell somebody to do something, and requests with `please`."""

import re

from haven.engines.patterns.late import late
from haven.engines.reading.what.verbs import NOT_ASKED, NOUNS_TOO, VERBS

LABEL = late(r"^(?P<label>[^:–—\n]{2,110}?)(?:\s*:|\s+[–—-])\s+(?=\S)", seldom=True)
_WORD = late(r"[A-Za-z’'-]+|\d+")
_COMMA = late(r",\s+|\s[–—]\s")
_CONDITION = late(
    r"^(?:if|in|for|when|where|whenever|before|after|until|once|from|by|on|unless|during|"
    r"as soon as|should|at|as|this|any|"
    r"every|each|while|because|since|with|following|over|between|within|weekly|monthly|termly|"
    r"meanwhile|instead|then|also|"
    r"and|but|so|or|otherwise|first|next|finally|again|now|just|always|only|simply|action|reminder|important|urgent)\b",
    re.IGNORECASE,
)
_LEADING = frozenset(
    """
    please pls plse kindly also and but then so now just always do again simply first finally instead meanwhile
    really only remember to not don't don’t never or next therefore
    """.split()
)
_FORCEFUL = frozenset(
    """
    please pls plse kindly don't don’t never remember always do
    """.split()
)
_NEGATIVE = frozenset(["don't", "don’t", "not", "never"])
_HARMLESS = frozenset(
    """
    see hesitate worry forget find mind accept enjoy thank view bear note get feel join click delay miss come
    panic be
    """.split()
)
_OBJECT = frozenset(
    """
    the a an us me your our this that these those it them him her his any all every each whether if how who what
    which both one two three no more only up off out through via online straight at again policy policies staff pupils
    parents children last old spare such these everything nothing anyone anybody somebody someone everyone
    """.split()
)
_NOT_AFTER_USE = frozenset("of by is are was were in for at and or cases policy rates".split())
_GERUND_AFTER = frozenset("stop help start keep avoid practise practice resume stick finish try".split())
_HAVE = late(
    r"^(?:(?:please|pls|also|then|and|do)\s+)*have\s+(?!your say\b)(?:a (?:look|read|word|think|plan)|(?:the|your|"
    r"all|every|"
    r"each|some(?:one|body)|any(?:one|body)|it|them|this|these|two|one|copies|ready)\b)(?!\s+(?:you|they|we)\b)[^?]*$",
    re.IGNORECASE,
)
_IDLE = late(
    r"^(?:please\s+)?(?:save the date|take effect|takes? (?:place|part)\b|put (?:off|back)\b|train the trainers?|"
    r"(?:read|view|see|open) (?:this|it)(?: e-?mail| newsletter| bulletin| page)?(?: online| in (?:your|a) browser|"
    r" on the web)?"
    r"\W*$|(?:leave|quit) (?:the|this) (?:mailing )?list|change your (?:preferences|settings)|"
    r"manage (?:your )?(?:preferences|"
    r"subscriptions?)|stop these e-?mails|unsubscribe|print (?:it|this|this page)\W*$|(?:back to|top of)\b|skip to\b|"
    r"share this (?:page|post)\W*$|forward (?:this|to a friend)\W*$|use the (?:web )?form\W*$|follow us\b|"
    r"take (?:a|an?other|two|five|ten|a few|some) (?:minutes?|moments?|time) to read\b|"
    r"read (?:on|below|to the end|(?:all of )?this|it (?:all|through)|(?:the|this|my) (?:whole )?(?:note|letter|"
    r"e-?mail|"
    r"bulletin|message))(?: carefully| to the end| through| in full| first| today)*\W*$|"
    r"if you no longer (?:want|wish)|to (?:unsubscribe|stop))",
    re.IGNORECASE,
)
_MEANTIME = late(
    r"(?:until then|in the meantime|meanwhile|from now on|in that time|for now|for the present|after that|from then on|"
    r"as before|as usual|in short|to (?:be|help) (?:clear|us)),?\s+",
    re.IGNORECASE,
)
_AUDIENCE = late(
    r"(?:(?:all|every|each|both|the|our|your|any)\s+)*(?:[\w’'-]+\s+){0,2}(?:staff|schools?|colleges?|academies|"
    r"nurseries|"
    r"heads?|headteachers?|principals?|d?dsls?|leads?|deputies|deputy|governors?|governing bod(?:y|ies)|trustees?|"
    r"everyone|"
    r"everybody|chairs?|clerks?|managers?|sencos?|teachers?|members|colleagues|secondar(?:y|ies)|primar(?:y|ies)|all)"
    r"(?:\s+and\s+[\w’'-]+)?",
    re.IGNORECASE,
)
_NO_ORDER = frozenset(
    [
        ("put", "off"),
        ("put", "back"),
        ("read", "with"),
        ("take", "effect"),
        ("work", "experience"),
        ("keep", "safe"),
        ("keep", "well"),
        ("keep", "warm"),
        ("keep", "calm"),
    ]
)
_MOST_LABELS = 2  # `Everyone – old lists: bin them`
_AT_ONCE = frozenset("book ring call ask reply stop apply wait check".split())
_PLEASE_AT_END = late(r",\s*please\W*$", re.IGNORECASE)
_NO_MORE = late(r"(?:no|not)\s+[a-z]", re.IGNORECASE)
_STATES = late(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|takes?|meets?|runs?)\b", re.IGNORECASE
)
_STRONG = frozenset(
    """
    ring call dial phone contact use tell email e-mail ask send let write complete return refer quote report speak
    record
    """.split()
)
_BARE_SUBJECT = frozenset(
    """
    i we you they he she it who that which schools staff parents families people children pupils professionals
    leads heads governors police to will can may should must would could might shall the a an your our their his
    her my its not and or nor be been being are is was were has have had of in with from by these those this any
    some no every each how what dsls academies colleges members teachers trusts councils partners officers helps
    help for about
    """.split()
)
_PLEASE = late(
    r"\b(?:please|pls|plse|kindly)\b,?\s+(?P<rest>(?:(?:also|just|now|then|always|do|all|everyone|"
    r"everybody|both|ensure that|"
    r"to|would everyone|continue to|remember to|make sure to) )*(?P<first>[a-z’'-]+)(?: (?P<second>[a-z’'-]+))?)",
    re.IGNORECASE,
)
_BEFORE_WORDS = late(r"\W*")
_CONDITION_WITHIN = late(r"(?:if|for|when|where|before|after|once|any|in|then|until)\b", re.IGNORECASE)
_HARMLESS_PLEASE = late(
    r"\b(?:please|pls)\b(?: do)? (?:(?:don[’']?t|do not) (?:hesitate|worry|panic|delay)|feel free|"
    r"get in touch|just get in touch|note\b(?! that "
    r"(?:schools|you|all|heads))|find (?:attached|below|enclosed)|read (?:this|on|to the end|below|through|"
    r"all of (?:this|it)|the (?:note|letter|e-?mail|whole)|it (?:all|to the end))\W*$|read (?:on|to the end)\b|"
    r"see\b|accept|bear with|"
    r"(?:do )?contact (?:me|us|the (?:team|office))\b(?! (?:by|before|if|when))|"
    r"refer to\b(?=[^.]*\b(?:guidance|attached|policy|document|section|page|annex|slides)\b)|click)",
    re.IGNORECASE,
)


def is_order(words: str) -> bool:
    """Whether the words tell somebody to do something: at once, after a label, or after a condition and a comma."""
    return _is_order(words, is_inner=False, labels=_MOST_LABELS)


def is_idle(words: str) -> bool:
    """Whether the words only serve the page (`Read this online`, `Save the date`) and ask nothing."""
    return bool(_IDLE.match(words))


def _is_order(words: str, *, is_inner: bool, labels: int) -> bool:
    meantime = _MEANTIME.match(words)
    words = words[meantime.end() :] if meantime else words
    if _begins_with_order(words, is_inner=is_inner or bool(meantime)) or _HAVE.match(words):
        return True
    label = LABEL.match(words) if labels else None
    if label and not label["label"].rstrip().endswith("?"):
        rest = words[label.end() :]
        if _is_order(rest, is_inner=True, labels=labels - 1) or (_is_told(label["label"]) and begins_with_verb(rest)):
            return True
    if _CONDITION.match(words):
        return any(_begins_with_order(words[c.end() :], is_inner=True) for c in _COMMA.finditer(words[:240]))
    return False


def _is_told(label: str) -> bool:
    """Whether a label names who is to do it: `All staff – read Part one`."""
    return bool(_AUDIENCE.fullmatch(label))


def begins_with_verb(words: str) -> bool:
    """Whether the first word that counts is a verb that could be an order: enough in a list of actions."""
    label = LABEL.match(words)
    body = words[label.end() :] if label else words
    first = next((w.lower() for w in _WORD.findall(body[:80]) if w.lower() not in _LEADING), "")
    return first in VERBS and first not in NOT_ASKED


def is_bare_order(words: str) -> bool:
    """`Review open concerns weekly`: a verb that is also a noun, in a sentence that has no other."""
    return begins_with_verb(words) and not _STATES.search(words)


def _begins_with_order(words: str, *, is_inner: bool = False) -> bool:
    found = _WORD.findall(words[:140])
    at = 0
    while at < len(found) and found[at].lower() in _LEADING:
        at += 1
    if at >= len(found):
        return False
    led = [w.lower() for w in found[:at]]
    if led and led[-1] == "to" and "remember" not in led:
        return False
    verb, following = found[at].lower(), found[at + 1] if at + 1 < len(found) else ""
    if _FORCEFUL.intersection(led):
        return verb not in _HARMLESS and (verb in VERBS or bool(_NEGATIVE.intersection(led)))
    if verb not in VERBS or verb in NOT_ASKED or (not is_inner and found[0][0].islower()):
        return False
    if found[at].isupper() and len(verb) > 1 and not following.isupper():  # `SEND advice line`
        return False
    if (verb, following.lower()) in _NO_ORDER:
        return False
    mark = _mark_behind(found[at], words)
    if _is_title(found[at : at + 4]) or mark in {":", "|"} or (mark == "," and verb in NOUNS_TOO):
        return False
    return verb not in NOUNS_TOO or _takes_object(verb, following, found[at + 2].lower() if at + 2 < len(found) else "")


def _mark_behind(verb: str, words: str) -> str:
    """The mark that follows the verb that opens the words; none where it does not open them."""
    opening = _BEFORE_WORDS.match(words)
    rest = words[opening.end() :] if opening else words
    return rest[len(verb) :].lstrip()[:1] if rest.startswith(verb) else ""


def _is_title(found: list[str]) -> bool:
    """`Walk to School Week`: capitals where a sentence would have none."""
    return len(found) >= 3 and sum(w[0].isupper() for w in found[1:]) >= 2


def _takes_object(verb: str, following: str, third: str) -> bool:
    lowered = following.lower()
    if not following:
        return verb in _AT_ONCE
    if verb in ("ring", "call", "dial", "phone") and (
        not following.islower() or lowered in ("on", "if", "when", "before", "each")
    ):
        return True
    if verb in (
        "book",
        "reply",
        "check",
        "look",
        "speak",
        "write",
        "talk",
        "apply",
        "sign",
        "search",
        "read",
        "work",
        "switch",
        "refer",
    ) and lowered in (
        *(
            "with",
            "through",
            "via",
            "by",
            "here",
            "to",
            "at",
            "that",
            "if",
            "whether",
            "online",
            "for",
            "your",
            "pages",
            "from",
            "up",
        ),
    ):
        return True
    if verb == "use":
        return lowered not in _NOT_AFTER_USE
    return (
        lowered in _OBJECT
        or (lowered in ("and", "or") and third in VERBS)
        or (lowered.endswith("ing") and verb in _GERUND_AFTER)
    )


def has_please(words: str) -> bool:
    """Whether the words ask with `please` for something to be done."""
    plain = " ".join(words.split())
    for found in _PLEASE.finditer(plain):
        if _HARMLESS_PLEASE.match(plain, found.start()):
            continue
        first = found["first"].lower()
        if first in ("can", "could", "would", "will", "may", "don't", "don’t", "not", "never", "be", "let", "make"):
            return True
        if (found["second"] or "").lower() in ("is", "are", "was", "were", "has", "will"):
            continue
        if first in VERBS or (first not in _BARE_SUBJECT and first not in _HARMLESS and found["second"] is not None):
            return True
    return bool(_PLEASE_AT_END.search(plain)) and (_is_order_at_start(plain) or bool(_NO_MORE.match(plain)))


def _is_order_at_start(words: str) -> bool:
    return _begins_with_order(words) or bool(re.match(r"(?:don[’']?t|do not)\b", words, re.IGNORECASE))


def is_order_within(words: str) -> bool:
    """An order after a condition without a comma: `For intelligence use the form`."""
    if not _CONDITION_WITHIN.match(words):
        return False
    found = list(_WORD.finditer(words[:200]))
    for before, verb, after in zip(found, found[1:], found[2:], strict=False):
        if verb.group() in _STRONG and before.group().lower() not in _BARE_SUBJECT:
            following = after.group()
            if following.lower() in _OBJECT or following[0].isupper() or following[0].isdigit():
                return True
    return False
