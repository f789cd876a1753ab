"""What became of what was told. Used, passed on and no action are the outcomes a force publishes for it:
https://www.safe4me.co.uk/portfolio/sharing-information/ (Hampshire); received is ours, so that nobody waits in silence.
"""

from collections.abc import Mapping
from enum import StrEnum


class Outcome(StrEnum):
    """What became of it."""

    RECEIVED = "received"
    USED = "used"
    SAFEGUARDING = "safeguarding"
    CRIME = "crime"
    NO_ACTION = "no-action"


OUTCOME_IN_WORDS: Mapping[Outcome, str] = {
    Outcome.RECEIVED: "Received",
    Outcome.USED: "Used as intelligence",
    Outcome.SAFEGUARDING: "Passed to safeguarding",
    Outcome.CRIME: "Given to officers as a crime",
    Outcome.NO_ACTION: "No action",
}

ANSWERS = tuple(each for each in Outcome if each is not Outcome.RECEIVED)
"""What a unit answers. It may think better of it and answer anew, but what was answered is never unanswered."""


def may_follow(now: Outcome, wished: Outcome) -> bool:
    """Whether this answer may be given."""
    return wished in ANSWERS and wished is not now
