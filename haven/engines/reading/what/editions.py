"""Which edition of a document a note speaks of: beside its title, and further on (`last year's`, `the 2018 one`)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from haven.engines.patterns.late import late
from haven.engines.reading.items import Status
from haven.engines.reading.what.sentences import Sentence
from haven.engines.reading.what.standing import status_at

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\.?"
)
YEAR = r"(?:19|20)\d\d"
_ORDINAL = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|\d{1,2}(?:st|nd|rd|th))"
_FROM_PUBLISHER = r"(?:(?:DfE|Department for Education|HM Government|Home Office|HMG|Ofsted|NPCC|UKCIS),?\s*)?"
_AFTER = late(
    rf"(?:\s*(?:\.{{3,}}|…))?[\s,”’\"'*_]*(?:(?:statutory )?(?:guidance|advice|document|framework|"
    rf"strategy)[\s,]*)?(?:[(\[–—-]?\s*"
    rf"{_FROM_PUBLISHER}(?:of|from|for|in|updated|published|dated|as amended in)?\s*)?[(\[]?\s*"
    rf"(?P<edition>(?:{MONTH}\s+)?{YEAR}|(?:version|v\.?|issue)\s?\d[\d.]*|{_ORDINAL}\s+edition)"
    rf"(?:/\d\d)?(?P<amended>[\s,(]*(?:as |last )?(?:amended|updated|revised)(?: in)? (?:{MONTH}\s+)?{YEAR})?",
    re.IGNORECASE,
)
_YEARLY = late(r"\b(?P<yearly>last|this|next)\s+year[’']s\s+[\W_]*$", re.IGNORECASE)
_AFTER_SUBTITLE = late(
    rf"(?:\s*[:,–—]|\s+(?:for|in|on|of)\b)[^().;!?\n]{{2,110}}\(\s*{_FROM_PUBLISHER}"
    rf"(?:updated|published|dated|last updated)?\s*(?P<edition>(?:{MONTH}\s+)?{YEAR})(?P<amended>)",
    re.IGNORECASE,
)
_AFTER_DRAFT = late(
    r"[\s:,(–—-]{0,4}(?:revised\s+)?(?P<edition>draft(?:\s\d)?|consultation (?:draft|version))\b", re.IGNORECASE
)
BEFORE = late(
    rf"(?P<edition>(?:{MONTH}\s+)?{YEAR}|{_ORDINAL}|next|new|latest|revised|forthcoming|draft)\s+(?:edition|version|"
    rf"draft|advice|guidance|one|update|text|document|revision|consultation|protocol|wording|cop(?:y|ies))\s+of\s+"
    rf"(?:the\s+)?(?:\W*)$|(?P<year>{YEAR})\s+$",
    re.IGNORECASE,
)
_KINDS = frozenset(
    """
    edition editions version versions draft drafts advice guidance one ones update text document revision consultation
    copy copies wording rewrite reprint release publication protocol redraft
    """.split()
)
_NEW_KINDS = frozenset("edition version draft one text revision rewrite redraft copy copies wording".split())
_YEARS_KINDS = _KINDS | {"final", "new", "revised"}
_LATER = frozenset("next new revised updated further final latest renewed refreshed rewritten amended fresh".split())
_WHICH = (
    r"next|new|revised|updated|further|final|current|old|previous|earlier|former|outgoing|present|existing|latest|"
    r"last|renewed|refreshed|rewritten|amended|fresh"
)
_VERB = (
    r"(?:is|was|still|remains?|stays?|has|will|goes|holds?|stands?|applies|continues?|until|can|should|may|must|and|"
    r"for|in force|being)\b"
)
_OTHER = late(
    rf"\b(?P<dated>(?:{MONTH}\s+)?{YEAR})(?P<amended>\s*\([^)]*(?:amended|updated)[^)]*\))?\s+(?P<kind>[a-z]+)\b|"
    rf"\b(?:one|ones|that|those|edition|version|draft|text|cop(?:y|ies)|advice|guidance|wording)\s+(?:of|from|for|"
    rf"dated|published in|issued in)\s+(?P<of>(?:\d{{1,2}}\s+)?(?:{MONTH})(?:\s+{YEAR})?|{YEAR})\b|"
    rf"\b(?P<yearly>last|this|next)\s+year[’']s\b(?:\s+(?P<yearkind>(?!{_VERB})[a-z]+))?|"
    rf"\b(?P<ordinal>{_ORDINAL}\s+(?:edition|version|draft|one))\b|"
    rf"(?<=replaces\sthe\s)(?P<replaced>{_ORDINAL})(?=\s*(?:[.,;:)]|$))|"
    r"\b(?P<numbered>version\s\d[\d.]*|draft\s\d|issue\s\d|v\.?\s?\d[\d.]*)(?![\w.]*\d)|"
    rf"\b(?P<pair>{YEAR}(?=(?:,|\s+and)\s+{YEAR}\s+(?:editions|versions|texts)\b))|"
    rf"\b(?:the|this|that)\s+(?:[a-z-]+\s+){{0,2}}(?:advice|guidance|document|framework|code|strategy)\s*"
    rf"\((?P<stated>(?:{MONTH}\s+)?{YEAR})\)|"
    rf"\b(?P<which>{_WHICH})\s+(?P<whichkind>[a-z]+)\b(?:\s*\((?P<whichyear>(?:{MONTH}\s+)?{YEAR})\))?|"
    r"\b(?P<anew>an?\s+(?:revision|rewrite|redraft|replacement|successor)|its\s+(?:replacement|successor|"
    r"predecessor)|a\s+version\s+(?=for\b|of\b)|a\s+draft(?=\s+(?:is|was|will|has|should|may)\b))",
    re.IGNORECASE,
)
_GATE = late(
    rf"\b(?:{YEAR}|(?:one|version|edition|draft|text|copy|copies|wording)\b|year[’']s|editions?|versions?|issue\s\d|"
    rf"v\.?\s?\d|{_WHICH}|revision|rewrite|redraft|replaces the|replacement|successor|predecessor)",
    re.IGNORECASE,
)
_OF_ANOTHER = late(
    r"\s+of\s+(?!(?:it|this|that|these|them|which|what)\b|the (?:guidance|document|advice|framework|code|strategy)\b|"
    r"\d)",
    re.IGNORECASE,
)
_STANDS_ALONE = late(rf"\s*(?:[.,;:)!?]|$)|\s+{_VERB}", re.IGNORECASE)
_YOURS = late(r"\b(?:your|their|his|her|my|each school[’']s|the school[’']s)\s+(?:own\s+)?$", re.IGNORECASE)
_OF_THIS_NAME = late(r"\s*(?:of\s+)?(?:the\s+|our\s+)?[\W_]*$", re.IGNORECASE)
_BOTH = late(r"\b(?:both|each of (?:these|them)|all (?:three|four) of them)\b", re.IGNORECASE)


@dataclass(slots=True)
class Found:
    """A document as named at one place: its title, the edition, and where that edition stands."""

    start: int
    end: int
    title: str
    edition: str | None
    status: Status | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Spoken:
    """The documents named last, and where: what `the new version` means that stands alone."""

    titles: tuple[str, ...]
    start: int
    heading: int | None
    index: int


def edition_beside(text: str, sentence: Sentence, start: int, end: int, year: int) -> tuple[str | None, int]:
    """The edition that stands by a title of the catalogue, and where title and edition end; `year` is the note's."""
    after = (
        _AFTER.match(text, end, min(sentence.end, end + 80))
        or _AFTER_SUBTITLE.match(text, end, min(sentence.end, end + 140))
        or _AFTER_DRAFT.match(text, end, min(sentence.end, end + 30))
    )
    if after:
        return _stated(after), after.end() if after.re is not _AFTER_SUBTITLE else end
    yearly = _YEARLY.search(text, max(sentence.start, start - 24), start)
    if yearly:
        return _year_of(yearly, year), end
    before = BEFORE.search(text, max(sentence.start, start - 50), start)
    return (_stated(before), end) if before else (None, end)


