"""The calendar that a person's own calendar program reads, at an address only she knows."""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from haven.actions.queries.calendars import DayEntry, DueEntry, calendar_entries
from haven.engines.days.moments import moment
from haven.kit.asked import as_asked

READ_AGAIN = "PT1H"


@require_safe
@login_not_required
def calendar(_request: HttpRequest, secret: str) -> HttpResponse:
    """What is due, as iCalendar. A wrong or revoked secret finds nothing."""
    entries = calendar_entries(secret=secret, at=timezone.now())
    if entries is None:
        raise Http404
    return HttpResponse(as_ical(entries), content_type="text/calendar; charset=utf-8")


def as_ical(entries: Sequence[DueEntry | DayEntry]) -> bytes:
    """The entries as an iCalendar file (RFC 5545)."""
    file = Calendar()
    file.add("prodid", "-//Haven//Actions//EN")
    file.add("version", "2.0")
    file.add("x-wr-calname", "Haven: what is due")
    file.add("x-published-ttl", READ_AGAIN)
    for entry in entries:
        file.add_component(_event(entry) if isinstance(entry, DueEntry) else _day(entry))
    return bytes(file.to_ical())


def _event(entry: DueEntry) -> Event:
    event = Event()
    event.add("uid", f"{entry.id}@haven")
    event.add("dtstamp", entry.changed_at)
    event.add("summary", as_asked(entry.what, entry.prohibits) if entry.prohibits else f"Due: {entry.what}")
    asked = f"{entry.organisation} set this" if entry.is_own else f"Asked of {entry.organisation} by {entry.asked_by}"
    event.add("description", f"{asked}. Sign in to read and answer: {settings.ORIGIN}")
    event.add("transp", "TRANSPARENT")
    if entry.due_time:
        event.add("dtstart", moment(entry.due_on, entry.due_time))
    else:
        event.add("dtstart", entry.due_on)
        event.add("dtend", entry.due_on + timedelta(days=1))
    return event


def _day(entry: DayEntry) -> Event:
    event = Event()
    event.add("uid", f"{entry.id}@haven")
    event.add("dtstamp", entry.told_at)
    event.add("summary", entry.title)
    event.add("description", f"Sign in to read more: {settings.ORIGIN}")
    event.add("transp", "TRANSPARENT")
    event.add("dtstart", entry.on)
    event.add("dtend", entry.on + timedelta(days=1))
    return event
