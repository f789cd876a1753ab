"""The life of a policy and of its versions: how a version moves on, where a policy stands, when it comes up again."""

import calendar
import datetime as dt
from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """How far a version is."""

    DRAFT = "draft"
    SENT = "sent"
    APPROVED = "approved"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """What can be done with a version."""

    SEND = "send"
    SEND_BACK = "send-back"
    APPROVE = "approve"
    RECORD = "record"  # that a meeting approved it, perhaps before Haven knew of it
    REPLACE = "replace"
    DISCARD = "discard"
    WITHDRAW = "withdraw"


TRANSITIONS: Mapping[tuple[State, Move], State] = {
    (State.DRAFT, Move.SEND): State.SENT,
    (State.SENT, Move.SEND_BACK): State.DRAFT,
    (State.SENT, Move.APPROVE): State.APPROVED,
    (State.DRAFT, Move.RECORD): State.APPROVED,
    (State.SENT, Move.RECORD): State.APPROVED,
    (State.APPROVED, Move.REPLACE): State.REPLACED,
    (State.DRAFT, Move.DISCARD): State.WITHDRAWN,
    (State.SENT, Move.DISCARD): State.WITHDRAWN,
    (State.DRAFT, Move.WITHDRAW): State.WITHDRAWN,
    (State.SENT, Move.WITHDRAW): State.WITHDRAWN,
    (State.APPROVED, Move.WITHDRAW): State.WITHDRAWN,
}

IN_THE_MAKING = frozenset({State.DRAFT, State.SENT})
"""Not in use yet: a policy has one such version at a time."""

ONCE_APPROVED = frozenset({State.APPROVED, State.REPLACED})

STATES: Mapping[State, str] = {
    State.DRAFT: "Draft",
    State.SENT: "Sent for approval",
    State.APPROVED: "In use",
    State.REPLACED: "Replaced",
    State.WITHDRAWN: "Withdrawn",
}


def after(state: State, move: Move) -> State | None:
    """The state that follows, or none where the move is not open."""
    return TRANSITIONS.get((state, move))


class Step(StrEnum):
    """What can stand in a policy's history."""

    REGISTERED = "registered"
    CHANGED = "changed"
    ADDED = "added"
    SENT = "sent"
    SENT_BACK = "sent-back"
    APPROVED = "approved"
    DISCARDED = "discarded"
    REVIEW = "review"
    LINKED = "linked"
    UNLINKED = "unlinked"
    CHECKED = "checked"
    FORGOTTEN = "forgotten"
    WITHDRAWN = "withdrawn"


STEPS: Mapping[Step, str] = {
    Step.REGISTERED: "Registered",
    Step.CHANGED: "Details changed",
    Step.ADDED: "New version",
    Step.SENT: "Sent for approval",
    Step.SENT_BACK: "Sent back",
    Step.APPROVED: "Approved",
    Step.DISCARDED: "Version given up",
    Step.REVIEW: "Review started",
    Step.LINKED: "Linked to guidance",
    Step.UNLINKED: "Link taken off",
    Step.CHECKED: "Checked against guidance: still right",
    Step.FORGOTTEN: "File of an old version no longer kept",
    Step.WITHDRAWN: "Withdrawn",
}


class Standing(StrEnum):
    """Where a policy stands on a day, the most pressing first."""

    OVERDUE = "overdue"
    UNAPPROVED = "unapproved"
    DUE = "due"
    IN_DATE = "in-date"
    WITHDRAWN = "withdrawn"


STANDINGS: Mapping[Standing, tuple[str, str]] = {
    Standing.OVERDUE: ("Review overdue", "red"),
    Standing.UNAPPROVED: ("No approved version", "orange"),
    Standing.DUE: ("Review due", "yellow"),
    Standing.IN_DATE: ("In date", "green"),
    Standing.WITHDRAWN: ("Withdrawn", "grey"),
}
"""How each is said, and the colour of its tag."""

PRESSING = {standing: place for place, standing in enumerate(Standing)}


def standing_on(
    *, review_on: dt.date | None, has_version: bool, is_withdrawn: bool, on: dt.date, ahead: dt.timedelta
) -> Standing:
    """Where it stands: due from so long before its review, overdue from the day after it."""
    if is_withdrawn:
        return Standing.WITHDRAWN
    if review_on and review_on < on:
        return Standing.OVERDUE
    if not has_version:
        return Standing.UNAPPROVED
    return Standing.DUE if review_on and review_on <= on + ahead else Standing.IN_DATE


def next_review(approved_on: dt.date, months: int) -> dt.date:
    """So many months later, on the same day, or on the last day of a shorter month."""
    years, month = divmod(approved_on.month - 1 + months, 12)
    year, month = approved_on.year + years, month + 1
    return dt.date(year, month, min(approved_on.day, calendar.monthrange(year, month)[1]))


MAKE_TIME = dt.timedelta(weeks=6)
"""What a review gets that is started for another reason than its date."""


def review_due(review_on: dt.date | None, today: dt.date) -> dt.date:
    """By when a review that is started today should be done: its own date where that is nearer and still to come."""
    soonest = today + MAKE_TIME
    return review_on if review_on and today <= review_on < soonest else soonest


def years_before(day: dt.date, years: int) -> dt.date:
    """So many years earlier."""
    return next_review(day, -12 * years)
