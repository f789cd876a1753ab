"""Sending the lines of a file: where one does not go, the next still does, and nothing goes twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from haven.access.actor import Actor
from haven.access.decision import Refused
from haven.files.queries import require_room
from haven.notifications.queries.files import Good
from haven.notifications.rules.lines import Fault
from haven.notifications.services.checking import Checked, send_all
from haven.notifications.services.sending import Accepted, KeyIsUsed

NOT_ALLOWED = "Your force does not send for this area"
USED = "This line was sent before, to another place. Use the form"
AT_ONCE = 50


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
    """Send the lines, so many in one transaction. Raises `Refused` where there is no room for any of them."""
    require_room()
    sent, faults = [], []
    for start in range(0, len(lines), AT_ONCE):
        some = lines[start : start + AT_ONCE]
        checked = [Checked(line.new, are_words_checked=False) for line in some]
        for line, answer in zip(some, send_all(checked=checked, by=by, at=at), strict=True):
            match answer:
                case Accepted():
                    sent.append(SentLine(line.number, answer.notification.reference, answer.is_new))
                case KeyIsUsed():
                    faults.append(Fault(line.number, "", USED))
                case Refused():
                    faults.append(Fault(line.number, "", answer.advice or NOT_ALLOWED))
    return SentLines(sent, faults)
