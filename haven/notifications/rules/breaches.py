"""What a place answers when it is asked whether every copy of what was recalled is destroyed."""

from collections.abc import Mapping
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
