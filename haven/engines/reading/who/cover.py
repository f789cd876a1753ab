"""Works out which contacts a handling marking covers."""

import re
from dataclasses import replace
from itertools import pairwise

from haven.engines.documents.document import BlockKind
from haven.engines.patterns.late import late
from haven.engines.reading.items import Marking
from haven.engines.reading.who.beside import ABOUT_A_CONTACT, ABOUT_THE_NOTE, Beside, clause, sentence
from haven.engines.reading.who.columns import cover_by_column
from haven.engines.reading.who.exceptions import added_exception, chosen, excepted, without_exception
from haven.engines.reading.who.keys import cover_by_key, is_named
from haven.engines.reading.who.lifted import in_force
from haven.engines.reading.who.markings import MarkingPhrase, find_markings
from haven.engines.reading.who.subjects import is_of_news
from haven.engines.reading.who.units import Group, Unit

_OF_NUMBERS = late(
    r"\b(?:numbers|contacts|contact (?:list|sheet|card)|(?:tele)?phone list|directory|who to (?:ring|call|contact|"
    r"ask)|lines|"
    r"rota)\b",
    re.IGNORECASE,
)
_BOX = late(r"\b(?:this|the) (?:box|list|table)\b", re.IGNORECASE)
_SIGNATURE = 240  # the longest line of a signature that may mark its own number
_REACH = 4  # how many lines away from a number a marking may stand
_TRIGGERS = (  # every wording has one of these in it
    "for ",
    "not",
    "only",
    "use",
    "no ",
    "n't",
    "n’t",
    "parent",
    "prof",
    "staff",
    "famil",
    "public",
    "keep",
    "kept",
    "any",
    "every",
    "within",
    "never",
    "alone",
    "none",
    "nor",
    "neither",
    "dont",
    "isnt",
    "arent",
    "mustnt",
    "shouldnt",
    "cant",
    "pros",
    "practition",
    "agenc",
    "carer",
    "intern",
    "in-house",
    "confiden",
    "private",
    "restrict",
    "reserve",
    "strict",
    "exclusiv",
    "just",
    "between",
    "stay",
    "remain",
    "all callers",
    "open to",
    "website",
    "directory",
    "unlisted",
    "under ",
    "further",
    "eyes",
    "ears",
    "avoid",
    "withheld",
    "withhold",
    "limit",
    "leave",
    " hat",
    "off the record",
    "unpublished",
    "secret",
    "hush",
    "sensitiv",
    "discre",
    "nobody",
    "else",
    "outside",
    "these walls",
    "hide",
    "hidden",
    "guard",
    "shield",
    "closed",
    "barred",
    "bounds",
    "resist",
    "work with",
    "working with",
    "workforce",
    "audience",
    "client",
    "lay",
)
_STRENGTH = (Marking.PROFESSIONAL_ONLY, Marking.INTERNAL, Marking.NOT_FOR_PARENTS)
_DITTO = late(
    r"(?:\bditto\b|\blikewise\b|\bas above\b|\bas (?:the|with the) (?:line|one|number|entry|last) (?:above|before)\b|"
    r"\bsame (?:again|applies|here|rules?|restrictions?|handling|marking|conditions?|terms|goes|care|treatment)\b|"
    r"\bas for\b|"
    r"[“”\"]{2}|[(\t][“”\"][)\s])",
    re.IGNORECASE,
)


def cover(text: str, units: list[Unit]) -> None:
    """Set the marking of every group that one covers. Words beside a contact, in its block or on the line next to
    it, come before those of its section; words that free a contact from its section's marking count only against the
    section."""
    phrases = _phrases(text, units)
    for index, signs in cover_by_key(text, units).items():
        phrases[index] = [p for p in phrases[index] if not _explains(text, units[index], p, signs)]
    beside = Beside(text, units, phrases)
    for index in range(len(units)):
        for phrase in phrases[index]:
            if phrase.is_public:
                for group in _chosen(text, units[index], phrase, beside.groups(index, phrase)):
                    group.is_exempt = True
    wide = _mark_beside(text, units, phrases, beside)
    cover_by_column(text, units)
    _cover_alike(text, units)
    _cover_by_section(text, units, phrases)
    for phrase, groups in wide:
        for group in groups:
            if not (group.is_exempt or group.marking):
                _mark(text, group, phrase)


def _mark_beside(
    text: str, units: list[Unit], phrases: list[list[MarkingPhrase]], beside: Beside
) -> list[tuple[MarkingPhrase, list[Group]]]:
    """Mark what phrases outside headings cover. Gives back what is said at large, of a whole sheet or part: it yields
    to all that is said of one contact or of some."""
    wide: list[tuple[MarkingPhrase, list[Group]]] = []
    for index, unit in enumerate(units):
        for phrase in phrases[index]:
            if phrase.is_public:
                others = beside.others(index, phrase)
                wide += [(replace(phrase, marking=Marking.NOT_FOR_PARENTS), others)] if others else []
                continue
            offered = beside.groups(index, phrase)
            covered = _chosen(text, unit, phrase, offered)
            kept = set(map(id, covered))
            _exempt(text, unit, phrase, [g for g in offered if id(g) not in kept])
            if len(covered) > 1 and beside.at_large(index, phrase):
                wide.append((phrase, covered))
                continue
            for group in _with_sharers(unit, covered):
                if not (group.is_exempt and (len(covered) > 1 or not any(group is own for own in unit.groups))):
                    _mark(text, group, phrase)
    return wide


