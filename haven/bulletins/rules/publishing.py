"""What a bulletin is, how far it has come, and what it lacks before it can be published."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from haven.access.roles import Role
from haven.actions.rules import Reach

LONGEST_TITLE = 180
LONGEST_INTRODUCTION = 1000


class BulletinKind(StrEnum):
    """What a bulletin is for."""

    ACTION = "action"
    INFORMATION = "information"
    CONSULTATION = "consultation"
    URGENT = "urgent"


class Standing(StrEnum):
    """How far a bulletin has come."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


class ItemState(StrEnum):
    """What has been decided of an item. A superseded one was joined with another or split; others stand for it."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Origin(StrEnum):
    """Where an item comes from."""

    READ = "read"
    ADDED = "added"
    JOINED = "joined"
    SPLIT = "split"


class Route(StrEnum):
    """How a note came in."""

    FILE = "file"
    PASTED = "pasted"
    MAIL = "mail"


class Move(StrEnum):
    """What can be decided of an item in a draft."""

    ACCEPT = "accept"
    EDIT = "edit"
    DISMISS = "dismiss"
    RECONSIDER = "reconsider"
    SUPERSEDE = "supersede"


MOVES: Mapping[tuple[ItemState, Move], ItemState] = {
    (ItemState.PROPOSED, Move.ACCEPT): ItemState.ACCEPTED,
    (ItemState.PROPOSED, Move.EDIT): ItemState.ACCEPTED,
    (ItemState.PROPOSED, Move.DISMISS): ItemState.DISMISSED,
    (ItemState.PROPOSED, Move.SUPERSEDE): ItemState.SUPERSEDED,
    (ItemState.ACCEPTED, Move.ACCEPT): ItemState.ACCEPTED,
    (ItemState.ACCEPTED, Move.EDIT): ItemState.ACCEPTED,
    (ItemState.ACCEPTED, Move.DISMISS): ItemState.DISMISSED,
    (ItemState.ACCEPTED, Move.RECONSIDER): ItemState.PROPOSED,
    (ItemState.ACCEPTED, Move.SUPERSEDE): ItemState.SUPERSEDED,
    (ItemState.DISMISSED, Move.ACCEPT): ItemState.ACCEPTED,
    (ItemState.DISMISSED, Move.EDIT): ItemState.ACCEPTED,
    (ItemState.DISMISSED, Move.DISMISS): ItemState.DISMISSED,
    (ItemState.DISMISSED, Move.RECONSIDER): ItemState.PROPOSED,
}


def after(state: ItemState, move: Move) -> ItemState | None:
    """The state that follows, or none where the move is not open."""
    return MOVES.get((state, move))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a bulletin is to be published. `roles` are those it is meant for; none means the safeguarding leads."""

    title: str
    kind: BulletinKind
    audience: tuple[Reach, ...]
    introduction: str = ""
    roles: frozenset[Role] = frozenset()
    expires_on: date | None = None
    is_public: bool = False


def faults_of(settings: Settings, today: date) -> list[str]:
    """What is wrong with the settings, one sentence each; none where they can stand."""
    wrong = {
        "Give the bulletin a title.": not settings.title.strip(),
        f"Keep the title within {LONGEST_TITLE} characters.": len(settings.title) > LONGEST_TITLE,
        f"Keep the introduction within {LONGEST_INTRODUCTION} characters.": len(settings.introduction)
        > LONGEST_INTRODUCTION,
        "Choose whom it is for.": not settings.audience,
        "The day on which it expires must lie ahead.": settings.expires_on is not None and settings.expires_on <= today,
    }
    return [sentence for sentence, is_wrong in wrong.items() if is_wrong]


def hindrances(*, has_words: bool, states: Iterable[ItemState], faults: Iterable[str]) -> list[str]:
    """What still stands in the way of publishing; none where nothing does."""
    waiting = sum(state is ItemState.PROPOSED for state in states)
    looks = "1 item has" if waiting == 1 else f"{waiting} items have"
    unread = [] if has_words else ["The note has not been read. Paste its words first."]
    unseen = [f"{looks} not been looked at. Accept or dismiss each one first."] if waiting else []
    return [*unread, *unseen, *faults]


def address_of(bulletin: UUID) -> str:
    """The page of a published bulletin."""
    return f"/bulletins/{bulletin}/"


def address_of_item(bulletin: UUID, number: int) -> str:
    """An item's place on the page of its bulletin."""
    return f"{address_of(bulletin)}#item-{number}"
