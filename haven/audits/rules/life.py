"""The life of a cycle and of a return: states, moves, windows, references."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from haven.access.roles import LABELS, Role

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # of references: nothing that is taken for something else


class Standing(StrEnum):
    """Whether a cycle is asked."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


STANDINGS: Mapping[Standing, str] = {
    Standing.DRAFT: "Being prepared",
    Standing.OPEN: "Open",
    Standing.CLOSED: "Closed",
}


class State(StrEnum):
    """How far a school is with its return. Late is no state: it follows from the clock."""

    WAITING = "waiting"
    STARTED = "started"
    SIGNING = "signing"
    SUBMITTED = "submitted"
    SENT_BACK = "sent-back"
    READ = "read"


STATES: Mapping[State, str] = {
    State.WAITING: "Not started",
    State.STARTED: "Being answered",
    State.SIGNING: "Waiting for a signature",
    State.SUBMITTED: "Sent, not read yet",
    State.SENT_BACK: "Sent back for more",
    State.READ: "Read and answered",
}


class Move(StrEnum):
    """What can be done with a return."""

    BEGIN = "begin"
    SIGN = "sign"
    SEND = "send"
    REOPEN = "reopen"
    SEND_BACK = "send-back"
    ANSWER = "answer"


TRANSITIONS: Mapping[tuple[State, Move], State] = {
    (State.WAITING, Move.BEGIN): State.STARTED,
    (State.STARTED, Move.SIGN): State.SIGNING,
    (State.SENT_BACK, Move.SIGN): State.SIGNING,
    (State.SIGNING, Move.SIGN): State.SIGNING,
    (State.SIGNING, Move.SEND): State.SUBMITTED,
    (State.SIGNING, Move.REOPEN): State.STARTED,
    (State.SUBMITTED, Move.REOPEN): State.STARTED,
    (State.SUBMITTED, Move.SEND_BACK): State.SENT_BACK,
    (State.SUBMITTED, Move.ANSWER): State.READ,
    (State.READ, Move.SEND_BACK): State.SENT_BACK,
    (State.READ, Move.ANSWER): State.READ,
}

IN_HAND = frozenset({State.SUBMITTED, State.READ})
"""The area has it."""

OWING = frozenset({State.WAITING, State.STARTED, State.SIGNING, State.SENT_BACK})
"""The school has still to do something."""

ANSWERABLE = frozenset({State.WAITING, State.STARTED, State.SENT_BACK})
"""Answers may be written."""


def after(state: State, move: Move) -> State | None:
    """The state that follows, or none where the move is not open."""
    return TRANSITIONS.get((state, move))


@dataclass(frozen=True, slots=True)
class Window:
    """The days on which a cycle is answered, first and last included."""

    opens_on: date
    first_due_on: date
    final_due_on: date


def fault_of_window(window: Window) -> str:
    """What is wrong with a window, as one sentence; empty where nothing."""
    if window.first_due_on < window.opens_on:
        return "The first deadline must not be before the day on which it opens."
    if window.final_due_on < window.first_due_on:
        return "The final deadline must not be before the first."
    return ""


class Phase(StrEnum):
    """Where today stands in a window."""

    BEFORE = "before"
    OPEN = "open"
    FINAL = "final"  # the first deadline has passed
    OVER = "over"


def phase_on(window: Window, today: date) -> Phase:
    """Where this day stands in a window. A deadline lasts to its end."""
    if today < window.opens_on:
        return Phase.BEFORE
    if today <= window.first_due_on:
        return Phase.OPEN
    return Phase.FINAL if today <= window.final_due_on else Phase.OVER


def due_next(window: Window, today: date) -> date:
    """The deadline that a school sees: the first until it has passed, then the final."""
    return window.first_due_on if today <= window.first_due_on else window.final_due_on


Steps = Sequence[Sequence[str]]
"""The chain of signatures: for each step, the roles of which any may sign it."""

USUAL_STEPS: Steps = (
    (Role.DSL.value,),
    (Role.HEAD.value,),
    (Role.CHAIR.value, Role.GOVERNOR.value),
)


def step_in_words(roles: Sequence[str]) -> str:
    """Whose signature a step is."""
    return " or ".join(
        LABELS[Role(each)].lower() if number else LABELS[Role(each)] for number, each in enumerate(roles)
    )


def reference(year: int, urn: int | None, digest: str) -> str:
    """The reference of a return: the year, the school's number, and four letters of what it says."""
    value = int(digest[:12], 16)
    letters = ""
    for _ in range(4):
        value, place = divmod(value, len(ALPHABET))
        letters += ALPHABET[place]
    return f"{year}-{urn or 0}-{letters}"
