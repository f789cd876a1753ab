"""Finds documents that stand as lines: of a list, in a table, after a label, or as the caption of what is said."""

import re

from haven.engines.documents.document import BlockKind
from haven.engines.patterns.late import late
from haven.engines.reading.items import Status
from haven.engines.reading.what.catalogue import Names
from haven.engines.reading.what.editions import MONTH, YEAR, Found
from haven.engines.reading.what.naming import IS_DOCUMENT, NOUN, PUBLISHER, STARTERS, TITLE_NOUN, could_be_title
from haven.engines.reading.what.sentences import Sentence
from haven.engines.reading.what.standing import section_status, status_at, status_of

_END_OF_TITLE = late(
    r"\s[–—-]\s|[;:(,\t]|\s?(?:\.{3}|…)|\.(?=\s|$)|\s(?:is|was|are|has|have|had|will|open|opens|closes?|views|"
    r"comments|refresh|due|expected|by|from|until|to be)\b|\n"
)
_EDITION = late(rf"(?P<edition>(?:{MONTH}\s+)?{YEAR}|(?:version\s?|v\.?\s?)\d[\d.]*|draft|refresh)", re.IGNORECASE)
_LABEL = late(r"(?P<label>[A-Z][\w’' -]{2,32}):\s+(?=\S)")
_BETWEEN = late(r";\s*(?:and\s+)?|,\s+(?:and\s+)?(?=[A-Z“‘\"]|the\s|our\s)|\.\s+(?=[A-Z])")
_NUMBERING = late(
    r"\W*(?:\(?(?:[A-Za-z]|\d{1,2}|[ivxIVX]{1,5})[.)]\s+|\d{1,2}\s{1,4})?(?:the\s|our\s)?\s*", re.IGNORECASE
)
_CAPTION_TAIL = late(
    rf"[\W_]*(?:(?P<edition>(?:{MONTH}\s+)?{YEAR}|(?:version|v\.?|issue|draft)\s?\d[\d.]*|draft|\w+ edition)[\W_]*)?",
    re.IGNORECASE,
)
_PUBLISHER_ALONE = late(
    rf"\W*(?:\(?(?:[A-Za-z]|\d{{1,2}}|[ivxIVX]{{1,5}})[.)]\s+)?(?:from )?(?P<name>{PUBLISHER})(?: news| updates?)?\W*",
    re.IGNORECASE,
)
_HAS_A_DAY = late(rf"\b(?:by|before|on)\s+(?:the\s+)?(?:\d|\w+day\b|{MONTH}\b)|\b\d\d?[.:]\d\d\b", re.IGNORECASE)
_LABELLED = late(
    r"(?P<title>(?:[Oo]ur |[Tt]he )?[A-Z][\w’'-]*(?:\s[\w’'&/-]+){0,6}?\s(?:leaflet|booklet|guide|flow ?chart|plan|"
    r"pack|agreement|template|poster|charter|rules|arrangements))(?:\s*\([^()\n]{2,40}\))?\s*(?::|\s[–—-])\s+"
    r"(?=(?:(?:now|still|the (?:(?:new|old|current|latest) |\d{4} )(?:version|edition|one)|being|has been|is|was|"
    r"under|out|to be|no|in|expected|due|awaited|withdrawn|published|replaced|"
    r"superseded|launched|draft|final|unchanged|current|new|second|third|version|v\d|re-?issued|updated|reviewed)\b))"
)
_SUBJECT = late(
    rf"(?P<label>(?!(?:guidance|news|notes?|reminders?|local|national|updates?|consultations?|policies|documents?|"
    rf"important|please|reading|action|staff|schools|heads|dsls|governors)\b)[A-Z][\w’'/& -]{{3,48}}?)\s*(?::|"
    rf"\s[–—-])\s+"
    rf"(?:please\s+|do\s+)?(?:use\s+|follow\s+|keep to\s+|work to\s+)?(?:the|our|this)\s+(?:(?P<edition>{YEAR})\s+|"
    rf"(?:new|revised|draft|old|current|latest|local|county)\s+)?(?P<noun>(?:[\w-]+\s+){{0,2}}?(?:{NOUN}|tool))\b",
    re.IGNORECASE,
)
_HOURS = late(r"\d\s?[ap]\.?m\b|\d[.:]\d\d|\d{4,}\s?\d{3}|@", re.IGNORECASE)
_YOURS = late(r"\b(?:your|yours|my)\b", re.IGNORECASE)
_LONGEST_CAPTION = 90
_SAYS = late(
    r"\b(?:is|are|was|were|will|has|have|please|must|should|we|you|your|our|to|do|can|book|contact|see|if|by)\b|\?",
    re.IGNORECASE,
)


def listed(text: str, sentence: Sentence, stands: Status | None, *, in_a_list: bool, is_sure: bool) -> list[Found]:
    """A document that stands as a line of a list of documents; `is_sure` where the note is known
    to list them, so that a line needs no word for a document."""
    words = text[sentence.start : sentence.end]
    if not sentence.is_first or not in_a_list or sentence.kind in (BlockKind.HEADING, BlockKind.CELL):
        return []
    is_document = bool(IS_DOCUMENT.search(words))
    if not is_document and (stands in (None, Status.FOR_INFORMATION) or not is_sure):
        return []
    is_bare = len(words) < 90 and not _SAYS.search(words)
    if sentence.kind is not BlockKind.BULLET and not ((is_document and len(words) < 120) or is_bare):
        return []
    if not is_document and _HAS_A_DAY.search(words):
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


