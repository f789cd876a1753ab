"""What reading finds. Every item names the words it stands on: `quote == text[start:end]`."""

import datetime as dt
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any


class Recurs(StrEnum):
    """How often a duty comes round."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    TERMLY = "termly"
    YEARLY = "yearly"


class Marking(StrEnum):
    """How a contact may be handled."""

    PROFESSIONAL_ONLY = "professional-only"
    NOT_FOR_PARENTS = "not-for-parents"
    INTERNAL = "internal"


class Status(StrEnum):
    """Where a piece of guidance stands in its life."""

    IN_FORCE = "in force"
    FOR_INFORMATION = "for information"
    CONSULTATION = "consultation"
    EXPECTED = "expected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """The words an item stands on, as code points of the document's text, and how sure the reader is, from 0 to 1."""

    start: int
    end: int
    quote: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline(Item):
    """A day by which the reader, or a named owner, must do something."""

    date: dt.date | None
    time: dt.time | None = None
    what: str = ""
    who: tuple[str, ...] = ()
    recurs: Recurs | None = None
    optional: bool = False
    conflict: str | None = None  # how the text contradicts itself, in a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Item):
    """A dated happening. A start without a time is a `date`; with one, a `datetime` in local time without offset."""

    starts: dt.date | dt.datetime
    ends: dt.date | dt.datetime | None = None
    title: str = ""
    place: str | None = None
    online: bool | None = None
    recurs: Recurs | None = None
    optional: bool = False
    cancelled: bool = False
    conflict: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Item):
    """A person or a mailbox that can be reached. Telephone numbers in E.164."""

    name: str | None
    role: str | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    marking: Marking | None = None
    marking_quote: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Item):
    """What somebody is asked to do, or must not do."""

    what: str
    who: tuple[str, ...] = ()
    due: dt.date | None = None
    recurs: Recurs | None = None
    prohibits: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance(Item):
    """A published document that the note speaks of."""

    title: str
    edition: str | None = None
    status: Status | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Item):
    """An address on the web, and the words it stands behind."""

    url: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A note as read: where it came from, its own title and date, and its items in the order of their words."""

    name: str
    media_type: str
    title: str | None
    date: dt.date | None
    text: str
    items: tuple[Item, ...] = field(default=())
    warnings: tuple[str, ...] = field(default=())


def plain(reading: Reading) -> dict[str, Any]:
    """The reading as `haven read --json` prints it (docs/reference/reading.schema.json)."""
    source = {"name": reading.name, "media_type": reading.media_type, "title": reading.title}
    return {
        "source": source | {"date": _plain(reading.date), "text": reading.text},
        "items": [_plain_item(item) for item in reading.items],
    }


def _plain_item(item: Item) -> dict[str, Any]:
    kind = {"kind": type(item).__name__.lower()}
    return kind | {f.name: _plain(getattr(item, f.name)) for f in sorted(fields(item), key=_own_fields_first)}


def _own_fields_first(spec: Any) -> bool:
    return spec.name in {"start", "end", "quote", "confidence"}


def _plain(value: Any) -> Any:
    match value:
        case dt.datetime():
            return value.isoformat(timespec="minutes")
        case dt.time():
            return value.isoformat(timespec="minutes")
        case dt.date():
            return value.isoformat()
        case tuple():
            return [_plain(v) for v in value]
        case StrEnum():
            return value.value
        case float():
            return round(value, 2)
        case _:
            return value
