"""Finds the published guidance that a note speaks of, which edition, and where that edition stands."""

import re
from collections.abc import Iterator
from dataclasses import replace

from haven.engines.reading.document import BlockKind, Document
from haven.engines.reading.items import Guidance, Status
from haven.engines.reading.what.catalogue import Named, Title, named_in
from haven.engines.reading.what.sentences import Sentence, sentences
from haven.engines.reading.what.standing import REPLACED, section_status, status_at, status_of
from haven.engines.reading.what.unlisted import Found, listed, under_label, unlisted

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?"
)
_YEAR = r"(?:19|20)\d\d"
_KIND = r"(?:edition|version|draft|advice|guidance|one|update|text|document|revision|consultation|protocol)"
_AFTER = re.compile(
    rf"[\s,”’\"'*_]*(?:(?:statutory )?(?:guidance|advice|document|framework|"
    rf"strategy)[\s,]*)?(?:[(\[–—-]?\s*(?:(?:DfE|Department for Education|HM Government|"
    rf"Home Office|HMG)"
    rf",?\s*)?(?:of|from|for|in|updated|published|dated|"
    rf"as amended in)?\s*)?[(\[]?\s*(?P<edition>(?:{_MONTH}\s+)?{_YEAR}|(?:version|v\.?|"
    rf"issue)\s?\d[\d.]*)"
    rf"(?:/\d\d)?(?P<amended>[\s,(]*(?:as )?(?:amended|updated)(?: in)? (?:{_MONTH}\s+)?{_YEAR})?",
    re.IGNORECASE,
)
_AFTER_DRAFT = re.compile(r"[\s:,(–—-]{0,4}(?P<edition>draft|consultation (?:draft|version))\b", re.IGNORECASE)
_BEFORE = re.compile(
    rf"(?P<edition>(?:{_MONTH}\s+)?{_YEAR}|next|new|latest|revised|forthcoming|"
    rf"draft)\s+{_KIND}\s+of\s+(?:the\s+)?(?:\W*)$|(?P<year>{_YEAR})\s+$",
    re.IGNORECASE,
)
_OTHER_EDITION = re.compile(
    rf"\b(?:(?P<edition>(?:{_MONTH}\s+)?{_YEAR})(?P<amended>\s*\([^)]*(?:amended|"
    rf"updated)[^)]*\))?\s+(?P<kind>{_KIND})|(?P<next>next|new|revised|updated|further|final|current|old|"
    rf"previous|earlier|"
    rf"present|existing|latest|last|this year[’']s|last year[’']s|next year[’']s|(?:first|second|third|"
    rf"fourth|fifth|sixth|\d+(?:st|nd|rd|th)))\s+"
    rf"(?P<nextkind>edition|version|draft|guidance(?=\s+(?:is|will|has)\b))(?!\s+of\s+(?:the|our|"
    rf"your)\s+(?:policy|form))|"
    rf"\b(?P<numbered>version\s\d[\d.]*|v\.?\s?\d[\d.]*)(?![\w.]*\d)|(?P<pair>{_YEAR}(?=(?:,|"
    rf"\s+and)\s+{_YEAR}\s+{_KIND}s\b))|"
    rf"(?P<a>a)\s+version\s+(?:for|of)\b)",
    re.IGNORECASE,
)
_LIST_OF_GUIDANCE = re.compile(
    r"\b(?:guidance|documents?|publications?|advice|consultations?|what[’']s new|"
    r"legislation and guidance|related|further reading|required reading)\b",
    re.IGNORECASE,
)
_CUE_NEAR = re.compile(
    r"\b(?:edition|statutory guidance|new version|revised version|consultation on|in force|"
    r"the guidance|DfE guidance|final version)\b",
    re.IGNORECASE,
)
_COURSE = re.compile(
    r"\b(?:training|course|refresher|webinar|briefing|workshop|level [123]|session|part [AB])\b", re.IGNORECASE
)
_CUE_AFTER = re.compile(
    rf"\W{{0,3}}(?:statutory\s+|the\s+)?(?:guidance|advice|draft|consultation|document|edition|"
    rf"version|(?:{_MONTH} )?{_YEAR}|\((?:{_MONTH} )?{_YEAR}|\((?:DfE|NPCC|UKCIS|Home Office|HMG|"
    rf"HM Government)\b|(?:has been|was|is being|is|will be) (?:now )?(?:re-?issued|published|"
    rf"updated|revised|withdrawn|reissued|replaced|statutory)|becomes? (?:statutory|compulsory))",
    re.IGNORECASE,
)
_LONGEST_OPENING = 90  # of a line, in which a title that begins it ends


