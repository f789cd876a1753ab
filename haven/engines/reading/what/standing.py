"""Where a published document stands in its life, by the words around its name."""

import re

from haven.engines.patterns.late import late
from haven.engines.reading.items import Status
from haven.engines.reading.what.sentences import Sentence

REPLACED = late(
    r"\b(?:replac(?:es?|ed|ing)|supersed(?:es|ed|ing)|in place of|instead of|takes? the place of|succeeds|"
    r"takes? over from)\s+(?:the\s+|our\s+)?(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_ASKED_BEFORE = (
    r"consultation\b[^.;]{0,60}\b(?:closed|ended|ran|finished|(?:is )?over)\b",
    r"(?:was|were) (?:(?:laid|put|sent) )?(?:out |open )?(?:in draft )?(?:for|under) (?:comments?|consultation|views)",
)
_TO_COME = (
    r"(?:intends?|plans?|hopes?|means?) to (?:consult|publish|issue|revise|launch|bring out)",
    r"(?:will|is to|are to|is going to) (?:be )?(?:consult(?:ed)?(?: (?:up)?on)?|go out)",
    r"to be consulted (?:up)?on|for information (?:is |are |was )?(?:expected|due|promised|awaited)",
    r"no (?:(?:final|new|revised|firm) )?(?:version|date|text|edition|sign)|still awaited|has(?: not|n[’']t) said",
    r"(?:is|are|has|have)(?: not|n[’']t)(?: yet)?(?: been)? (?:out|published|issued|released|ready|come out)",
)
_FOR_NOW = (
    r"will (?:then )?(?:be (?:withdrawn|replaced|superseded|archived|retired|revoked|scrapped)|fall away|cease|lapse)",
    r"will (?:then )?(?:expire|disappear|go)|(?:falls? away|lapses|expires) (?:on|in|at|when|then)",
    r"until (?:it is|it[’']s|they are) (?:out|replaced|superseded|withdrawn)|(?:remains?|stays?|still|is|are) in force",
    r"put (?:it|them) back|applies (?:from|as of) (?:today|now|this (?:week|month|term)|yesterday)",
)
_GONE = (
    r"withdrawn|withdrew|rescinded|revoked|archived|superseded|out of date|obsolete|(?:has|is) gone|(?:is|are) dead",
    r"no longer (?:(?:be )?(?:used|followed|relied on)|in force|appl(?:y|ies)|stands?|current|valid|in use|used|"
    r"separate|to be used|holds?|available)",
    r"(?:has|have) been (?:replaced|superseded|absorbed|folded|merged)|(?:is|was|are|were) (?:replaced|absorbed)",
    r"replaced (?:by|on|with|in)|lapsed|expired|cancelled|scrapped|suspended|retired|discontinued|ceases?|ceased",
    r"(?:is|are|now) (?:void|invalid)|still using\b[^.;]{0,40}\bstop",
    r"taken down|binned|destroyed|dropped|shredded|bin (?:it|them|any|your|all|old)",
    r"(?:do not|don[’']t|stop|never) (?:us(?:e|ing)|rely(?:ing)? on|follow(?:ing)?|work(?:ing)? (?:to|from))",
    r"(?:must|should|may|can) (?:not|never) be (?:used|followed|relied on)|not to be used",
    r"(?:throw|thrown) (?:it |them |any |out |your )?(?:away|out)",
    r"(?:should|must|can|may|to) (?:come (?:down|off)|go in the bin|be (?:thrown|destroyed|deleted|binned|shredded))",
    r"(?:should|must|can|may|to) be (?:recycled|removed|taken down|discarded)",
    r"(?:delete|destroy|recycle|shred|discard|bin|remove|take (?:out|down)) (?:any|all|your|the|old|it|them|printed|"
    r"saved|every|references?)",
)
_ASKED = (
    r"consultation|consulting|consults|out for (?:comments?|views)|for comments?|out in draft|(?:still )?in draft",
    r"have your say|views? (?:is|are) (?:sought|wanted|invited|welcome)|views (?:until|by|to)",
    r"comments? (?:by|until|to|on|are|is|may|can|welcome|sought|invited|wanted)",
    r"(?:welcome|like|want|invites?|seeks?|ask(?:s|ing)? for|glad of) (?:your )?(?:comments?|views|remarks|feedback)",
    r"open (?:for|to) (?:responses?|views|comments?|consultation|remarks)|now open|proposed changes?",
    r"feedback on the draft|draft[^.;]{0,30}\bwas tabled",
)
_TO_BEGIN = (
    r"for information(?! on\b| about\b| sharing)|(?:comes?|coming) into (?:force|effect|use)|will (?:come|go) into",
    r"takes? effect|becomes? (?:statutory|compulsory|binding|law)|applies from|(?:statutory|compulsory|binding) from",
    r"will (?:apply|replace|be in force|start|begin|bind|take over|be (?:statutory|compulsory))|commence(?:s|ment)",
    r"(?:it|which) (?:begins?|starts?) (?:on|in)|to be used from|laid before Parliament",
    r"(?:for schools|for you) to (?:see|prepare|read)|in advance|early sight|ahead of (?:september|its start)",
    r"so (?:that )?(?:we|you|schools|settings) can (?:get ready|prepare|plan)|pre-?publication",
)
_AWAITED = (
    r"expect(?:s|ed)?|forthcoming|await(?:s|ed|ing)?|is due|due (?:out|in|before|by|to|later|this|next|at|for|soon)",
    r"(?:will|should|ought to|could|may|might) (?:come|follow|appear|arrive|land)",
    r"(?:will|should|ought to|could|may|might) be (?:published|issued|released|out|ready|with (?:us|you)|final)",
    r"(?:will|should|ought to|could|may|might) be (?:updated|revised|launched)",
    r"to be (?:published|issued|released|updated|revised|launched|replaced)|(?:has been|is) (?:delayed|held up)",
    r"being (?:revised|updated|re-?written|reviewed|redrafted|drafted|re-?worked|refreshed|prepared|considered)",
    r"(?:(?:is|are)|[’']re) (?:revising|rewriting|updating|reviewing|redrafting)|under review|in preparation|in hand",
    r"promised|announced (?:for|in)|planned for|later this (?:year|term|month)|on its way|in the pipeline",
    r"launch(?:es)? (?:in|on)|not yet (?:out|published|available|here)|yet to (?:be|come|appear)|put back to",
    r"still (?:waiting|to come)|waiting for|coming (?:soon|in|next)|when it[’']s coming|likely (?:in|to)",
    r"goes live|will go live|nothing (?:has been )?published",
)
_STANDING = (
    r"in force|still (?:appl(?:y|ies)|stands?|holds?|governs?|binds?)|appl(?:y|ies)|applied|(?:goes|go) on applying",
    r"stands?|remains?|stays?|holds?(?: good)?|governs?|binds?|current|unchanged|unaltered|no changes?|nothing new",
    r"(?:has|have)(?: not|n[’']t) changed|has replaced|changed (?:on|in)|amended|replaces|replaced|now statutory",
    r"is statutory|been statutory",
    r"still the|(?:is|are) (?:still )?(?:the (?:advice|guidance|one|edition|version)|right|what (?:you|we|schools|"
    r"ofsted)|live)",
    r"(?:is|are|remains) (?:still )?(?:new (?:advice|guidance)|(?:now )?out|at (?=the))",
    r"what (?:you|we) (?:have|follow|use)|came (?:in|into force|out)|took effect|takes? the place|published|launched",
    r"re-?issued|re-?written|adopted|agreed|approved|updated|went live|takes over|supersedes|issued|has landed",
    r"yes its live|ratified|in use|refreshed|revised|renewed",
    r"(?:has|have) been with (?:us|you)|date[sd] from",
    r"(?:keep|carry on|go on|continue) (?:working |using |following |to (?:work|use|follow))|signed (?:off|on|in|by)",
    r"(?:work|keep|stick|hold) (?:to|with)|work from|follow (?:the|it)|in the meantime|until then|has to be read",
)
_REPLACED_BY = late(
    r"\b(?:replaced|superseded|overtaken|succeeded)\b[^.;]{0,24}\bby\s+(?:the\s+|our\s+|its\s+)?(?:new\s+)?[\W_]*$|"
    r"\bwill (?:then )?(?:replace|supersede|take over from)\s+(?:the\s+|our\s+)?(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_STATUS = tuple(
    (status, late(rf"\b(?:{'|'.join(wordings)})\b", re.IGNORECASE))
    for status, wordings in (
        (Status.EXPECTED, _ASKED_BEFORE + _TO_COME),
        (Status.IN_FORCE, _FOR_NOW),
        (Status.WITHDRAWN, _GONE),
        (Status.CONSULTATION, _ASKED),
        (Status.FOR_INFORMATION, _TO_BEGIN),
        (Status.EXPECTED, _AWAITED),
        (Status.IN_FORCE, _STANDING),
    )
)
_CLAUSE = late(
    r";|\.\s(?=[A-Z])|\s[&–]\s|,?\s(?:but|while|whereas|though|although)\s|,\s(?:until then|and|so|as|because|"
    r"since)\s|\sand\suntil\b|\sand\snot\b|\srather\sthan\b|"
    r"\s(?:and|so)\s(?=(?:the|our|your|a|an|its)\s+(?!(?:DfE|Department|government)\b))",
    re.IGNORECASE,
)
_RELATIVE = late(r",\s(?:which|who)\b")  # of a noun between: `replaces our own, which is withdrawn`
_NEXT_SUBJECT = late(
    r"(?:;|\.|\s&|\s–|,|\s(?:and|but|while|whereas|so|though|until|because))\s+(?:(?:and|but|so|while|though|because|"
    r"as|since)\s+)?(?:the|our|your|a|an|his|her|their|all|any|some|schools|we|you|KCSIE|[A-Z]\w+[’']s)\s|"
    r"[;,]\s[^;,.]{0,40}?\b(?:19|20)\d\d\s(?:cop(?:y|ies)|edition|one|version|text|draft)\b|\sand\snot\s|"
    r"\srather\sthan\s"
)
_UNTIL_THEN = late(
    r"(?:until|before|once|when|after|as soon as)\s+(?:it|this|that|they)\b[^,;]{2,60},\s", re.IGNORECASE
)
_WHICH_REPLACED = late(
    r"[\s,]*which (?:it|this|they|these) (?:has |have )?(?:replace[sd]?|supersede[sd]?)\b", re.IGNORECASE
)
_FARTHEST = 400  # characters from a name within which a sentence says how it stands
_PAPER = (
    r"(?:letters?|e-?mails?|notes?|quiz(?:zes)?|forms?|slides?|training|courses?|sessions?|webinars?|briefings?|"
    r"posters?|summar(?:y|ies)|checklists?|templates?|pages?|links?|questions?|e-learning|packs?|polic(?:y|ies)|"
    r"plans?|audits?|declarations?|sheets?|tables?|presentations?|blogs?|videos?|modules?|tests?|surveys?|cards?|"
    r"clinics?|drop-ins?|recordings?|refreshers?|workshops?|assembl(?:y|ies)|powerpoints?|handouts?|meetings?)"
)
_OF_A_PAPER = late(
    rf"\b{_PAPER}\s+(?:on|about|to|of|for|from|in|with|under|covering|quoting|that (?:quotes?|covers?)|based on)\s+"
    r"(?:the\s+|our\s+)?(?:new\s+|revised\s+)?[“\"‘'*_]?$",
    re.IGNORECASE,
)
_PAPER_ON = late(rf"[”\"’'*_]?\s+{_PAPER}\b", re.IGNORECASE)
_OF_OTHERS = late(r"\b(?:your|yours|please|schools? (?:must|should)|you (?:must|should|need))\b", re.IGNORECASE)
_SECTIONS = (
    (
        Status.WITHDRAWN,
        late(
            r"\b(?:no longer|withdrawn|gone|superseded|out of date|archived|replaced|retired|obsolete|"
            r"scrapped|lapsed|discontinued|out of use)\b|"
            r"^\W*what (?:has|have) gone",
            re.IGNORECASE,
        ),
    ),
    (
        Status.CONSULTATION,
        late(
            r"\b(?:consult(?:ed|ation|ations|ing)?|out for (?:comment|views|consultation)|have your say|"
            r"in draft|for comment|views wanted|open for (?:views|comment))\b|"
            r"^\W*what(?: is|[’']s) open\W*$",
            re.IGNORECASE,
        ),
    ),
    (
        Status.EXPECTED,
        late(
            r"\b(?:promised|expected|coming (?:soon|up|next|later)|on (?:its|the) way|still to come|"
            r"awaited|forthcoming|in the pipeline|not yet|on the horizon|"
            r"being (?:revised|reviewed|rewritten))\b|^\W*what(?: is|[’']s) (?:coming|next)\W*$",
            re.IGNORECASE,
        ),
    ),
    (Status.FOR_INFORMATION, late(r"\b(?:for information|comes? into force|from september)\b", re.IGNORECASE)),
    (
        Status.IN_FORCE,
        late(
            r"\b(?:appl(?:y|ies|ying) now|in force|current(?:ly)?|in use|still (?:stands?|"
            r"applies|apply|standing))\b|^\W*what(?: is|[’']s) live",
            re.IGNORECASE,
        ),
    ),
)
_SOFT_SECTIONS = (
    (Status.WITHDRAWN, late(r"\b(?:dead|dropped|cancelled|deleted|bin|off the list|old)\b", re.IGNORECASE)),
    (Status.CONSULTATION, late(r"\b(?:drafts?|views|comment|open)\b", re.IGNORECASE)),
    (
        Status.EXPECTED,
        late(r"\b(?:coming|next|later|due|soon|to come|ahead|waiting|under review)\b", re.IGNORECASE),
    ),
    (
        Status.IN_FORCE,
        late(
            r"\b(?:live|published|out|now|new|re-?issued|updated|statutory|unchanged|no change|stays?|"
            r"standing|adopted)\b",
            re.IGNORECASE,
        ),
    ),
)
_NOT_OF_DOCUMENTS = late(
    r"\b(?:contacts?|numbers?|staff|people|training|courses?|dates?|diary|events?|actions?|"
    r"vacanc(?:y|ies)|colleagues?|deadlines?|returns?|to[- ]do|asks?|tasks?|jobs?|is due|[’']s due|learning|reviews?|"
    r"lessons|meetings?|networks?|forums?|clinics?|webinars?|briefings?|sessions?|bookings?|places)\b",
    re.IGNORECASE,
)


