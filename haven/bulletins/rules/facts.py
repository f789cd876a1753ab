"""What an item of a note says, apart from the words it stands on: one frozen shape for each kind."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from haven.access.roles import Role
from haven.actions.rules import LONGEST_WHAT, EvidenceAsked
from haven.bulletins.rules.marking import stricter
from haven.engines.reading.items import Marking, Recurs, Status


class ItemKind(StrEnum):
    """What an item is."""

    ACTION = "action"
    DEADLINE = "deadline"
    EVENT = "event"
    CONTACT = "contact"
    GUIDANCE = "guidance"
    LINK = "link"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFacts:
    """What somebody is asked to do, by a day or not. `who` are the note's own words for those who are asked."""

    what: str
    due_on: dt.date | None = None
    due_time: dt.time | None = None
    who: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    recurs: Recurs | None = None
    evidence: EvidenceAsked = EvidenceAsked.NONE
    is_optional: bool = False
    prohibits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFacts:
    """A happening on a day, with or without its hours, in local time."""

    title: str
    starts_on: dt.date | None = None
    starts_time: dt.time | None = None
    ends_on: dt.date | None = None
    ends_time: dt.time | None = None
    place: str = ""
    is_online: bool = False
    recurs: Recurs | None = None
    is_optional: bool = False
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFacts:
    """Somebody who can be reached, and how that may be handled. Telephone numbers in E.164."""

    name: str = ""
    role: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    marking: Marking | None = None
    marking_quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceFacts:
    """A published document that the note speaks of."""

    title: str
    edition: str = ""
    status: Status | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFacts:
    """An address on the web, and the words it stands behind."""

    url: str
    text: str = ""


Facts = AskedFacts | EventFacts | ContactFacts | GuidanceFacts | LinkFacts

SHAPES: Mapping[ItemKind, type[Facts]] = {
    ItemKind.ACTION: AskedFacts,
    ItemKind.DEADLINE: AskedFacts,
    ItemKind.EVENT: EventFacts,
    ItemKind.CONTACT: ContactFacts,
    ItemKind.GUIDANCE: GuidanceFacts,
    ItemKind.LINK: LinkFacts,
}


def written(facts: Facts) -> dict[str, Any]:
    """The facts as JSON holds them."""
    return {field.name: _written(getattr(facts, field.name)) for field in fields(facts)}


def read_back(kind: ItemKind, kept: Mapping[str, Any]) -> Facts:
    """The facts from JSON; what a later version has added takes its default."""
    shape = SHAPES[kind]
    names = {field.name for field in fields(shape)}
    return shape(**{name: _READ.get(name, _same)(value) for name, value in kept.items() if name in names})


def called(facts: Facts) -> str:
    """What an item is called in a list."""
    match facts:
        case AskedFacts():
            return facts.what
        case EventFacts():
            return facts.title
        case GuidanceFacts():
            return f"{facts.title} ({facts.edition})" if facts.edition else facts.title
        case LinkFacts():
            return facts.text or facts.url
        case ContactFacts():
            return facts.name or facts.role or next(iter(facts.emails + facts.phones), "")


def as_kind(kind: ItemKind, facts: Facts, quote: str) -> Facts:
    """The facts of an item that is said to be of another kind: what both kinds know is kept."""
    shape = SHAPES[kind]
    if isinstance(facts, shape):
        return facts
    words = called(facts) or " ".join(quote.split())
    day, clock = _moment(facts)
    match kind:
        case ItemKind.ACTION | ItemKind.DEADLINE:
            return AskedFacts(what=words[:LONGEST_WHAT], due_on=day, due_time=clock)
        case ItemKind.EVENT:
            return EventFacts(title=words[:LONGEST_WHAT], starts_on=day, starts_time=clock)
        case ItemKind.CONTACT:
            return ContactFacts(name=words[:LONGEST_NAME])
        case ItemKind.GUIDANCE:
            return GuidanceFacts(title=words[:LONGEST_WHAT])
        case ItemKind.LINK:
            return LinkFacts(url=words if is_web_address(words) else "", text=words[:LONGEST_WHAT])


LONGEST_NAME = 150


