"""Where a question to an agency stands, whose turn it is, and what may be done with it then."""

from collections.abc import Mapping
from enum import StrEnum


class AskState(StrEnum):
    """Where it stands."""

    ASKED = "asked"
    OPENED = "opened"
    BEGUN = "begun"
    AGAIN = "again"  # it was answered, and more is asked: an update, or anything new
    ANSWERED = "answered"
    NOTHING = "nothing"  # the agency knows nothing
    FOLLOWS = "follows"  # asked twice: it goes on in the thread of the first time
    WITHDRAWN = "withdrawn"


class Turn(StrEnum):
    """Who must act."""

    AGENCY = "the agency"
    MASH = "the MASH"
    THREAD = "whoever must act in its thread"
    NOBODY = "nobody"


TURNS: Mapping[AskState, Turn] = {
    AskState.ASKED: Turn.AGENCY,
    AskState.OPENED: Turn.AGENCY,
    AskState.BEGUN: Turn.AGENCY,
    AskState.AGAIN: Turn.AGENCY,
    AskState.ANSWERED: Turn.MASH,
    AskState.NOTHING: Turn.MASH,
    AskState.FOLLOWS: Turn.THREAD,
    AskState.WITHDRAWN: Turn.NOBODY,
}

WORDS: Mapping[AskState, str] = {
    AskState.ASKED: "Not opened yet",
    AskState.OPENED: "Opened",
    AskState.BEGUN: "Being answered",
    AskState.AGAIN: "Asked for more",
    AskState.ANSWERED: "Answered",
    AskState.NOTHING: "Nothing known",
    AskState.FOLLOWS: "Asked before",
    AskState.WITHDRAWN: "Withdrawn",
}

PENDING = frozenset(state for state, turn in TURNS.items() if turn is Turn.AGENCY)
DONE = frozenset(state for state, turn in TURNS.items() if turn is Turn.MASH)


class Deed(StrEnum):
    """What somebody does with it."""

    OPEN = "open"
    WRITE = "write"
    SEND = "send"
    SAY_NOTHING = "say nothing is known"
    ASK_MORE = "ask for more"
    WITHDRAW = "withdraw"


S = AskState
MOVES: Mapping[Deed, Mapping[AskState, AskState]] = {
    Deed.OPEN: {S.ASKED: S.OPENED, S.OPENED: S.OPENED, S.BEGUN: S.BEGUN, S.AGAIN: S.AGAIN}
    | {S.ANSWERED: S.ANSWERED, S.NOTHING: S.NOTHING},
    Deed.WRITE: {S.ASKED: S.BEGUN, S.OPENED: S.BEGUN, S.BEGUN: S.BEGUN, S.AGAIN: S.AGAIN}
    | {S.ANSWERED: S.AGAIN, S.NOTHING: S.AGAIN},  # the agency adds something of itself
    Deed.SEND: {S.BEGUN: S.ANSWERED, S.AGAIN: S.ANSWERED},
    Deed.SAY_NOTHING: {S.ASKED: S.NOTHING, S.OPENED: S.NOTHING, S.AGAIN: S.ANSWERED},
    Deed.ASK_MORE: {S.ANSWERED: S.AGAIN, S.NOTHING: S.AGAIN, S.AGAIN: S.AGAIN},
    Deed.WITHDRAW: {S.ASKED: S.WITHDRAWN, S.OPENED: S.WITHDRAWN, S.BEGUN: S.WITHDRAWN, S.FOLLOWS: S.WITHDRAWN},
}


def moved(state: AskState, deed: Deed) -> AskState | None:
    """Where it stands afterwards; none where it cannot be done."""
    return MOVES[deed].get(state)
