"""Finds the published guidance that a note speaks of, which edition, and where that edition stands."""

import re
from bisect import bisect_left
from dataclasses import replace

from haven.engines.documents.document import BlockKind, Document
from haven.engines.patterns.late import late
from haven.engines.reading.items import Guidance, Status
from haven.engines.reading.what.catalogue import Named, Names
from haven.engines.reading.what.editions import BEFORE, MONTH, YEAR, Found, Spoken, edition_beside, other_editions
from haven.engines.reading.what.lines import captioned, labelled, listed, publisher_alone, under_label
from haven.engines.reading.what.registers import registered
from haven.engines.reading.what.sections import Sections
from haven.engines.reading.what.sentences import Sentence, sentences
from haven.engines.reading.what.standing import opening_status, status_at, status_of
from haven.engines.reading.what.unlisted import unlisted

_CUE_NEAR = late(
    r"\b(?:edition|statutory guidance|new version|revised version|consultation on|in force|"
    r"the guidance|DfE guidance|final version)\b",
    re.IGNORECASE,
)
_COURSE = late(
    r"\b(?:training|course|refresher|webinar|briefing|workshop|level [123]|session|part [AB])\b", re.IGNORECASE
)
_DONE_TO_IT = (
    r"(?:has|have|had|was|is|are|will|should)(?: now| still| also| just| again)?(?: been| be| to be| being| due to be)?"
    r"(?: now| again)? (?:re-?issued|published|updated|revised|withdrawn|replaced|statutory|consulted|re-?written|"
    r"reviewed|refreshed|renewed|renamed|reworked|superseded|archived|in force|current|unchanged|under review|out for|"
    r"out of date|in draft)\b|(?:has|have)(?: not|n[’']t) changed\b|still (?:stands?|applies|holds)\b"
)
_CUE_AFTER = late(
    rf"\W{{0,3}}(?:statutory\s+|the\s+)?(?:guidance|advice|draft|consultation|document|edition|"
    rf"version|(?:{MONTH} )?{YEAR}|\((?:{MONTH} )?{YEAR}|\((?:DfE|NPCC|UKCIS|Home Office|HMG|"
    rf"HM Government)\b|{_DONE_TO_IT}|becomes? (?:statutory|compulsory))",
    re.IGNORECASE,
)
_PART_OF_TITLE = late(r"(?!(?:The|Our|Your|New|Draft|Revised|Statutory|See|Read|Department)\b)\b[A-Z][a-z]+\s$")
_LISTED = late(r"\s*(?:[,;&]|and\b)")
_LABEL = late(r"\s*(?:\([^()\n]*\)\s*)?(?::|\s[–—-])\s")
_OTHER_LABEL = late(
    r"(?!(?:status|editions?|versions?|notes?|changes?|new|old|now|until|from|draft|final|what|when|who)\b)"
    r"[A-Z][\w’' -]{2,40}:\s",
    re.IGNORECASE,
)
_NEAR = 400  # characters from a name in which a sentence says that it is one
_LONGEST_NAME = 240
_FARTHEST = 3  # sentences after which `the new version` no longer means the document named last


def find_guidance(
    document: Document, year: int = 0, content: tuple[Sentence, ...] | None = None
) -> tuple[Guidance, ...]:
    """One item per title and edition, where it is first said how that edition stands (else where it is first named).
    `year` is the note's, which tells what `last year's` is."""
    finder = _Finder(document, year)
    for index, sentence in enumerate(sentences(document) if content is None else content):
        finder.read(sentence, index)
    return tuple(_item(document.text, found) for found in _one_each(finder.found))


