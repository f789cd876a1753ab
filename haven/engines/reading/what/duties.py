"""Recognises duties that are stated, not ordered: `schools must …`, `ANK to circulate …`, `is due`, `is not
allowed`."""

import re

from haven.engines.patterns.late import late
from haven.engines.reading.what.orders import LABEL
from haven.engines.reading.what.verbs import RECORDING, VERBS

SCHOOLISH = (
    r"(?:schools?|colleges?|settings?|nurser(?:y|ies)|academ(?:y|ies)|trusts?|heads?|"
    r"headteachers?|principals?|d?dsls?|leads?|"
    r"deput(?:y|ies)|governors?|governing (?:body|bodies)|trustees?|staff|everyone|everybody|"
    r"anyone|anybody|somebody|someone|nobody|no[- ]one|members?|"
    r"you|colleagues|sencos?|teachers?|practitioners?|professionals?|attendees|delegates|"
    r"participants|chairs?|agenc(?:y|ies)|partners?|"
    r"clerks?|managers?|officers?|admins?|secretar(?:y|ies)|employers?|leaders?|volunteers?|group|adults?|offices?|"
    r"co-?ordinators?|receptionists?|boards?|assistants?|employees|contractors?|visitors?)"
)
_HAS_SCHOOLISH = late(rf"\b{SCHOOLISH}\b", re.IGNORECASE)
_BEGINS_SCHOOLISH = late(
    rf"^\W*(?:(?:all|every|each|any|the|our|your|those|these|only|both|special|primary|secondary|"
    rf"other|receiving) )*(?:[\w’-]+ )?{SCHOOLISH}\b",
    re.IGNORECASE,
)
_ENDS_IN_ALL = late(r"\b(?:all|each|every one|those)\s*$", re.IGNORECASE)
_DUTY = late(
    r"\b(?:must|should|shall|ought (?:not )?to|needs? to|ha(?:s|ve) (?:an? (?:\w+ )?duty )?to|(?:is|are) (?:asked|"
    r"expected|"
    r"required|reminded|requested|advised|"
    r"encouraged|urged|obliged)(?: not)?(?: to)?(?<!expected)(?<!advised)(?<!required)|(?:is|are) to(?= [a-z])|"
    r"will (?:need|have|"
    r"be (?:asked|expected|required)) to|"
    r"may not|can ?not|can[’']t|mustn[’']t|shouldn[’']t|may(?= attend)|do not|don[’']t|never(?! to\b))\b",
    re.IGNORECASE,
)
NO_DUTY = late(
    r"\b(?:need not|needn[’']t|no need|not need|need (?:do )?(?:nothing|only)|not asking (?:you|schools)|(?:nobody|"
    r"no[- ]one|no school|none of you) (?:has|have|needs?|is obliged|are obliged) to|"
    r"nothing (?:you|to(?! be (?:sent|posted|said|shared|left|written|stored|kept|printed|e-?mailed))|"
    r"more|else|further|for you)|(?:do not|"
    r"don[’']t|doesn[’']t|does not|shouldn[’']t|should not|won[’']t|will not|not) (?:have|"
    r"need) to|not (?:required|obliged|compulsory|"
    r"expected) to|no action|should only have|only have to|(?:can|may) ignore|no obligation to)\b",
    re.IGNORECASE,
)
_EXPECTATION = late(
    r"\b(?:should|ought to|will have to|have to|need to) (?:(?:now|also|all|already|then|"
    r"soon) )?(?:hear|receive|get (?:an?|the|your)|have "
    r"(?:had|heard|received|got)|find|be able|be aware|expect|arrive|know|see|like|be (?:glad|"
    r"grateful|pleased|seen|possible|available|"
    r"ready|back|up|open|live|running|out|in place|with you)|last|take (?:about|around|no|\d)|"
    r"cost|go (?:to|before)|contain|help|"
    r"make it|mean|reach you|begin|have been|fall|rise|be sent (?:to you|out)|do (?:so|this) again)\b",
    re.IGNORECASE,
)
_RECEIVED = late(r"\bshould have (?:received|had|read|seen|completed|sent|returned)\b[^.]*\bby\b", re.IGNORECASE)
_PASSIVE = late(
    r"\b(?:must|should|ha(?:s|ve) to|needs? to|shall|(?:is|are) to|may not|cannot)(?: (?:not|"
    r"never|no longer|only|also|now|then|all|first|always|"
    r"still)){0,2} be (?:\w+ly )?(?P<verb>[a-z-]+)\b",
    re.IGNORECASE,
    seldom=True,
)
_NOT_TO = late(
    r"\b(?:is|are) not to (?!(?:be )?(?:confused|mistaken|say|mention|blamed?|known|found|"
    r"expected)\b)(?:be )?[a-z]+|^\W*no(?:body|[- ]one)?\b[^.;]{0,60}?\b(?:is|are|go(?:es)?|"
    r"leaves?|may) "
    r"(?:to\b|on\b|home\b)|\bshould come (?:off|down|out)\b|\bnor should\b",
    re.IGNORECASE,
    seldom=True,
)
_ATTEND_ALL = late(r"\b(?:come to|attend|(?:do|must) come to) (?:both|all|each|every)\b", re.IGNORECASE)
_REPORTED = late(
    r"\b(?:members|everyone|everybody|all|those present|schools?|heads|leads|dsls|deputies|governors|colleagues)\s+"
    r"(?:was|were)\s+(?:asked|reminded|urged|told|advised|warned|requested)\s+(?:(?:again|also|"
    r"all)\s+)?(?:not\s+)?to\b|"
    rf"\bagreed (?:that|for) (?:(?:all|every|each|the|our|both)\s+)*(?:[\w’-]+\s+)?{SCHOOLISH}\s+(?:would|won[’']t|"
    rf"will|"
    r"should|to)\b|\bwarned (?:\w+ )?(?:against|not to)\b",
    re.IGNORECASE,
)
_IS_REPORTED = late(r" (?:were|was|agreed|warned) ")  # without which `_REPORTED` finds nothing
_IS_PLAIN = late(r" not to |[Nn]o[a-z]*\b|should come | both| all| each| every")
_DONE = late(r"(?:ed|wn|ght|ept|aid|old|ung|orn)$")
_OF_STATE = frozenset(
    """
    aged based experienced qualified interested concerned expected involved tired disappointed pleased worried bored
    delighted excited committed confused old cold bold said blessed determined supposed received considered
    """.split()
)
_TO_BE = late(r"\bto be (?:\w+ly )?(?P<verb>[a-z-]+)\b", re.IGNORECASE)
_FINITE = late(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|do|does|did|need|needs|"
    r"want|wants|like|due|likely|expected|not|"
    r"never|going|able|seems?|set|said|agreed|confirm|confirmed|how|if|when|that|which)\b",
    re.IGNORECASE,
)
_NOT_ALLOWED = late(
    r"\b(?:(?:is|are)(?: not|n[’']t| never| no longer) (?:to be )?(?:allowed|permitted|"
    r"acceptable)|(?:is|are) (?:forbidden|prohibited|"
    r"banned)|may not(?! (?:be (?:the|as|so|able|aware|possible|enough|clear)|have|know|need|want|yet|"
    r"always|even|realise|see|hear|get|mean|like|feel|think))|must (?:not|never|no longer)|"
    r"mustn[’']t|ought not to|(?:nobody|no[- ]one|none of you)\b[^.;]{0,30}?\b(?:may|should|must|can)|"
    r"under no circumstances|"
    r"on no account)\b",
    re.IGNORECASE,
)
_TO_DO = late(r"^(?P<who>(?:[A-Z]|all\b)[\w’'&/,+. -]{0,60}?)\s+to\s+(?P<verb>[a-z][a-z-]+)\b", re.IGNORECASE)
_NAMES = late(
    r"^(?:[A-Z]{2,4}|(?:[A-Z][\w’'-]+)(?: [A-Z][\w’'-]+){0,2})(?:(?:,| and| &|/|"
    r" \+) ?(?:[A-Z]{2,4}|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?))*$"
)
_IS_TO = late(
    r"^(?:whoever|anyone|anybody|everyone|everybody|each|every|all|no[- ]one|"
    r"nobody)\b[^.;]{0,90}\b(?:is|are) (?:not )?to (?!be\b)[a-z]+",
    re.IGNORECASE,
)
_NOT_DONE = frozenset(
    "follow resume continue visit begin start step come join be take close open move attend speak".split()
)
_PAPERS = (
    r"(?:returns?|forms?|reports?|audits?|logs?|lists?|grids?|data|figures|plans?|surveys?|census|"
    r"evaluations?|questionnaires?|"
    r"declarations?|self-assessments?|registers?|sheets?|minutes|slips?|claims?|applications?|"
    r"nominations?|numbers|details)"
)
_IS_DUE = late(
    rf"\b{_PAPERS}\b[^.;]{{0,40}}?\b(?:(?:is|are|falls?|becomes?)\s+due\b|(?:go|goes|come|comes|"
    rf"come back)\s+to\s+(?:us|me)\b|due\s+(?:by|on|in|every|"
    r"each|at|to)\b|to (?:us|me) by\b|(?:is|are) needed\b|(?:is|are) required (?:by|every|each|on)\b)",
    re.IGNORECASE,
)
_ASKS_OTHERS = late(
    r"\b(?:(?:ask|request|urge|remind|require|expect)(?:s|ed|ing)?|(?:we|i|she|he|they) (?:want|"
    r"need|beg)s?|grateful if|"
    r"(?:important|vital|essential) that)\s+(?:(?:that|again|for|of)\s+)?(?!whether\b|if\b|how\b)(?:[\w’-]+\s+){0,3}?"
    rf"(?:{SCHOOLISH}|contact|it|all)\b(?P<between>[^.;]{{0,40}}?)\b"
    r"(?:to\s+[a-z]+|shares?|sends?|says?|shows?|tells?|lets?|makes?|keeps?|checks?|gives?|brings?|completes?|"
    r"returns?|uses?|do(?:es)? not|go|goes)\b",
    re.IGNORECASE,
)
_ALREADY = late(r"\b(?:was|were|had)\b", re.IGNORECASE)
_POINTS_TO_A_LIST = late(
    r"\b(?:steps|following|points|actions|list|measures) (?:below|steps|actions|points)\b|"
    r"\bas follows\b|\bthe following\W*$|:\s*$",
    re.IGNORECASE,
)
_BY_OTHERS = late(
    r"\bby (?:us|the (?:council|police|dfe|department|team|social|court|panel|partnership|"
    r"government|authority)|social workers?|police|our|mash|"
    r"dfe|ofsted|regulations)\b",
    re.IGNORECASE,
)
_OURS = late(
    r"\b(?:we|i|the council|the department|dfe|the dfe|ofsted|the government|the police|"
    r"social workers?|parliament|ministers?|police|the (?:bill|act|court|panel))\b[^,;.]{0,30}$",
    re.IGNORECASE,
)
_IN_A_QUESTION = late(
    r"\S.*\b(?:how|what|where|why|when|whom?)\s+(?:(?:and|or)\s+(?:how|what|where|why|when)\s+)?(?:[\w’'-]+\s+){0,3}$",
    re.IGNORECASE,
    seldom=True,
)
_OF_A_NOUN = late(
    r"^\W*(?:an?|the|some|few|many|several|two|three|four|five|six|seven|ten|list of|here (?:is|"
    r"are))\s+(?:[\w’'-]+\s+){0,4}?"
    r"(?:things?|points?|steps?|duties|ways|items|matters|questions|checks|rules|facts|records|documents|"
    r"lessons|tips|list|"
    r"reminders?|jobs|tasks)\s+(?:that|which)\s",
    re.IGNORECASE,
)
_WHETHER = late(r"\b(?:whether|asked (?:if|how|what|when|why))\s+(?:[\w’'-]+\s+){0,5}$", re.IGNORECASE)
_STATED = frozenset(["do not", "don't", "don’t", "never", "cannot", "can not", "can't", "can’t"])
_OTHERS = late(
    r"^\W*(?:[\w’'-]+\s+){0,3}(?:officers?|agenc(?:y|ies)|partners?|employers?|volunteers?|visitors?)\b", re.IGNORECASE
)
_ROUTINE = late(
    rf"(?:^|[,:–—-]\s+)(?:(?:the|all|each|every|our|your|both)\s+)*(?:[\w’-]+\s+)?(?<!with )(?<!of ){SCHOOLISH}"
    rf"(?:\s+(?:and|or)\s+(?:the\s+)?[\w’-]+)?\s+(?P<verb>[a-z]+)\b",
    re.IGNORECASE,
)
_HAPPENS = frozenset("meet open run come receive get see hear start begin work".split())
_SENT_ROUND = late(
    r"\b(?:to|goes to|go to)\s+(?:\S+@\S+|us\b|me\b|the (?:office|team|portal|partnership|council)\b)|"
    r"\b(?:still )?(?:wanted|needed|required|due)\b",
    re.IGNORECASE,
)
_FOR_SCHOOLISH = late(rf"\bfor (?:[\w’-]+ )?{SCHOOLISH}$", re.IGNORECASE)
_ENDS_SCHOOLISH = late(rf"\b{SCHOOLISH}$", re.IGNORECASE)
_RELATIVE = late(r"\b(?:which|who|that|if)\s*$", re.IGNORECASE)
_CLAUSE = late(r"[;:]|\.\s|,\s(?:and|but|so)\b|\b(?:because|but|whether|so that|although|while)\b", re.IGNORECASE)


