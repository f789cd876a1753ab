"""Finds documents that the catalogue of titles does not hold, where the note itself says that they are such."""

import re

from haven.engines.patterns.late import late
from haven.engines.reading.items import Status
from haven.engines.reading.what.editions import MONTH, YEAR, Found
from haven.engines.reading.what.naming import DAY, NOUN, PUBLISHER, TITLE_NOUN, could_be_title
from haven.engines.reading.what.sentences import Sentence
from haven.engines.reading.what.standing import status_at, status_of

_BODIES = frozenset(
    (
        "county council borough partnership federation trust city district board department government police diocese"
    ).split()
)
_WEAK_NOUN = late(
    r"(?<![\w’'-])(?:Arrangements|Covenant|Principles|Statement|Guide|Booklet|Agreement|Template|Plan|"
    r"Pack|Policies|Flow ?[Cc]hart|Leaflet|Tool|Compact|Rulebook)(?![\w’'-])"
)
_WORD_BEFORE = late(r"(?P<word>[\w][\w’'/&-]*|&)[ \u00a0\n]{1,2}[\"“‘'*_]?$")
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
_CAPITAL_LINK = late(r"\b(?:Outside|Beyond|In|Of|For|From|Around|Across|Against|Between|With|At|About)\s$")
_EITHER = frozenset("online local joint full short whole free review first second response".split())
_OWNERS = late(
    r"(?:\b(?:our|own|council|county|borough|partnership|city|district|local|regional|pan-\w+|model)|[’']s|s[’'])\W*$",
    re.IGNORECASE,
)
_YOURS = late(
    r"\b(?:your|your own|each school[’']s|the school[’']s|their|schools[’']|my|his|her)\s+"
    r"(?:(?:new|own|updated|revised|current|latest|draft)\s+)*$",
    re.IGNORECASE,
)
_NEWNESS = late(
    r"\b(?:new|revised|updated|draft|final|refreshed|amended|rewritten|re-?written|latest|proposed|forthcoming|old|"
    r"previous|former|earlier)\s+(?:[\w’'-]+\s+){0,2}$",
    re.IGNORECASE,
)
_FORWARD = late(
    r"(?:\s+(?:for|on|of|in)(?:\s+(?:the|and|of|in|or|their|with))?\s+"
    r"(?!(?:consultation|comment|information|use|discussion|approval|action|our|your|us|me|you|this|next|effect|force|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|"
    r"Wednesday|Thursday|Friday|draft|schools to|be|read|review|follow|support|help)\b)[A-Za-z][\w’'-]+){1,4}"
)
_TAIL = late(
    rf"[,\s]*(?:\(?\s*)(?P<edition>(?:of|from|for)?\s*(?:version\s?|v\.?\s?|"
    rf"issue\s?)\d[\d.]*(?:,?\s*(?:{MONTH}\s+)?{YEAR})?|"
    rf"(?:of |from |dated |for |updated |revised |refreshed |"
    rf"published )?\s*(?:{MONTH}\s+)?{YEAR}(?:\s?[–/-]\s?\d\d(?:\d\d)?)?|"
    rf"(?:\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|revised|new|updated)\s+edition|"
    rf"(?:final |consultation |first |second |latest |working )?draft(?:\s+\d)?)\b\)?",
    re.IGNORECASE,
)
_HEAD = late(
    rf"(?P<edition>(?:{MONTH}\s+)?{YEAR}|(?:\d+(?:st|nd|rd|th)|second|third)\s+edition\s+of|"
    rf"(?:version|v\.?)\s?\d[\d.]*\s+of|draft|(?:{MONTH}\s+)?{YEAR} (?:version|edition) of)\s+(?:the\s+|"
    rf"our\s+)?[“\"‘']?$",
    re.IGNORECASE,
)
_PUBLISHED = late(
    r"\b(?:published|launch(?:ed|es|ing)?|adopted|updated|revised|re-?issued|re-?written|re-?published|agreed|"
    r"went live|goes? live|is live|now live|takes? effect|took effect|replac(?:es|ed)|supersed(?:es|ed)|signed off|"
    r"refreshed|unchanged|stands|in force|is current|now available|available (?:now|from|on|at)|in use|ratified|"
    r"approved|comes? in|came in|brought in|"
    r"has changed|amended|out now|is out)\b",
    re.IGNORECASE,
)
_PUBLISHERS = late(
    r"\b(?:DfE|Department|Home Office|Ofsted|[Gg]overnment|UKCIS|NSPCC|NPCC|NHS|[Pp]artnership|[Cc]ouncil|[Cc]ounty|"
    r"[Nn]ational|[Mm]inist(?:er|ry)\w*|Commissioner|Commission|College of Policing|[Ss]tatutory)\b"
)
_QUOTED = late(
    r"[“\"](?P<title>[A-Z][^“”\"\n]{8,140}?)[.,]?[”\"]|(?<=\W)‘(?P<single>[A-Z][^‘’\n]{8,140}?)[.,]?’(?=\W|$)|"
    r"(?<=[\s(])'(?P<plain>[A-Z][^'\n]{8,140}?)[.,]?'(?=\W|$)"
)
_OF_QUOTED = late(
    r"\b(?:guidance|advice|edition|version|draft|document|publication|published|withdrawn|superseded|"
    r"replaced|consult\w*|guide|handbook|manual|under review|"
    r"in force|awaited|framework|strategy|protocol|policy|toolkit|statutory|DfE|NPCC|UKCIS|Ofsted|Home Office|NSPCC|"
    r"HM Government|Department|archived|re-?issued|updated|code of practice|expected|v\d)\b"
)
_APPOSED = late(rf"\W{{0,3}}\s(?:our|the|its|a|an|their)\s+(?:[\w’-]+\s+){{0,3}}?{NOUN}\b", re.IGNORECASE)
_NEAR = 400  # characters from a title in which a sentence says that it is published
_VERSION = late(r"\bv\.?\s?\d+\b")
_LATER_EDITION = late(rf"\((?P<edition>(?:v\.?\s?\d[\d.]*)?,?\s*(?:{MONTH}\s+)?(?:{YEAR})?)\)")
_TOO_PLAIN = late(
    r"^(?:statutory|national|local|further|other|more|clear|good|legal|relevant|existing|"
    r"safeguarding|written|current|dfe|government|practice|best|such|each|every|these|those|both|"
    r"short|last|"
    r"first|next|same|covering|this|that|home|cover|meeting|briefing)?\s*[\w-]+$",
    re.IGNORECASE,
)
_PUBLISHER = late(rf"\b{PUBLISHER}\b")
_ITS_NEW = late(
    r"\b(?:the|its|their|a|an)\s+(?P<which>new|renewed|revised|updated|rewritten|draft|final|next|latest|amended)\s+"
    r"(?:inspection |statutory )?$",
    re.IGNORECASE,
)
_CONSULTED = late(
    r"\b(?:consult(?:ation|ations|ing|ed|s)?|views|comments|feedback)\s+(?:up)?on\s+(?:the|our|a|an|its|their)\s+"
    r"(?:(?:new|draft|revised|proposed|updated|borough|county)\s+)*$",
    re.IGNORECASE,
)
_LABELLED = late(r"(?:\s*\([^()\n]{2,40}\))?\s*(?::|\s[–—-])\s+")
_OWNED = late(r"\b(?:our|new|revised|draft|own|county|borough)\b|[’']s\b", re.IGNORECASE)


