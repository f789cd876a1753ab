"""What somebody sends: one notification of one incident, with its children, before anything of it is kept."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from haven.notifications.rules.items import Item, tidied
from haven.subjects.rules.naming import Identity

ALPHABET = "ACDEFHJKMNPRTWXY34679"  # letters and digits that nobody mishears or misreads
AGES = (4, 17)
"""From reception to seventeen: the guidance as one force and one law firm tell it. A force may set its own."""


class Channel(StrEnum):
    """By which way it came."""

    FORM = "form"
    FILE = "file"
    PROGRAM = "program"


@dataclass(frozen=True, slots=True)
class NewChild:
    """A child it concerns, where she learns, and the items that are said of her alone.

    At least one school, or the area in which she learns at home. `override` says why a school was chosen that does not
    teach her age.
    """

    identity: Identity = field(repr=False)
    schools: tuple[UUID, ...] = ()
    home_area: UUID | None = None
    items: Mapping[str, str] = field(default_factory=dict, repr=False)
    override: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewExclusion:
    """A person who must never see it, and on which ground (`haven.subjects.models.Ground`)."""

    person: UUID
    ground: str


@dataclass(frozen=True, slots=True)
class NewNotification:
    """One sending. `key` is the sender's own: the same key with the same content is one notification, however often it
    comes. `items` are said of the incident, by the codes of `rules.items.Item`."""

    key: UUID
    sender: UUID
    area: UUID
    channel: Channel
    children: tuple[NewChild, ...]
    items: Mapping[str, str] = field(default_factory=dict, repr=False)
    excluded: tuple[NewExclusion, ...] = ()
    are_siblings: bool = False


def body_hash(new: NewNotification) -> str:
    """SHA-256, in hex, of what is sent, whatever the order of its keys: by it a repetition is told from a change.

    The key and the way it came are no part of it.
    """
    body = {
        "area": str(new.area),
        "children": [_canonical(child) for child in new.children],
        "excluded": sorted([str(each.person), each.ground] for each in new.excluded),
        "items": dict(new.items),
        "sender": str(new.sender),
        "siblings": new.are_siblings,
    }
    return sha256(_json(body)).hexdigest()


def content_of(new: NewNotification, child: NewChild) -> dict[Item, str]:
    """Every item told of one child. Raises ValueError for an item that there is not."""
    return tidied({**new.items, **child.items})


def as_content(told: Mapping[Item, str]) -> bytes:
    """The items, to be sealed."""
    return _json({item.value: words for item, words in told.items()})


def from_content(content: str) -> dict[Item, str]:
    """What `as_content` wrote."""
    return tidied(json.loads(content))


def new_reference() -> str:
    """A reference that can be read out and means nothing: two groups of four."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def age_on(born_on: date, day: date) -> int:
    """Whole years."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def _canonical(child: NewChild) -> dict[str, object]:
    who = child.identity.tidy()
    return {
        "born_on": who.born_on.isoformat() if who.born_on else "",
        "home_area": str(child.home_area or ""),
        "items": dict(child.items),
        "names": who.as_text(),
        "override": child.override,
        "schools": sorted(str(each) for each in child.schools),
    }


def _json(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
