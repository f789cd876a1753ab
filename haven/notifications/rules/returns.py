"""The monthly return of a school: what it counts, until when it is confirmed, and when Haven asks again.

That schools return something each month one borough is known to ask; what it asks no source tells. What stands here is
what the project thinks worth knowing, and an area says whether it asks for it. Nothing is typed, and nothing of a child
is in it, not even a year group: the numbers of one school are small.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from haven.engines.days.moments import local_day
from haven.notifications.rules.outcomes import Course, Outcome, outcome_of
from haven.notifications.rules.stages import Stage
from haven.notifications.rules.support import Kind

DAYS_TO_CONFIRM = 10
"""Until which day of the next month an area waits, unless it says otherwise. No source gives a figure."""

CHASED_AGAIN_AFTER = timedelta(days=7)
HEAD_TOLD_AFTER = timedelta(days=7)
"""From how long after the day on which it was due the head is told too."""


class Figure(StrEnum):
    """One number of a return."""

    RECEIVED = "received"
    IN_TIME = "read-in-time"
    LATE = "read-late"
    UNREAD = "not-read"
    NOT_OURS = "not-ours"
    TAKEN_BACK = "taken-back"
    SILENT = "silent"
    OVERT = "overt"
    NONE = "none"
    REFERRED = "referred"
    NOTHING_RECORDED = "nothing-recorded"


IN_WORDS: Mapping[Figure, str] = {
    Figure.RECEIVED: "Notifications received",
    Figure.IN_TIME: "Read before the bell",
    Figure.LATE: "Read late",
    Figure.UNREAD: "Not read yet",
    Figure.NOT_OURS: "Sent back: not a child of this school",
    Figure.TAKEN_BACK: "Taken back by the sender before anybody read them",
    Figure.SILENT: "With silent support",
    Figure.OVERT: "With open support",
    Figure.NONE: "With no action, and why",
    Figure.REFERRED: "With a referral",
    Figure.NOTHING_RECORDED: "Read, with nothing recorded yet",
}

OF_KIND: Mapping[Kind, Figure] = {
    Kind.SILENT: Figure.SILENT,
    Kind.OVERT: Figure.OVERT,
    Kind.NONE: Figure.NONE,
    Kind.REFERRED: Figure.REFERRED,
}
OF_OUTCOME: Mapping[Outcome, Figure] = {
    Outcome.IN_TIME: Figure.IN_TIME,
    Outcome.LATE: Figure.LATE,
    Outcome.UNREAD: Figure.UNREAD,
    Outcome.WAITING: Figure.UNREAD,
    Outcome.TAKEN_BACK: Figure.TAKEN_BACK,
}


def figures_of(received: Iterable[tuple[Course, frozenset[Kind]]], at: datetime) -> dict[str, int]:
    """The numbers of one school and one month, by name: of each delivery what became of it and what was recorded.

    One with two kinds of support counts under both. What was handed on to it by another school counts as received.
    """
    found: Counter[Figure] = Counter()
    for course, kinds in received:
        found[Figure.RECEIVED] += 1
        found[_became(course, at)] += 1
        found.update(OF_KIND[kind] for kind in kinds)
        found[Figure.NOTHING_RECORDED] += course.opened_at is not None and not kinds
    return {figure.value: found[figure] for figure in Figure}


def digest_of(figures: Mapping[str, int]) -> str:
    """What a page carries, so that whoever confirms confirms what she saw."""
    return sha256(",".join(f"{figure.value}={figures.get(figure.value, 0)}" for figure in Figure).encode()).hexdigest()


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def month_before(day: date) -> date:
    """The first day of the month before its own."""
    return month_of(month_of(day) - timedelta(days=1))


def month_after(month: date) -> date:
    """The first day of the month after its own."""
    return month_of(month_of(month) + timedelta(days=31))


def due_on(month: date, days: int = DAYS_TO_CONFIRM) -> date:
    """The last day on which the return of a month is in time: so many days into the next."""
    return month_after(month) + timedelta(days=days - 1)


def is_chased(*, due: date, chased_at: datetime | None, at: datetime) -> bool:
    """Whether somebody is asked again now: from the day after it was due, once a week."""
    if local_day(at) <= due:
        return False
    return chased_at is None or at - chased_at >= CHASED_AGAIN_AFTER


def is_head_told(*, due: date, at: datetime) -> bool:
    """Whether the head is asked, too."""
    return local_day(at) > due + HEAD_TOLD_AFTER


def _became(course: Course, at: datetime) -> Figure:
    is_theirs_no_more = course.refused_at is not None and course.opened_at is None
    if is_theirs_no_more and course.stage is not Stage.RECALLED_UNOPENED:
        return Figure.NOT_OURS
    return OF_OUTCOME[outcome_of(course, at)]
