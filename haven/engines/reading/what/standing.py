"""Where a published document stands in its life, by the words around its name."""

import re

from haven.engines.reading.items import Status
from haven.engines.reading.what.sentences import Sentence

REPLACED = re.compile(
    r"\b(?:replac(?:es|ed|ing)|supersed(?:es|ed|ing)|in place of|instead of|"
    r"takes over from)\s+(?:the\s+|our\s+)?(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_STATUSES = (
    (
        Status.EXPECTED,
        (
            r"\b(?:intends? to consult|will consult|plans? to consult|consultation (?:has )?(?:closed|"
            r"ended)|consultation\b[^.;]{0,60}\b(?:closed|ended) on|"
            r"no final version|still awaited)\b"
        ),
    ),
    (
        Status.WITHDRAWN,
        (
            r"\b(?:withdrawn|withdrew|rescinded|revoked|archived|no longer (?:in force|appl(?:y|ies)|"
            r"current|valid|in use|separate)|(?:has|have) been (?:replaced|superseded|absorbed)|"
            r"is replaced|was replaced|superseded by|superseded|out of date|obsolete|has gone|lapsed|"
            r"cancelled|scrapped|"
            r"retired|discontinued|ceases?|ceased|taken down|binned|destroyed|bin it|(?:do not|don[’']t|"
            r"stop) us(?:e|ing))\b"
        ),
    ),
    (
        Status.CONSULTATION,
        (
            r"\b(?:consultation|consulting|consults|out for comment|for comment|out in draft|"
            r"have your say|views? (?:is|are) (?:sought|wanted|invited)|comments? (?:by|until|to|on|"
            r"are|is)|open for responses?|proposed changes?|feedback on the draft)\b"
        ),
    ),
    (
        Status.FOR_INFORMATION,
        (
            r"\b(?:for information(?! on\b| about\b| sharing)|comes? into (?:force|effect)|"
            r"coming into (?:force|effect)|will come into|takes? effect|becomes? (?:statutory|compulsory|"
            r"law)|"
            r"will (?:apply|replace|be in force)|applies from|pre-?publication)\b"
        ),
    ),
    (
        Status.EXPECTED,
        (
            r"\b(?:expect(?:s|ed)?|forthcoming|awaited|await|due (?:out|in|before|by|to|later|this|next|"
            r"at)|is due|will (?:be (?:published|issued|released)|come|follow|appear)|to be (?:published|"
            r"issued|"
            r"released|updated|revised)|being (?:revised|updated|re-?written|reviewed|redrafted)|promised|"
            r"later this (?:year|term|month)|on its way|in the pipeline|will be launched|to be launched|"
            r"launch(?:es)? (?:in|on)|"
            r"due (?:for|soon)|not yet (?:out|published|available)|still waiting|waiting for|coming soon|being drafted|"
            r"under review|in preparation|likely (?:in|to)|goes live|will go live|nothing (?:has been )?published)\b"
        ),
    ),
    (
        Status.IN_FORCE,
        (
            r"\b(?:in force|still (?:appl(?:y|ies)|stands?)|appl(?:y|ies)|has applied|have applied|"
            r"stands?|remains?|stays?|current|unchanged|no change|nothing new|is the (?:advice|"
            r"guidance|one|edition|version)|has replaced|replaces|now statutory|is statutory|"
            r"came into force|took effect|published|launched|re-?issued|re-?written|adopted|updated|went live|is live|"
            r"yes its live|ratified|in use|refreshed|revised)\b"
        ),
    ),
)
_STATUS = tuple((status, re.compile(pattern, re.IGNORECASE)) for status, pattern in _STATUSES)
_SECTIONS = (
    (
        Status.WITHDRAWN,
        re.compile(
            r"\b(?:no longer|withdrawn|gone|superseded|out of date|archived|replaced|retired|obsolete|"
            r"scrapped|lapsed|discontinued|out of use)\b|"
            r"^\W*what (?:has|have) gone",
            re.IGNORECASE,
        ),
    ),
    (
        Status.CONSULTATION,
        re.compile(
            r"\b(?:consult(?:ed|ation|ations|ing)?|out for (?:comment|views|consultation)|have your say|"
            r"in draft|for comment|views wanted|open for (?:views|comment))\b|"
            r"^\W*what(?: is|[’']s) open\W*$",
            re.IGNORECASE,
        ),
    ),
    (
        Status.EXPECTED,
        re.compile(
            r"\b(?:promised|expected|coming (?:soon|up|next|later)|on (?:its|the) way|still to come|"
            r"awaited|forthcoming|in the pipeline|not yet|on the horizon|"
            r"being (?:revised|reviewed|rewritten))\b|^\W*what(?: is|[’']s) (?:coming|next)\W*$",
            re.IGNORECASE,
        ),
    ),
    (Status.FOR_INFORMATION, re.compile(r"\b(?:for information|comes? into force|from september)\b", re.IGNORECASE)),
    (
        Status.IN_FORCE,
        re.compile(
            r"\b(?:appl(?:y|ies|ying) now|in force|current(?:ly)?|in use|still (?:stands?|"
            r"applies|apply|standing))\b|^\W*what(?: is|[’']s) live",
            re.IGNORECASE,
        ),
    ),
)
_SOFT_SECTIONS = (
    (Status.WITHDRAWN, re.compile(r"\b(?:dead|dropped|cancelled|deleted|bin|off the list|old)\b", re.IGNORECASE)),
    (Status.CONSULTATION, re.compile(r"\b(?:drafts?|views|comment|open)\b", re.IGNORECASE)),
    (
        Status.EXPECTED,
        re.compile(r"\b(?:coming|next|later|due|soon|to come|ahead|waiting|under review)\b", re.IGNORECASE),
    ),
    (
        Status.IN_FORCE,
        re.compile(
            r"\b(?:live|published|out|now|new|re-?issued|updated|statutory|unchanged|no change|stays?|"
            r"standing|adopted)\b",
            re.IGNORECASE,
        ),
    ),
)
_NOT_OF_DOCUMENTS = re.compile(
    r"\b(?:contacts?|numbers?|staff|people|training|courses?|dates?|diary|events?|actions?|"
    r"vacanc(?:y|ies)|colleagues?)\b",
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
    """Where the document stands by the words of its own clause, else of its sentence."""
    left = max(
        sentence.start, *(text.rfind(mark, sentence.start, start) + 1 for mark in (";", " but ", " – ", " and until "))
    )
    stops = [
        at for mark in (";", " but ", ", though ", " until then") if (at := text.find(mark, end, sentence.end)) >= 0
    ]
    right = min(stops, default=sentence.end)
    if REPLACED.search(text, sentence.start, start):
        return Status.WITHDRAWN
    return status_of(text[left:right]) or status_of(text[sentence.start : sentence.end])


def status_of(words: str) -> Status | None:
    return next((status for status, pattern in _STATUS if pattern.search(words)), None)