class _Finder:
    """Reads a note sentence by sentence, and keeps in mind the documents named last."""

    def __init__(self, document: Document, year: int) -> None:
        self.document = document
        self.year = year
        self.names = Names(document.text, ((block.start, block.end) for block in document.blocks))
        self.sections = Sections(document, self.names)
        self.registers = registered(document)
        self.found: list[Found] = []
        self.spoken: Spoken | None = None
        self.caption: Found | None = None
        self.publisher = ("", 0)

    def read(self, sentence: Sentence, index: int) -> None:
        text = self.document.text
        if sentence.block in self.registers:
            listed_there = self.registers[sentence.block]
            self.found.extend([listed_there] if listed_there and sentence.is_first else [])
            return
        stands, is_list = self.sections.at(sentence)
        named = _named(text, sentence, stands, self.names.between(sentence.start, sentence.end))
        if self.spoken and not self._follows(sentence, index):
            self.spoken = None
        self._settle_caption(sentence, index, is_named=bool(named))
        if named:
            self._read_named(sentence, index, named, stands)
        else:
            self._read_unnamed(sentence, index, stands, is_list=is_list)
        self.caption = None if named else captioned(text, sentence, self.names)
        publisher = publisher_alone(text, sentence)
        self.publisher = (publisher, index) if publisher else self.publisher

    def _read_named(self, sentence: Sentence, index: int, named: list[Named], stands: Status | None) -> None:
        text = self.document.text
        if self.spoken:
            self.found.extend(self._earlier_editions(sentence, named[0].start))
        self.found.extend(self._of_title(sentence, name, stands) for name in named)
        self.found.extend(f for f in unlisted(text, sentence, stands) if not _overlaps(f, named))
        begin = named[0].start if self.spoken else sentence.start
        for name, following in zip(named, (*named[1:], None), strict=True):
            spoken = Spoken((name.title.title,), name.start, sentence.heading, index)
            end = following.start if following else sentence.end
            span = replace(sentence, start=begin, end=end)
            self.found.extend(other_editions(text, span, spoken, end if following else name.start, self.year))
            begin = end
        titles = tuple(dict.fromkeys(name.title.title for name in named))
        self.spoken = Spoken(titles, named[-1].start, sentence.heading, index)

    def _of_title(self, sentence: Sentence, name: Named, stands: Status | None) -> Found:
        text = self.document.text
        edition, end = edition_beside(text, sentence, name.start, name.end, self.year)
        status = status_at(text, sentence, name.start, end) or stands
        return Found(name.start, end, name.title.title, edition, status, 0.95 if edition else 0.85)

    def _earlier_editions(self, sentence: Sentence, named_at: int) -> list[Found]:
        """`This advice (2021) is withdrawn, as KCSIE now includes it`: editions of what was named before."""
        if self.spoken is None:
            return []
        editions = other_editions(self.document.text, sentence, self.spoken, named_at, self.year)
        return [found for found in editions if found.end <= named_at and found.status]

    def _read_unnamed(self, sentence: Sentence, index: int, stands: Status | None, *, is_list: bool) -> None:
        text = self.document.text
        others = self._others(sentence, index, stands, is_list=is_list)
        if others:
            self.found.extend(others)
            self.spoken = Spoken((others[-1].title,), others[-1].start, sentence.heading, index)
            sentence = replace(sentence, start=min(others[-1].end, sentence.end))
        if self.spoken:
            self._speak_on(list(other_editions(text, sentence, self.spoken, None, self.year)), sentence, index)
        if not others and sentence.kind is not BlockKind.HEADING:
            _settle_earlier(text, sentence, self.found)

    def _speak_on(self, editions: list[Found], sentence: Sentence, index: int) -> None:
        self.found.extend(editions)
        if editions and self.spoken:
            self.spoken = replace(self.spoken, heading=sentence.heading, index=index)

    def _settle_caption(self, sentence: Sentence, index: int, *, is_named: bool) -> None:
        """A line that was only the name of a document is one where the next sentence says how it stands."""
        caption, text = self.caption, self.document.text
        if caption is None:
            return
        caption.status = opening_status(text, sentence) if not is_named else None
        if caption.status or caption.edition:
            self.found.append(caption)
            self.spoken = Spoken((caption.title,), caption.start, sentence.heading, index)

    def _others(self, sentence: Sentence, index: int, stands: Status | None, *, is_list: bool) -> list[Found]:
        """The documents of a sentence that names none of the catalogue."""
        if sentence.kind is BlockKind.HEADING:
            return []
        in_list = listed(self.document.text, sentence, stands, in_a_list=is_list, is_sure=self.sections.lists_documents)
        if stands and sentence.kind is BlockKind.BULLET and in_list:
            return in_list
        text = self.document.text
        publisher = self.publisher[0] if index - self.publisher[1] <= _FARTHEST else ""
        return (
            under_label(text, sentence)
            or unlisted(text, sentence, stands, publisher)
            or in_list
            or labelled(text, sentence)
        )

    def _follows(self, sentence: Sentence, index: int) -> bool:
        """Whether a sentence still speaks of the document named last: in the same section and not far on."""
        if self.spoken is None or index - self.spoken.index > _FARTHEST:
            return False
        is_other = sentence.kind is BlockKind.BULLET and sentence.is_first
        if is_other and _OTHER_LABEL.match(self.document.text, sentence.start, sentence.end):
            return False
        head = self.document.blocks[sentence.heading] if sentence.heading is not None else None
        return sentence.heading == self.spoken.heading or bool(head and head.start <= self.spoken.start < head.end)


