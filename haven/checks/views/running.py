"""The MASH's board, and a check: unopened, opened by a press, given on, changed, closed, withdrawn, taken away."""

from uuid import UUID

from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.checks import services
from haven.checks.disclosure.checks import export_check, open_check
from haven.checks.forms.running import BandForm, GiveForm, UpdateForm
from haven.checks.policy import ASKERS, COUNTERS
from haven.checks.queries import boards
from haven.checks.queries.agencies import workers
from haven.checks.rules.bands import Band
from haven.checks.views.papers import KINDS, as_file
from haven.people.refusals import ActorRequest, done, granted, or_not_there, status
from haven.signin.adapters.account import is_fresh_request
from haven.signin.rules import confidential

PAGE = ["GET", "HEAD", "POST"]


@confidential
@require_safe
@or_not_there
def board(request: ActorRequest) -> HttpResponse:
    """The checks of the council by due time; for whoever only answers, what she is asked."""
    if not request.actor.holds(*ASKERS):
        return redirect("checks:requests")
    page = boards.board(by=request.actor, at=request.now())
    return render(request, "checks/board.html", {"page": page, "may_count": request.actor.holds(*COUNTERS)})


@confidential
@require_safe
@or_not_there
def check(request: ActorRequest, check_id: UUID) -> HttpResponse:
    """One check, before it is opened."""
    page = boards.check_page(check_id=check_id, by=request.actor, at=request.now())
    return render(request, "checks/check.html", {"page": page, "line": page.line})


@confidential
@require_POST
@or_not_there
def read(request: ActorRequest, check_id: UUID) -> HttpResponse:
    """The whole check with what was answered. That it was read is written down, and shown to those who answered."""
    by, at = request.actor, request.now()
    view = open_check(check_id=check_id, by=by, at=at)
    page = boards.check_page(check_id=check_id, by=by, at=at)
    return render(request, "checks/read.html", {"view": view, "page": page, "line": page.line, "kinds": KINDS})


@confidential
@require_http_methods(PAGE)
@or_not_there
def give(request: ActorRequest, check_id: UUID) -> HttpResponse:
    """Give it to a worker by name."""
    by, at = request.actor, request.now()
    page = _to_run(request, check_id)
    form = GiveForm(request.POST or None, workers=workers(organisation=page.owner, on=timezone.localdate(at)))
    given = granted(
        form,
        lambda: services.allocate(check_id=check_id, person_id=UUID(form.cleaned_data["person"]), by=by, at=at),
    )
    if given:
        messages.success(request, "Given. She has been told that there is something for her.")
        return redirect("checks:check", check_id)
    return render(request, "checks/give.html", {"form": form, "line": page.line}, status=status(form))


@confidential
@require_http_methods(PAGE)
@or_not_there
def band(request: ActorRequest, check_id: UUID) -> HttpResponse:
    """Make it more or less urgent."""
    by, at = request.actor, request.now()
    page = _to_run(request, check_id)
    form = BandForm(request.POST or None, initial={"band": page.line.band.value})
    changed = granted(
        form,
        lambda: services.change_band(
            check_id=check_id, band=Band(form.cleaned_data["band"]), why=form.cleaned_data["why"], by=by, at=at
        ),
    )
    if changed:
        messages.success(request, "Changed. The time counts from when it was asked.")
        return redirect("checks:check", check_id)
    return render(request, "checks/band.html", {"form": form, "line": page.line}, status=status(form))


@confidential
@require_http_methods(PAGE)
@or_not_there
def update(request: ActorRequest, ask_id: UUID) -> HttpResponse:
    """Ask an agency for an update, in the thread of its answer."""
    by, at = request.actor, request.now()
    page = boards.check_of(ask_id=ask_id, by=by, at=at)
    form = UpdateForm(request.POST or None)
    asked = granted(
        form,
        lambda: services.ask_update(
            update_id=form.cleaned_data["update"], ask_id=ask_id, words=form.cleaned_data["words"], by=by, at=at
        ),
    )
    if asked:
        messages.success(request, "Asked. The answer comes in the same thread.")
        return redirect("checks:check", page.line.check)
    ask = next(each for each in page.line.asks if each.ask == ask_id)
    return render(request, "checks/update.html", {"form": form, "line": page.line, "ask": ask}, status=status(form))


@confidential
@require_POST
@or_not_there
def close(request: ActorRequest, check_id: UUID) -> HttpResponse:
    """Close the round: from now the agencies may read each other's answers."""
    by, at = request.actor, request.now()
    said = "Closed. Each agency can now read the answers of others about the children it was asked about."
    done(request, lambda: services.close_round(check_id=check_id, by=by, at=at), said)
    return redirect("checks:check", check_id)


@confidential
@require_http_methods(PAGE)
@or_not_there
def withdraw(request: ActorRequest, check_id: UUID) -> HttpResponse:
    """Ask no longer."""
    page = _to_run(request, check_id)
    if request.method == "POST":
        by, at = request.actor, request.now()
        said = "Withdrawn. Whoever had not answered has been told."
        done(request, lambda: services.withdraw_check(check_id=check_id, by=by, at=at), said)
        return redirect("checks:check", check_id)
    return render(request, "checks/withdraw.html", {"line": page.line})


@confidential
@require_POST
@or_not_there
def take_away(request: ActorRequest, check_id: UUID, kind: str) -> HttpResponse:
    """The whole check as a file for the council's case system. It is written down as taken away."""
    if kind not in KINDS:
        raise Http404
    if not is_fresh_request(request):
        raise ReauthenticationRequired
    view = export_check(check_id=check_id, is_fresh=True, by=request.actor, at=request.now())
    return as_file(view, kind, on=timezone.localdate(request.now()))


def _to_run(request: ActorRequest, check_id: UUID) -> boards.CheckPage:
    page = boards.check_page(check_id=check_id, by=request.actor, at=request.now())
    if not page.may_run:
        raise Http404
    return page
