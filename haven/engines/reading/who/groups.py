"""Gathers the numbers and addresses that are written together, and says whose they are."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from haven.engines.reading.document import BlockKind, Document
from haven.engines.reading.items import Marking
from haven.engines.reading.who.people import Mention, People, Person, clean_role, find_people, mentions_in
from haven.engines.reading.who.reaches import Reach, find_reaches


@dataclass(slots=True)
class Group:
    """Numbers and addresses of one owner, as written in one place."""

    start: int
    end: int
    reaches: list[Reach]
    person: Person | None = None
    name: str | None = None
    role: str | None = None
    marking: Marking | None = None
    marking_quote: str | None = None
    is_exempt: bool = False
    is_for_outsiders: bool = False  # the number that parents are told to ring
    label: str = ""  # what its line says before the number
    section: str = ""  # the heading it stands under


@dataclass(slots=True)
class Unit:
    """A block, or a whole row of a table, with the groups written in it."""

    start: int
    end: int
    kind: BlockKind
    level: int = 0
    first_block: int = 0
    last_block: int = 0
    table: int | None = None
    is_header: bool = False
    columns: list[int] = field(default_factory=list)  # of a row: which column each of its cells stands in
    groups: list[Group] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)


_CONNECTING = re.compile(
    r"\b(?:or|and|also|on|at|via|by|e-?mails?|tel|telephone|phone|ph|mobile|mob|m|t|e|p|f|cell|"
    r"direct|dial|ddi|d|text|texts|textphone|minicom|"
    r"whatsapp|landline|work|home|office hours|sms|call|ring|out of hours|daytime|evenings?|"
    r"weekends?|hours?|number|no|to|for|is|his|her|their|"
    r"the|a|please|contact|details|address|secure|w|o|then|else|alternatively|main|option|ext|extension|press|x)\b",
    re.IGNORECASE,
)
_PARENTHESIS = re.compile(r"\([^()@]{0,120}\)|\[[^\[\]@]{0,120}\]")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_SENTENCE_BREAK = re.compile(r"[.!?][)\]*_”’]*\s+[^\sa-z]|\n\s*\n|;\s")
_NEW_OWNER = re.compile(
    r"\b(?:the|our|a)\s+[\w’'-]+(?:\s+[\w’'-]+){0,4}\s+(?:on|at|is|via)\b|"
    r"\b[A-Z]\w+(?:\s\w+){0,3}\s+(?:on|at|is|via)\s*$"
)
_DESK = re.compile(
    r"\b(?:line|desk|team|office|mailbox|inbox|hotline|helpline|helpdesk|service|hub|front door|"
    r"duty|switchboard|reception|advice|support|referrals?|bookings?|"
    r"admissions|enquiries|queries|questions|centre|department|unit|school|council|police|hospital|clinic|number)\b",
    re.IGNORECASE,
)
_ASK_FOR = re.compile(
    r"[\s,;:()|–—-]*(?:and\s+)?(?:ask for|asking for|speak to|speak with|for|quote|c/o|attn:?|"
    r"FAO)?\s*(?:PC|Sgt|Dr|Mr|Mrs|Ms|Miss|DI|DS|DC|PCSO)?\s*$"
)
_DEVICE = re.compile(
    r"[\s.,;:–—-]*(?:(?:her|his|their|my)\s+)?(?:desk|direct(?: line| dial)?|office|mobile|mob|work|home|tel|"
    r"telephone|"
    r"phone|landline|e-?mail)[\s.:–—-]*(?:is|on)?\s*",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:her|his|their|she|he|they|him|them)\b", re.IGNORECASE)
_BARE = re.compile(
    r"\b(?:contact|contacts|details|reach|reached|reachable|can|be|available|get|touch|in|with|"
    r"direct|line|work|personal|new|current|please|"
    r"drop|an|message|questions|any|info|information|you|more|further|email address)\b",
    re.IGNORECASE,
)
_ME = re.compile(r"\b(?:me|my|mine)\b", re.IGNORECASE)
_LABEL = re.compile(r"^\W*(?P<label>[^\n:@|]{2,60}?)\s*(?::|[–—|]|\t|\s-\s|\s{2,}|,|\()")
_PROSE = re.compile(
    r"\b(?:please|if|you|your|we|any|book|send|write|contact|email|ring|call|let|know|return|"
    r"reply|should|must|can|by|with|from|before|after|at|"
    r"is|are|was|were|has|have|had|not|will|changed|moved|now|to|on|questions?|queries|enquiries about|"
    r"contacts?|details|"
    r"further|information|info|telephone|phone|tel|note|who|numbers?|thank|thanks)\b",
    re.IGNORECASE,
)
_FIRST_NAME = re.compile(
    r"^\W*(?P<first>[A-ZÀ-Þ][a-zß-ÿ]{2,})(?:[’']s (?:details|number|contact details|email|mobile))?\s*[:–—-]"
)
_SHORT_LINE = 110
_LABEL_LENGTH = 120
_OUTSIDERS = re.compile(r"\b(?:parents|carers|families|public|pupils|children|young people)\b", re.IGNORECASE)
_OUTSIDERS_RING = re.compile(
    r"\b(?:parents|carers|famil(?:y|ies)|(?:members of )?the public|pupils|young people|children|(?P<they>they|who))\b"
    r"(?: (?:and|or) (?:parents|carers|families|pupils|young people))?,?\s+(?:(?:should|can|may|must|will|are to|"
    r"need to|instead|"
    r"always|now|please|still|continue to|do|also|all|themselves|have their own|have the|have) )*"
    r"(?:ring|use|call|phone|telephone|write|contact|self-refer|refer|go|have|e-?mail|text|dial|try|reach|get|"
    r"ask)?\b[^.;:\n]{0,45}$",
    re.IGNORECASE,
)
_FORBIDS = re.compile(r"\b(?:not|never|nor|no|cannot|neither)\b|n[’']t\b", re.IGNORECASE)


def find_units(document: Document) -> tuple[list[Unit], People]:
    """The note block by block (a table row by row), with who is named and which numbers stand in each."""
    people = find_people(document)
    units = list(_units(document))
    reaches = find_reaches(document)
    starts = [r.start for r in reaches]
    carried: Person | None = None
    signature: Person | None = None
    was_reached = False
    sender: Person | None = None
    heading = ""
    for unit in units:
        inside = list(reaches[bisect_left(starts, unit.start) : bisect_left(starts, unit.end)])
        unit.mentions = mentions_in(document.text, unit.start, unit.end, people)
        if unit.kind is BlockKind.FURNITURE and unit.mentions and not sender:
            sender = unit.mentions[0].person
        signature = _signature(document.text, unit, signature)
        for run in _runs(document.text, unit, inside):
            unit.groups.extend(_owned(document.text, unit, run, people, signature or carried, sender, bool(signature)))
        heading = document.text[unit.start : unit.end] if unit.kind is BlockKind.HEADING else heading
        for group in unit.groups:
            first = group.reaches[0].start
            group.label, group.section = document.text[max(unit.start, first - _LABEL_LENGTH) : first], heading
            group.is_for_outsiders = _is_for_outsiders(document.text, unit, first)
        carried = _carried(document.text, unit, carried)
        if was_reached and not unit.groups and not unit.mentions:
            carried = signature = None  # a line after somebody's numbers that names nobody begins something else
        was_reached = bool(unit.groups)
    return units, people


def _is_for_outsiders(text: str, unit: Unit, offset: int) -> bool:
    """`Parents should ring 01632 …`, `Do not give it to parents; they refer themselves on 01632 …`."""
    before = text[max(unit.start, offset - 160) : offset]
    found = _OUTSIDERS_RING.search(before)
    if not found or _FORBIDS.search(found.group()):
        return False
    return not found["they"] or bool(_OUTSIDERS.search(before, 0, found.start()))


def _units(document: Document) -> Iterator[Unit]:
    row: Unit | None = None
    key: tuple[int | None, int | None] | None = None
    for index, block in enumerate(document.blocks):
        if block.kind is BlockKind.NOISE:
            continue
        here = (block.table, block.row)
        if block.kind is BlockKind.CELL and row is not None and here == key:
            row.end, row.last_block = block.end, index
            row.columns.append(block.column or 0)
            row.is_header = row.is_header and block.is_header
            continue
        if row is not None:
            yield row
        row = Unit(block.start, block.end, block.kind, block.level, index, index, block.table, block.is_header)
        key = here if block.kind is BlockKind.CELL else None
        row.columns = [] if key is None else [block.column or 0]
        if key is None:
            yield row
            row = None
    if row is not None:
        yield row


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


def _same_owner(text: str, last: Reach, reach: Reach, mentions: list[Mention], starts: list[int]) -> bool:
    if any(m.end <= reach.start for m in mentions[bisect_left(starts, last.end) : bisect_left(starts, reach.start)]):
        return False
    between = text[last.end : reach.start]
    if len(between) > 160:
        return False
    plain = _PARENTHESIS.sub(" ", between)
    if _NEW_OWNER.search(plain) and not re.search(r"\bthe (?:number|address|email|mobile)\b", plain):
        return False
    left = _WORD.findall(_CONNECTING.sub(" ", plain))
    if _SENTENCE_BREAK.search(plain) or "\n" in plain.strip(" "):
        return not left or (len(left) <= 2 and not plain.strip().startswith("\n") and bool(_PRONOUN.search(plain)))
    return len(left) <= 2 and not (_DESK.search(" ".join(left)) and ":" in plain)


def _owned(
    text: str,
    unit: Unit,
    run: list[Reach],
    people: People,
    carried: Person | None,
    sender: Person | None,
    is_signed: bool,
) -> Iterator[Group]:
    """The run as groups: one, or several where its addresses plainly belong to different people."""
    floor = unit.groups[-1].end if unit.groups else unit.start
    before = text[floor : run[0].start]
    mention = _owner_before(text, unit, floor, run[0].start) or _owner_after(text, unit, run[-1].end)
    person = mention.person if mention else None
    if person is None and not unit.groups and (is_signed or _is_bare(before)):
        person = carried
    if person is None and _ME.search(before[-60:]) and len(before) < 400:
        person = sender
    owners = {r.value: people.of_address(r.value) for r in run if r.is_mail}
    named = {id(p): p for p in owners.values() if p}
    if len(named) == 1 and (person is None or person is not next(iter(named.values()))):
        person = next(iter(named.values()))
    if len(named) > 1:
        for reach in run:
            owner = owners.get(reach.value) or person
            yield Group(reach.start, reach.end, [reach], owner, owner.name if owner else None)
        return
    start = (
        min(mention.start, run[0].start)
        if mention and mention.person is person
        else _label_start(text, floor, run[0].start)
    )
    end = max(run[-1].end, mention.end if mention and mention.start > run[-1].end and mention.person is person else 0)
    name = person.name if person else _first_name(text, unit, run)
    role = _role(text, unit, person, mention, floor, run[0].start)
    yield Group(start, end, run, person, name, role)


def _owner_before(text: str, unit: Unit, floor: int, stop: int) -> Mention | None:
    at = bisect_left(unit.mentions, stop, key=lambda m: m.start) - 1
    if at >= 0 and unit.mentions[at].start >= floor:
        mention = unit.mentions[at]
        between = _PARENTHESIS.sub(" ", text[mention.end : stop])
        if _DEVICE.fullmatch(between):
            return mention
        if _SENTENCE_BREAK.search(between) and (len(between) > 90 or _DESK.search(between)):
            return None
        if len(between) > 220 or (_is_of_a_desk(between) and not _PRONOUN.search(between)):
            return None
        return mention
    return None


def _is_of_a_desk(between: str) -> bool:
    """Whether the number that follows is a line's or team's rather than of the person named before."""
    desk = _DESK.search(between)
    return bool(desk and re.search(r"\b(?:the|our|a)\s+(?:[\w’'-]+\s+){0,3}$", between[: desk.start()]))


def _owner_after(text: str, unit: Unit, offset: int) -> Mention | None:
    at = bisect_left(unit.mentions, offset, key=lambda m: m.start)
    if at < len(unit.mentions):
        mention = unit.mentions[at]
        near = unit.kind is BlockKind.CELL and len(unit.mentions) == 1
        return mention if near or (mention.is_full and _ASK_FOR.fullmatch(text[offset : mention.start])) else None
    if unit.kind is BlockKind.CELL and len({id(m.person) for m in unit.mentions if m.is_full}) == 1 and not unit.groups:
        return next(m for m in unit.mentions if m.is_full)
    return None


def _is_bare(before: str) -> bool:
    """Whether nothing before the number says whose it is: `Tel:`, `Contact details:`, `She can be reached on`."""
    if len(before) > 100:
        return False
    left = _WORD.findall(_BARE.sub(" ", _CONNECTING.sub(" ", _PRONOUN.sub(" ", _PARENTHESIS.sub(" ", before)))))
    return not left


def _carried(text: str, unit: Unit, carried: Person | None) -> Person | None:
    """Who a bare `Tel:` on a later line would belong to."""
    full = [m for m in unit.mentions if m.is_full]
    opening = [m for m in full if m.start - unit.start < 8]
    if opening and (unit.kind is not BlockKind.CELL):
        return opening[0].person
    if unit.kind is BlockKind.HEADING:
        return full[0].person if len(full) == 1 else None
    if unit.groups and any(g.person is None for g in unit.groups):
        return None
    return carried if not full or len(text[unit.start : unit.end]) > _SHORT_LINE else full[-1].person


def _signature(text: str, unit: Unit, signing: Person | None) -> Person | None:
    """Whose signature a line belongs to: a name alone on its line signs the short lines that follow."""
    line = text[unit.start : unit.end].strip(" *_\t")
    if unit.kind is not BlockKind.PARAGRAPH or len(line) > _SHORT_LINE or line.endswith((":", "?")):
        return None
    full = [m for m in unit.mentions if m.is_full]
    if re.search(r"\d{4}|@", line) and full:
        return None
    if len(full) == 1 and full[0].start - unit.start < 6:
        rest = text[full[0].end : unit.end]
        return full[0].person if len(rest.split()) <= 8 and not re.search(r"[.!?]\s|:", rest) else None
    return None if unit.mentions or ":" in line[:40].replace("Tel:", "").replace("T:", "") else signing


def _first_name(text: str, unit: Unit, run: list[Reach]) -> str | None:
    """A first name alone before a colon, where the address bears it out."""
    found = _FIRST_NAME.match(text[unit.start : run[0].start])
    if found and any(r.is_mail and r.value.casefold().startswith(found["first"].casefold()) for r in run):
        return found["first"]
    return None


def _label_start(text: str, floor: int, stop: int) -> int:
    """Where the words that lead to the number begin: its own line or sentence."""
    piece = text[floor:stop]
    last = 0
    for found in re.finditer(r"[.!?;][)\]*_]*\s+|\n|\|", piece[-300:]):
        last = max(0, len(piece) - 300) + found.end()
    start = floor + last
    while start < stop and not (text[start].isalnum() or text[start] in "([“‘'+"):
        start += 1
    return start


def _role(text: str, unit: Unit, person: Person | None, mention: Mention | None, floor: int, stop: int) -> str | None:
    if person:
        if person.role:
            return person.role
        if mention:
            after = clean_role(text[mention.end : stop].strip(" ,–—-:(\t|")) if mention.end < stop else None
            if after and len(after) < 60 and not _PROSE.search(after):
                return after
            lead = re.fullmatch(r"\W*([^\n:@]{2,40}):\s*\W*", text[unit.start : mention.start])
            return lead[1].strip() if lead and not _PROSE.search(lead[1]) else None
        return None
    piece = text[_label_start(text, floor, stop) : stop]
    label = _LABEL.match(piece) or re.match(r"^\W*(?P<label>[^\n:@|]{2,60})\s*$", piece)
    words = label["label"].strip(" ,–—-*_(") if label else ""
    words = re.sub(
        r"^(?:the|our)\s+|\s+(?:is at|is on|on|at|is|via|tel|telephone|phone|email|e-mail|ring|call)$",
        "",
        words,
        flags=re.IGNORECASE,
    )
    return (
        words or None if words and not _PROSE.search(words) and len(words.split()) <= 8 and words[0].isalpha() else None
    )