def unlisted(text: str, sentence: Sentence, stands: Status | None, publisher: str = "") -> list[Found]:
    """Documents named in running text with an edition, in quotes, by a title in capitals, or said to be withdrawn, in
    draft, new or the like. `publisher` is who the caption above says it is of."""
    found: list[Found] = []
    taken = sentence.start
    for quoted in _QUOTED.finditer(text, sentence.start, sentence.end):
        item = _of_quoted(text, sentence, quoted, stands)
        if item:
            found.append(item)
            apposed = _APPOSED.match(text, quoted.end(), sentence.end)
            taken = apposed.end() if apposed else quoted.end()
    nouns = [*TITLE_NOUN.finditer(text, sentence.start, sentence.end)]
    nouns += _WEAK_NOUN.finditer(text, sentence.start, sentence.end)
    if not nouns:
        return found
    for noun in sorted(nouns, key=lambda n: n.start()):
        if noun.start() < taken:
            continue
        item = _of_noun(text, sentence, noun, taken, stands) or _of_publisher(text, sentence, noun, publisher)
        if item:
            found.append(item)
            found.extend(_other_versions(text, sentence, item.end, item))
            taken = item.end
    return found


def _of_publisher(text: str, sentence: Sentence, noun: re.Match[str], publisher: str) -> Found | None:
    """`Ofsted: the renewed framework is in use`, `Ofsted has published its new handbook`."""
    lead = _ITS_NEW.search(text, max(sentence.start, noun.start() - 40), noun.start())
    named = [*_PUBLISHER.finditer(text, sentence.start, noun.start())] if lead else []
    publisher = named[-1].group().removeprefix("the ") if named else publisher
    status = status_at(text, sentence, noun.start(), noun.end()) if lead and publisher else None
    if lead is None or status is None:
        return None
    edition = f"{lead['which'].lower()} edition"
    return Found(lead.start("which"), noun.end(), f"{publisher} {noun.group()}", edition, status, 0.7)