def find_guidance(document: Document) -> tuple[Guidance, ...]:
    """One item per title and edition, where it is first said how that edition stands (else where it is first named)."""
    text = document.text
    found: list[Found] = []
    current: tuple[Named, int | None, int] | None = None
    sections = _Sections(document)
    for index, sentence in enumerate(sentences(document)):
        stands, is_list = sections.at(sentence)
        named = [
            n
            for n in named_in(text, sentence.start, sentence.end)
            if not n.is_weak or _has_cue(text, n, sentence) or (stands and n.start - sentence.start < 4)
        ]
        found.extend(_of_title(text, sentence, name, stands) for name in named)
        if named:
            current = (named[-1], sentence.heading, index)
        elif current and not _follows(document, sentence, current, index):
            current = None
        if current:
            found.extend(_other_editions(text, sentence, current[0], bool(named)))
        if not named:
            others = _others(document, sentence, stands, is_list)
            found.extend(others)
            if others:
                last = others[-1]
                rest = replace(sentence, start=min(last.end, sentence.end))
                document_named = Named(last.start, last.end, Title(last.title, "", ()), is_weak=False)
                found.extend(_other_editions(text, rest, document_named, is_named_here=False))
                current = (document_named, sentence.heading, index)
        else:
            found.extend(f for f in unlisted(text, sentence, stands) if not _overlaps(f, named))
        if not named and sentence.kind is not BlockKind.HEADING:
            _settle_earlier(text, sentence, found)
    return tuple(_item(text, f) for f in _one_each(found))


def _names_many(document: Document) -> bool:
    """Whether a note is a list of documents: one line in five or more begins with a title of the catalogue."""
    text = document.text
    lines = [b for b in document.blocks if b.kind is not BlockKind.NOISE]
    opening = ((b, next(named_in(text, b.start, min(b.end, b.start + _LONGEST_OPENING)), None)) for b in lines)
    begun = sum(1 for block, name in opening if name and name.start - block.start < 6)
    return begun >= 2 and begun * 12 >= len(lines)


def _others(document: Document, sentence: Sentence, stands: Status | None, is_list: bool) -> list[Found]:
    """The documents of a sentence that names none of the catalogue."""
    if sentence.kind is BlockKind.HEADING:
        return []
    in_list = listed(document, sentence, stands, in_a_list=is_list)
    if stands and sentence.kind is BlockKind.BULLET and in_list:
        return in_list
    return under_label(document.text, sentence) or unlisted(document.text, sentence, stands) or in_list


def _overlaps(found: Found, named: list[Named]) -> bool:
    return any(found.start < n.end + 24 and n.start < found.end + 2 for n in named)