def is_duty(words: str) -> bool:
    """A modal whose subject is the schools, or a passive that leaves a record."""
    if _RECEIVED.search(words) or _IS_TO.search(words):
        return True
    if _IS_REPORTED.search(words) and _REPORTED.search(words):
        return True
    if _IS_PLAIN.search(words) and (_ATTEND_ALL.search(words) or _NOT_TO.search(words)):
        return not _OURS.search(words[:60].rpartition(" ")[0])
    if _POINTS_TO_A_LIST.search(words):
        return False
    return any(_binds(words, found) for found in _DUTY.finditer(words)) or _must_be_done(words)


def _binds(words: str, found: re.Match[str]) -> bool:
    if _EXPECTATION.match(words, found.start()) or _BY_OTHERS.search(words[found.start() : found.start() + 120]):
        return False
    clause = _CLAUSE.split(words[max(0, found.start() - 160) : found.start()])[-1]
    if _WHETHER.search(words, 0, found.start()) or (
        found.group().lower() in _STATED and not _ENDS_IN_ALL.search(words, 0, found.start()) and _OTHERS.match(clause)
    ):
        return False
    if not words[found.end() :].strip(" .,;)") or _IN_A_QUESTION.search(clause) or _OF_A_NOUN.match(clause):
        return False
    near = " ".join(clause.split()[-6:])
    if _OURS.search(near) or _RELATIVE.search(near):
        return False
    if re.fullmatch(r"\W*they\W*", clause, re.IGNORECASE) and re.match(r"\w+ (?:not|never)\b", words[found.start() :]):
        return True
    if _ENDS_IN_ALL.search(near) or _BEGINS_SCHOOLISH.match(clause):
        return True
    last = re.split(r"\b(?:for|about|of|to|with|from|in|on|at|by|that|than)\b", near)[-1]
    return bool(_HAS_SCHOOLISH.search(last))