def _of_quoted(text: str, sentence: Sentence, quoted: re.Match[str], stands: Status | None) -> Found | None:
    """A title in quotation marks, in a sentence that speaks of documents."""
    title = (quoted["title"] or quoted["single"] or quoted["plain"]).strip()
    around = text[sentence.start : quoted.start()] + " " + text[quoted.end() : sentence.end]
    is_document = bool(TITLE_NOUN.search(title)) or bool(_OF_QUOTED.search(around)) or stands is not None
    if not 2 <= len(title.split()) <= 18 or not could_be_title(title) or not is_document or title.endswith(("?", "!")):
        return None
    status = status_at(text, sentence, quoted.start(), quoted.end()) or stands
    edition, end = _edition_at(text, sentence, quoted.start(), quoted.end())
    if not (edition or status or TITLE_NOUN.search(title)):
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
    before = text[max(floor, start - _NEAR) : start]
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
    is_owned = is_owned or bool(_CONSULTED.search(before))
    label = _LABELLED.match(text, stop, sentence.end) if start - sentence.start < 3 else None
    if label and " " in title and status_of(text[label.end() : min(sentence.end, label.end() + 60)]):
        return Found(start, stop, title, edition, status, 0.75)
    ceiling = min(sentence.end, stop + _NEAR)
    near = max(sentence.start, start - _NEAR)
    is_told = status is not None and bool(status is not Status.IN_FORCE or _PUBLISHED.search(text, near, ceiling))
    is_owned = is_owned or bool(after and status and _PUBLISHERS.search(text, near, ceiling))
    is_told = is_told or (is_owned and bool(_PUBLISHED.search(text, near, ceiling)))
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
        if plain in _LINKING and (plain != "the" or _CAPITAL_LINK.search(text, floor, word.start())):
            before = _WORD_BEFORE.search(text, max(floor, word.start() - 40), word.start())
            if before is None or before["word"].lower() in _NOT_IN_TITLE or not before["word"][0].isupper():
                break
            start = word.start()
            continue
        is_of_title = plain in _EITHER and word["word"][0].isupper() and word.start() > floor
        if (plain in _NOT_IN_TITLE and not is_of_title) or is_owner or plain.isdigit() or DAY.fullmatch(plain):
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
