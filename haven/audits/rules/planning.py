"""The rules of a plan: what its lines say by themselves, what each needs, and how far each is."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid5

from haven.actions.rules import LONGEST_LABEL, LONGEST_WHAT, WAITING
from haven.actions.rules import Standing as Asked
from haven.actions.rules import State as Answered


class PlanState(StrEnum):
    """How far one line of a plan is."""

    PLANNED = "planned"  # no action yet: the audit has not been sent
    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"
    SET_ASIDE = "set-aside"
    ENDED = "ended"


PLAN_STATES: Mapping[PlanState, tuple[str, str]] = {
    PlanState.PLANNED: ("Planned", "grey"),
    PlanState.OPEN: ("Open", "blue"),
    PlanState.OVERDUE: ("Overdue", "red"),
    PlanState.DONE: ("Done", "green"),
    PlanState.SET_ASIDE: ("Does not apply", "grey"),
    PlanState.ENDED: ("Taken out", "grey"),
}
"""The word and the colour of each."""

ALIVE = frozenset({PlanState.PLANNED, PlanState.OPEN, PlanState.OVERDUE, PlanState.DONE})
"""What counts as planned at all."""

PUT_IN_PLACE, IMPROVE = "Put in place: ", "Improve: "  # what is said as a statement, and what is asked as a question

SAY_WHAT = "Say what you will do."
SAY_WHO = "Say who leads on it."
SAY_WHEN = "Give the day by which it will be done."
DAY_OVER = "The day by which it was to be done is over. Give a new one."


def identity(of: UUID, source: str) -> UUID:
    """The identifier of the line that a question, or a line of last year, gives this return: the same at every look."""
    return uuid5(of, source)


def issue_of(words: str, explanation: str) -> str:
    """What is not in place: the question, and what the school says to it."""
    return f"{words}\n{explanation}" if explanation else words


def what_of(words: str) -> str:
    """What is proposed to be done about a question: the school writes its own in its place, or leaves it."""
    asked = " ".join(words.split())
    proposed = (IMPROVE if asked.endswith("?") else PUT_IN_PLACE) + asked
    if len(proposed) <= LONGEST_WHAT:
        return proposed
    return proposed[: LONGEST_WHAT - 1].rsplit(" ", 1)[0] + "…"


def lacking(what: str, lead: str, due_on: date | None, *, today: date) -> tuple[str, ...]:
    """What a line still needs before the plan can be signed, a sentence each."""
    wanted = {SAY_WHAT: not what, SAY_WHO: not lead, SAY_WHEN: due_on is None}
    wanted[DAY_OVER] = due_on is not None and due_on < today
    return tuple(sentence for sentence, is_wanted in wanted.items() if is_wanted)


def state_of(asked: str, answered: str, due_on: date | None, *, today: date) -> PlanState:
    """How far a line is, by its action: whether that is still asked, and what was answered to it."""
    if answered == Answered.DONE:
        return PlanState.DONE
    if asked != Asked.PUBLISHED or answered == Answered.WITHDRAWN:
        return PlanState.ENDED
    if answered in WAITING:
        return PlanState.OVERDUE if due_on is not None and due_on < today else PlanState.OPEN
    return PlanState.SET_ASIDE


def label_of(title: str, ref: str) -> str:
    """What the action of a line says it comes from."""
    place = f", question {ref}" if ref else ", action plan"
    return title[: LONGEST_LABEL - len(place)] + place


def detail_of(issue: str, lead: str, success: str) -> str:
    """What the action of a line says beside what is to be done."""
    lines = [f"Not in place: {issue}", f"Leads on it: {lead}" if lead else ""]
    lines.append(f"You will see that it worked: {success}" if success else "")
    return "\n".join(line for line in lines if line)
