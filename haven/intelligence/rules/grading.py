"""The 3x5x2 grades by which an intelligence unit says how far a source and its information can be relied on.

Done by the police or the unit and never asked of partners:
https://www.safeguardingchildren.co.uk/professionals/one-minute-guides/intelligence-sharing/. That there are three
grades of source (reliable, untested, not reliable) and five of information, from first-hand to believed not to be
right, is sourced there; the letters A to E, the numbers and the wording of B, C and D are unsourced. P and C are from
https://m.brainscape.com/flashcards/information-intelligence-12257278/packs/21089740 (secondary), as is the priority.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    """How far the source can be relied on."""

    RELIABLE = "1"
    UNTESTED = "2"
    NOT_RELIABLE = "3"


SOURCE_IN_WORDS: Mapping[Source, str] = {
    Source.RELIABLE: "Reliable",
    Source.UNTESTED: "Untested",
    Source.NOT_RELIABLE: "Not reliable",
}


class Information(StrEnum):
    """How the source knows it."""

    FIRST_HAND = "A"
    CONFIRMED = "B"
    PASSED_ON = "C"
    NOT_KNOWN = "D"
    BELIEVED_WRONG = "E"


INFORMATION_IN_WORDS: Mapping[Information, str] = {
    Information.FIRST_HAND: "Known at first hand by the source",
    Information.CONFIRMED: "Passed on to the source, and confirmed by something else",
    Information.PASSED_ON: "Passed on to the source by somebody else",
    Information.NOT_KNOWN: "How the source knows it cannot be told",
    Information.BELIEVED_WRONG: "Believed not to be right",
}


class Handling(StrEnum):
    """Whether it may be shared as the law allows, or on conditions alone."""

    PERMITTED = "P"
    CONDITIONS = "C"


HANDLING_IN_WORDS: Mapping[Handling, str] = {
    Handling.PERMITTED: "May be shared lawfully with whoever needs it",
    Handling.CONDITIONS: "May be shared on conditions",
}


class Priority(StrEnum):
    """How soon somebody must act."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


PRIORITY_IN_WORDS: Mapping[Priority, str] = {
    Priority.HIGH: "High: a threat to life, or serious harm about to happen",
    Priority.MEDIUM: "Medium: it will not wait long",
    Priority.LOW: "Low: everything else",
}

SAY_CONDITIONS = "Say on which conditions it may be shared"
NO_CONDITIONS = "What may be shared lawfully has no conditions. Choose C, or take the conditions out"


@dataclass(frozen=True, slots=True)
class Graded:
    """A grade: source, information, handling; and how soon somebody must act."""

    source: Source
    information: Information
    handling: Handling
    priority: Priority

    @property
    def code(self) -> str:
        """As units write it, such as 2CP."""
        return f"{self.source}{self.information}{self.handling}"


def conditions_fault(handling: Handling, conditions: str) -> str:
    """What is wrong with the conditions under which something is sent; nothing where they are right."""
    if handling is Handling.CONDITIONS and not conditions.strip():
        return SAY_CONDITIONS
    if handling is Handling.PERMITTED and conditions.strip():
        return NO_CONDITIONS
    return ""
