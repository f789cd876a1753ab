"""What is kept for one person: her unfinished forms, and the private address of her calendar."""

import re

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from haven.actions import services
from haven.actions.queries.calendars import calendar_key_since
from haven.people.refusals import ActorRequest, or_not_there

PLACE = re.compile(r"(close|ask|set)/[0-9a-f-]{36}")
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "place", "key"})


@require_POST
@or_not_there
def keep_draft(request: ActorRequest) -> HttpResponse:
    """Keep a form as it is being typed."""
    place = request.POST.get("place", "")
    if not PLACE.fullmatch(place):
        return HttpResponseBadRequest("Not a form that is kept.")
    fields = {name: request.POST[name] for name in request.POST if name not in NOT_TYPED and request.POST[name]}
    kept = services.save_draft(place=place, fields=fields, by=request.actor, at=timezone.now())
    return JsonResponse({"kept": timezone.localtime(kept.saved_at).strftime("%H:%M")})


@require_http_methods(["GET", "HEAD", "POST"])
@or_not_there
def calendar_address(request: ActorRequest) -> HttpResponse:
    """Make the private address of one's calendar, see whether there is one, make it stop working."""
    by, at = request.actor, timezone.now()
    if request.method == "POST" and "revoke" in request.POST:
        services.revoke_calendar_key(by=by, at=at)
        messages.success(request, "The address has stopped working.")
        return redirect("actions:calendar")
    secret = services.make_calendar_key(by=by, at=at) if request.method == "POST" else ""
    address = request.build_absolute_uri(f"/calendar/{secret}.ics") if secret else ""
    return render(request, "actions/calendar.html", {"address": address, "since": calendar_key_since(by=by)})
