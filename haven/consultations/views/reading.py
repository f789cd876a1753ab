"""Which consultations there are, as a list, as a month, and as a file for one's own calendar."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from haven.consultations.queries import calendars, listing
from haven.consultations.rules.months import EVENTS, month_asked
from haven.files.serving import disposition
from haven.people.refusals import ActorRequest, or_not_there

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@require_safe
@or_not_there
def index(request: ActorRequest) -> HttpResponse:
    """What one's organisation is asked, and every consultation by where it stands."""
    seen = listing.overview(by=request.actor, on=timezone.localdate())
    return render(request, "consultations/index.html", {"seen": seen, "leads": bool(request.actor.leads)})


@require_safe
@or_not_there
def calendar(request: ActorRequest) -> HttpResponse:
    """A month with what opens, closes and is answered in it."""
    today = timezone.localdate()
    month = month_asked(request.GET.get("month", ""), today)
    page = calendars.month_page(by=request.actor, on=today, month=month)
    return render(request, "consultations/calendar.html", {"page": page, "days": DAYS, "key": EVENTS})


@require_safe
@or_not_there
def calendar_file(request: ActorRequest) -> HttpResponse:
    """The closing dates that are still to come, as a file to save (RFC 5545)."""
    now = timezone.now()
    file = Calendar()
    file.add("prodid", "-//Haven//Consultations//EN")
    file.add("version", "2.0")
    for each in calendars.closing_dates(by=request.actor, at=now):
        event = Event()
        event.add("uid", f"{each.id}@haven")
        event.add("dtstamp", each.told_at)
        event.add("summary", each.title)
        event.add("dtstart", each.on)
        event.add("dtend", each.on + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        event.add("url", settings.ORIGIN + reverse("consultations:index"))
        file.add_component(event)
    response = HttpResponse(file.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = disposition("haven-consultations.ics")
    return response
