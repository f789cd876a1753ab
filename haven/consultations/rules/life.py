"""Where a consultation stands on a day, from the dates of the edition it is about."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from haven.engines.days.moments import day_in_words, left_in_words
from haven.guidance.rules.life import Days, Ending
from haven.guidance.rules.showing import when


class Stage(StrEnum):
    """Where a consultation stands, in the order in which it is listed."""

    OPEN = "open"
    COMING = "coming"
    WAITING = "waiting"
    ANSWERED = "answered"
    CALLED_OFF = "called-off"


STAGES: Mapping[Stage, tuple[str, str]] = {
    Stage.OPEN: ("Open", "yellow"),
    Stage.COMING: ("Coming", "purple"),
    Stage.WAITING: ("Closed, no answer yet", "orange"),
    Stage.ANSWERED: ("Answered", "green"),
    Stage.CALLED_OFF: ("Withdrawn", "red"),
}
"""Each stage as people say it, and the colour of its tag."""

ANSWERABLE = frozenset({Stage.OPEN, Stage.COMING})
"""A response can still be gathered."""


def stage_on(days: Days, day: date) -> Stage:
    """Where the consultation stands. A text that was issued is an answer, whether or not another was given."""
    if _out_on(days, day):
        return Stage.ANSWERED
    if days.ending is Ending.WITHDRAWN and _has_come(days.ended_on, day):
        return Stage.CALLED_OFF
    if days.closes_on is not None and days.closes_on < day:
        return Stage.WAITING
    if _has_come(days.opens_on, day) or days.opens_on is None:
        return Stage.OPEN
    return Stage.COMING


def in_words(days: Days, said: Mapping[str, str], day: date) -> str:
    """Where it stands, with the date that matters there."""
    match stage_on(days, day):
        case Stage.OPEN if days.closes_on:
            return f"Until {when(days, 'closes_on', said)}: {left_or_closed(days.closes_on, day)}"
        case Stage.OPEN:
            return "No closing date is known"
        case Stage.COMING:
            until = f", until {when(days, 'closes_on', said)}" if days.closes_on else ""
            return f"{_on('Opens', days, 'opens_on', said)}{until}"
        case Stage.WAITING:
            return _on("Closed", days, "closes_on", said)
        case Stage.CALLED_OFF:
            return _on("Withdrawn", days, "ended_on", said)
    closed = f"{_on('Closed', days, 'closes_on', said)}; " if days.closes_on else ""
    if _has_come(days.answered_on, day):
        how = _on("answered", days, "answered_on", said)
    else:
        out = next(name for name in OUT if _has_come(getattr(days, name), day))
        how = _on("the text came out", days, out, said)
    return f"{closed}{how}" if closed else f"{how[0].upper()}{how[1:]}"


def left_or_closed(last: date, day: date) -> str:
    """How long until the last day is over, or that it is."""
    return left_in_words(last, day) or f"closed {day_in_words(last)}"


def last_day(own: date, national: date | None) -> date:
    """Until when an area takes contributions: its own closing date, or the consultation's where that comes before."""
    return min(own, national) if national else own


DAYS_TO_WRITE = 7  # between an area's own closing date and the consultation's, unless its lead says otherwise


def proposed_day(national: date | None, day: date) -> date | None:
    """The closing date to propose to an area's lead; none where no date is known."""
    return max(day, national - timedelta(days=DAYS_TO_WRITE)) if national else None


PASSED = "Choose a closing date that has not passed."
TOO_LATE = "Choose a closing date on or before {day}, when the consultation itself closes."


def fault_of_closing(own: date, national: date | None, day: date) -> str:
    """What is wrong with an area's own closing date, set today; blank where nothing is."""
    if own < day:
        return PASSED
    return TOO_LATE.format(day=day_in_words(national)) if national and own > national else ""


def reminder_due(last: date, before: tuple[int, ...], *, since: date, day: date) -> date | None:
    """The day for which a reminder is due now: the last of those so many days before the last day that has come.

    None where none has come since somebody was asked, and once the last day is over.
    """
    if day > last:
        return None
    days = (last - timedelta(days=each) for each in before)
    return max((each for each in days if since < each <= day), default=None)


def over_on(days: Days) -> date:
    """The day by which a consultation that is over stands among the others: when it closed, else was answered."""
    known = (days.closes_on, days.answered_on, *(getattr(days, name) for name in OUT), days.ended_on)
    return next((day for day in known if day), date.max)


OUT = ("issued_on", "for_information_on", "in_force_on")


def _out_on(days: Days, day: date) -> bool:
    return any(_has_come(getattr(days, name), day) for name in ("answered_on", *OUT))


def _on(verb: str, days: Days, name: str, said: Mapping[str, str]) -> str:
    return f"{verb}: {said[name]}" if said.get(name) else f"{verb} on {when(days, name, said)}"


def _has_come(day: date | None, today: date) -> bool:
    return day is not None and day <= today
