"""Events as an iCalendar file (RFC 5545), for one's own calendar."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from icalendar import Calendar
from icalendar import Event as Entry

from haven.bulletins.queries.events import Happening
from haven.bulletins.rules.publishing import address_of_item
from haven.files.serving import disposition

LONDON = ZoneInfo("Europe/London")


def as_calendar(happenings: Iterable[Happening]) -> HttpResponse:
    """The events as a file to save."""
    calendar = Calendar()
    calendar.add("prodid", "-//Haven//Bulletins//EN")
    calendar.add("version", "2.0")
    for happening in happenings:
        calendar.add_component(_entry(happening))
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = disposition("haven-events.ics")
    return response


def _entry(happening: Happening) -> Entry:
    entry = Entry()
    entry.add("uid", f"{happening.id}@haven")
    entry.add("dtstamp", happening.published_at)
    entry.add("summary", happening.title)
    entry.add("dtstart", _at(happening.starts_on, happening.starts_time))
    if ends := _ends(happening):
        entry.add("dtend", ends)
    if happening.place:
        entry.add("location", happening.place)
    if happening.is_cancelled:
        entry.add("status", "CANCELLED")
    entry.add("url", settings.ORIGIN + address_of_item(happening.bulletin, happening.number))
    return entry


def _at(day: date, clock: time | None) -> date | datetime:
    return datetime.combine(day, clock, tzinfo=LONDON) if clock else day


def _ends(happening: Happening) -> date | datetime | None:
    """When it ends; of a whole day the day after, as the format counts."""
    last = happening.ends_on or happening.starts_on
    if happening.starts_time is None:
        return last + timedelta(days=1)
    return _at(last, happening.ends_time) if happening.ends_time else None
