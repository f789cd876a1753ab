"""Which schools an area should look to first: a plain rule that every school may read, and a reason beside each."""

from dataclasses import dataclass
from datetime import date

from haven.engines.days.moments import day_in_words
from haven.reports.rules.shares import Share

MANY = 10  # of a hundred judged answers
FALL = 10  # hundredths
FEW = 3  # actions, below which half of a plan says little

RULES = (
    f"{MANY} or more of every 100 answers that were judged are “Not in place”.",
    "The final deadline has passed, and its audit has not been sent.",
    "The first deadline has passed, and nobody there has begun.",
    f"The share that is in place fell by {FALL} points or more since last time.",
    f"Half or more of the actions of its plan are overdue, and {FEW} or more in all.",
)
"""Any one of these puts a school on the list. The more of them hold, the higher it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is looked at. Of a school that has not sent, its answers are not."""

    share: Share | None = None
    before: Share | None = None
    is_begun: bool = True
    first_due_on: date | None = None  # since when it is late; none where it is not
    final_due_on: date | None = None
    overdue: int = 0
    planned: int = 0  # actions of its plan in all


def reasons(facts: Facts) -> tuple[str, ...]:
    """Why a school is on the list, a sentence each; none where it is not."""
    return tuple(reason for rule in (_many, _late, _fallen, _overdue) if (reason := rule(facts)))


def _many(facts: Facts) -> str:
    share = facts.share
    if share is None or share.not_in_place * 100 < MANY * max(share.judged, 1):
        return ""
    return f"{share.not_in_place} of {share.judged} answers are “Not in place”."


def _late(facts: Facts) -> str:
    if facts.final_due_on:
        return f"Not sent. The final deadline was {day_in_words(facts.final_due_on)}."
    if facts.first_due_on and not facts.is_begun:
        return f"Not begun. The first deadline was {day_in_words(facts.first_due_on)}."
    return ""


def _fallen(facts: Facts) -> str:
    now = facts.share.percent if facts.share else None
    then = facts.before.percent if facts.before else None
    if now is None or then is None or then - now < FALL:
        return ""
    return f"{now}% is in place. Last time it was {then}%."


def _overdue(facts: Facts) -> str:
    if facts.overdue < FEW or facts.overdue * 2 < facts.planned:
        return ""
    return f"{facts.overdue} of the {facts.planned} actions of its plan are overdue."
