"""The rules of actions: how an assignment moves on, when it is overdue, when it comes round, what closes it."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from haven.access.roles import Role
from haven.engines.days.moments import local
from haven.engines.days.recurrence import Rhythm, next_due
from haven.engines.days.school import SchoolCalendar


class Standing(StrEnum):
    """Whether an action is asked."""

    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


class State(StrEnum):
    """How far one organisation is with one assignment. Overdue is no state: it follows from the clock."""

    OPEN = "open"
    DONE = "done"
    NOT_APPLICABLE = "not-applicable"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """What can be done with an assignment."""

    CLOSE = "close"
    SET_ASIDE = "set-aside"
    RETURN = "return"
    REOPEN = "reopen"
    HAND_ON = "hand-on"
    WITHDRAW = "withdraw"
    RENEW = "renew"


TRANSITIONS: Mapping[tuple[State, Move], State] = {
    (State.OPEN, Move.CLOSE): State.DONE,
    (State.OPEN, Move.SET_ASIDE): State.NOT_APPLICABLE,
    (State.OPEN, Move.HAND_ON): State.OPEN,
    (State.OPEN, Move.WITHDRAW): State.WITHDRAWN,
    (State.RETURNED, Move.CLOSE): State.DONE,
    (State.RETURNED, Move.SET_ASIDE): State.NOT_APPLICABLE,
    (State.RETURNED, Move.HAND_ON): State.RETURNED,
    (State.RETURNED, Move.WITHDRAW): State.WITHDRAWN,
    (State.DONE, Move.RETURN): State.RETURNED,
    (State.DONE, Move.REOPEN): State.OPEN,
    (State.NOT_APPLICABLE, Move.RETURN): State.RETURNED,
    (State.NOT_APPLICABLE, Move.REOPEN): State.OPEN,
    (State.WITHDRAWN, Move.RENEW): State.OPEN,
}

WAITING = frozenset({State.OPEN, State.RETURNED})
"""The organisation has still to do something."""

CLOSED = frozenset({State.DONE, State.NOT_APPLICABLE})
"""The organisation has answered."""


def after(state: State, move: Move) -> State | None:
    """The state that follows, or none where the move is not open."""
    return TRANSITIONS.get((state, move))


class EvidenceAsked(StrEnum):
    """What closes an assignment."""

    NONE = "none"
    WORD = "word"
    FILE = "file"
    LINK = "link"
    READING = "reading"


class ReachKind(StrEnum):
    """How an audience is named."""

    ALL_SCHOOLS = "all-schools"
    CLUSTER = "cluster"
    PHASE = "phase"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Reach:
    """One line of an audience. `of` is a cluster's or organisation's identifier or a phase; empty for all schools."""

    kind: ReachKind
    of: str = ""


ALL_SCHOOLS = Reach(ReachKind.ALL_SCHOOLS)

SPECIAL = "special"

SCHOOLS: Mapping[str, str] = {
    "nursery": "Nursery",
    "primary": "Primary",
    "middle": "Middle",
    "secondary": "Secondary",
    "16-plus": "16 plus",
    "all-through": "All-through",
    SPECIAL: "Special",
}
"""The schools that a line of an audience may name by phase. Special schools are told by their type: the register gives
most of them no phase."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedAction:
    """An action as somebody wishes to ask it.

    `asked_by` is the organisation that asks. Of the `audience` only those are asked who are also `within`, where that
    names anybody: an item of a bulletin narrows whom the bulletin is for. `source_address` is a path within Haven.
    `quote` holds the exact words of the source. `roles` are the posts it is meant for; none means the safeguarding
    leads. A second wish with the same `key` gives back the action of the first, so that a form sent twice asks once.
    """

    what: str
    asked_by: UUID
    audience: tuple[Reach, ...]
    within: tuple[Reach, ...] = ()
    detail: str = ""
    source_label: str = ""
    source_address: str = ""
    quote: str = ""
    roles: frozenset[Role] = frozenset()
    due_on: dt.date | None = None
    due_time: dt.time | None = None
    recurs: Rhythm | None = None
    evidence: EvidenceAsked = EvidenceAsked.NONE
    is_optional: bool = False
    prohibits: bool = False
    key: UUID | None = None


def asked_of_itself(wanted: WantedAction, organisation: UUID) -> WantedAction:
    """The same wish, asked by this organisation of itself and of nobody else."""
    only = (Reach(ReachKind.ORGANISATION, str(organisation)),)
    return replace(wanted, asked_by=organisation, audience=only, within=(), is_optional=False)


WITHHELD = "[contact withheld]"
"""What stands in words in the place of a contact that their reader may not have."""

LONGEST_WHAT, LONGEST_LABEL, LONGEST_ADDRESS = 300, 200, 300


