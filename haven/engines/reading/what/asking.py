"""Recognises what a sentence asks of schools: an order, a request, a duty, a prohibition, an invitation."""

import re
from dataclasses import dataclass

from haven.engines.reading.items import Recurs
from haven.engines.reading.what.verbs import NOT_ASKED, NOUNS_TOO, RECORDING, VERBS

_SCHOOLISH = (
    r"(?:schools?|colleges?|settings?|nurser(?:y|ies)|academ(?:y|ies)|trusts?|heads?|headteachers?|principals?|d?dsls?|leads?|deput(?:y|ies)|governors?|governing (?:body|bodies)|"
    r"trustees?|staff|everyone|everybody|anyone|anybody|nobody|no[- ]one|all|each|every|members?|you|colleagues|sencos?|teachers?|practitioners?|professionals?|attendees|delegates|participants|"
    r"chairs?|those|agenc(?:y|ies)|partners?|clerks?|managers?|officers?|admins?|secretar(?:y|ies)|employers?|leaders?|parents?|carers?|volunteers?|pupils?|children|they|who)"
)
_HAS_SCHOOLISH = re.compile(rf"\b{_SCHOOLISH}\b", re.IGNORECASE)
_OURS = re.compile(
    r"\b(?:we|i|our|my|us|the (?:council|department|dfe|government|police|borough|county|team|board|panel|partnership|bill|act|ministers?|minister|inspectors?|review)|dfe|ofsted|parliament|social workers?|"
    r"police|courts?)\b",
    re.IGNORECASE,
)
_ACTIVE = re.compile(
    r"\b(?:must|should|shall|ought to|needs? to|ha(?:s|ve) to|(?:is|are) (?:asked|expected|required|reminded|requested|advised|encouraged|urged|obliged|to)(?: to)?|will (?:need|have|be (?:asked|expected|required)) to|"
    r"may not|can ?not|can[’']t|mustn[’']t|shouldn[’']t|may(?= (?:attend|not))|do not|don[’']t|never)\b",
    re.IGNORECASE,
)
_NO_DUTY = re.compile(
    r"\b(?:need not|needn[’']t|no need|not need|need (?:do )?(?:nothing|only)|nothing (?:you|to|more|else|further|for you)|(?:do not|don[’']t|doesn[’']t|does not|shouldn[’']t|should not|won[’']t|will not|not) "
    r"(?:have|need) to|not (?:required|obliged|compulsory|expected) to|no action|should only have|only have to|(?:can|may) ignore|no obligation to)\b",
    re.IGNORECASE,
)
_NOT_A_DUTY = re.compile(
    r"\b(?:should|must|ought to|will have to) (?:now |also |all |already |then |soon )?(?:hear|receive|get (?:an?|the|your)|have (?:had|heard|received|got)|find|be able|be aware|expect|arrive|know|see|like|be glad|be grateful|be pleased|"
    r"be seen|be possible|be available|be ready|last|take (?:about|around|no|\d)|cost|go (?:to|before)|contain|help|make it|mean|reach you|be with you|begin|"
    r"have been|be back|fall|rise|be (?:up|open|live|running|out|in place|sent (?:to you|out)))\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:had to|were (?:asked|told|expected|required|reminded)|was (?:asked|told)|used to|did not|didn[’']t|could not|couldn[’']t|would have)\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"\b(?:must|should|(?:is|are) to|ha(?:s|ve) to|need(?:s)? to|shall|can|may)(?P<not> (?:not|never|no longer|only))?(?: (?:also|now|then|all|first|always|already|still))? be (?:\w+ly )?(?P<verb>[a-z-]+)\b|"
    r"\bto be (?P<verb2>[a-z-]+)\b|\bmust (?:no longer|not|never) be (?P<verb3>[a-z-]+)\b",
    re.IGNORECASE,
)
_NOT_ALLOWED = re.compile(
    r"\b(?:(?:is|are|was|were) (?:not|never|no longer) (?:to be )?(?:allowed|permitted|accepted|acceptable)|(?:is|are) (?:forbidden|prohibited|banned)|must (?:not|never|no longer)|mustn[’']t|"
    r"(?:nobody|no[- ]one|none of you) (?:may|should|must|can)|under no circumstances|on no account)\b",
    re.IGNORECASE,
)
_FORBIDS = re.compile(
    r"\b(?:do not|don[’']t|never|must not|mustn[’']t|must no longer|must never|should not|shouldn[’']t|should never|(?:not|never) to (?=[a-z])|may not|not allowed|not permitted|no longer be used|nobody may|no[- ]one may|"
    r"avoid|stop (?:using|sending)|refrain|on no account|under no circumstances|forbidden|prohibited|cannot be|can not be|keep (?:it|this|them|these|[\w’' -]{2,30}) off|nobody should|no[- ]one should)\b",
    re.IGNORECASE,
)
_HARMLESS_NOT = re.compile(
    r"\b(?:do not|don[’']t) (?:hesitate|worry|forget|have|need|know|see|like|want|mind|delay|miss|all|be afraid|let it)\b|\bif you (?:do not|don[’']t)\b",
    re.IGNORECASE,
)
_PLEASE = re.compile(
    r"\b(?:please|pls|plse|kindly)\b[,]?(?:\s+(?:could|can|would|will)\s+(?:\w+\s+){1,5}?)?(?:\s+(?:also|all|do|just|now|then|always|everyone|everybody|ensure that|make sure that))*\s+(?P<first>[a-z’'-]+)(?:\s+(?P<second>[a-z’'-]+))?",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|request(?:s|ed)?|urge[sd]?|remind(?:s|ed)?|want(?:s|ed)?|expect(?:s)?|require[sd]?|beg(?:s|ged)?|need|like|grateful if)\s+(?:that\s+)?(?:again\s+)?(?:for\s+)?"
    rf"(?:(?:the|our|your|any|those|these|all|every|each)\s+)?(?:[\w’-]+\s+){{0,2}}?{_SCHOOLISH}\b[^.;]{{0,40}}?\b(?:to\s+[a-z]+|shares?|sends?|says?|shows?|tells?|lets?|makes?|keeps?|checks?|gives?|brings?|completes?|returns?|uses?|would|could|should|not|go|goes|be)\b",
    re.IGNORECASE,
)
_WOULD_YOU = re.compile(
    rf"^(?:can|could|would|will|may)\s+(?:(?:we|i)\s+ask\s+)?(?:[\w’'-]+\s+){{0,6}}?{_SCHOOLISH}\b[^?]*\bplease\b|^(?:can|could|would)\s+(?:you|(?:all|every|any|those)\b[\w\s’'-]{{0,40}}?|everyone|everybody|schools|heads|dsls?)\s+(?:please\s+)?[a-z]+",
    re.IGNORECASE,
)
_TO_DO = re.compile(r"^(?P<who>[A-Z][\w’'&/,. -]{1,60}?|all)\s+to\s+(?P<verb>[a-z][a-z-]+)\b")
_IS_DUE = re.compile(
    r"\b(?:returns?|forms?|reports?|audits?|logs?|lists?|grids?|data|figures|plans?|surveys?|census|evaluations?|questionnaires?|declarations?|self-assessments?|registers?|sheets?|minutes|slips?|claims?|"
    r"applications?|nominations?|numbers|details)\b[^.;]{0,40}?\b(?:(?:is|are|falls?|fall|becomes?)\s+due\b|go(?:es)?\s+to\s+(?:us|me)\b|come(?:s)? (?:to|back to) (?:us|me)\b|due\b\s+(?:by|on|in|every|each|at|to)\b|to (?:us|me) by\b)",
    re.IGNORECASE,
)
_NEEDS_TO_KNOW = re.compile(
    r"\b(?:needs? to (?:know|have|hear|see|receive)|must (?:have|know|reach|be with)|should (?:reach|be with|get to))\b",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"\b(?:if you (?:would|[’']d|should) (?:like|care|prefer)|if you (?:wish|want|fancy|are interested|have (?:a view|views|time|an interest))|(?:anyone|those|schools|heads|deputies|leads)\b[^.;]{0,40}\b(?:interested|wishing|keen|wanting|who (?:want|would like|wish|is|"
    r"are) (?:interested|a place|to (?:join|attend|come|host|see|hear|have|take))?)|if that sounds|(?:you are|you[’']re|are|is|all|very|most) (?:very |most |all |also )?welcome to|happy to|have your say|take a look|take part|feel free|"
    r"(?:may|might) (?:also )?(?:like|wish|want)|why not|we (?:would|should|[’']d) (?:love|like|welcome|be (?:glad|grateful|pleased))|would be (?:glad|pleased|delighted) (?:of|to)|glad of your|no obligation|optional|help yourself|"
    r"help yourselves|to book|book (?:your|a) place|book (?:through|via|online|here|at|with|on|by)|nominate|nominations|volunteer|apply for a place|sign up for|register for|register (?:here|at|now|your interest)|if you (?:can|are able)|"
    r"expressions? of interest|wishes to|wish to|would like to|who would like|would you like|free to|who want)\b",
    re.IGNORECASE,
)
_OPTIONAL_ONLY = re.compile(
    r"\((?:optional|if you wish|voluntary|if you like)\)|\boptional\b|\bif you wish\b|\bno obligation\b|\bvoluntary\b",
    re.IGNORECASE,
)
_HELP_LINE = re.compile(
    r"^(?:(?:if|should) (?:you )?(?:have|are|need|experience|require|get)?[^,.;]{0,40}\b(?:questions?|quer(?:y|ies)|problems?|difficult(?:y|ies)|unsure|in doubt|stuck|concerns? about (?:this|your)|further|more information|not sure|issues?)\b|"
    r"(?:for|with|any|all) (?:\w+ ){0,3}(?:questions?|quer(?:y|ies)|enquir(?:y|ies)|information|details|advice|help|support|difficult(?:y|ies)|problems?|issues?)\b|questions?\b|quer(?:y|ies)\b|stuck\b|mistakes\b(?!.*\btell\b))",
    re.IGNORECASE,
)
_DANGER = re.compile(
    r"\b(?:immediate|in) (?:danger|emergency|risk)|\bemergenc(?:y|ies)\b|\b999\b|\bin danger\b", re.IGNORECASE
)
_CONDITION = re.compile(
    r"^(?:if|in|for|when|where|whenever|before|after|until|once|from|by|on|unless|during|as soon as|should|at|to|as|this|any|every|each|while|because|since|with|following|where possible|over|between|within|weekly|monthly|termly|"
    r"meanwhile|instead|then|also|and|but|so|or|otherwise|first|next|finally|again|now|just|always|only|simply|pls|please|kindly|do|remember to|make sure you|action|reminder|note|nb|important|urgent|deadline)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(?P<label>[^:–—\n]{2,70}?)(?:\s*:|\s+[–—-])\s+(?=\S)")