def _named(text: str, sentence: Sentence, stands: Status | None, names: list[Named]) -> list[Named]:
    """The documents of the catalogue that a sentence names. Words that may be ordinary ones count beside a title that
    may not, at the head of a line in a list of documents, or where they are said to be a document."""
    is_sure = any(not name.is_weak for name in names)
    return [
        name
        for name in names
        if not name.is_weak
        or _has_cue(text, name, sentence)
        or (stands and name.start - sentence.start < 4)
        or (is_sure and (sentence.kind is BlockKind.HEADING or _LISTED.match(text, name.end, sentence.end)))
    ]


def _overlaps(found: Found, named: list[Named]) -> bool:
    first = bisect_left(named, found.start - _LONGEST_NAME, key=lambda n: n.start)
    last = bisect_left(named, found.end + 2, key=lambda n: n.start)
    return any(found.start < n.end + 24 for n in named[first:last])


def _has_cue(text: str, name: Named, sentence: Sentence) -> bool:
    """Whether words that might be ordinary ones (`Children missing education`) name the document here."""
    words = text[name.start : name.end].split()
    capitals = sum(w[0].isupper() for w in words if len(w) > 3)
    floor, ceiling = max(sentence.start, name.start - _NEAR), min(sentence.end, name.end + _NEAR)
    is_course = bool(_COURSE.search(text, floor, ceiling))
    label = _LABEL.match(text, name.end, sentence.end) if name.start - sentence.start < 4 else None
    if label and not is_course and status_of(text[label.end() : ceiling]):
        return True
    is_heading = sentence.kind is BlockKind.HEADING or name.end - name.start > 0.6 * (sentence.end - sentence.start)
    if (
        capitals >= 2
        and name.start > sentence.start
        and not _PART_OF_TITLE.search(text, max(sentence.start, name.start - 30), name.start)
        and not is_heading
        and not is_course
    ):
        return True
    return bool(
        _CUE_AFTER.match(text, name.end, sentence.end)
        or BEFORE.search(text, max(sentence.start, name.start - 40), name.start)
        or (_CUE_NEAR.search(text, floor, ceiling) and not is_course)
    )


def _settle_earlier(text: str, sentence: Sentence, found: list[Found]) -> None:
    """`Out for comment until Friday` after a title that stands alone says how the title stands."""
    if found and found[-1].status is None and found[-1].end < sentence.start and sentence.start - found[-1].end < 120:
        found[-1].status = status_of(text[sentence.start : sentence.end])


def _one_each(found: list[Found]) -> list[Found]:
    """Each title and edition once; a mention without edition only where the title has no other, or where it stands
    otherwise than they do."""
    best: dict[tuple[str, str | None], Found] = {}
    editions: dict[str, set[Status | None]] = {}
    for item in found:
        if item.edition:
            editions.setdefault(item.title.casefold(), set()).add(item.status)
    for item in found:
        known_as = editions.get(item.title.casefold())
        if item.edition is None and known_as and item.status in known_as | {None}:
            continue
        key = (item.title.casefold(), _year(item.edition))
        known = best.get(key)
        if known is None or (known.status is None and item.status is not None):
            best[key] = item
    return sorted(best.values(), key=lambda f: f.start)


def _year(edition: str | None) -> str | None:
    year = re.search(YEAR, edition or "")
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
