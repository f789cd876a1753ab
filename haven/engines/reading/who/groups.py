"""Gathers the numbers and addresses that are written together, and says whose they are."""

import re
from bisect import bisect_left

from haven.engines.documents.document import BlockKind, Document
from haven.engines.patterns.late import late
from haven.engines.reading.who.owners import (
    CONNECTING,
    DESK,
    HER_OFFICE,
    PARENTHESIS,
    PRONOUN,
    SENTENCE_BREAK,
    WORD,
    Owners,
)
from haven.engines.reading.who.people import Mention, find_people, mentions_in
from haven.engines.reading.who.reaches import Reach, find_reaches
from haven.engines.reading.who.sharing import borrowed
from haven.engines.reading.who.units import Unit, units_of

_NEW_OWNER = late(
    r"\b(?:the|our|a)\s+[\w’'-]+(?:\s+[\w’'-]+){0,4}\s+(?:on|at|is|via)\b|"
    r"\b[A-Z]\w+(?:\s\w+){0,3}\s+(?:on|at|is|via)\s*$"
)
_LABEL_LENGTH = 120
_TAIL_LENGTH = 30
_OUTSIDERS = late(r"\b(?:parents|carers|families|public|pupils|children|young people)\b", re.IGNORECASE)
_OUTSIDERS_RING = late(
    r"\b(?:send|direct|refer|point|signpost|pass)\s+(?:parents|carers|families|pupils|young people|"
    r"them)\b[^.;:\n]{0,40}$|"
    r"\b(?:parents|carers|famil(?:y|ies)|(?:members of )?the public|pupils|young people|children|(?P<they>they|who))\b"
    r"(?: (?:and|or) (?:parents|carers|families|pupils|young people))?,?\s+"
    r"(?:(?:should|can|may|must|will|are to|need to|instead|always|now|please|still|continue to|do|also|all|"
    r"themselves) )*"
    r"(?:be (?:sent|directed|referred|pointed|signposted|told|asked|given)|"
    r"ring|rang|rung|used|called|wrote|went|use|call|phone|telephone|write|contact|self-refer|refer|go|have|e-?mail|"
    r"text|dial|try|reach|get|ask)\b"
    r"[^.;:\n]{0,45}$",
    re.IGNORECASE,
)
_AUDIENCE = late(
    r"\b(?:professionals|practitioners|families|parents|carers|public|anyone|anybody|everyone|staff|schools|"
    r"agencies)\b",
    re.IGNORECASE,
)
_POST = late(
    r"(?:nurse|lado|manager|deputy|adviser|advisor|officer|caretaker|secretary|clerk|receptionist|bursar|chair|head|"
    r"police|"
    r"gp|mash|door|hub|switchboard|reception|helpline|counsellor|social|worker|lead|dsl)s?",
    re.IGNORECASE,
)
_LABELLED = late(r"\w\s+(?:e-?mail|phone|mobile|tel|telephone|office|direct|address)\W*$", re.IGNORECASE)
_DAY = late(r"(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE)
_FORBIDS = late(r"\b(?:not|never|nor|no|cannot|neither)\b|n[’']t\b", re.IGNORECASE)


def find_units(document: Document) -> list[Unit]:
    """The note block by block (a table row by row), with who is named and which numbers stand in each."""
    text, people = document.text, find_people(document)
    units = list(units_of(document))
    reaches = find_reaches(document)
    starts = [r.start for r in reaches]
    for unit in units:
        unit.mentions = mentions_in(text, unit.start, unit.end, people)
    spoken_of = {id(m.person) for u in units if u.kind is not BlockKind.FURNITURE for m in u.mentions}
    owners = Owners(text, people, units)
    heading = ""
    for at, unit in enumerate(units):
        written = reaches[bisect_left(starts, unit.start) : bisect_left(starts, unit.end)]
        inside = [r for r in written if not r.is_recipient or id(people.of_address(r.value)) in spoken_of]
        owners.come_to(unit)
        for run in _runs(text, unit, inside):
            unit.groups.extend(owners.of(unit, run))
        unit.groups.extend(borrowed(document, units, at))
        heading = text[unit.start : unit.end] if unit.kind is BlockKind.HEADING else heading
        for group in unit.groups:
            first = group.reaches[0].start
            group.label, group.section = text[max(unit.start, first - _LABEL_LENGTH) : first], heading
            last = group.reaches[-1].end
            group.tail = text[last : min(unit.end, last + _TAIL_LENGTH)].partition("\n")[0]
            group.is_for_outsiders = _is_for_outsiders(text, unit, first)
        owners.leave(unit)
    return units


def _is_for_outsiders(text: str, unit: Unit, offset: int) -> bool:
    """`Parents should ring 01632 …`, `Do not give it to parents; they refer themselves on 01632 …`."""
    before = text[max(unit.start, offset - 160) : offset]
    found = _OUTSIDERS_RING.search(before)
    if not found or _FORBIDS.search(found.group()):
        return False
    return not found["they"] or bool(_OUTSIDERS.search(before, 0, found.start()))


def _runs(text: str, unit: Unit, reaches: list[Reach]) -> list[list[Reach]]:
    """Reaches with nothing between them that points to another owner."""
    runs: list[list[Reach]] = []
    starts = [m.start for m in unit.mentions]
    for reach in reaches:
        if runs and _same_owner(text, runs[-1][-1], reach, unit.mentions, starts):
            runs[-1].append(reach)
        else:
            runs.append([reach])
    return runs


def _tells_apart(text: str, last: Reach, reach: Reach) -> bool:
    """`01632 … for professionals and 01632 … for families`."""
    return bool(_AUDIENCE.search(text, last.end, reach.start) and _AUDIENCE.search(text, reach.end, reach.end + 40))


def _same_owner(text: str, last: Reach, reach: Reach, mentions: list[Mention], starts: list[int]) -> bool:
    if any(m.end <= reach.start for m in mentions[bisect_left(starts, last.end) : bisect_left(starts, reach.start)]):
        return False
    between = text[last.end : reach.start]
    if len(between) > 160 or _OUTSIDERS_RING.search(between):
        return False
    if PRONOUN.search(between) and HER_OFFICE.search(text, max(0, last.start - 50), last.start):
        return False  # her secretary's number, then her own
    is_unnamed = not (mentions and mentions[0].start < last.start)
    if is_unnamed and last.is_mail is reach.is_mail and _tells_apart(text, last, reach):
        return False
    plain = PARENTHESIS.sub(" ", between)
    if _NEW_OWNER.search(plain) and not re.search(r"\bthe (?:number|address|email|mobile)\b", plain):
        return False
    left = WORD.findall(CONNECTING.sub(" ", plain))
    if last.is_mail is reach.is_mail and any(_POST.fullmatch(word) for word in left):
        return False
    if SENTENCE_BREAK.search(plain) or "\n" in plain.strip(" "):
        return not left or (len(left) <= 2 and not plain.strip().startswith("\n") and bool(PRONOUN.search(plain)))
    if any(word[0].isupper() and not _DAY.match(word) for word in left) and not _LABELLED.search(plain):
        return False
    return len(left) <= 2 and not (DESK.search(" ".join(left)) and ":" in plain)
