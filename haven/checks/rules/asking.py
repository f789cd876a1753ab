"""Asked once: whether a question about a child is new to an agency, or goes on where it was asked before."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from haven.checks.rules.states import DONE, AskState

WITHIN_DAYS = 90
"""How long the same child is taken for the same episode, where an area sets nothing. No source."""

LONGEST_REFERENCE = 40
LONGEST_CONCERN = 500
LONGEST_WHY = 1_000
LONGEST_QUESTION = 1_000
LONGEST_ANSWER = 10_000

SAY_REFERENCE = "Enter the case reference"
SAY_CONCERN = "Say in a line what you are concerned about"
SAY_TASK = "Say that the information is needed for your public task"
SAY_UNTOLD = "Say why the family has not been told"
SAY_OTHER = "Say why this is about something else than before"
CHOOSE_CHILD = "Choose at least one child"
CHOOSE_AGENCY = "Choose at least one school or agency"
CHOOSE_QUESTION = "Choose at least one question, or write one"


@dataclass(frozen=True, slots=True)
class Earlier:
    """The last time an agency was asked about a child."""

    ask: UUID
    reference: str
    asked_on: date
    state: AskState


class Way(StrEnum):
    """What asking again does."""

    FRESH = "fresh"  # it is asked
    JOIN = "join"  # nothing more is asked: the answer is on its way
    ANYTHING_NEW = "anything new"  # the answer is there: only what is new is asked


def way(earlier: Earlier | None, *, reference: str, on: date, within_days: int, is_other: bool) -> Way:
    """The same reference is always the same episode; another is, within so many days, unless the asker says not."""
    if earlier is None:
        return Way.FRESH
    is_same_case = tidy(reference) == tidy(earlier.reference)
    is_over = (on - earlier.asked_on).days > within_days
    if not is_same_case and (is_other or is_over):
        return Way.FRESH
    return Way.ANYTHING_NEW if earlier.state in DONE else Way.JOIN


def may_go_on(*, of: Collection[UUID], asked: Collection[UUID]) -> bool:
    """Whether a check goes on in the thread of an earlier one: only where both are about the same children.

    Somebody may be kept from one of them. She would read of that child in the thread of a brother that she may see, or
    see from what is missing there that another check came before.
    """
    return set(of) == set(asked)


def tidy(reference: str) -> str:
    """A case reference without what people write in different ways."""
    return "".join(each for each in reference.casefold() if each.isalnum())


@dataclass(frozen=True, slots=True)
class Said:
    """What must have been said before anything is asked."""

    reference: str
    concern: str
    needs_for_task: bool
    is_told: bool
    untold: str
    children: int
    agencies: int
    questions: int
    is_other: bool
    other: str


def faults(said: Said) -> list[str]:
    """What is lacking, in words for whoever asks."""
    wanted = [
        (said.children == 0, CHOOSE_CHILD),
        (said.agencies == 0, CHOOSE_AGENCY),
        (not tidy(said.reference), SAY_REFERENCE),
        (not said.concern.strip(), SAY_CONCERN),
        (not said.needs_for_task, SAY_TASK),
        (not said.is_told and not said.untold.strip(), SAY_UNTOLD),
        (said.questions == 0, CHOOSE_QUESTION),
        (said.is_other and not said.other.strip(), SAY_OTHER),
    ]
    return [words for lacks, words in wanted if lacks]


def may_share(*, of: Collection[UUID], asked: Collection[UUID], is_closed: bool) -> bool:
    """Whether an answer about some children may be shown to an agency that was asked about others.

    Only once the round of that answer has closed, and only to an agency that was asked about every child in it: so that
    no school learns from another's answer where a brother or sister is.
    """
    return is_closed and bool(of) and set(of) <= set(asked)


def field_of(part: UUID) -> str:
    """As what the words of a part are sealed: each for its own row."""
    return f"part_{part.hex}"
