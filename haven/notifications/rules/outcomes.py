"""What became of a delivery by a moment, and why it was late: told from its own moments, so that all figures agree.

A delivery that a school sent back as not theirs and that was sent on counts where it was sent to, with the deadline it
had. One that a school hands on because the child moved was read already, and does not count again.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from haven.engines.days.moments import local_day
from haven.notifications.rules.stages import Stage
from haven.subjects.rules.recipients import HIGHEST_WITHOUT_ALARM

SHORT_NOTICE = timedelta(minutes=30)
"""What comes in less than this before the bell can hardly be read by then. No source gives a figure."""


class Outcome(StrEnum):
    """What became of it. Every delivery that counts has one."""

    IN_TIME = "in-time"
    LATE = "late"
    UNREAD = "unread"
    WAITING = "waiting"
    TAKEN_BACK = "taken-back"


IN_WORDS: Mapping[Outcome, str] = {
    Outcome.IN_TIME: "Read before the bell",
    Outcome.LATE: "Read late",
    Outcome.UNREAD: "Not read, and late",
    Outcome.WAITING: "Not read, with time left",
    Outcome.TAKEN_BACK: "Taken back before it was read",
}


class Why(StrEnum):
    """Why it was late: the first of these that is so."""

    WRONG_SCHOOL = "wrong-school"
    SHORT_NOTICE = "short-notice"
    NO_LEAD = "no-lead"
    NOBODY_LOOKED = "nobody-looked"
    NOT_ANSWERED = "not-answered"
    NOT_OPENED = "not-opened"


WHY_IN_WORDS: Mapping[Why, str] = {
    Why.WRONG_SCHOOL: "It went to a wrong school first",
    Why.SHORT_NOTICE: "It came within half an hour of the bell",
    Why.NO_LEAD: "No safeguarding lead of the school could be asked",
    Why.NOBODY_LOOKED: "Nobody at the school looked before the bell",
    Why.NOT_ANSWERED: "Somebody saw the name and did not say whether the child is theirs",
    Why.NOT_OPENED: "The child was known to be theirs, and nobody read what happened",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What is known of one delivery, without any child: where it stands and when each step was taken."""

    stage: Stage
    accepted_at: datetime
    made_at: datetime
    deadline_at: datetime
    rung: int
    follows: bool = False  # sent on, after a school said that the child is not theirs
    follows_read: bool = False  # handed on by a school that had read it
    seen_at: datetime | None = None
    confirmed_at: datetime | None = None
    refused_at: datetime | None = None
    opened_at: datetime | None = None

    @property
    def counts(self) -> bool:
        """Whether it is counted: not where another delivery stands for it."""
        was_sent_on = self.stage is Stage.REASSIGNED and self.opened_at is None
        return not was_sent_on and not self.follows_read

    @property
    def was_there_in_time(self) -> bool:
        """Whether the school could have read it before the bell."""
        return self.made_at <= self.deadline_at


def outcome_of(course: Course, at: datetime) -> Outcome:
    """What became of it by this moment. What is read at the very deadline is in time."""
    if course.opened_at is not None:
        return Outcome.IN_TIME if course.opened_at <= course.deadline_at else Outcome.LATE
    if course.stage in (Stage.RECALLED_UNOPENED, Stage.CLOSED):
        return Outcome.TAKEN_BACK
    return Outcome.UNREAD if at > course.deadline_at else Outcome.WAITING


def why_late(course: Course) -> Why:
    """Why it was not read before the bell."""
    if course.follows or course.stage is Stage.NOT_OURS:
        return Why.WRONG_SCHOOL
    if course.deadline_at - course.made_at < SHORT_NOTICE:
        return Why.SHORT_NOTICE
    if course.rung > HIGHEST_WITHOUT_ALARM:
        return Why.NO_LEAD
    if course.seen_at is None or course.seen_at > course.deadline_at:
        return Why.NOBODY_LOOKED
    if course.confirmed_at is None or course.confirmed_at > course.deadline_at:
        return Why.NOT_ANSWERED
    return Why.NOT_OPENED


@dataclass(frozen=True, slots=True)
class Week:
    """A week from its Monday: how many were sent, could be read before the bell, and what became of them."""

    monday: date
    sent: int
    there_in_time: int
    outcomes: Mapping[Outcome, int]
    why: Mapping[Why, int]

    @property
    def late(self) -> int:
        """How many nobody read before the bell."""
        return self.outcomes[Outcome.LATE] + self.outcomes[Outcome.UNREAD]


def by_week(courses: Iterable[Course], *, last: date, weeks: int, at: datetime) -> list[Week]:
    """So many weeks up to the one in which the day `last` lies, oldest first, with those in which nothing was sent."""
    mondays = [monday_of(last) - timedelta(weeks=n) for n in reversed(range(weeks))]
    sent: dict[date, list[Course]] = {monday: [] for monday in mondays}
    for course in courses:
        monday = monday_of(local_day(course.accepted_at))
        if course.counts and monday in sent:
            sent[monday].append(course)
    return [_week(monday, found, at) for monday, found in sent.items()]


def monday_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def _week(monday: date, found: list[Course], at: datetime) -> Week:
    outcomes = [outcome_of(course, at) for course in found]
    late = [
        why_late(course)
        for course, outcome in zip(found, outcomes, strict=True)
        if outcome in (Outcome.LATE, Outcome.UNREAD)
    ]
    counted, reasons = Counter(outcomes), Counter(late)
    return Week(
        monday,
        sent=len(found),
        there_in_time=sum(course.was_there_in_time for course in found),
        outcomes={each: counted[each] for each in Outcome},
        why={each: reasons[each] for each in Why},
    )