def faults(wanted: WantedAction) -> list[str]:
    """What is wrong with a wish, one sentence each; none where it can be asked."""
    wrong = {
        "Say what is asked.": not wanted.what.strip(),
        f"Say what is asked in no more than {LONGEST_WHAT} characters.": len(wanted.what) > LONGEST_WHAT,
        "Choose who is asked.": not wanted.audience,
        "Give a date as well as a time.": wanted.due_time is not None and wanted.due_on is None,
        "The source's address must be a page of Haven.": not is_own_address(wanted.source_address),
        f"Name the source in no more than {LONGEST_LABEL} characters.": len(wanted.source_label) > LONGEST_LABEL,
        "The source's address is too long.": len(wanted.source_address) > LONGEST_ADDRESS,
    }
    return [sentence for sentence, is_wrong in wrong.items() if is_wrong]


def is_own_address(address: str) -> bool:
    """Whether this is empty or a path within Haven, never another site's address."""
    return not address or (address.startswith("/") and not address.startswith(("//", "/\\")))


def evidence_asked(wanted: WantedAction) -> EvidenceAsked:
    """What closes it. What must not be done cannot be shown: somebody confirms having read it."""
    return EvidenceAsked.READING if wanted.prohibits else wanted.evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Which kinds of evidence somebody gives when closing."""

    has_word: bool = False
    has_file: bool = False
    has_link: bool = False
    has_read: bool = False


LACKING = {
    EvidenceAsked.WORD: "Write what was done.",
    EvidenceAsked.FILE: "Attach the file that shows it was done.",
    EvidenceAsked.LINK: "Give the address of the page that shows it was done.",
    EvidenceAsked.READING: "Confirm that you have read and understood this.",
}


def lacking(asked: EvidenceAsked, given: Given) -> str:
    """The sentence that says what is still needed to close; empty where nothing is."""
    enough = {
        EvidenceAsked.NONE: True,
        EvidenceAsked.WORD: given.has_word,
        EvidenceAsked.FILE: given.has_file,
        EvidenceAsked.LINK: given.has_link,
        EvidenceAsked.READING: given.has_read,
    }
    return "" if enough[asked] else LACKING[asked]


SOON = dt.timedelta(days=14)


class Group(StrEnum):
    """Where an assignment stands in an organisation's list."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    UNDATED = "undated"
    DONE = "done"
    WITHDRAWN = "withdrawn"


def is_overdue(due_on: dt.date | None, due_time: dt.time | None, at: dt.datetime) -> bool:
    """Whether the due moment has passed, by the clocks people live by. A day without a time lasts to its end."""
    if due_on is None:
        return False
    now = local(at)
    return due_on < now.date() or (due_on == now.date() and due_time is not None and due_time < now.time())


def group_of(state: State, due_on: dt.date | None, due_time: dt.time | None, at: dt.datetime) -> Group:
    """Where an assignment stands in the list at this moment."""
    if state is State.WITHDRAWN:
        return Group.WITHDRAWN
    if state in CLOSED:
        return Group.DONE
    if due_on is None:
        return Group.UNDATED
    if is_overdue(due_on, due_time, at):
        return Group.OVERDUE
    return Group.SOON if due_on <= local(at).date() + SOON else Group.LATER


RAISED_AHEAD = {
    Rhythm.WEEKLY: dt.timedelta(days=7),
    Rhythm.MONTHLY: dt.timedelta(days=28),
    Rhythm.MONTH_END: dt.timedelta(days=28),
    Rhythm.TERMLY: dt.timedelta(days=42),
    Rhythm.YEARLY: dt.timedelta(days=42),
}
"""How long before its day the next occurrence stands on the lists."""


def occurrences_to_raise(
    recurs: Rhythm, *, first: dt.date, latest: dt.date, today: dt.date, school: SchoolCalendar
) -> Iterator[dt.date]:
    """The days of the occurrences after the latest that should stand on the lists today, missed ones included.

    The next is raised once the latest's day is over and its own day is near.
    """
    while latest < today:
        latest = next_due(recurs, first=first, after=latest, school=school)
        if latest - RAISED_AHEAD[recurs] > today:
            return
        yield latest


def occurrence_in_words(recurs: str, due_on: dt.date | None, occurrence_on: dt.date) -> str:
    """Which occurrence it is of something that comes round without a date: its month, or its day where it is weekly.

    Empty where the date says so, or where it is asked once.
    """
    if not recurs or due_on is not None:
        return ""
    month = f"{occurrence_on:%B %Y}"
    return f"{occurrence_on.day} {month}" if recurs == Rhythm.WEEKLY else month


REMIND_AGAIN_AFTER = dt.timedelta(hours=12)
"""A second click within this time reminds nobody twice."""


def may_remind_again(last_at: dt.datetime | None, at: dt.datetime) -> bool:
    """Whether enough time has gone by since the last reminder."""
    return last_at is None or at - last_at >= REMIND_AGAIN_AFTER


def hash_of(secret: str) -> str:
    """What is kept of a calendar's secret. It is long and random, so one round of hashing hides it."""
    return hashlib.sha256(secret.encode()).hexdigest()