def faults(kind: ItemKind, facts: Facts) -> list[str]:
    """What keeps an item from being accepted, one sentence each; none where nothing does."""
    match facts:
        case AskedFacts():
            wrong = _faults_of_asked(kind, facts)
        case EventFacts():
            wrong = _faults_of_event(facts)
        case ContactFacts():
            wrong = {"Give a telephone number or an e-mail address.": not facts.phones and not facts.emails}
        case GuidanceFacts():
            wrong = {"Give the title of the document.": not facts.title.strip()}
        case LinkFacts():
            wrong = {"Give an address that begins with http:// or https://.": not is_web_address(facts.url)}
    return [sentence for sentence, is_wrong in wrong.items() if is_wrong]


def is_web_address(address: str) -> bool:
    """Whether a browser would open it as a page."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and not any(mark.isspace() for mark in address)


def joined_facts(one: Facts, other: Facts) -> Facts:
    """What both know: the first's word goes before, what it leaves blank the other fills, lists hold the items of both.

    The stricter marking holds.
    """
    known: dict[str, Any] = {}
    for spec in fields(one):
        mine, theirs = getattr(one, spec.name), getattr(other, spec.name)
        if isinstance(mine, tuple):
            known[spec.name] = tuple(dict.fromkeys(mine + theirs))
        elif isinstance(mine, bool):
            known[spec.name] = mine or theirs
        elif spec.name == "marking":
            known[spec.name] = Marking(strict) if (strict := stricter(mine or "", theirs or "")) else None
        else:
            known[spec.name] = mine or theirs
    if isinstance(one, AskedFacts) and isinstance(other, AskedFacts) and one.what != other.what:
        known["what"] = f"{one.what.rstrip('.')}. {other.what}"[:LONGEST_WHAT]
    return type(one)(**known)


def in_words(facts: Facts, change: Callable[[str], str]) -> Facts:
    """The facts with every word that a person wrote put through `change`."""
    changed: dict[str, Any] = {}
    for spec in fields(facts):
        value = getattr(facts, spec.name)
        if type(value) is str:
            changed[spec.name] = change(value)
        elif spec.name in {"who", "phones", "emails"}:
            changed[spec.name] = tuple(change(each) for each in value)
    return replace(facts, **changed)


def _faults_of_asked(kind: ItemKind, facts: AskedFacts) -> dict[str, bool]:
    return {
        "Say what is asked.": not facts.what.strip(),
        f"Say what is asked in no more than {LONGEST_WHAT} characters.": len(facts.what) > LONGEST_WHAT,
        "A deadline needs its date.": kind is ItemKind.DEADLINE and facts.due_on is None,
        "Give a date as well as a time.": facts.due_time is not None and facts.due_on is None,
    }


def _faults_of_event(facts: EventFacts) -> dict[str, bool]:
    starts, ends = facts.starts_on, facts.ends_on or facts.starts_on
    is_one_day = starts == ends and facts.starts_time is not None and facts.ends_time is not None
    is_turned = bool(starts and ends and ends < starts) or bool(
        is_one_day and facts.ends_time < facts.starts_time  # type: ignore[operator]
    )
    return {
        "Give the event a title.": not facts.title.strip(),
        f"Keep the title within {LONGEST_WHAT} characters.": len(facts.title) > LONGEST_WHAT,
        "Give the day of the event.": starts is None,
        "The event must not end before it starts.": is_turned,
        "Give the time at which it starts as well.": facts.ends_time is not None and facts.starts_time is None,
    }


def _moment(facts: Facts) -> tuple[dt.date | None, dt.time | None]:
    match facts:
        case AskedFacts():
            return facts.due_on, facts.due_time
        case EventFacts():
            return facts.starts_on, facts.starts_time
        case _:
            return None, None


def _written(value: Any) -> Any:
    match value:
        case dt.date() | dt.time():
            return value.isoformat()
        case StrEnum():
            return value.value
        case tuple():
            return [_written(each) for each in value]
        case _:
            return value


def _same(value: Any) -> Any:
    return value


def _or_none(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value in (None, "") else read(value)


_READ: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("due_on", "starts_on", "ends_on"), _or_none(dt.date.fromisoformat)),
    **dict.fromkeys(("due_time", "starts_time", "ends_time"), _or_none(dt.time.fromisoformat)),
    **dict.fromkeys(("who", "phones", "emails"), tuple),
    "roles": lambda values: tuple(Role(each) for each in values),
    "recurs": _or_none(Recurs),
    "marking": _or_none(Marking),
    "status": _or_none(Status),
    "evidence": EvidenceAsked,
}
