"""How the facts of an item are said to people."""

import datetime as dt
from collections.abc import Iterable

import phonenumbers

from haven.access.roles import LABELS, Role
from haven.bulletins.rules import marking
from haven.bulletins.rules.facts import (
    AskedFacts,
    ContactFacts,
    EventFacts,
    Facts,
    GuidanceFacts,
    LinkFacts,
)
from haven.engines.reading.items import Recurs

RECURS = {
    Recurs.WEEKLY.value: "Every week",
    Recurs.MONTHLY.value: "Every month",
    Recurs.TERMLY.value: "Every term",
    Recurs.YEARLY.value: "Every year",
}
Fact = tuple[str, str]


def day(on: dt.date) -> str:
    """The day written out."""
    return f"{on:%A} {on.day} {on:%B %Y}"


def clock(at: dt.time) -> str:
    """The time as people say it: 9am, 4:30pm."""
    hour = at.hour % 12 or 12
    return f"{hour}{f':{at.minute:02}' if at.minute else ''}{'am' if at.hour < 12 else 'pm'}"


def due(facts: AskedFacts) -> str:
    """By when, or nothing."""
    if facts.due_on is None:
        return ""
    return f"{day(facts.due_on)}{f', {clock(facts.due_time)}' if facts.due_time else ''}"


def when(facts: EventFacts) -> str:
    """The day or days of an event, with its hours."""
    if facts.starts_on is None:
        return ""
    begins = f"{day(facts.starts_on)}{f', {clock(facts.starts_time)}' if facts.starts_time else ''}"
    is_longer = facts.ends_on not in (None, facts.starts_on)
    ends = [day(facts.ends_on)] if is_longer and facts.ends_on else []
    ends += [clock(facts.ends_time)] if facts.ends_time else []
    return f"{begins} to {', '.join(ends)}" if ends else begins


def telephone(number: str) -> str:
    """A number as it is dialled here; one from abroad with its country's code."""
    try:
        parsed = phonenumbers.parse(number, "GB")
    except phonenumbers.NumberParseException:
        return number
    is_home = parsed.country_code == 44
    form = phonenumbers.PhoneNumberFormat.NATIONAL if is_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(parsed, form))


def as_dialled(typed: str) -> str | None:
    """A typed number in E.164; none where it cannot be one."""
    try:
        parsed = phonenumbers.parse(typed, "GB")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def facts_in_words(facts: Facts) -> list[Fact]:
    """What an item says besides its name, as names and values; what is blank is left out."""
    match facts:
        case AskedFacts():
            said = _asked(facts)
        case EventFacts():
            said = _event(facts)
        case ContactFacts():
            said = _contact(facts)
        case GuidanceFacts():
            said = [("Standing", facts.status.value.capitalize() if facts.status else "")]
        case LinkFacts():
            said = [("Address", facts.url)]
    return [(name, value) for name, value in said if value]


def roles_in_words(roles: Iterable[Role]) -> str:
    """The roles, listed."""
    return ", ".join(LABELS[role] for role in roles)


def _asked(facts: AskedFacts) -> list[Fact]:
    return [
        ("Due", due(facts)),
        ("Meant for", roles_in_words(facts.roles)),
        ("In the note", ", ".join(facts.who)),
        ("Comes round", RECURS.get(facts.recurs or "", "")),
        ("", "Schools may choose" if facts.is_optional else ""),
    ]


def _event(facts: EventFacts) -> list[Fact]:
    return [
        ("When", when(facts)),
        ("Where", facts.place),
        ("Comes round", RECURS.get(facts.recurs or "", "")),
        ("", "Online" if facts.is_online and not facts.place else ""),
        ("", "Called off" if facts.is_cancelled else ""),
    ]


def _contact(facts: ContactFacts) -> list[Fact]:
    return [
        ("Role", facts.role),
        ("Telephone", ", ".join(map(telephone, facts.phones))),
        ("E-mail", ", ".join(facts.emails)),
        ("Marked", marking.LABELS[facts.marking.value] if facts.marking else ""),
        ("Because it says", facts.marking_quote if facts.marking else ""),
    ]
