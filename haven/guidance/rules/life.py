"""The life of an edition. Where it stands on a day follows from its dates; it is never written down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Ending(StrEnum):
    """How an edition ended."""

    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    ABSORBED = "absorbed"


class Stage(StrEnum):
    """Where an edition stands, in the order in which one follows another."""

    PROMISED = "promised"
    CONSULTATION = "consultation"
    CONSULTED = "consulted"
    FOR_INFORMATION = "for-information"
    IN_FORCE = "in-force"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    ABSORBED = "absorbed"


STAGES = (
    (Stage.PROMISED, "Promised"),
    (Stage.CONSULTATION, "Out for consultation"),
    (Stage.CONSULTED, "Consultation closed"),
    (Stage.FOR_INFORMATION, "For information"),
    (Stage.IN_FORCE, "In force"),
    (Stage.SUPERSEDED, "Superseded"),
    (Stage.WITHDRAWN, "Withdrawn"),
    (Stage.ABSORBED, "Absorbed into another document"),
)
"""Each stage as people say it."""

OVER = frozenset({Stage.SUPERSEDED, Stage.WITHDRAWN, Stage.ABSORBED})
AWAITED = frozenset({Stage.PROMISED, Stage.CONSULTATION, Stage.CONSULTED})
COMING = AWAITED | {Stage.FOR_INFORMATION}


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The dates of an edition; null where there is none, or none is known.

    A consultation may be answered up to and with the day it closes; where the day it opened is not known it counts as
    open until then. An edition holds from the day it comes into force
    up to, not including, the day it ended.
    """

    expected_on: date | None = None
    opens_on: date | None = None
    closes_on: date | None = None
    answered_on: date | None = None
    issued_on: date | None = None
    for_information_on: date | None = None
    in_force_on: date | None = None
    ended_on: date | None = None
    ending: Ending | None = None


def stage_on(days: Days, day: date) -> Stage:
    """Where an edition of these dates stands on a day."""
    if days.ending and _has_come(days.ended_on, day):
        return Stage(days.ending.value)
    if _has_come(days.in_force_on, day):
        return Stage.IN_FORCE
    if _has_come(days.issued_on, day) or _has_come(days.for_information_on, day):
        return Stage.FOR_INFORMATION
    if days.closes_on is not None and days.closes_on < day:
        return Stage.CONSULTED
    if _has_come(days.opens_on, day) or (days.closes_on and not days.opens_on):
        return Stage.CONSULTATION
    return Stage.PROMISED


def is_in_force(days: Days, day: date) -> bool:
    """Whether it holds on this day."""
    return stage_on(days, day) is Stage.IN_FORCE


def is_late(days: Days, day: date) -> bool:
    """Whether the day on which it was expected has passed and it has not been issued."""
    return days.expected_on is not None and days.expected_on < day and stage_on(days, day) in AWAITED


ORDERED: tuple[tuple[str, str, str], ...] = (
    ("opens_on", "closes_on", "A consultation cannot close before it opens."),
    ("opens_on", "answered_on", "A consultation cannot be answered before it opens."),
    ("issued_on", "in_force_on", "An edition cannot come into force before it is issued."),
    ("issued_on", "for_information_on", "An edition cannot be for information before it is issued."),
    ("for_information_on", "in_force_on", "An edition cannot be in force before it is for information."),
    ("issued_on", "ended_on", "An edition cannot end before it is issued."),
    ("in_force_on", "ended_on", "An edition cannot end before it comes into force."),
    ("opens_on", "issued_on", "An edition cannot be issued before its consultation opens."),
)
"""Which date cannot be before which, and how that is said."""

HALF_AN_ENDING = "Say both when the edition ended and how."


def faults_of(days: Days) -> list[str]:
    """What is wrong with the dates, one sentence each."""
    wrong = [said for first, then, said in ORDERED if _is_before(getattr(days, then), getattr(days, first))]
    if (days.ending is None) != (days.ended_on is None):
        wrong.append(HALF_AN_ENDING)
    return wrong


@dataclass(frozen=True, slots=True)
class Together:
    """Editions, by their places in a sequence, that were in force at once: from a day up to, not including, another."""

    places: tuple[int, ...]
    from_on: date
    until_on: date | None


def together(editions: Sequence[Days]) -> list[Together]:
    """The stretches in which more than one of these editions was, or will be, in force."""
    holding = [(place, days) for place, days in enumerate(editions) if days.in_force_on and not _never_held(days)]
    edges = sorted({day for _, days in holding for day in (days.in_force_on, days.ended_on) if day})
    found: list[Together] = []
    for place, edge in enumerate(edges):
        held = tuple(number for number, days in holding if is_in_force(days, edge))
        until = edges[place + 1] if place + 1 < len(edges) else None
        if len(held) > 1:
            found.append(Together(held, edge, until))
    return found


def _never_held(days: Days) -> bool:
    return days.ended_on is not None and days.in_force_on is not None and days.ended_on <= days.in_force_on


def _has_come(day: date | None, today: date) -> bool:
    return day is not None and day <= today


def _is_before(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day < other
