"""Works out which contacts a handling marking covers."""

import re

from haven.engines.reading.document import BlockKind
from haven.engines.reading.items import Marking
from haven.engines.reading.who.groups import Group, Unit
from haven.engines.reading.who.markings import MarkingPhrase, find_markings, is_about_an_event

_ABOUT_A_CONTACT = re.compile(
    r"\b(?:numbers?|lines?|details?|contacts?|address(?:es)?|mobiles?|phones?|e-?mails?|mailbox|inbox|desk|her|his|him|she|he|them|these|those)\b",
    re.IGNORECASE,
)
_ABOUT_THE_NOTE = re.compile(
    r"\bthis (?:bulletin|newsletter|note|notes|briefing|document|e-?mail|message|update|circular|paper|minutes|report|letter|communication|presentation)\b",
    re.IGNORECASE,
)
_STRENGTH = (Marking.PROFESSIONAL_ONLY, Marking.INTERNAL, Marking.NOT_FOR_PARENTS)
_ADJACENT = re.compile(
    r"[\s:–—)\]*_-]*(?:(?:line|number|desk|contact|tel|telephone|mobile|phone|e-?mail|address)\W{0,4}){0,2}"
)
_ONE_ABOVE = re.compile(r"\b(?:this (?:number|line|one|contact|mobile|address)|her|his|it is|above)\b", re.IGNORECASE)
_NO = re.compile(r"^\W*(?:no|n|not|never|✗|✘|x|do not)\b", re.IGNORECASE)
_SHARING_COLUMN = re.compile(r"\b(?:parents?|carers?|famil(?:y|ies)|public|website)\b", re.IGNORECASE)


def cover(text: str, units: list[Unit]) -> None:
    """Set the marking of every group that one covers. Words beside a contact, in its block or on the line next to it, come
    before those of its section; words that free a contact from its section's marking count only against the section."""
    phrases = [find_markings(text, u.start, u.end) if u.kind is not BlockKind.FURNITURE else [] for u in units]
    of_person: dict[int, list[Group]] = {}
    for group in (g for u in units for g in u.groups if g.person):
        of_person.setdefault(id(group.person), []).append(group)
    for index in range(len(units)):
        for phrase in phrases[index]:
            for group in _beside(text, units, index, phrase, of_person):
                if phrase.is_public:
                    group.is_exempt = True
                else:
                    _mark(text, group, phrase)
    _cover_by_column(text, units)
    _cover_by_section(text, units, phrases)


def _mark(text: str, group: Group, phrase: MarkingPhrase) -> None:
    if group.marking and phrase.marking and _STRENGTH.index(group.marking) <= _STRENGTH.index(phrase.marking):
        return
    group.marking, group.marking_quote = phrase.marking, text[phrase.start : phrase.end]


def _beside(
    text: str, units: list[Unit], index: int, phrase: MarkingPhrase, of_person: dict[int, list[Group]]
) -> list[Group]:
    """The groups that a phrase outside a heading covers."""
    unit = units[index]
    if unit.groups:
        return _inside(text, unit, phrase)
    if unit.kind is BlockKind.HEADING or unit.is_header or phrase.is_public or not _is_a_marking(text, unit, phrase):
        return []
    of_them = [g for key in {id(m.person): None for m in unit.mentions} for g in of_person.get(key, [])]
    if of_them:
        return of_them
    return _next_to(text, units, index, phrase)


def _is_a_marking(text: str, unit: Unit, phrase: MarkingPhrase) -> bool:
    """Whether a line without a number of its own speaks of a contact and not of an event, a text or the note itself."""
    start = max(unit.start, *(text.rfind(mark, unit.start, phrase.start) + 1 for mark in (". ", "! ", "? ")))
    stop = next((at for at in (text.find(". ", phrase.end, unit.end),) if at >= 0), unit.end)
    sentence = text[start:stop]
    rest = len(sentence.split()) - len(text[phrase.start : phrase.end].split())
    if _ABOUT_THE_NOTE.search(sentence) or is_about_an_event(sentence):
        return False
    return rest <= 5 or bool(_ABOUT_A_CONTACT.search(sentence))


