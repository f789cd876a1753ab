"""The e-mails of notifications. None says of whom or what: only that there is something in Haven."""

from collections.abc import Mapping
from typing import Protocol
from uuid import UUID

from haven.kit.letters import something_to_see
from haven.notifications.rules.escalating import Prompting

ABOUT = "In Haven there is"
WAITS = "{n} confidential message that somebody must read before the next school day"
LINES = {
    Prompting.AT_ONCE: WAITS,
    Prompting.HEAD: "{n} confidential message that nobody at your school has read yet",
    Prompting.COUNCIL: "{n} confidential message that a school has not read yet",
    Prompting.EARLY: WAITS,
    Prompting.MORNING: WAITS,
    Prompting.LAST_CALL: WAITS,
    Prompting.DUTY_LIST: "{n} confidential message on the duty list: a school has an hour left to read it",
    Prompting.TELEPHONE: "{n} confidential message for which a school should be rung now",
    Prompting.MISSED: "{n} confidential message that was not read in time",
    Prompting.NOT_OURS: "{n} confidential message that came back to you",
    Prompting.RECALLED: "{n} confidential message that was recalled",
}
RETURNS = {"new": "{n} monthly return to confirm", "late": "{n} monthly return overdue"}
COPIES = "{n} recalled message of which copies must be destroyed, and somebody say so"
COPIES_LATE = "{n} recalled message for which nobody has said in time that copies are destroyed"
AGAIN = "{n} thing that you wished to look at again"


class Letter(Protocol):
    """A letter that needs to know nothing but to whom it goes."""

    def __call__(self, *, to: str) -> None: ...


def prompt(*, to: str, step: Prompting, prompt: UUID) -> None:
    """There is something to read, or something that others have not read. The same prompt has the same Message-ID."""
    something_to_see(to=to, about=ABOUT, lines={"one": LINES[step]}, counts={"one": 1}, message=prompt)


def remind(*, to: str) -> None:
    """The day has come on which somebody wished to look again."""
    something_to_see(to=to, about=ABOUT, lines={"one": AGAIN}, counts={"one": 1})


def returns(*, to: str, counts: Mapping[str, int]) -> None:
    """There are monthly returns to confirm, new or overdue, whether or not anything was sent in that month."""
    something_to_see(to=to, about=ABOUT, lines=RETURNS, counts=counts)


def copies_to_confirm(*, to: str) -> None:
    """Something was recalled after it was read here: copies must be destroyed, and somebody say so."""
    something_to_see(to=to, about=ABOUT, lines={"one": COPIES}, counts={"one": 1})


def copies_late(*, to: str) -> None:
    """The time for that is over."""
    something_to_see(to=to, about=ABOUT, lines={"one": COPIES_LATE}, counts={"one": 1})
