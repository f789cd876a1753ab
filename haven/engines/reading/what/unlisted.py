"""Finds documents that the catalogue of titles does not hold, where the note itself says that they are such."""

import re
from dataclasses import dataclass

from haven.engines.reading.document import BlockKind, Document
from haven.engines.reading.items import Status
from haven.engines.reading.what.sentences import Sentence
from haven.engines.reading.what.standing import status_at

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?"
)
_YEAR = r"(?:19|20)\d\d"
_NOUN = (
    r"(?:protocols?|threshold (?:document|guidance)|thresholds document|guidance|procedures?|"
    r"framework|strategy|codes? of practice|charter|guidelines|"
    r"standards?|handbook|manual|toolkit|pathway|document|note|advice|concordat|circular|model policy)"
)
_NAME = re.compile(
    rf"(?<![\w’'-])(?:(?:a|the|our|our own|its|their|[A-Z]\w+[’']s(?: own)?|council[’']s|"
    rf"partnership[’']s|borough[’']s)\s+)?(?P<title>(?:(?:new|revised|updated|draft)\s+)?"
    rf"(?:[A-Za-z][\w’'-]*\s+){{1,7}}?(?i:{_NOUN})(?:\s+for\s+[A-Z]\w+)?|"
    rf"(?:[A-Z][\w’'-]+\s+(?:(?:and|of|for|"
    rf"in)\s+)?){{2,6}}?[Pp]olicy)\b(?P<tail>(?:\s+of\s+{_YEAR}|,?\s+{_YEAR}|"
    rf"\s*[,(]?\s*(?:version\s?|v\.?\s?)\d[\d.]*|"
    rf"\s*\((?:v\.?\s?\d[\d.]*,?\s*)?(?:{_MONTH}\s+)?{_YEAR}\)|:\s*draft)?)"
)
_VERSION = re.compile(r"\bv\.?\s?\d+\b")
_LATER_EDITION = re.compile(rf"\((?P<edition>(?:v\.?\s?\d[\d.]*)?,?\s*(?:{_MONTH}\s+)?(?:{_YEAR})?)\)")
_STARTERS = re.compile(
    r"^(?:(?:we|have|has|had|withdrawn|withdrew|a|an|the|our|own|their|its|new|revised|updated|"
    r"draft|please|see|read|use|using|follow|following|with|in|on|of|for|to|and|from|is|are|this|"
    r"that|your|any|all|under|as|per|by|update|check|review|consultation|consulting|comment|"
    r"comments|refer|published|publish|issued|be|about|some|also|local|pan-regional)\s+)+",
    re.IGNORECASE,
)
_TOO_PLAIN = re.compile(
    r"^(?:statutory|national|local|further|other|more|clear|good|legal|relevant|existing|"
    r"safeguarding|written|current|dfe|government|practice|best|such|each|every|these|those|both|"
    r"short|last|"
    r"first|next|same|covering|this|that|home|cover|meeting|briefing)?\s*[\w-]+$",
    re.IGNORECASE,
)
_OWNED = re.compile(r"\b(?:our|new|revised|draft|own|county|borough)\b|[’']s\b", re.IGNORECASE)
_END_OF_TITLE = re.compile(
    r"\s[–—-]\s|[;:(,\t]|\.(?=\s|$)|\s(?:is|was|are|has|have|had|will|open|opens|closes?|views|"
    r"comments|refresh|due|expected|by|from|until|to be)\b|\n"
)
_EDITION = re.compile(
    rf"(?P<edition>(?:{_MONTH}\s+)?{_YEAR}|(?:version\s?|v\.?\s?)\d[\d.]*|draft|refresh)", re.IGNORECASE
)
_IS_DOCUMENT = re.compile(rf"\b(?:{_NOUN}|continuum|policy|{_YEAR})\b|\b\d+(?:st|nd|rd|th) edition\b", re.IGNORECASE)
_DOCUMENT_COLUMN = re.compile(
    r"^\W*(?:documents?|guidance|titles?|publications?|polic(?:y|ies)|what|name)\W*$", re.IGNORECASE
)
_STATE_COLUMN = re.compile(
    r"\b(?:stat(?:e|us)|edition|version|state of play|published|in force|position)\b", re.IGNORECASE
)


@dataclass(slots=True)
class Found:
    """A document as named at one place: its title, the edition, and where that edition stands."""

    start: int
    end: int
    title: str
    edition: str | None
    status: Status | None
    confidence: float