def _phrases(text: str, units: list[Unit]) -> list[list[MarkingPhrase]]:
    """The marking phrases of each unit that could cover a contact: beside one, in a heading, or of numbers at large."""
    near = {n for at, unit in enumerate(units) if unit.groups for n in range(at - _REACH, at + _REACH + 1)}
    return [
        in_force(text, unit.end, find_markings(text, unit.start, unit.end))
        if _could_mark(text, unit, is_near=at in near)
        else []
        for at, unit in enumerate(units)
    ]


def _could_mark(text: str, unit: Unit, *, is_near: bool) -> bool:
    if unit.kind is BlockKind.FURNITURE and not (unit.groups and unit.end - unit.start < _SIGNATURE):
        return False
    words = text[unit.start : unit.end].casefold()
    if not any(trigger in words for trigger in _TRIGGERS):
        return False
    return is_near or unit.kind is BlockKind.HEADING or bool(ABOUT_A_CONTACT.search(text, unit.start, unit.end))


def _with_sharers(unit: Unit, groups: list[Group]) -> list[Group]:
    """The groups, with those of the same block that share their numbers."""
    shared = {id(g.reaches) for g in groups}
    known = set(map(id, groups))
    return [*groups, *(g for g in unit.groups if id(g.reaches) in shared and id(g) not in known)]


def _explains(text: str, unit: Unit, phrase: MarkingPhrase, signs: set[str]) -> bool:
    """Whether a phrase is the meaning that a key gives to a sign, and so marks nothing beside it."""
    said = text[slice(*sentence(text, unit, phrase))]
    return any(sign in said or is_named(sign, said) for sign in signs)


def _exempt(text: str, unit: Unit, phrase: MarkingPhrase, left_out: list[Group]) -> None:
    """Free those that a sentence excepts from what the heading says too."""
    if left_out and excepted(_sentence_with_exception(text, unit, phrase)):
        for group in left_out:
            group.is_exempt = True


def _sentence_with_exception(text: str, unit: Unit, phrase: MarkingPhrase) -> str:
    """What a phrase's sentence says, and the exception that the next one makes to it."""
    start, stop = sentence(text, unit, phrase)
    return text[start:stop] + added_exception(text, stop, unit.end)


def _chosen(text: str, unit: Unit, phrase: MarkingPhrase, groups: list[Group]) -> list[Group]:
    if len(groups) < 2:
        return groups
    _, stop = sentence(text, unit, phrase)
    said = text[slice(*clause(text, unit, phrase))] + added_exception(text, stop, unit.end)
    return chosen(said, without_exception(said) if unit.groups else text[unit.start : unit.end], groups)


def _mark(text: str, group: Group, phrase: MarkingPhrase) -> None:
    if group.marking and phrase.marking and _STRENGTH.index(group.marking) <= _STRENGTH.index(phrase.marking):
        return
    group.marking, group.marking_quote = phrase.marking, text[phrase.start : phrase.end]


def _cover_alike(text: str, units: list[Unit]) -> None:
    """`ditto`, `as above`: what was said of the contact above."""
    for above, unit in pairwise(units):
        same = _DITTO.search(text, unit.start, unit.end) if unit.groups and above.groups else None
        marked = above.groups[-1] if same else None
        if marked and marked.marking and not any(g.marking for g in unit.groups):
            for group in unit.groups:
                group.marking, group.marking_quote = marked.marking, marked.marking_quote


def _cover_by_section(text: str, units: list[Unit], phrases: list[list[MarkingPhrase]]) -> None:
    """A heading, or the head of a table, covers what stands under it until the next of its rank."""
    for index, unit in enumerate(units):
        if unit.kind is not BlockKind.HEADING and not unit.is_header:
            continue
        phrase = next((p for p in phrases[index] if not p.is_public), None)
        if unit.is_header and "\t" in text[unit.start : unit.end]:
            continue  # told by its columns
        if (
            phrase is None
            or unit.groups
            or is_of_news(text[unit.start : phrase.start])
            or ABOUT_THE_NOTE.search(text, unit.start, unit.end)
        ):
            continue
        is_title = unit.kind is BlockKind.HEADING and unit.level == 1 and index == 0
        if is_title and not _OF_NUMBERS.search(text, unit.start, unit.end):
            continue
        for group in _under(text, units, index):
            if not group.is_exempt and not (group.marking and phrase.marking is not Marking.PROFESSIONAL_ONLY):
                _mark(text, group, phrase)


def _under(text: str, units: list[Unit], index: int) -> list[Group]:
    head = units[index]
    found: list[Group] = []
    is_box = bool(_BOX.search(text, head.start, head.end))
    for unit in units[index + 1 :]:
        if is_box and found and unit.kind is BlockKind.PARAGRAPH:
            break
        if head.kind is BlockKind.HEADING and unit.kind is BlockKind.HEADING and unit.level <= head.level:
            break
        if head.kind is BlockKind.CELL and (unit.table != head.table or (found and unit.is_header)):
            break
        found.extend(unit.groups)
    return found
