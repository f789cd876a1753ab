"""What a school did about a notification: three taps, and a note that only the school reads."""

from collections.abc import Mapping
from enum import StrEnum


class Kind(StrEnum):
    """What was done. "Silent" and "overt" are the words of the charity behind the scheme; no source was found that
    defines them, so the words below say what is meant here."""

    SILENT = "silent"
    OVERT = "overt"
    NONE = "none"
    REFERRED = "referred"


IN_WORDS: Mapping[Kind, str] = {
    Kind.SILENT: "Silent support: staff keep an eye on the child and say nothing",
    Kind.OVERT: "Open support: somebody spoke with the child or made a change they noticed",
    Kind.NONE: "No action, and why",
    Kind.REFERRED: "A referral was made",
}

SAYS_WHY = frozenset({Kind.NONE})
"""What cannot be recorded without a note (KCSIE 2024, Annex C: the rationale is recorded, also of doing nothing)."""

HANDLING = (
    "Do not ring or write to the parents, and do not raise it with the child, because of this notification. "
    "Watch how the child is and support them as you would for anything you noticed yourself. While the child is not "
    "at school, it is for monitoring only. If you think that a child is in danger now, follow your own procedures: "
    "this does not replace them."
)
"""What an area says until it says something of its own. Forces differ, so it is a setting; this is the careful one."""
