"""Finds the people and mailboxes that can be reached: one contact each, however often and wherever they are named."""

from haven.engines.documents.document import Document
from haven.engines.reading.items import Contact, Marking
from haven.engines.reading.who.cover import cover
from haven.engines.reading.who.groups import find_units
from haven.engines.reading.who.units import Group

_STRENGTH = (Marking.PROFESSIONAL_ONLY, Marking.INTERNAL, Marking.NOT_FOR_PARENTS)


def find_contacts(document: Document) -> tuple[Contact, ...]:
    """Everyone the note gives a live number or address for, in the order of first mention."""
    units = find_units(document)
    cover(document.text, units)
    groups = [group for unit in units for group in unit.groups]
    contacts = [_contact(document.text, together) for together in _gathered(groups)]
    return tuple(sorted(contacts, key=lambda c: c.start))


def _gathered(groups: list[Group]) -> list[list[Group]]:
    """Groups by owner: the same name, or, without a name, an address or number already seen."""
    named: dict[str, list[Group]] = {}
    for group in groups:
        if group.name:
            named.setdefault(group.name.casefold(), []).append(group)
    gathered = list(named.values())
    by_value: dict[str, list[Group]] = {}
    for together in gathered:
        for group in together:
            for reach in group.reaches:
                by_value.setdefault(reach.value.casefold(), together)
    for group in groups:
        if group.name:
            continue
        values = [reach.value.casefold() for reach in group.reaches]
        known = next((by_value[v] for v in values if v in by_value), None)
        if known is not None and (not known[0].name or all(by_value.get(v) is known for v in values)):
            known.append(group)
        else:
            known = [group]
            gathered.append(known)
        for value in values:
            by_value.setdefault(value, known)
    return gathered


def _contact(text: str, groups: list[Group]) -> Contact:
    groups = sorted(groups, key=lambda g: g.start)
    marked = min(
        (g for g in groups if g.marking), key=lambda g: _STRENGTH.index(g.marking or Marking.INTERNAL), default=None
    )
    shown = marked or groups[0]
    return Contact(
        start=shown.start,
        end=shown.end,
        quote=text[shown.start : shown.end],
        confidence=_confidence(groups),
        name=next((g.name for g in groups if g.name), None),
        role=next((g.role for g in groups if g.role), None),
        phones=_values(groups, is_mail=False),
        emails=_values(groups, is_mail=True),
        marking=marked.marking if marked else None,
        marking_quote=marked.marking_quote if marked else None,
    )


def _values(groups: list[Group], *, is_mail: bool) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for group in groups:
        for reach in group.reaches:
            if reach.is_mail is is_mail:
                found.setdefault(reach.value.casefold(), reach.value)
    return tuple(found.values())


def _confidence(groups: list[Group]) -> float:
    if any(g.person for g in groups):
        return 0.96
    return 0.9 if any(g.role or g.name for g in groups) else 0.82
