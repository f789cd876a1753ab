"""What the lead sees: what was asked twice, how long answers take; and what the area sets."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from haven.access.roles import Kind, Role
from haven.checks import services
from haven.checks.forms.running import SettingsForm
from haven.checks.policy import COUNTERS, SETTERS
from haven.checks.queries.counting import figures_page
from haven.checks.queries.settings import settings_of
from haven.people.refusals import ActorRequest, granted, or_not_there, status
from haven.signin.rules import confidential

PAGE = ["GET", "HEAD", "POST"]


@confidential
@require_safe
@or_not_there
def figures(request: ActorRequest) -> HttpResponse:
    """Asked twice, and how long answers take, month by month."""
    area = _area(request, COUNTERS)
    page = figures_page(area=area, by=request.actor, at=request.now())
    return render(request, "checks/figures.html", {"page": page, "may_set": request.actor.holds(*SETTERS)})


@confidential
@require_http_methods(PAGE)
@or_not_there
def settings(request: ActorRequest) -> HttpResponse:
    """Bands, hours, and who answers while schools are shut."""
    area = _area(request, SETTERS)
    form = SettingsForm(request.POST or None, now=settings_of(area=area))
    by, at = request.actor, request.now()
    if granted(form, lambda: services.set_area(area=area, by=by, at=at, **form.said)):
        messages.success(request, "Set. What was asked already keeps its time.")
        return redirect("checks:board")
    return render(request, "checks/settings.html", {"form": form}, status=status(form))


def _area(request: ActorRequest, roles: frozenset[Role]) -> UUID:
    """The area she works for: the one she asks for, or her first."""
    held = (post for post in request.actor.posts if post.role in roles and post.kind is Kind.COUNCIL)
    areas = sorted({area for post in held for area in post.areas}, key=str)
    wanted = [area for area in areas if str(area) == request.GET.get("area")] or areas
    if not wanted:
        raise Http404
    return wanted[0]
