"""What schools have not read: the council's duty list, and the list to ring by."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from haven.notifications.queries.watching import unread_in_areas
from haven.people.refusals import ActorRequest, or_not_there
from haven.signin.rules import confidential


@require_safe
@confidential
@or_not_there
def duty(request: ActorRequest) -> HttpResponse:
    """What is unread, the first deadline first."""
    lines = unread_in_areas(by=request.actor, at=request.now())
    context = {"due": [line for line in lines if line.is_due], "later": [line for line in lines if not line.is_due]}
    return render(request, "notifications/duty.html", context)


@require_safe
@confidential
@or_not_there
def telephone(request: ActorRequest) -> HttpResponse:
    """Whom to ring now, to print."""
    at = request.now()
    lines = [line for line in unread_in_areas(by=request.actor, at=at) if line.is_to_ring]
    return render(request, "notifications/telephone.html", {"lines": lines, "at": at})
