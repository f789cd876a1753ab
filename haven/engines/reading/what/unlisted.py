"""Finds documents that the catalogue of titles does not hold, where the note itself says that they are such."""

import re
from dataclasses import dataclass

from haven.engines.reading.document import BlockKind, Document
from haven.engines.reading.items import Status
from haven.engines.reading.what.sentences import Sentence
from haven.engines.reading.what.standing import section_status, status_at

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?"
)
_YEAR = r"(?:19|20)\d\d"
_NOUN = (
    r"(?:protocols?|threshold (?:document|guidance|criteria)|thresholds? document|guidance|procedures?|framework|"
    r"strategy|codes? of (?:practice|conduct)|code|charter|guidelines|standards?|handbook|manual|toolkit|tool ?kit|"
    r"pathway|document|note|advice|concordat|circular|(?:model )?policy|continuum of (?:need|help|support)|matrix|"
    r"memorandum of understanding|thresholds|specification|strategic plan|practice guidance|"
    r"information[- ]sharing agreement|position statement|standard|resource pack|playbook|blueprint|action plan)"
)
_BODIES = frozenset(
    (
        "county council borough partnership federation trust city district board department government police diocese"
    ).split()
)
_DAY = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|"
    r"november|december|spring|summer|autumn|winter|term"
)
_TITLE_NOUN = re.compile(rf"(?<![\w’'-]){_NOUN}(?![\w’'-]| plan\b| form\b| note\b| review\b)", re.IGNORECASE)
_WEAK_NOUN = re.compile(
    r"(?<![\w’'-])(?:Arrangements|Covenant|Principles|Statement|Guide|Booklet|Agreement|Template|Plan|"
    r"Pack|Policies)(?![\w’'-])"
)
_WORD_BEFORE = re.compile(r"(?P<word>[\w][\w’'/&-]*|&)[ \u00a0\n]{1,2}[\"“‘'*_]?$")
_LINKING = frozenset("and of for in the to on & with".split())
_NOT_IN_TITLE = frozenset(
    """
    the a an our own their its his her my your this that these those new revised updated draft final latest current old
    refreshed amended rewritten previous former existing earlier first second third next another some any all each every
    both no same such following above below attached please see read use using follow following follows under per by as
    from at is are was were be been being has have had will would should must may can could do does did not about over
    into onto upon via through until since before after when while if or but so than then also only just still now
    issued published publish launch launched adopt adopted agree agreed review reviewed replaced replaces replacing
    superseded withdrawn withdrew scrapped cancelled updating revising reissued re-issued rewriting check note
    consultation consulting commenting comment comments response responses views feedback proposed forthcoming emerging
    local separate full short joint printed online whole free useful further more other others out up down back copy
    copies refer refers update change changes changed section chapter part page annex paragraph version edition issue
    signed sign which who what where how why we i you they it he she us them schools follow apply applies including
    """.split()
)
_OWNERS = re.compile(
    r"(?:\b(?:our|own|council|county|borough|partnership|city|district|local|regional|pan-\w+|model)|[’']s|s[’'])\W*$",
    re.IGNORECASE,
)
_YOURS = re.compile(
    r"\b(?:your|your own|each school[’']s|the school[’']s|their|schools[’']|my|his|her)\s+$", re.IGNORECASE
)
_NEWNESS = re.compile(
    r"\b(?:new|revised|updated|draft|final|refreshed|amended|rewritten|re-?written|latest|proposed|forthcoming|old|"
    r"previous|former|earlier)\s+(?:[\w’'-]+\s+){0,2}$",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    r"(?:\s+(?:for|on|of|in)(?:\s+(?:the|and|of|in|or|their|with))?\s+"
    r"(?!(?:consultation|comment|information|use|discussion|approval|action|our|your|us|me|you|this|next|effect|force|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|"
    r"Wednesday|Thursday|Friday|draft|schools to|be|read|review|follow|support|help)\b)[A-Za-z][\w’'-]+){1,4}"
)
_TAIL = re.compile(
    rf"[,\s]*(?:\(?\s*)(?P<edition>(?:of|from|for)?\s*(?:version\s?|v\.?\s?|"
    rf"issue\s?)\d[\d.]*(?:,?\s*(?:{_MONTH}\s+)?{_YEAR})?|"
    rf"(?:of |from |dated |for |updated |revised |refreshed |"
    rf"published )?\s*(?:{_MONTH}\s+)?{_YEAR}(?:\s?[–/-]\s?\d\d(?:\d\d)?)?|"
    rf"(?:\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|revised|new|updated)\s+edition|"
    rf"(?:final |consultation |first |second |latest |working )?draft(?:\s+\d)?)\b\)?",
    re.IGNORECASE,
)
_HEAD = re.compile(
    rf"(?P<edition>(?:{_MONTH}\s+)?{_YEAR}|(?:\d+(?:st|nd|rd|th)|second|third)\s+edition\s+of|"
    rf"(?:version|v\.?)\s?\d[\d.]*\s+of|draft|(?:{_MONTH}\s+)?{_YEAR} (?:version|edition) of)\s+(?:the\s+|"
    rf"our\s+)?[“\"‘']?$",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"\b(?:published|launch(?:ed|es|ing)?|adopted|updated|revised|re-?issued|re-?written|re-?published|agreed|"
    r"went live|goes? live|is live|now live|takes? effect|took effect|replac(?:es|ed)|supersed(?:es|ed)|signed off|"
    r"refreshed|now available|available (?:now|from|on|at)|in use|ratified|approved|comes? in|came in|brought in|"
    r"has changed|amended|out now|is out|new)\b",
    re.IGNORECASE,
)
_PUBLISHERS = re.compile(
    r"\b(?:DfE|Department|Home Office|Ofsted|[Gg]overnment|UKCIS|NSPCC|NPCC|NHS|[Pp]artnership|[Cc]ouncil|[Cc]ounty|"
    r"[Nn]ational|[Mm]inist(?:er|ry)\w*|Commissioner|Commission|College of Policing|[Ss]tatutory)\b"
)
_QUOTED = re.compile(
    r"[“\"](?P<title>[A-Z][^“”\"\n]{8,140}?)[.,]?[”\"]|(?<=\W)‘(?P<single>[A-Z][^‘’\n]{8,140}?)[.,]?’(?=\W|$)|"
    r"(?<=[\s(])'(?P<plain>[A-Z][^'\n]{8,140}?)[.,]?'(?=\W|$)"
)
_OF_QUOTED = re.compile(
    r"\b(?:guidance|advice|edition|version|draft|document|publication|published|withdrawn|superseded|"
    r"replaced|consult\w*|"
    r"in force|awaited|framework|strategy|protocol|policy|toolkit|statutory|DfE|NPCC|UKCIS|Ofsted|Home Office|NSPCC|"
    r"HM Government|Department|archived|re-?issued|updated|code of practice|expected|v\d)\b"
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
_SAYS_NOTHING = re.compile(
    r"(?i:becomes?|replaces?|replaced|no change|out for|updated|sent|send|within|version|review|applies|"
    r"consult|late|next|"
    r"happy|new |please|read|see|held|closes?|views|comments?)\b|"
    r"[A-ZÀ-Þ][a-zß-ÿ]+ [A-ZÀ-Þ][\w’'-]+(?: retired.*)?$|.*\b(?:fell|rose|retired|"
    r"cannot|can|must|should|please|will be|is|are|was|were)\b|.*@",
)
_LABEL = re.compile(r"(?P<label>[A-Z][\w’' -]{2,32}):\s+(?=\S)")
_BETWEEN = re.compile(r";\s*(?:and\s+)?|,\s+(?:and\s+)?(?=[A-Z“‘\"]|the\s|our\s)|\.\s+(?=[A-Z])")
_IS_DOCUMENT = re.compile(rf"\b(?:{_NOUN}|continuum|policy|{_YEAR})\b|\b\d+(?:st|nd|rd|th) edition\b", re.IGNORECASE)
_SAYS = re.compile(
    r"\b(?:is|are|was|were|will|has|have|please|must|should|we|you|your|our|to|do|can|book|contact|see|if|by)\b|\?",
    re.IGNORECASE,
)
_DOCUMENT_COLUMN = re.compile(
    r"^\W*(?:(?:name|title) of (?:the )?)?(?:documents?|guidance(?: document)?|titles?|publications?|polic(?:y|ies)|"
    r"polic(?:y|ies) (?:and|or|/|&) guidance|what|name|items?|protocols?)\W*$",
    re.IGNORECASE,
)
_STATE_COLUMN = re.compile(
    r"\b(?:stat(?:e|us)|where it stands|standing|edition|version|state of play|published|in force|position)\b",
    re.IGNORECASE,
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
    """Documents named in running text with an edition, in quotes, by a title in capitals, or said to be withdrawn, in
    draft, new or the like."""
    found: list[Found] = []
    taken = sentence.start
    for quoted in _QUOTED.finditer(text, sentence.start, sentence.end):
        item = _of_quoted(text, sentence, quoted, stands)
        if item:
            found.append(item)
            taken = quoted.end()
    nouns = [*_TITLE_NOUN.finditer(text, sentence.start, sentence.end)]
    nouns += _WEAK_NOUN.finditer(text, sentence.start, sentence.end)
    for noun in sorted(nouns, key=lambda n: n.start()):
        if noun.start() < taken:
            continue
        item = _of_noun(text, sentence, noun, taken, stands)
        if item:
            found.append(item)
            found.extend(_other_versions(text, sentence, item.end, item))
            taken = item.end
    return found


def _of_quoted(text: str, sentence: Sentence, quoted: re.Match[str], stands: Status | None) -> Found | None:
    """A title in quotation marks, in a sentence that speaks of documents."""
    title = (quoted["title"] or quoted["single"] or quoted["plain"]).strip()
    around = text[sentence.start : quoted.start()] + " " + text[quoted.end() : sentence.end]
    is_document = bool(_TITLE_NOUN.search(title)) or bool(_OF_QUOTED.search(around)) or stands is not None
    if not 2 <= len(title.split()) <= 18 or not _could_be_title(title) or not is_document or title.endswith(("?", "!")):
        return None
    status = status_at(text, sentence, quoted.start(), quoted.end()) or stands
    edition, end = _edition_at(text, sentence, quoted.start(), quoted.end())
    if not (edition or status or _TITLE_NOUN.search(title)):
        return None
    return Found(quoted.start(), end, title, edition, status, 0.7)


def _of_noun(text: str, sentence: Sentence, noun: re.Match[str], floor: int, stands: Status | None) -> Found | None:
    """A document by the noun that ends its title: `the pre-birth protocol`, `Fairhaven Escalation Policy`."""
    start = _title_start(text, floor, noun.start())
    title = text[start : noun.end()]
    after = _FORWARD.match(text, noun.end(), sentence.end)
    end = after.end() if after else noun.end()
    if start == noun.start() and " " not in title and not after:
        return None
    before = text[floor:start]
    named = " ".join(text[start:end].split())
    if _YOURS.search(before) or _TOO_PLAIN.match(named) or (start == sentence.start and named.isupper()):
        return None
    edition, stop = _edition_at(text, sentence, start, end)
    status = status_at(text, sentence, start, end) or stands
    if edition is None and status is Status.CONSULTATION and "draft" in text[sentence.start : sentence.end].lower():
        edition = "draft"
    capitals = sum(w[0].isupper() for w in title.split()) - (start == sentence.start)
    is_title = capitals >= 2 and noun.group()[0].isupper()
    is_named = title[:1].isupper() and capitals >= 1
    is_owned = bool(_OWNERS.search(before)) or bool(_NEWNESS.search(before))
    is_told = status is not None and bool(
        status is not Status.IN_FORCE or _PUBLISHED.search(text, sentence.start, sentence.end)
    )
    is_owned = is_owned or bool(after and status and _PUBLISHERS.search(text, sentence.start, sentence.end))
    is_told = is_told or (is_owned and bool(_PUBLISHED.search(text, sentence.start, sentence.end)))
    if not (
        (edition and (is_named or is_owned or is_told)) or is_title or (is_told and (is_owned or is_named or edition))
    ):
        return None
    return Found(start, stop, " ".join(text[start:end].split()), edition, status, 0.8 if edition else 0.65)


def _title_start(text: str, floor: int, stop: int) -> int:
    """Where a title begins that ends in a noun: back over its words to the first that cannot be of it."""
    start, taken = stop, 0
    pending = stop
    while taken < 8:
        word = _WORD_BEFORE.search(text, max(floor, start - 40), start)
        if word is None or word.start() < floor:
            break
        plain = word["word"].lower()
        is_owner = plain.endswith(("’s", "'s")) and (word["word"][0].isupper() or plain[:-2] in _BODIES)
        if plain in _LINKING and plain != "the":
            before = _WORD_BEFORE.search(text, max(floor, word.start() - 40), word.start())
            if before is None or before["word"].lower() in _NOT_IN_TITLE or not before["word"][0].isupper():
                break
            start = word.start()
            continue
        if plain in _NOT_IN_TITLE or is_owner or plain.isdigit() or _DAY.fullmatch(plain):
            break
        start = pending = word.start()
        taken += 1
    return pending


def _edition_at(text: str, sentence: Sentence, start: int, end: int) -> tuple[str | None, int]:
    """The edition beside a title, and where title and edition end."""
    tail = _TAIL.match(text, end, min(sentence.end, end + 60))
    if tail:
        edition = re.sub(r"^(?:of|from|dated|for)\s+", "", tail["edition"].strip(" ,()"))
        return edition, tail.end()
    later = _LATER_EDITION.search(text, end, min(sentence.end, end + 60))
    if later and later["edition"].strip(" ,"):
        return later["edition"].strip(" ,"), end
    head = _HEAD.search(text, max(sentence.start, start - 40), start)
    if head:
        return re.sub(r"\s+of$", "", head["edition"]), end
    lead = text[max(sentence.start, start - 30) : start].lower()
    newness = re.search(r"\b(draft|revised|new)\s+(?:[\w’'-]+\s+){0,2}$", lead)
    return (newness[1] if newness and newness[1] == "draft" else None), end


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
    text = document.text
    words = text[sentence.start : sentence.end]
    if not sentence.is_first or not in_a_list or sentence.kind is BlockKind.HEADING:
        return []
    is_document = bool(_IS_DOCUMENT.search(words))
    if not is_document and stands in (None, Status.FOR_INFORMATION):
        return []
    is_bare = len(words) < 90 and not _SAYS.search(words)
    if sentence.kind is not BlockKind.BULLET and not ((is_document and len(words) < 120) or is_bare):
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
    names = {b.column: document.text[b.start : b.end] for b in head}
    at = next((column for column, name in names.items() if _DOCUMENT_COLUMN.match(name)), None)
    if at is None or not any(_STATE_COLUMN.search(n) for column, n in names.items() if column != at):
        return []
    cells = document.blocks[sentence.block : sentence.last_block + 1]
    cell = next((b for b in cells if b.column == at), None)
    return _titled(document.text, sentence, cell.start, cell.end, None) if cell else []


def _titled(text: str, sentence: Sentence, start: int, stop: int, stands: Status | None) -> list[Found]:
    words = text[start:stop].strip()
    title = re.sub(r"^(?:local|national|ours)\s*:\s*", "", words, flags=re.IGNORECASE)
    title = re.sub(r"^[A-Z]\w+[’']s own\s+", "", title)
    title = _STARTERS.sub("", title)
    if not 2 <= len(title.split()) <= 14 or not title[:1].isupper() or not _could_be_title(title):
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


def _of_piece(text: str, begin: int, stop: int, stands: Status) -> list[Found]:
    end = _END_OF_TITLE.search(text, begin, stop)
    words = text[begin : end.start() if end else stop]
    lead = _STARTERS.match(words)
    start = begin + (lead.end() if lead else 0)
    title = text[start : begin + len(words)].strip(" .*_“”\"'")
    edition = _EDITION.search(text, begin, stop)
    is_document = bool(_IS_DOCUMENT.search(words)) or edition is not None or title[:1].isupper()
    if not 2 <= len(title.split()) <= 14 or not is_document or not _could_be_title(title):
        return []
    return [Found(start, begin + len(words.rstrip()), title, edition["edition"] if edition else None, stands, 0.65)]


def _could_be_title(words: str) -> bool:
    """Whether words in a list could be the name of a document, and not a sentence, a date, a state or a person."""
    if section_status(words) and len(words.split()) <= 4 and not _IS_DOCUMENT.search(words):
        return False
    return not (_SAYS_NOTHING.match(words) or any(_DAY.fullmatch(w.strip(" ,.").lower()) for w in words.split()))