def _must_be_done(words: str) -> bool:
    for found in _PASSIVE.finditer(words):
        is_on = found["verb"].lower() == "consulted" and words[found.end() :].startswith((" on", " upon"))
        modal = found.group().split(None, 1)[0].lower()
        if (
            _is_recording(found["verb"], modal)
            and not is_on
            and not _BY_OTHERS.search(words[found.end() : found.end() + 90])
        ):
            before = words[: found.start()]
            if not _OURS.search(before) and not re.search(r"\bso (?:that )?[^,;]*$", before):
                return True
    found_to_be = _TO_BE.search(words)
    return bool(
        found_to_be
        and _is_recording(found_to_be["verb"])
        and found_to_be["verb"].lower()
        not in ("confirmed", "held", "agreed", "used", "published", "given", "shared", "printed")
        and not _FINITE.search(words[: found_to_be.start()])
    )


def _is_recording(verb: str, modal: str = "") -> bool:
    plain = verb.lower().removeprefix("re-")
    return plain in RECORDING or (modal == "must" and bool(_DONE.search(plain)) and plain not in _OF_STATE)


def is_assigned(words: str) -> bool:
    """Minutes: `ANK to circulate the chart`, `Governing bodies to approve the policy`."""
    label = LABEL.match(words)
    for piece in (words, words[label.end() :] if label else ""):
        found = _TO_DO.match(piece)
        if (
            found
            and (found["verb"] in VERBS or found["verb"] == "have")
            and found["verb"] not in _NOT_DONE
            and _can_own(found["who"])
        ):
            return True
    return False


