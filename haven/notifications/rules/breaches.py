"""What a place answers when it is asked whether every copy of what was recalled is destroyed."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

HOURS_TO_CONFIRM = 72
"""Within how many hours of the recall a place is asked to confirm. An area sets its own. The design takes the figure
from the time in which the Information Commissioner must know of a breach; nothing was found that sets it for a school.
"""


class Copies(StrEnum):
    """What became of copies."""

    NONE = "none"
    DESTROYED = "destroyed"
    GONE_ON = "gone-on"


IN_WORDS: Mapping[Copies, str] = {
    Copies.NONE: "Nobody here printed, copied or wrote down any of it",
    Copies.DESTROYED: "Everything that was printed, copied or written down is destroyed",
    Copies.GONE_ON: "Some of it went further and is not destroyed: we have rung the sender",
}


class Lack(StrEnum):
    """What is not there, where a sender says that nothing is left to do."""

    LIST = "list"
    COPIES = "copies"
    DESTROYED = "destroyed"


LACKING: Mapping[Lack, str] = {
    Lack.LIST: "The list of who had seen it is not signed",
    Lack.COPIES: "Nobody there has said what became of copies",
    Lack.DESTROYED: "They said that some of it went further and is not destroyed",
}


def lacking(*, is_signed: bool, copies: str) -> Sequence[Lack]:
    """What is not there yet: the signed list, and that every copy is destroyed."""
    about_copies = {"": [Lack.COPIES], Copies.GONE_ON: [Lack.DESTROYED]}.get(copies, [])
    return [*([] if is_signed else [Lack.LIST]), *about_copies]
