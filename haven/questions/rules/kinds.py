"""The kinds of answer: what each takes, and what a choice is worth whatever the scale it stands on."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a question is answered."""

    YES_NO = "yes-no"
    MET = "met"
    RAG = "rag"
    SCALE = "scale"
    NUMBER = "number"
    DATE = "date"
    PERSON = "person"
    TEXT = "text"
    FILE = "file"
    LINK = "link"
    TABLE = "table"


KINDS: Mapping[Kind, str] = {
    Kind.YES_NO: "Yes or no",
    Kind.MET: "Met, partly met or not met",
    Kind.RAG: "Red, amber or green",
    Kind.SCALE: "A scale of its own",
    Kind.NUMBER: "A number",
    Kind.DATE: "A date",
    Kind.PERSON: "A person’s name and role",
    Kind.TEXT: "Words",
    Kind.FILE: "A file",
    Kind.LINK: "The address of a web page",
    Kind.TABLE: "A table of rows",
}

CHOSEN = frozenset({Kind.YES_NO, Kind.MET, Kind.RAG, Kind.SCALE})
"""Kinds that are answered by choosing, and so are worth something."""

COLUMN_KINDS = frozenset({Kind.TEXT, Kind.NUMBER, Kind.DATE})
"""What a column of a table takes."""


class Stands(StrEnum):
    """What an answer is worth, the same on every scale. `SAID` is worth nothing by itself: a number, a name."""

    IN_PLACE = "in-place"
    PARTLY = "partly"
    NOT_IN_PLACE = "not-in-place"
    NOT_APPLICABLE = "not-applicable"
    SAID = "said"


STANDS: Mapping[Stands, str] = {
    Stands.IN_PLACE: "In place",
    Stands.PARTLY: "Partly in place",
    Stands.NOT_IN_PLACE: "Not in place",
    Stands.NOT_APPLICABLE: "Does not apply",
    Stands.SAID: "Answered",
}

LACKING = frozenset({Stands.PARTLY, Stands.NOT_IN_PLACE})
"""What calls for an explanation and goes into the plan."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose. `means` is its written descriptor."""

    value: str
    label: str
    stands: Stands
    means: str = ""


DOES_NOT_APPLY = Choice("not-applicable", "Does not apply", Stands.NOT_APPLICABLE)

BUILT_IN: Mapping[Kind, tuple[Choice, ...]] = {
    Kind.YES_NO: (Choice("yes", "Yes", Stands.IN_PLACE), Choice("no", "No", Stands.NOT_IN_PLACE)),
    Kind.MET: (
        Choice("met", "Met", Stands.IN_PLACE),
        Choice("partly", "Partly met", Stands.PARTLY),
        Choice("not-met", "Not met", Stands.NOT_IN_PLACE),
    ),
    Kind.RAG: (
        Choice("green", "Green", Stands.IN_PLACE),
        Choice("amber", "Amber", Stands.PARTLY),
        Choice("red", "Red", Stands.NOT_IN_PLACE),
    ),
}
"""The choices of each kind that has its own."""

TURNED: Mapping[Stands, Stands] = {Stands.IN_PLACE: Stands.NOT_IN_PLACE, Stands.NOT_IN_PLACE: Stands.IN_PLACE}
"""The worth of a question in which No is the good answer."""