class _Sections:
    """How a list of documents stands by what heads it: `Being consulted on`, `No longer applies`; and whether it is
    one."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.caption: tuple[int, int] | None = None
        self.lists_documents = _names_many(document)
        self.known: dict[int, tuple[Status | None, bool]] = {}

    def at(self, sentence: Sentence) -> tuple[Status | None, bool]:
        """The status that the heading over a sentence gives, and whether the heading is of a list of guidance."""
        text, blocks = self.document.text, self.document.blocks
        if sentence.kind is BlockKind.PARAGRAPH:
            is_caption = (
                sentence.is_first
                and sentence.end - sentence.start <= 48
                and len(text[sentence.start : sentence.end].split()) <= 7
            )
            self.caption = (sentence.start, sentence.end) if is_caption else None
        elif sentence.kind is BlockKind.HEADING:
            self.caption = None
        if sentence.kind is BlockKind.HEADING:
            return None, False
        heads = [(blocks[at].start, blocks[at].end) for at in (sentence.lead, sentence.heading) if at is not None]
        for start, end in ([self.caption] if self.caption else []) + heads:
            if start not in self.known:
                words = text[start : min(end, start + 120)]
                status = section_status(words, of_documents=self.lists_documents)
                self.known[start] = (status, status is not None or bool(_LIST_OF_GUIDANCE.search(words)))
            if self.known[start][1]:
                return self.known[start]
        return None, False


def _follows(document: Document, sentence: Sentence, current: tuple[Named, int | None, int], index: int) -> bool:
    """Whether a sentence still speaks of the document named last: in the same section and not far on."""
    headed = (
        sentence.heading is not None
        and document.blocks[sentence.heading].start <= current[0].start < document.blocks[sentence.heading].end
    )
    return (sentence.heading == current[1] or headed) and index - current[2] <= 3


def _has_cue(text: str, name: Named, sentence: Sentence) -> bool:
    """Whether words that might be ordinary ones (`Children missing education`) name the document here."""
    words = text[name.start : name.end].split()
    capitals = sum(w[0].isupper() for w in words if len(w) > 3)
    is_heading = sentence.kind is BlockKind.HEADING or name.end - name.start > 0.6 * (sentence.end - sentence.start)
    if (
        capitals >= 2
        and name.start > sentence.start
        and not is_heading
        and not _COURSE.search(text, sentence.start, sentence.end)
    ):
        return True
    return bool(
        _CUE_AFTER.match(text, name.end, sentence.end)
        or _BEFORE.search(text, max(sentence.start, name.start - 40), name.start)
        or (
            _CUE_NEAR.search(text, sentence.start, sentence.end)
            and not _COURSE.search(text, sentence.start, sentence.end)
        )
    )


def _of_title(text: str, sentence: Sentence, name: Named, stands: Status | None) -> Found:
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
    status = status_at(text, sentence, name.start, end) or stands
    return Found(name.start, end, name.title.title, edition, status, 0.95 if edition else 0.85)


def _edition(found: re.Match[str]) -> str | None:
    groups = found.groupdict()
    edition = groups.get("edition") or groups.get("year")
    amended = groups.get("amended")
    if edition and edition.lower() in ("next", "new", "latest", "revised", "forthcoming"):
        return f"{edition.lower()} edition"
    return f"{edition} ({amended.strip(' ,()')})" if edition and amended else edition


def _other_editions(text: str, sentence: Sentence, name: Named, is_named_here: bool) -> Iterator[Found]:
    """`the 2018 one`, `the next edition`, `a version for …`, said of the title named last."""
    for found in _OTHER_EDITION.finditer(text, sentence.start, sentence.end):
        if found["edition"]:
            edition: str | None = found["edition"] + (
                " (draft)" if found["kind"].lower() in ("draft", "consultation") else ""
            )
        elif found["numbered"] or found["pair"]:
            edition = found["numbered"] or found["pair"]
        elif is_named_here and found.end() + 4 >= name.start and found.start() < name.start:
            continue
        else:
            edition = f"{(found['next'] or 'new').lower()} edition"
        status = (
            Status.WITHDRAWN
            if REPLACED.search(text, sentence.start, found.start())
            else status_at(text, sentence, found.start(), found.end())
        )
        is_dated = found["edition"] or found["pair"] or (found["numbered"] and status)
        if is_dated or status in (Status.EXPECTED, Status.CONSULTATION, Status.FOR_INFORMATION, Status.WITHDRAWN):
            yield Found(found.start(), found.end(), name.title.title, edition, status, 0.85)


def _settle_earlier(text: str, sentence: Sentence, found: list[Found]) -> None:
    """`Out for comment until Friday` after a title that stands alone says how the title stands."""
    if found and found[-1].status is None and found[-1].end < sentence.start and sentence.start - found[-1].end < 120:
        found[-1].status = status_of(text[sentence.start : sentence.end])


def _one_each(found: list[Found]) -> list[Found]:
    """Each title and edition once; a mention without edition only where the title has no other."""
    best: dict[tuple[str, str | None], Found] = {}
    with_edition = {f.title.casefold() for f in found if f.edition}
    for item in found:
        if item.edition is None and item.title.casefold() in with_edition and item.status is not Status.WITHDRAWN:
            continue
        key = (item.title.casefold(), _year(item.edition))
        known = best.get(key)
        if known is None or (known.status is None and item.status is not None):
            best[key] = item
    return sorted(best.values(), key=lambda f: f.start)


def _year(edition: str | None) -> str | None:
    year = re.search(_YEAR, edition or "")
    return year.group() if year else (edition or "").casefold() or None


def _item(text: str, found: Found) -> Guidance:
    return Guidance(
        start=found.start,
        end=found.end,
        quote=text[found.start : found.end],
        confidence=found.confidence,
        title=found.title,
        edition=found.edition,
        status=found.status,
    )