def _stated(found: re.Match[str]) -> str | None:
    groups = found.groupdict()
    edition = groups.get("edition") or groups.get("year")
    amended = groups.get("amended")
    if edition and edition.lower() in ("next", "new", "latest", "revised", "forthcoming"):
        return f"{edition.lower()} edition"
    return f"{edition} ({amended.strip(' ,()')})" if edition and amended else edition


def other_editions(text: str, sentence: Sentence, spoken: Spoken, named_at: int | None, year: int) -> Iterator[Found]:
    """`the 2018 one`, `the next edition`, `last year's`, `a version for …`, said of the documents named last.
    `named_at` is where this sentence itself names one, `year` the year of the note."""
    if not _GATE.search(text, sentence.start, sentence.end):
        return
    for found in _OTHER.finditer(text, sentence.start, sentence.end):
        edition = _edition_of(text, found, spoken, named_at, year)
        if edition is None:
            continue
        status = status_at(text, sentence, found.start(), found.end())
        if _is_told(found, status):
            titles = spoken.titles if _BOTH.search(text, found.end(), found.end() + 40) else spoken.titles[-1:]
            for title in titles:
                yield Found(found.start(), found.end(), title, edition, status, 0.85)


def _edition_of(text: str, found: re.Match[str], spoken: Spoken, named_at: int | None, year: int) -> str | None:
    """The edition that the words mean, or None where they mean none of this document."""
    if named_at is not None and found.start() < named_at and _OF_THIS_NAME.fullmatch(text, found.end(), named_at):
        return None
    if found["dated"]:
        kind = found["kind"].lower()
        is_draft = kind in ("draft", "consultation")
        return found["dated"] + (" (draft)" if is_draft else "") if _is_kind(kind, _KINDS, spoken) else None
    if found["yearly"]:
        is_alone = not found["yearkind"] and _STANDS_ALONE.match(text, found.end())
        return (
            _year_of(found, year)
            if is_alone or _is_kind((found["yearkind"] or "").lower(), _YEARS_KINDS, spoken)
            else None
        )
    stated = (
        found["of"] or found["ordinal"] or found["replaced"] or found["numbered"] or found["pair"] or found["stated"]
    )
    if stated:
        return stated
    if _YOURS.search(text, max(0, found.start() - 24), found.start()):
        return None
    if found["which"]:
        if not _is_which_kind(text, found, spoken) or _OF_ANOTHER.match(text, found.end()):
            return None
        return found["whichyear"] or f"{found['which'].lower()} edition"
    return "new edition"


