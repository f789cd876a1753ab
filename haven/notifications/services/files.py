"""Sending the lines of a file, each by itself: where one does not go, the next still does, and nothing goes twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from haven.access.actor import Actor
from haven.access.decision import Refused
from haven.files.queries import require_room
from haven.notifications.queries.files import Good
from haven.notifications.rules.lines import Fault
from haven.notifications.services.checking import send
from haven.notifications.services.sending import KeyIsUsed

NOT_ALLOWED = "Your force does not send for this area"


@dataclass(frozen=True, slots=True)
class SentLine:
    """A line that was sent, with its reference; `is_new` is false where the very same had been sent before."""

    number: int
    reference: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class SentLines:
    """What became of each line."""

    sent: Sequence[SentLine]
    faults: Sequence[Fault]


def send_lines(*, lines: Sequence[Good], by: Actor, at: datetime) -> SentLines:
    """Send each line in a transaction of its own. Raises `Refused` where there is no room for any of them."""
    require_room()
    sent, faults = [], []
    for line in lines:
        try:
            accepted = send(new=line.new, are_words_checked=False, by=by, at=at)
        except KeyIsUsed:
            faults.append(Fault(line.number, "", "This line was sent before, to another place. Use the form"))
        except Refused as refused:
            faults.append(Fault(line.number, "", refused.advice or NOT_ALLOWED))
        else:
            sent.append(SentLine(line.number, accepted.notification.reference, accepted.is_new))
    return SentLines(sent, faults)
