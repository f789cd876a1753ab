"""Consultations by their days: a month as a picture, and what a private calendar shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid5

from haven.access.actor import Actor
from haven.actions.queries.calendars import DayEntry
from haven.consultations.policy import may_enter
from haven.consultations.queries.listing import Happening, Open, happenings, spans
from haven.consultations.rules.months import EVENTS, Event, Month
from haven.engines.days.moments import local_day

SHAPES = {event: (shape, label) for event, shape, label in EVENTS}


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happens on a day: its shape, its number in the list below, and what it is."""

    number: int
    shape: str
    label: str
    happening: Happening


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the picture."""

    day: date
    is_inside: bool
    is_today: bool
    is_open: bool  # for some consultation
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class MonthPage:
    """A month, week by week, and everything that happens in it."""

    month: Month
    weeks: tuple[tuple[Day, ...], ...]
    marks: tuple[Mark, ...]
    open: tuple[Open, ...]


def month_page(*, by: Actor, on: date, month: Month) -> MonthPage:
    """A month as she may see it. Raises `Refused`."""
    found = happenings(by=by, month=month)
    marks = tuple(Mark(number, *SHAPES[each.event], each) for number, each in enumerate(found, start=1))
    opened = tuple(spans(by=by, month=month))
    weeks = tuple(tuple(_day(day, month, on, marks, opened) for day in week) for week in month.weeks)
    return MonthPage(month, weeks, marks, opened)


def closing_dates(*, by: Actor, at: datetime) -> list[DayEntry]:
    """Every closing date that is still to come, of consultations and of the areas' own gathering. Raises `Refused`."""
    closing, on = (Event.CLOSES, Event.OURS), local_day(at)
    return [_entry(each, at) for each in happenings(by=by) if each.event in closing and each.day >= on]


def days_for(by: Actor, at: datetime) -> Sequence[DayEntry]:
    """The same, for the private calendar of whoever may see them; nothing for who may not."""
    return closing_dates(by=by, at=at) if may_enter(by) else []


def _day(day: date, month: Month, on: date, marks: Sequence[Mark], opened: Sequence[Open]) -> Day:
    return Day(
        day=day,
        is_inside=month.has(day),
        is_today=day == on,
        is_open=any(each.has(day) for each in opened),
        marks=tuple(each for each in marks if month.has(day) and each.happening.day == day),
    )


def _entry(each: Happening, at: datetime) -> DayEntry:
    about = f"{each.title}, {each.label}"
    title = f"{each.area}’s views close: {about}" if each.event is Event.OURS else f"Consultation closes: {about}"
    return DayEntry(uuid5(each.edition, f"{each.event}{each.area}"), title, each.day, at)
