"""What a private calendar shows: what is due and when, and nothing of any person."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from haven.access.actor import Actor
from haven.actions.models import Assignment, CalendarKey
from haven.actions.policy import SEEING
from haven.actions.rules import WAITING, hash_of
from haven.engines.days.moments import local_day
from haven.people.queries import actor_of


@dataclass(frozen=True, slots=True)
class DueEntry:
    """One assignment as an entry of a calendar."""

    id: UUID
    what: str
    asked_by: str
    organisation: str
    due_on: date
    due_time: time | None
    prohibits: bool
    is_own: bool
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class DayEntry:
    """A day that another capability puts into the calendar, in words that whoever has its address may read."""

    id: UUID
    title: str
    on: date
    told_at: datetime


Days = Callable[[Actor, datetime], Sequence[DayEntry]]
"""What a capability puts into the calendar of this actor; `CALENDARS` of the settings names the query of each."""


def calendar_entries(*, secret: str, at: datetime) -> list[DueEntry | DayEntry] | None:
    """What is due of the organisations in which the calendar's owner holds a post today, and what else there is to
    know by its day; none for no live key.

    Whoever has left her posts has an empty calendar from that day on.
    """
    key = CalendarKey.objects.select_related("person").filter(secret_hash=hash_of(secret), revoked_at=None).first()
    if key is None or not key.person.is_active:
        return None
    owner = actor_of(person=key.person, has_second_factor=True, on=local_day(at))
    rows = Assignment.objects.filter(
        organisation__in=owner.organisations(SEEING), state__in=WAITING, due_on__isnull=False
    ).select_related("action__asked_by", "organisation")
    due: list[DueEntry | DayEntry] = [
        DueEntry(
            row.pk,
            row.action.what,
            row.action.asked_by.name,
            row.organisation.name,
            row.due_on,
            row.due_time,
            row.action.prohibits,
            row.action.is_own,
            row.raised_at,
        )
        for row in rows
        if row.due_on
    ]
    return due + other_days(by=owner, at=at)


def other_days(*, by: Actor, at: datetime) -> list[DayEntry]:
    """What the capabilities above put into her calendar."""
    queries: list[Days] = [import_string(name) for name in settings.CALENDARS]
    return [entry for days in queries for entry in days(by, at)]


def calendar_key_since(*, by: Actor) -> datetime | None:
    """When her calendar's address was made; none where she has none."""
    return CalendarKey.objects.filter(person=by.person, revoked_at=None).values_list("made_at", flat=True).first()