def _titled(text: str, sentence: Sentence, start: int, stop: int, stands: Status | None) -> list[Found]:
    words = text[start:stop].strip()
    title = re.sub(r"^(?:local|national|ours)\s*:\s*", "", words, flags=re.IGNORECASE)
    title = re.sub(r"^[A-Z]\w+[’']s own\s+", "", title)
    title = STARTERS.sub("", title)
    if not 2 <= len(title.split()) <= 14 or not title[:1].isupper() or not could_be_title(title):
        return []
    edition = _EDITION.search(text, start, sentence.end)
    status = status_at(text, sentence, start, stop) or stands
    return [Found(start, stop, title.strip(" *_“”\"'"), edition["edition"] if edition else None, status, 0.7)]


def under_label(text: str, sentence: Sentence) -> list[Found]:
    """`Withdrawn: the 2017 agreement; Chaperone rules.`: titles after the word for where they stand."""
    label = _LABEL.match(text, sentence.start, sentence.end)
    stands = section_status(label["label"]) if label else None
    if label is None or stands is None:
        return []
    found = []
    begin = label.end()
    while begin < sentence.end:
        cut = _BETWEEN.search(text, begin, sentence.end)
        stop = cut.start() if cut else sentence.end
        found.extend(_of_piece(text, begin, stop, stands))
        begin = cut.end() if cut else sentence.end
    return found


def labelled(text: str, sentence: Sentence) -> list[Found]:
    """`Escalation leaflet: no changes.`: a paper that is no document by its noun alone, with where it stands; and
    `Escalation: the protocol is withdrawn.`, whose noun follows."""
    if all(text.find(mark, sentence.start, min(sentence.end, sentence.start + 110)) < 0 for mark in (":", "–", " - ")):
        return []
    subject = _SUBJECT.match(text, sentence.start, sentence.end) if sentence.is_first else None
    if subject:
        stands = status_of(text[subject.end("label") : sentence.end])
        title = f"{subject['label'].strip()} {subject['noun'].lower()}"
        is_told = stands or subject["edition"]
        return [Found(subject.start(), subject.end(), title, subject["edition"], stands, 0.7)] if is_told else []
    found = _LABELLED.match(text, sentence.start, sentence.end)
    status = status_of(text[found.end() : min(sentence.end, found.end() + 60)]) if found else None
    if found is None or status is None:
        return []
    title = STARTERS.sub("", found["title"])
    return [Found(found.start(), found.end("title"), title, None, status, 0.7)] if " " in title else []


def _of_piece(text: str, begin: int, stop: int, stands: Status) -> list[Found]:
    end = _END_OF_TITLE.search(text, begin, stop)
    words = text[begin : end.start() if end else stop]
    lead = STARTERS.match(words)
    start = begin + (lead.end() if lead else 0)
    title = text[start : begin + len(words)].strip(" .*_“”\"'")
    edition = _EDITION.search(text, begin, stop)
    is_document = bool(IS_DOCUMENT.search(words)) or edition is not None or title[:1].isupper()
    if _HOURS.search(words):
        return []
    if not 2 <= len(title.split()) <= 14 or not is_document or not could_be_title(title):
        return []
    return [Found(start, begin + len(words.rstrip()), title, edition["edition"] if edition else None, stands, 0.65)]


def captioned(text: str, sentence: Sentence, names: Names) -> Found | None:
    """A line that is nothing but the name of a document; the next sentence has to say how it stands."""
    if not sentence.is_first or sentence.end - sentence.start > _LONGEST_CAPTION or sentence.kind is BlockKind.CELL:
        return None
    number = _NUMBERING.match(text, sentence.start, sentence.end)
    start = number.end() if number else sentence.start
    known = next(iter(names.between(start, sentence.end)), None)
    if known and known.start == start:
        tail = _CAPTION_TAIL.fullmatch(text, known.end, sentence.end)
        return Found(start, sentence.end, known.title.title, tail["edition"], None, 0.8) if tail else None
    noun = next(reversed([*TITLE_NOUN.finditer(text, start, sentence.end)]), None)
    title = text[start : noun.end()].strip(" *_“”\"'") if noun else ""
    tail = _CAPTION_TAIL.fullmatch(text, noun.end(), sentence.end) if noun else None
    if tail is None or not 2 <= len(title.split()) <= 12 or _YOURS.search(title) or _SAYS.search(title):
        return None
    if not could_be_title(title) or (tail["edition"] is None and text[sentence.end - 1] in ".!?"):
        return None
    return Found(start, sentence.end, title, tail["edition"], None, 0.7)


def publisher_alone(text: str, sentence: Sentence) -> str:
    """The publisher that a caption names (`Ofsted`): whose `new framework` it is that follows."""
    if sentence.end - sentence.start > 48 or not sentence.is_first:
        return ""
    found = _PUBLISHER_ALONE.fullmatch(text, sentence.start, sentence.end)
    return found["name"].removeprefix("the ") if found else ""
