"""The signed-in home, by role; the pages about Haven itself; the ledger for the scrutineer."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from haven.desk.forms import BeforeForm, FindForm
from haven.desk.queries import home_of, ledger_page
from haven.ledger.services import note_reading
from haven.people.refusals import ActorRequest, or_not_there
from haven.signin.rules import before_second_factor


@require_safe
@login_not_required
def home(request: ActorRequest) -> HttpResponse:
    """The front door: what Haven is for a visitor, what waits for whoever has signed in."""
    home = home_of(by=request.actor, at=timezone.now())
    return render(request, f"desk/{home.desk}.html", {"home": home, "find": FindForm()})


@require_safe
@login_not_required
@before_second_factor
def help_page(request: ActorRequest) -> HttpResponse:
    """What Haven is for and how to begin."""
    return render(request, "desk/help.html")


@require_safe
@login_not_required
@before_second_factor
def accessibility(request: ActorRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "desk/accessibility.html")


@require_safe
@login_not_required
@before_second_factor
def privacy(request: ActorRequest) -> HttpResponse:
    """What Haven keeps about people, and for how long."""
    return render(request, "desk/privacy.html")


@require_safe
@or_not_there
def ledger(request: ActorRequest) -> HttpResponse:
    """The newest entries of the ledger, for whoever may read it. That she looked is recorded first, once a day."""
    now = timezone.now()
    today = timezone.localdate(now).isoformat()
    if request.session.get("read_the_ledger_on") != today:
        note_reading(by=request.actor, at=now)
        request.session["read_the_ledger_on"] = today
    form = BeforeForm(request.GET)
    page = ledger_page(by=request.actor, before=form.number)
    return render(request, "desk/ledger.html", {"page": page, "before": form.number})
