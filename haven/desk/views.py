"""The signed-in home, by role; the pages about Haven itself; the ledger for the scrutineer."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from haven.access.decision import Refused
from haven.desk.queries import home_of
from haven.ledger.queries import newest_entries
from haven.signin.rules import before_second_factor


@require_safe
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """The front door: what Haven is for a visitor, what waits for whoever has signed in."""
    home = home_of(by=request.actor, at=timezone.now())
    return render(request, f"desk/{home.desk}.html", {"home": home})


@require_safe
@login_not_required
@before_second_factor
def help_page(request: HttpRequest) -> HttpResponse:
    """What Haven is for and how to begin."""
    return render(request, "desk/help.html")


@require_safe
@login_not_required
@before_second_factor
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "desk/accessibility.html")


@require_safe
@login_not_required
@before_second_factor
def privacy(request: HttpRequest) -> HttpResponse:
    """What Haven keeps about people, and for how long."""
    return render(request, "desk/privacy.html")


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """The newest entries of the ledger, for whoever may read it."""
    before = request.GET.get("before", "")
    try:
        entries = newest_entries(by=request.actor, before=int(before) if before.isdecimal() else None)
    except Refused:
        raise Http404 from None
    earlier = entries[-1].number if entries and entries[-1].number > 1 else None
    return render(request, "desk/ledger.html", {"entries": entries, "earlier": earlier})