def unlisted(text: str, sentence: Sentence, stands: Status | None) -> list[Found]:
    """Documents named in running text with an edition, or said to be withdrawn, in draft or the like."""
    found = []
    for match in _NAME.finditer(text, sentence.start, sentence.end):
        title = _STARTERS.sub("", match["title"])
        if len(title.split()) < 2 or _TOO_PLAIN.match(title):
            continue
        is_named = title[:1].isupper() or bool(re.search(r"\b(?:our|own)\b", match.group()))
        edition = match["tail"].strip(" ,:()").removeprefix("of ") or None
        later = (
            _LATER_EDITION.search(text, match.end(), min(sentence.end, match.end() + 60))
            if is_named and not edition
            else None
        )
        edition = (later["edition"].strip(" ,") or None) if later else edition
        status = status_at(text, sentence, match.start(), match.end()) or stands
        is_spoken_of = status in (
            Status.CONSULTATION,
            Status.WITHDRAWN,
            Status.FOR_INFORMATION,
            Status.EXPECTED,
        ) and bool(
            _OWNED.search(text[max(sentence.start, match.start() - 4) : match.end()])
            or (status is Status.WITHDRAWN and is_named)
        )
        if (edition and is_named) or is_spoken_of:
            start = match.start("title") + len(match["title"]) - len(title)
            draft = "draft" if "draft" in text[sentence.start : sentence.end].lower() else None
            found.append(Found(start, match.end(), title, edition or draft, status, 0.7))
            found.extend(_other_versions(text, sentence, match.end(), found[-1]))
    return found


def _other_versions(text: str, sentence: Sentence, offset: int, first: Found) -> list[Found]:
    """`v1 has been replaced by v2`: the other version of the same document."""
    others = []
    for version in _VERSION.finditer(text, offset, sentence.end):
        if version.group() != first.edition:
            replaces = re.search(r"replaced by\s+$", text[offset : version.start()])
            others.append(
                Found(
                    version.start(),
                    version.end(),
                    first.title,
                    version.group(),
                    Status.IN_FORCE if replaces else Status.WITHDRAWN,
                    0.6,
                )
            )
    return others


def listed(document: Document, sentence: Sentence, stands: Status | None, *, in_a_list: bool) -> list[Found]:
    """A document that stands as a line of a list, or a row of a table, of documents."""
    if sentence.kind is BlockKind.CELL:
        return _of_row(document, sentence)
    if not sentence.is_first or not in_a_list or stands is None:
        return []
    text = document.text
    if sentence.kind is not BlockKind.BULLET and not (
        _IS_DOCUMENT.search(text, sentence.start, sentence.end) and sentence.end - sentence.start < 120
    ):
        return []
    end = _END_OF_TITLE.search(text, sentence.start, sentence.end)
    stop = end.start() if end else sentence.end
    if (
        end
        and end.group().startswith(":")
        and text[end.end() : end.end() + 2].strip()[:1].isupper()
        and stop - sentence.start < 24
    ):
        longer = _END_OF_TITLE.search(text, end.end(), sentence.end)  # `Charity Commission: Protecting people`
        stop = longer.start() if longer else sentence.end
    return _titled(text, sentence, sentence.start, stop, stands)


def _of_row(document: Document, sentence: Sentence) -> list[Found]:
    first = document.blocks[sentence.block]
    if first.is_header or first.row == 0:
        return []
    head = [
        b
        for b in document.blocks[max(0, sentence.block - 400) : sentence.block]
        if b.table == first.table and b.row == 0
    ]
    names = [document.text[b.start : b.end] for b in head]
    if not names or not _DOCUMENT_COLUMN.match(names[0]) or not any(_STATE_COLUMN.search(n) for n in names[1:]):
        return []
    return _titled(document.text, sentence, first.start, first.end, None)


def _titled(text: str, sentence: Sentence, start: int, stop: int, stands: Status | None) -> list[Found]:
    words = text[start:stop].strip()
    title = re.sub(r"^(?:local|national|ours)\s*:\s*", "", words, flags=re.IGNORECASE)
    title = re.sub(r"^[A-Z]\w+[’']s own\s+", "", title)
    title = _STARTERS.sub("", title)
    if not 2 <= len(title.split()) <= 14 or not title[:1].isupper():
        return []
    edition = _EDITION.search(text, start, sentence.end)
    status = status_at(text, sentence, start, stop) or stands
    return [Found(start, stop, title.strip(" *_“”\"'"), edition["edition"] if edition else None, status, 0.7)]
