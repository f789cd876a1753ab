"""Finds the published guidance that a note speaks of, which edition, and where that edition stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from haven.engines.reading.document import BlockKind, Document
from haven.engines.reading.items import Guidance, Status
from haven.engines.reading.what.catalogue import Named, named_in
from haven.engines.reading.what.sentences import Sentence, sentences

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?"
_YEAR = r"(?:19|20)\d\d"
_KIND = r"(?:edition|version|draft|advice|guidance|one|update|text|document|revision|consultation|protocol)"
_AFTER = re.compile(
    rf"[\s,”’\"'*_]*(?:(?:statutory )?(?:guidance|advice|document|framework|strategy)[\s,]*)?(?:[(\[–—-]?\s*(?:(?:DfE|Department for Education|HM Government|Home Office|HMG)"
    rf",?\s*)?(?:of|from|for|in|updated|published|dated|as amended in)?\s*)?[(\[]?\s*(?P<edition>(?:{_MONTH}\s+)?{_YEAR}|(?:version|v\.?|issue)\s?\d[\d.]*)"
    rf"(?:/\d\d)?(?P<amended>[\s,(]*(?:as )?(?:amended|updated)(?: in)? (?:{_MONTH}\s+)?{_YEAR})?",
    re.IGNORECASE,
)
_AFTER_DRAFT = re.compile(r"[\s:,(–—-]{0,4}(?P<edition>draft|consultation (?:draft|version))\b", re.IGNORECASE)
_BEFORE = re.compile(
    rf"(?P<edition>(?:{_MONTH}\s+)?{_YEAR}|next|new|latest|revised|forthcoming|draft)\s+{_KIND}\s+of\s+(?:the\s+)?(?:\W*)$|(?P<year>{_YEAR})\s+$",
    re.IGNORECASE,
)
_OTHER_EDITION = re.compile(
    rf"\b(?:(?P<edition>(?:{_MONTH}\s+)?{_YEAR})(?P<amended>\s*\([^)]*(?:amended|updated)[^)]*\))?\s+(?P<kind>{_KIND})|(?P<next>next|new|revised|updated|further|final)\s+"
    rf"(?P<nextkind>edition|version|draft)(?!\s+of\s+(?:the|our|your)\s+(?:policy|form))|(?P<a>a)\s+version\s+(?:for|of)\b)",
    re.IGNORECASE,
)
_REPLACED = re.compile(
    r"\b(?:replac(?:es|ed|ing)|supersed(?:es|ed|ing)|in place of|instead of|takes over from)\s+(?:the\s+|our\s+)?(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_STATUSES = (
    (
        Status.EXPECTED,
        r"\b(?:intends? to consult|will consult|plans? to consult|consultation (?:has )?(?:closed|ended)|consultation\b[^.;]{0,60}\b(?:closed|ended) on|"
        r"no final version|still awaited)\b",
    ),
    (
        Status.WITHDRAWN,
        r"\b(?:withdrawn|withdrew|rescinded|revoked|archived|no longer (?:in force|appl(?:y|ies)|current|valid|in use|separate)|(?:has|have) been (?:replaced|superseded|absorbed)|"
        r"is replaced|was replaced|superseded by|out of date|obsolete|has gone|lapsed)\b",
    ),
    (
        Status.CONSULTATION,
        r"\b(?:consultation|consulting|consults|out for comment|for comment|out in draft|have your say|views? (?:is|are) (?:sought|wanted|invited)|comments? (?:by|until|to|on|"
        r"are|is)|open for responses?|proposed changes?|feedback on the draft)\b",
    ),
    (
        Status.FOR_INFORMATION,
        r"\b(?:for information(?! on\b| about\b| sharing)|comes? into (?:force|effect)|coming into (?:force|effect)|will come into|takes? effect|becomes? (?:statutory|compulsory|law)|"
        r"will (?:apply|replace|be in force)|applies from|pre-?publication)\b",
    ),
    (
        Status.EXPECTED,
        r"\b(?:expect(?:s|ed)?|forthcoming|awaited|await|due (?:out|in|before|by|to|later|this|next|at)|is due|will (?:be (?:published|issued|released)|come|follow|appear)|to be (?:published|issued|"
        r"released|updated|revised)|being (?:revised|updated|rewritten|reviewed)|promised|later this (?:year|term|month)|on its way|in the pipeline)\b",
    ),
    (
        Status.IN_FORCE,
        r"\b(?:in force|still (?:appl(?:y|ies)|stands?)|appl(?:y|ies)|has applied|have applied|stands?|remains?|stays?|current|unchanged|no change|nothing new|is the (?:advice|"
        r"guidance|one|edition|version)|has replaced|replaces|now statutory|is statutory|came into force|took effect)\b",
    ),
)
_STATUS = tuple((status, re.compile(pattern, re.IGNORECASE)) for status, pattern in _STATUSES)
_CUE_AFTER = re.compile(
    rf"\W{{0,3}}(?:statutory\s+|the\s+)?(?:guidance|advice|draft|consultation|document|edition|version|{_YEAR}|\({_YEAR}|becomes? (?:statutory|compulsory))",
    re.IGNORECASE,
)
_OWN_NOUN = r"(?:protocols?|threshold (?:document|guidance)|thresholds document|guidance|procedures|framework|strategy|code of practice|charter|guidelines|standards|handbook|manual)"
_OWN = re.compile(
    rf"(?<![\w’'-])(?:(?:a|the|our|our own|its|their|council[’']s|partnership[’']s|borough[’']s)\s+)?(?P<title>(?:(?:new|revised|updated|draft)\s+)?(?:[A-Za-z][\w’'-]*\s+){{1,6}}?{_OWN_NOUN})"
    rf"(?P<tail>(?:\s+of\s+{_YEAR}|\s*[,(]?\s*(?:version|v)\s?\d[\d.]*|\s*\((?:{_MONTH}\s+)?{_YEAR}\)|:\s*draft)?)",
)
_STARTERS = re.compile(
    r"^(?:(?:we|have|has|had|withdrawn|withdrew|a|an|the|our|own|their|its|new|revised|updated|draft|please|see|read|use|using|follow|following|with|in|on|of|for|to|and|from|"
    r"is|are|this|that|your|any|all|under|as|per|by|update|check|review|consultation|consulting|comment|comments|refer|published|publish|issued|be|about|some|also)\s+)+",
    re.IGNORECASE,
)
_TOO_PLAIN = re.compile(
    r"^(?:statutory|national|local|further|other|more|clear|good|legal|relevant|existing|safeguarding|written|current|dfe|government|practice|best|such)?\s*(?:\w+)$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Found:
    start: int
    end: int
    title: str
    edition: str | None
    status: Status | None
    confidence: float


def find_guidance(document: Document) -> tuple[Guidance, ...]:
    """One item per title and edition, where it is first said how that edition stands (else where it is first named)."""
    text = document.text
    found: list[_Found] = []
    current: tuple[Named, int | None, int] | None = None
    for index, sentence in enumerate(sentences(document)):
        named = [
            n for n in named_in(text, sentence.start, sentence.end) if not n.is_weak or _has_cue(text, n, sentence)
        ]
        for name in named:
            found.append(_of_title(text, sentence, name))
        if named:
            current = (named[-1], sentence.heading, index)
        elif current and not _follows(document, sentence, current, index):
            current = None
        if current:
            found.extend(_other_editions(text, sentence, current[0], bool(named)))
        if not named:
            found.extend(_unlisted(text, sentence))
        if not named and sentence.kind is not BlockKind.HEADING:
            _settle_earlier(text, sentence, found)
    return tuple(_item(text, f) for f in _one_each(found))


def _follows(document: Document, sentence: Sentence, current: tuple[Named, int | None, int], index: int) -> bool:
    """Whether a sentence still speaks of the document named last: in the same section and not far on."""
    headed = (
        sentence.heading is not None
        and document.blocks[sentence.heading].start <= current[0].start < document.blocks[sentence.heading].end
    )
    return (sentence.heading == current[1] or headed) and index - current[2] <= 3


def _has_cue(text: str, name: Named, sentence: Sentence) -> bool:
    return bool(
        _CUE_AFTER.match(text, name.end, sentence.end)
        or _BEFORE.search(text, max(sentence.start, name.start - 40), name.start)
    )


def _of_title(text: str, sentence: Sentence, name: Named) -> _Found:
    after = _AFTER.match(text, name.end, min(sentence.end, name.end + 80)) or _AFTER_DRAFT.match(
        text, name.end, min(sentence.end, name.end + 30)
    )
    before = _BEFORE.search(text, max(sentence.start, name.start - 50), name.start)
    edition = None
    end = name.end
    if after:
        edition, end = _edition(after), after.end()
    elif before:
        edition = _edition(before)
    status = _status(text, sentence, name.start, end)
    return _Found(name.start, end, name.title.title, edition, status, 0.95 if edition else 0.85)


def _edition(found: re.Match[str]) -> str | None:
    groups = found.groupdict()
    edition = groups.get("edition") or groups.get("year")
    amended = groups.get("amended")
    if edition and edition.lower() in ("next", "new", "latest", "revised", "forthcoming"):
        return f"{edition.lower()} edition"
    return f"{edition} ({amended.strip(' ,()')})" if edition and amended else edition


def _other_editions(text: str, sentence: Sentence, name: Named, is_named_here: bool) -> Iterator[_Found]:
    """`the 2018 one`, `the next edition`, `a version for …`, said of the title named last."""
    for found in _OTHER_EDITION.finditer(text, sentence.start, sentence.end):
        if found["edition"]:
            edition: str | None = found["edition"] + (
                " (draft)" if found["kind"].lower() in ("draft", "consultation") else ""
            )
        elif is_named_here and found.end() + 4 >= name.start and found.start() < name.start:
            continue
        else:
            edition = f"{(found['next'] or 'new').lower()} edition"
        status = (
            Status.WITHDRAWN
            if _REPLACED.search(text, sentence.start, found.start())
            else _status(text, sentence, found.start(), found.end())
        )
        if found["edition"] or status in (Status.EXPECTED, Status.CONSULTATION, Status.FOR_INFORMATION):
            yield _Found(found.start(), found.end(), name.title.title, edition, status, 0.85)


def _status(text: str, sentence: Sentence, start: int, end: int) -> Status | None:
    """Where the document stands by the words of its own clause, else of its sentence."""
    left = max(
        sentence.start, *(text.rfind(mark, sentence.start, start) + 1 for mark in (";", " but ", " – ", " and until "))
    )
    stops = [
        at for mark in (";", " but ", ", though ", " until then") if (at := text.find(mark, end, sentence.end)) >= 0
    ]
    right = min(stops, default=sentence.end)
    if _REPLACED.search(text, sentence.start, start):
        return Status.WITHDRAWN
    return _status_of(text[left:right]) or _status_of(text[sentence.start : sentence.end])


def _status_of(words: str) -> Status | None:
    return next((status for status, pattern in _STATUS if pattern.search(words)), None)


def _settle_earlier(text: str, sentence: Sentence, found: list[_Found]) -> None:
    """`Out for comment until Friday` after a title that stands alone says how the title stands."""
    if found and found[-1].status is None and found[-1].end < sentence.start and sentence.start - found[-1].end < 120:
        found[-1].status = _status_of(text[sentence.start : sentence.end])


def _unlisted(text: str, sentence: Sentence) -> Iterator[_Found]:
    """A document that the catalogue does not hold, where the note says which edition or how it stands."""
    for found in _OWN.finditer(text, sentence.start, sentence.end):
        raw = found["title"]
        title = _STARTERS.sub("", raw)
        if not title or len(title.split()) < 2 or _TOO_PLAIN.match(title):
            continue
        has_edition = bool(found["tail"].strip()) and title[:1].isupper() | bool(
            re.search(r"\b(?:our|own)\b", found.group())
        )
        status = _status(text, sentence, found.start(), found.end())
        is_spoken_of = status in (Status.CONSULTATION, Status.WITHDRAWN, Status.FOR_INFORMATION) and bool(
            re.search(
                r"\b(?:our|new|revised|draft|own|county|borough)\b",
                text[max(sentence.start, found.start() - 4) : found.end()],
                re.IGNORECASE,
            )
        )
        if has_edition or is_spoken_of:
            start = found.start("title") + len(raw) - len(title)
            edition = found["tail"].strip(" ,:()").removeprefix("of ") or (
                "draft" if "draft" in text[sentence.start : sentence.end].lower() else None
            )
            yield _Found(start, found.end(), title, edition or None, status, 0.7)


def _one_each(found: list[_Found]) -> list[_Found]:
    """Each title and edition once; a mention without edition only where the title has no other."""
    best: dict[tuple[str, str | None], _Found] = {}
    with_edition = {f.title.casefold() for f in found if f.edition}
    for item in found:
        if item.edition is None and item.title.casefold() in with_edition:
            continue
        key = (item.title.casefold(), _year(item.edition))
        known = best.get(key)
        if known is None or (known.status is None and item.status is not None):
            best[key] = item
    return sorted(best.values(), key=lambda f: f.start)


def _year(edition: str | None) -> str | None:
    year = re.search(_YEAR, edition or "")
    return year.group() if year else (edition or "").casefold() or None


def _item(text: str, found: _Found) -> Guidance:
    return Guidance(
        start=found.start,
        end=found.end,
        quote=text[found.start : found.end],
        confidence=found.confidence,
        title=found.title,
        edition=found.edition,
        status=found.status,
    )
