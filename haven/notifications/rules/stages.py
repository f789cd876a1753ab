"""Where a delivery stands, who must act in each stage, and what leads from one to another."""

from collections.abc import Mapping
from enum import StrEnum


class Stage(StrEnum):
    """Where a delivery stands."""

    AVAILABLE = "available"  # the school can read it
    SEEN = "seen"  # somebody was shown whom it concerns
    CONFIRMED = "confirmed"  # somebody said that the child is theirs
    OPENED = "opened"  # somebody was shown what happened
    ACKNOWLEDGED = "acknowledged"  # what was done is recorded
    CLOSED = "closed"
    NOT_OURS = "not-ours"  # back with the sender, the clock running
    REASSIGNED = "reassigned"  # another delivery follows it
    RECALLED_UNOPENED = "recalled-unopened"
    RECALLED_AFTER_OPEN = "recalled-after-open"


class Must(StrEnum):
    """Who must act."""

    RECEIVER = "receiver"  # whoever may read it at the school, or the council's officer for a child taught at home
    SENDER = "sender"
    NOBODY = "nobody"


OWNERS: Mapping[Must, frozenset[Stage]] = {
    Must.RECEIVER: frozenset({Stage.AVAILABLE, Stage.SEEN, Stage.CONFIRMED, Stage.OPENED, Stage.ACKNOWLEDGED}),
    Must.SENDER: frozenset({Stage.NOT_OURS, Stage.RECALLED_AFTER_OPEN}),
    Must.NOBODY: frozenset({Stage.CLOSED, Stage.REASSIGNED, Stage.RECALLED_UNOPENED}),
}
"""Who must act in each stage. Every stage stands in one of them."""


class Step(StrEnum):
    """What somebody does with a delivery."""

    SEE = "see"
    CONFIRM = "confirm"
    REFUSE = "refuse"  # not ours
    OPEN = "open"
    SUPPORT = "support"
    CLOSE = "close"
    HAND_ON = "hand on"
    RECALL = "recall"
    SEND_ON = "send on"
    SETTLE = "settle"


MOVES: Mapping[Step, Mapping[Stage, Stage]] = {
    Step.SEE: {Stage.AVAILABLE: Stage.SEEN, Stage.SEEN: Stage.SEEN},
    Step.CONFIRM: {Stage.SEEN: Stage.CONFIRMED},
    Step.REFUSE: {Stage.SEEN: Stage.NOT_OURS, Stage.CONFIRMED: Stage.NOT_OURS},
    Step.OPEN: {
        Stage.CONFIRMED: Stage.OPENED,
        Stage.OPENED: Stage.OPENED,
        Stage.ACKNOWLEDGED: Stage.ACKNOWLEDGED,
        Stage.CLOSED: Stage.CLOSED,
    },
    Step.SUPPORT: {Stage.OPENED: Stage.ACKNOWLEDGED, Stage.ACKNOWLEDGED: Stage.ACKNOWLEDGED},
    Step.CLOSE: {Stage.ACKNOWLEDGED: Stage.CLOSED},
    Step.HAND_ON: dict.fromkeys((Stage.OPENED, Stage.ACKNOWLEDGED, Stage.CLOSED), Stage.REASSIGNED),
    Step.RECALL: {
        Stage.AVAILABLE: Stage.RECALLED_UNOPENED,
        Stage.SEEN: Stage.RECALLED_UNOPENED,
        Stage.CONFIRMED: Stage.RECALLED_UNOPENED,
        Stage.NOT_OURS: Stage.RECALLED_UNOPENED,
        Stage.OPENED: Stage.RECALLED_AFTER_OPEN,
        Stage.ACKNOWLEDGED: Stage.RECALLED_AFTER_OPEN,
        Stage.CLOSED: Stage.RECALLED_AFTER_OPEN,  # where it was opened: not what was settled unread
        Stage.REASSIGNED: Stage.RECALLED_AFTER_OPEN,  # likewise: what a school read and then handed on
    },
    Step.SEND_ON: {Stage.NOT_OURS: Stage.REASSIGNED},
    Step.SETTLE: {Stage.NOT_OURS: Stage.CLOSED, Stage.RECALLED_AFTER_OPEN: Stage.CLOSED},
}
"""From which stage each step leads to which. What is not here cannot be done."""

UNREAD = frozenset({Stage.AVAILABLE, Stage.SEEN, Stage.CONFIRMED, Stage.NOT_OURS})
"""Stages in which nobody has read what happened: the clock runs."""

HOLDING = frozenset({Stage.CONFIRMED, Stage.OPENED, Stage.ACKNOWLEDGED, Stage.CLOSED, Stage.REASSIGNED})
"""Stages in which the receiver may hold the key of what happened: it said that the child is theirs."""

IN_WORDS: Mapping[Stage, str] = {
    Stage.AVAILABLE: "There to read",
    Stage.SEEN: "Name seen",
    Stage.CONFIRMED: "Child confirmed",
    Stage.OPENED: "Read",
    Stage.ACKNOWLEDGED: "Support recorded",
    Stage.CLOSED: "Closed",
    Stage.NOT_OURS: "Not their child",
    Stage.REASSIGNED: "Sent on",
    Stage.RECALLED_UNOPENED: "Recalled before it was read",
    Stage.RECALLED_AFTER_OPEN: "Recalled after it was read",
}


def leads_to(step: Step, stage: Stage) -> Stage | None:
    """The stage to which a step leads from this one; none where it cannot be done."""
    return MOVES[step].get(stage)


def must_act(stage: Stage) -> Must:
    """Who must act in this stage."""
    return next(who for who, stages in OWNERS.items() if stage in stages)