def _inside(text: str, unit: Unit, phrase: MarkingPhrase) -> list[Group]:
    before = [
        g for g in unit.groups if g.reaches[-1].end <= phrase.start or g.start <= phrase.start < g.reaches[0].start
    ]
    after = [g for g in unit.groups if g not in before]
    if unit.kind is BlockKind.CELL:
        return unit.groups
    if after and _ADJACENT.fullmatch(text[phrase.end : after[0].reaches[0].start]):
        near_before = (
            bool(before)
            and len(text[before[-1].reaches[-1].end : phrase.start].strip(" ,;–—-(")) == 0
            and "(" in text[before[-1].reaches[-1].end : phrase.start]
        )
        if not near_before:
            return after[:1]
    if before:
        return (
            before
            if phrase.covers_many
            and len(before) > 1
            and re.search(r"\b(?:these|both|all|either|neither|none|numbers|above)\b", _sentence(text, unit, phrase))
            else before[-1:]
        )
    if is_about_an_event(_sentence(text, unit, phrase)) and not phrase.is_public:
        return []
    return after if phrase.start - unit.start < 12 or phrase.points_below else after[:1]


def _sentence(text: str, unit: Unit, phrase: MarkingPhrase) -> str:
    start = max(unit.start, text.rfind(". ", unit.start, phrase.start) + 1)
    stop = text.find(". ", phrase.end, unit.end)
    return text[start : stop if stop >= 0 else unit.end].lower()


def _next_to(text: str, units: list[Unit], index: int, phrase: MarkingPhrase) -> list[Group]:
    """The groups next to a line that holds a marking and nothing to reach anybody by."""
    above = _run(units, index, -1)
    below = _run(units, index, 1)
    if below and not phrase.points_above and (phrase.points_below or _introduces(text, units, index)):
        return below
    if above:
        return above if phrase.covers_many else above[-1:]
    return below


def _introduces(text: str, units: list[Unit], index: int) -> bool:
    """Whether a line stands as the caption of the table or list below it."""
    line, following = units[index], units[index + 1 : index + 2]
    if line.kind is not BlockKind.PARAGRAPH or not following or _ONE_ABOVE.search(text, line.start, line.end):
        return False
    if following[0].kind is BlockKind.CELL:
        return True
    return following[0].kind is BlockKind.BULLET and text[line.start : line.end].rstrip(" *_").endswith(":")


def _run(units: list[Unit], index: int, step: int) -> list[Group]:
    """The groups of the units that follow one another without a gap, up or down from a line, within its section."""
    found: list[Group] = []
    at, patience = index + step, 1
    while 0 <= at < len(units) and units[at].kind is not BlockKind.HEADING:
        if units[at].groups:
            found = [*found, *units[at].groups] if step > 0 else [*units[at].groups, *found]
        elif not (units[at].is_header or (not found and patience)):
            break
        else:
            patience -= not units[at].is_header
        at += step
    return found


def _cover_by_column(text: str, units: list[Unit]) -> None:
    """`May parents have it?` at the head of a column, and `No` beneath."""
    header: Unit | None = None
    for unit in units:
        if unit.kind is not BlockKind.CELL:
            header = None
        elif header is None or header.table != unit.table:
            header = unit
        elif unit.groups and (found := _SHARING_COLUMN.search(text, header.start, header.end)):
            cells = re.split(r"\t|\n|\|", text[unit.start : unit.end])
            column = len(re.split(r"\t|\n|\|", text[header.start : found.start()])) - 1
            if column < len(cells) and _NO.match(cells[column]):
                for group in unit.groups:
                    group.marking = group.marking or Marking.NOT_FOR_PARENTS
                    group.marking_quote = group.marking_quote or text[header.start : header.end].strip()


def _cover_by_section(text: str, units: list[Unit], phrases: list[list[MarkingPhrase]]) -> None:
    """A heading, or the head of a table, covers what stands under it until the next of its rank."""
    for index, unit in enumerate(units):
        if unit.kind is not BlockKind.HEADING and not unit.is_header:
            continue
        phrase = next((p for p in phrases[index] if not p.is_public), None)
        if phrase is None or unit.groups or _ABOUT_THE_NOTE.search(text, unit.start, unit.end):
            continue
        if unit.kind is BlockKind.HEADING and unit.level == 1 and index == 0:
            continue
        for group in _under(units, index):
            if not group.is_exempt and not (group.marking and phrase.marking is not Marking.PROFESSIONAL_ONLY):
                _mark(text, group, phrase)


def _under(units: list[Unit], index: int) -> list[Group]:
    head = units[index]
    found: list[Group] = []
    for unit in units[index + 1 :]:
        if head.kind is BlockKind.HEADING and unit.kind is BlockKind.HEADING and unit.level <= head.level:
            break
        if head.kind is BlockKind.CELL and unit.table != head.table:
            break
        found.extend(unit.groups)
    return found