def _can_own(who: str) -> bool:
    who = who.strip(" ,")
    if len(who.split()) > 6 or _FINITE.search(who):
        return False
    if re.match(r"^(?:What|Where|When|How|Who|Which|Why|Nothing|Something|Things?|Time)\b", who, re.IGNORECASE):
        return False
    if who.lower() == "all" or _NAMES.match(who):
        return not re.match(
            r"^(?:Thanks?|Welcome|Links?|Ways|How|Next|Due|Access|Return|Report|Changes?|Updates?|"
            r"Invitations?|Introduction|Approach|Guide|From)\b",
            who,
        )
    return not _FOR_SCHOOLISH.search(who) and bool(_ENDS_SCHOOLISH.search(who))


def is_due(words: str) -> bool:
    """`The monthly return is due …`, `Attendance figures go to us every Monday`."""
    return bool(_IS_DUE.search(words))


def is_routine(words: str) -> bool:
    """A duty told as a habit, where the words say how often: `Governors review the policy`, `figures to the office`."""
    told = _ROUTINE.search(words)
    if (
        told
        and told["verb"].lower().removesuffix("s") not in _HAPPENS
        and (told["verb"].lower() in VERBS or told["verb"].lower().removesuffix("s") in VERBS)
    ):
        return not _OURS.search(words[: told.start("verb")])
    sent = _SENT_ROUND.search(words)
    return bool(sent and not _OURS.search(words[: sent.start()]))


def is_asked_of_others(words: str) -> bool:
    """`FOL asked that every contact says …`, `we request all schools share …`."""
    if _POINTS_TO_A_LIST.search(words):
        return False
    return any(not _ALREADY.search(found["between"]) for found in _ASKS_OTHERS.finditer(words))


def is_not_allowed(words: str) -> bool:
    """`Canvassers are not allowed on the site`, `Nobody may attend …`."""
    found = _NOT_ALLOWED.search(words)
    return bool(found and not _OURS.search(words[: found.start()]))
