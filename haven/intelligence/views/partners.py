"""What a partner was sent by an intelligence unit."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from haven.intelligence.disclosure.reports import open_report
from haven.intelligence.queries.lists import received as received_by
from haven.intelligence.views.areas import area_of
from haven.people.refusals import ActorRequest, or_not_there
from haven.signin.rules import confidential


@confidential
@require_safe
@or_not_there
def received(request: ActorRequest) -> HttpResponse:
    """The list, without what it says."""
    area_of(request)
    lines = received_by(by=request.actor, at=request.now())
    return render(request, "intelligence/received.html", {"lines": lines})


@confidential
@require_POST
@or_not_there
def read(request: ActorRequest, dissemination_id: UUID) -> HttpResponse:
    """One of them, opened."""
    view = open_report(dissemination_id=dissemination_id, by=request.actor, at=request.now())
    return render(request, "intelligence/read.html", {"view": view})