_WORDS = re.compile(r"[A-Za-z’'-]+")
_LEADING = frozenset(
    "please pls plse kindly also and but then so now just always do again simply first finally instead meanwhile really only remember to not don't don’t never or next therefore all".split()
)
_BARE_SUBJECT = frozenset(
    """i we you they he she it who that which schools staff parents families people children pupils professionals leads heads governors police to will can may should must
    would could might shall the a an your our their his her my its not and or nor be been being are is was were has have had of in with from by these those this any some no every each
    how what dsls academies colleges members teachers trusts councils partners officers helps help""".split()
)
_STRONG = frozenset(
    "ring call dial phone contact use tell email e-mail ask send let write complete return refer quote report speak record".split()
)
_OBJECT = frozenset(
    "the a an us me your our this that these those it them him her his 999 101 111 all any every each at on in to for through via by straight only both".split()
)
_NOT_AFTER_NOUN = frozenset(
    "on of from for : – - by is was are were has have and in will closes closed being been with now".split()
)
_FREQUENCY = (
    (
        Recurs.WEEKLY,
        r"\bweekly\b|\b(?:every|each|once a) week\b|\b(?:every|each) (?:mon|tues|wednes|thurs|fri)day\b|\bon (?:mon|tues|wednes|thurs|fri)days\b|^(?:mon|tues|wednes|thurs|fri)days\b",
    ),
    (Recurs.MONTHLY, r"\bmonthly\b|\b(?:every|each|once a|a) month\b|\bof (?:the|every|each) month\b"),
    (Recurs.TERMLY, r"\btermly\b|\b(?:every|each|once a|per|a) term\b(?!-time)"),
    (Recurs.YEARLY, r"\byearly\b(?= return|$)|\b(?:every|each|once a|per) year\b|\bannually\b"),
)
_RECURS = tuple((recurs, re.compile(pattern, re.IGNORECASE)) for recurs, pattern in _FREQUENCY)
_MONTHLY_DUTY = re.compile(
    r"\b(?P<how>weekly|monthly|termly) (?:\w+ ){0,2}?(?:return|data|form|report|log|figures|grid|update|submission|check)s?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Ask:
    """What a run of text asks: whether it forbids, whether it only invites, who is named, and how sure."""

    prohibits: bool
    optional: bool
    who: tuple[str, ...]
    confidence: float


def asked(words: str, *, in_a_list_of_actions: bool = False) -> Ask | None:
    """What a sentence or clause asks of its readers, or None where it asks nothing."""
    words = " ".join(words.split()).strip(' *_“”"')
    if len(words) < 8 or " " not in words or _NO_DUTY.search(words):
        return None
    forbids = bool(_FORBIDS.search(_HARMLESS_NOT.sub(" ", words)))
    if _HELP_LINE.match(words) or (
        _DANGER.search(words) and not forbids and len(words) < 160 and not re.search(r"\b101\b", words)
    ):
        return None
    strength = _strength(words, forbids)
    if not strength and in_a_list_of_actions and not _PAST.search(words) and len(words.split()) >= 3:
        strength = 0.7 if _first_verb(words) else 0.0
    if not strength:
        return None
    return Ask(forbids, bool(_OFFER.search(words)), subject(words), strength)


def _strength(words: str, forbids: bool) -> float:
    """How surely the words ask; 0 where they do not."""
    if _starts_with_order(words):
        return 0.92
    if _has_please(words):
        return 0.92
    if _TO_DO_match(words):
        return 0.88
    if _has_duty(words):
        return 0.85
    if _WOULD_YOU.search(words) or (_ASKED.search(words) and not _PAST.search(words)):
        return 0.8
    if _IS_DUE.search(words):
        return 0.75
    if _order_within(words):
        return 0.75
    return 0.7 if forbids and _NOT_ALLOWED.search(words) and not _is_ours(words) else 0.0


def _starts_with_order(words: str) -> bool:
    if _is_order(words):
        return True
    label = _LABEL.match(words)
    if label and not _is_question(label["label"]) and _is_order(words[label.end() :]):
        return True
    if not _CONDITION.match(words):
        return False
    return any(
        _is_order(words[comma.end() :], after_comma=True) for comma in re.finditer(r",\s+|\s[–—]\s", words[:240])
    )


def _is_question(words: str) -> bool:
    return words.rstrip().endswith("?")


def _is_order(words: str, *, after_comma: bool = False) -> bool:
    """Whether the words begin with a bare verb that tells somebody to do something."""
    found = _WORDS.findall(words[:120])
    at = 0
    was_led = False
    while at < len(found) and found[at].lower() in _LEADING:
        was_led = was_led or found[at].lower() in (
            "please",
            "pls",
            "kindly",
            "don't",
            "don’t",
            "never",
            "remember",
            "not",
            "always",
            "do",
        )
        at += 1
    if at >= len(found) or (
        at
        and found[at - 1].lower() == "to"
        and found[at - 2 : at - 1] != ["remember"]
        and "remember" not in (f.lower() for f in found[:at])
    ):
        return False
    verb, following = found[at].lower(), found[at + 1].lower() if at + 1 < len(found) else ""
    if verb not in VERBS or (verb in NOT_ASKED and not was_led):
        return False
    if verb == "let" and following == "us":
        return was_led
    if was_led:
        return not _is_harmless(verb)
    if at == 0 and not after_comma and found[0][0].islower():
        return False
    return not (verb in NOUNS_TOO and _reads_as_noun(words, found[at], following))


def _is_harmless(verb: str) -> bool:
    return verb in ("see", "hesitate", "worry", "forget", "find", "mind", "accept", "enjoy", "thank", "view", "bear")


def _reads_as_noun(words: str, verb: str, following: str) -> bool:
    tail = words[words.find(verb) + len(verb) :].lstrip()
    if verb.lower() in (
        "book",
        "reply",
        "report",
        "sign",
        "check",
        "look",
        "call",
        "speak",
        "write",
        "talk",
        "apply",
        "plan",
    ) and following in (
        "with",
        "through",
        "via",
        "at",
        "online",
        "by",
        "here",
        "on",
        "up",
        "in",
        "to",
        "that",
        "if",
        "your",
        "for",
        "whether",
    ):
        return (
            following in ("to", "for", "on", "in", "by")
            and verb.lower() in ("report", "plan", "call", "book", "check")
            and verb[0].isupper()
            and following != "by"
        )
    return following in _NOT_AFTER_NOUN or tail[:1] in ":–-,.)(;|" or not following


def _first_verb(words: str) -> bool:
    label = _LABEL.match(words)
    body = words[label.end() :] if label else words
    first = next((w for w in _WORDS.findall(body[:80]) if w.lower() not in _LEADING), "")
    return first.lower() in VERBS


def _has_please(words: str) -> bool:
    for found in _PLEASE.finditer(words):
        first, second = found["first"].lower(), (found["second"] or "").lower()
        if first in (
            "don't",
            "don’t",
            "not",
            "never",
            "do",
            "be",
            "all",
            "to",
            "remember",
            "make",
            "always",
            "everyone",
        ):
            first = second if first in ("not", "never", "all", "always", "do", "everyone") and second else first
            if f"{first} {second}" in ("don't hesitate", "don’t hesitate", "not hesitate"):
                continue
            if second == "not":
                following = words[found.end() :].split()
                if following and following[0].strip(",.").lower() in ("hesitate", "worry"):
                    continue
            return True
        if first in VERBS and first not in ("see", "find", "accept", "thank", "bear"):
            return True
    if re.search(r",\s*please[.!]?$", words, re.IGNORECASE):
        return any(
            _WORDS.findall(words)[i].lower() in VERBS | {"don't", "don’t"} for i in range(min(1, len(words.split())))
        )
    return False


def _TO_DO_match(words: str) -> bool:  # noqa: N802
    found = _TO_DO.match(words)
    if not found:
        label = _LABEL.match(words)
        found = _TO_DO.match(words[label.end() :]) if label else None
    if not found or found["verb"] not in VERBS or len(found["who"].split()) > 6:
        return False
    who = found["who"]
    if re.search(
        r"\b(?:is|are|was|were|has|have|had|will|would|want|wants|like|need|how|happy|able|ready|due|welcome|going|aim|aims|what|where|when|who|which|used|back|close|thanks?|return|invitation|introduction|way|guide|right|response|"
        r"link|changes?|access|duty|opportunity|chance|plans?|time|best|here|easy|available|referrals?|sign|book|apply|approach|updates?)$|\b(?:is|are|was|were|will|has|have|wants?|asked|agreed|hopes?|plans)\b",
        who,
        re.IGNORECASE,
    ):
        return False
    return not re.match(
        r"^(?:in order|due|according|up|subject|prior|next|from|how|links?|thank|thanks|welcome|ways|steps|things|reasons|nothing|something|the need|a|an)\b",
        who,
        re.IGNORECASE,
    )


def _has_duty(words: str) -> bool:
    """A modal whose subject is the schools, or a passive that leaves a record."""
    if _NOT_A_DUTY.search(words) and not re.search(r"\bmust\b", words):
        return False
    for found in _ACTIVE.finditer(words):
        before = words[max(0, found.start() - 90) : found.start()]
        clause = re.split(r"[;:]|\.\s|\b(?:that|because|but|whether|so that|where|when|if)\b", before)[-1] or before
        if re.match(r"\s*(?:is|are) to$", found.group()) and not re.match(r"\s+[a-z-]+", words[found.end() :]):
            continue
        near = clause.split()[-7:]
        if (
            _is_subject(" ".join(near))
            and not _is_passive_by_others(words[found.start() :])
            and not _PAST.search(found.group())
        ):
            return True
    for found in _PASSIVE.finditer(words):
        verb = (found["verb"] or found["verb2"] or found["verb3"] or "").lower()
        if (
            verb in RECORDING
            and not _is_passive_by_others(words[found.end() :])
            and not _is_ours(words[: found.start()])
        ):
            return bool(found["verb"] or found["verb3"]) or not re.search(
                r"\b(?:it|they|this|which|that|want|wants|like|due|likely|expected|set|going|need|able|seem|seems)\s*$",
                words[: found.start()],
            )
    return False


def _is_subject(near: str) -> bool:
    if not _HAS_SCHOOLISH.search(near):
        return False
    last = re.split(r"\b(?:for|about|of|to|with|from|in|on|at)\b", near)
    ours = _OURS.search(last[0] if last[0].strip() else near)
    if ours and not re.search(
        r"\b(?:ask|asks|asked|schools?|you|everyone|staff|heads?|dsls?|governors?)\b", near, re.IGNORECASE
    ):
        return False
    if (
        ours
        and ours.group().lower() in ("we", "i")
        and not re.search(r"\b(?:ask|expect|request|need|want)\b", near, re.IGNORECASE)
    ):
        return False
    return not re.search(r"\b(?:children|pupils|parents|carers|they|who)\s*$", near, re.IGNORECASE) or bool(
        re.search(r"\b(?:schools?|staff|heads?|leads?|dsls?|governors?)\b", near, re.IGNORECASE)
    )


def _is_ours(words: str) -> bool:
    return bool(
        re.search(
            r"\b(?:we|i|the council|the department|dfe|the dfe|ofsted|the government|the police|social workers?)\b[^,;.]{0,30}$",
            words,
            re.IGNORECASE,
        )
    )


def _is_passive_by_others(words: str) -> bool:
    return bool(
        re.search(
            r"\bby (?:us|the (?:council|police|dfe|department|team|social|court|panel|partnership|government|authority)|social workers?|police|our|mash|dfe|ofsted|regulations)\b",
            words[:90],
            re.IGNORECASE,
        )
    )


def _order_within(words: str) -> bool:
    """An order after a condition without a comma: `If a child is in danger ring 999`, `For intelligence use the form`."""
    if not re.match(r"(?:if|for|when|where|before|after|once|any|in|then|until)\b", words, re.IGNORECASE):
        return False
    found = list(_WORDS.finditer(words[:200]))
    for before, verb, after in zip(found, found[1:], found[2:], strict=False):
        if (
            verb.group() in _STRONG
            and before.group().lower() not in _BARE_SUBJECT
            and (after.group().lower() in _OBJECT or after.group()[0].isupper())
        ):
            return True
    return False


def subject(words: str) -> tuple[str, ...]:
    """Who is asked, where the sentence says so: `All staff must …`, `Governing bodies to …`, `Would those with … please`."""
    label = _LABEL.match(words)
    for piece in (words, words[label.end() :] if label else ""):
        found = _SUBJECT.match(piece)
        if (
            found
            and (_HAS_SCHOOLISH.search(found["who"]) or _INITIALS.match(found["who"]))
            and len(found["who"].split()) <= 9
        ):
            who = re.sub(
                r"^(?:please|pls|could|can|would|will|also|and)\s+", "", found["who"].strip(" ,"), flags=re.IGNORECASE
            )
            return (who,) if who.lower() not in ("you", "they", "who", "those") and who else ()
    return ()


_SUBJECT = re.compile(
    r"^(?:please\s+)?(?:can|could|would|will)?\s*(?P<who>[A-Za-z][\w’'&/, -]{1,70}?)\s+(?:must|should|need(?:s)? to|ha(?:s|ve) to|(?:is|are) (?:asked|expected|required|reminded|to)\b|to (?=[a-z])|please|remember|may not|shall|will need)",
)
_INITIALS = re.compile(r"^[A-Z]{2,4}(?:\s*(?:,|and|&|\+)\s*[A-Z]{2,4})*$")


def is_invitation(words: str) -> bool:
    """Whether the words say outright that nobody has to."""
    return bool(_OPTIONAL_ONLY.search(words) or _OFFER.search(words))


def recurrence(words: str) -> Recurs | None:
    """How often, where the words say so."""
    duty = _MONTHLY_DUTY.search(words)
    if duty:
        return Recurs(duty["how"].lower())
    return next((recurs for recurs, pattern in _RECURS if pattern.search(words)), None)
