"""Numbers that several people share: `Ann Archer and Ben Booth are both on …`, `Ben Booth (same number)`."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from haven.engines.documents.document import BlockKind, Document
from haven.engines.patterns.late import late
from haven.engines.reading.who.people import Mention
from haven.engines.reading.who.reaches import Reach
from haven.engines.reading.who.units import Group, Unit

SHARE = late(
    r"\W*(?:\([^()\n]{0,60}\)\W*|,\s[^,;.\n]{2,40},\s*)?(?:(?:he|she|they|who)\s+)?(?:can\s+|are\s+|may\s+)?"
    r"(?:all\s+|both\s+|each\s+)?(?:shares?|both|all|between them|jointly|each)\b",
    re.IGNORECASE,
)
_JOIN = late(
    r"(?:\s*\([^()\n]{0,60}\)|,\s[^,;.:\n]{2,40}(?=,))?(?P<joint>\s*,\s*(?:(?:and|or)\s+)?|\s+(?:and|or|&)\s+|"
    r"\s*[&/+]\s*)"
)
_SAME = late(
    r"\b(?:same|as above,?)\s+(?P<thing>(?:(?:tele)?phone |tel |contact |e-?mail |office |desk )?(?:numbers?|line|"
    r"tel|telephone|phone|"
    r"desk|extension|address|e-?mail|mailbox|inbox|details|contacts?))\b",
    re.IGNORECASE,
)
_DITTO = late(r"\s*(?:[\"“”〃″]|''|’’|ditto|do\.|as above|same|same as above)\s*", re.IGNORECASE)
_MOST_SHARERS = 4


def sharers(text: str, unit: Unit, mention: Mention, floor: int) -> list[Mention]:
    """Those named before somebody in the same breath: `Ann Archer (LADO) and Ben Booth: …`."""
    at = bisect_left(unit.mentions, mention.start, key=lambda m: m.start)
    found: list[Mention] = []
    following = mention
    for other in reversed(unit.mentions[max(0, at - _MOST_SHARERS) : at]):
        joined = _JOIN.fullmatch(text[other.end : following.start])
        if not joined or other.start < floor or other.person is mention.person:
            break
        if not found and not joined["joint"].strip(" ,"):
            break  # a list without `and` or `or` is no pair
        found.append(other)
        following = other
    return found[::-1]


def borrowed(document: Document, units: list[Unit], at: int) -> Iterator[Group]:
    """The groups of a line that gives the same number or address as the one above it."""
    unit, above = units[at], next((u for u in reversed(units[max(0, at - 2) : at]) if u.groups), None)
    if above is None:
        return
    people = {id(m.person): m for m in unit.mentions}
    if unit.kind is BlockKind.CELL and units[at - 1].table == unit.table:
        _fill_dittos(document, units[at - 1], unit)
    if unit.groups or len(people) != 1:
        return
    mention = next(iter(people.values()))
    reaches = [
        replace(reach, start=found.start(), end=found.end())
        for found in _SAME.finditer(document.text, unit.start, unit.end)
        for reach in above.groups[-1].reaches
        if _is_such(found["thing"].casefold(), reach)
    ]
    if reaches:
        yield Group(mention.start, reaches[-1].end, reaches, mention.person, mention.person.name, mention.person.role)


def _is_such(thing: str, reach: Reach) -> bool:
    if "detail" in thing or "contact" in thing:
        return True
    return reach.is_mail is any(word in thing for word in ("address", "mail", "inbox"))


def _fill_dittos(document: Document, above: Unit, unit: Unit) -> None:
    """Give the groups of a row what a cell with ditto marks repeats from the row above."""
    cells = document.blocks[unit.first_block : unit.last_block + 1]
    for cell in cells:
        if not unit.groups or not _DITTO.fullmatch(document.text, cell.start, cell.end):
            continue
        column = [b for b in document.blocks[above.first_block : above.last_block + 1] if b.column == cell.column]
        for reach in (r for g in above.groups for r in g.reaches for b in column if b.start <= r.start < b.end):
            unit.groups[0].reaches.append(replace(reach, start=cell.start, end=cell.end))