def section_status(heading: str, *, of_documents: bool = False) -> Status | None:
    """How what stands under a heading stands: `Being consulted on`, `No longer applies`; in a note that lists documents
    also `Now`, `Next`, `Dead`."""
    if _NOT_OF_DOCUMENTS.search(heading):
        return None
    words = (*_SECTIONS, *_SOFT_SECTIONS) if of_documents and len(heading.split()) <= 5 else _SECTIONS
    return next((status for status, pattern in words if pattern.search(heading)), None)


def status_at(text: str, sentence: Sentence, start: int, end: int) -> Status | None:
    """Where the document named at a place stands, by the words of its own clause, else of what is said of it after."""
    floor, ceiling = max(sentence.start, start - _FARTHEST), min(sentence.end, end + _FARTHEST)
    if _REPLACED_BY.search(text, floor, start):
        return Status.IN_FORCE
    if REPLACED.search(text, floor, start) or _WHICH_REPLACED.match(text, end, ceiling):
        return Status.WITHDRAWN
    if _OF_A_PAPER.search(text, max(floor, start - 60), start) or _PAPER_ON.match(text, end, ceiling):
        return None
    opening = _UNTIL_THEN.match(text, floor, start)
    begin = opening.end() if opening else floor
    left = max(begin, *(m.end() for m in _CLAUSE.finditer(text, begin, start)), begin)
    relative = _RELATIVE.search(text, end + 3, ceiling)
    right = _first(ceiling, _CLAUSE.search(text, end, ceiling), relative)
    rest = _first(ceiling, _NEXT_SUBJECT.search(text, end, ceiling), relative)
    return status_of(text[left:right]) or status_of(text[end:rest])


def _first(stop: int, *found: re.Match[str] | None) -> int:
    return min((match.start() for match in found if match), default=stop)


def status_of(words: str) -> Status | None:
    """Where the document stands that the words speak of."""
    return next((status for status, pattern in _STATUS if pattern.search(words)), None)


def opening_status(text: str, sentence: Sentence) -> Status | None:
    """Where the document stands that the line above named, by the opening words of what follows it."""
    words = text[sentence.start : min(sentence.end, sentence.start + 80)]
    return None if _OF_OTHERS.search(words) else status_of(words)
