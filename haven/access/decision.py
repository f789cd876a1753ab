"""A decision and its reason. Policies give decisions; services turn a no into `Refused`; screens show it as 404."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from haven.access.actor import HAVEN, Actor


class Reason(StrEnum):
    """Why something is allowed or refused. Kept with the refusal, never shown to whoever was refused."""

    LEADS_THE_AREA = "leads the area"
    HOLDS_THE_POST = "holds a post in the organisation"
    OWN_ACCOUNT = "it is her own"
    ADMINISTERS = "administers the organisation"
    SCRUTINISES = "scrutinises"
    WAS_SENT_TO = "it was sent to her organisation"
    IS_PUBLIC = "it is public"
    IS_HAVEN = "Haven does it itself"
    NOT_SIGNED_IN = "not signed in"
    NO_LIVE_POST = "holds no live post"
    NOT_THE_ROLE = "does not have the role"
    NOT_THE_AREA = "not for this area"
    NOT_THE_ORGANISATION = "not in this organisation"
    WRONG_STATE = "the record's state does not allow it"
    NOT_ASKABLE = "what is wished cannot be asked"
    NOT_READY = "it is not ready to be published"
    NOT_IN_THE_NOTE = "the words are not in the note"
    EVIDENCE_LACKING = "evidence that is asked for is lacking"
    UNFIT_FILE = "the file is not one to keep"
    CHANGED_MEANWHILE = "somebody else changed it in the meantime"
    LAST_OF_ITS_KIND = "it would leave nobody in the role"
    NOT_FRESH = "the second factor was not shown afresh"
    NOT_A_SECOND_PERSON = "another person than who asked must do it"
    IS_HELD = "a legal hold keeps it"
    NO_ROOM = "the disk is nearly full"
    NOT_DUE = "the rule that ends it does not ask for it yet"


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes or no, and why. True and false in a condition."""

    allowed: bool
    reason: Reason

    def __bool__(self) -> bool:
        return self.allowed


def allow(reason: Reason) -> Decision:
    """A yes."""
    return Decision(allowed=True, reason=reason)


def refuse(reason: Reason) -> Decision:
    """A no."""
    return Decision(allowed=False, reason=reason)


class Refused(Exception):
    """A service would not. `reason` is for the record, `advice` for whoever asked (plain words, or empty)."""

    def __init__(self, reason: Reason, advice: str = "") -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.advice = advice


def require(decision: Decision, advice: str = "") -> None:
    """Raise `Refused` unless the decision is a yes."""
    if not decision:
        raise Refused(decision.reason, advice)


def require_haven(actor: Actor) -> None:
    """Raise `Refused` for anybody but Haven itself: for what it does unasked."""
    if actor is not HAVEN:
        raise Refused(Reason.NOT_THE_ROLE)


def person_of(actor: Actor) -> UUID:
    """The person who does it. Raises `Refused` where none does."""
    if actor.person is None:
        raise Refused(Reason.NOT_SIGNED_IN)
    return actor.person