def _year_of(found: re.Match[str], year: int) -> str:
    """The year that `last year's` means in a note of some year."""
    return str({"last": year - 1, "this": year, "next": year + 1}[found["yearly"].lower()])


def _is_which_kind(text: str, found: re.Match[str], spoken: Spoken) -> bool:
    kind = found["whichkind"].lower()
    if kind == "guidance":
        return bool(re.match(r"\s+(?:is|will|has)\b", text[found.end() : found.end() + 8]))
    return _is_kind(kind, _NEW_KINDS, spoken)


def _is_kind(kind: str, kinds: frozenset[str], spoken: Spoken) -> bool:
    """Whether a noun stands for the document: `text`, or the noun of its own title."""
    if kind.removesuffix("s") in kinds or kind in kinds:
        return True
    return len(kind) > 4 and any(kind == title.casefold().rsplit(None, 1)[-1] for title in spoken.titles)


def _is_told(found: re.Match[str], status: Status | None) -> bool:
    """Whether enough is said of an edition to make an item of it: its date, or where it stands."""
    if found["dated"] or found["pair"] or found["stated"] or found["of"] or found["replaced"]:
        return True
    if found["numbered"] or found["ordinal"] or found["yearly"]:
        return status is not None
    is_later = (found["which"] or "").lower() in _LATER
    return status not in (None, Status.IN_FORCE) or (is_later and status is not None)
