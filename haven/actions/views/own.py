"""An organisation's own list, and the page on which an assignment is read and answered."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from haven.actions import services
from haven.actions.forms import CloseForm, CommentForm, HandOnForm, ListForm, ReasonForm
from haven.actions.queries import lists, pages
from haven.actions.rules import Move
from haven.files.serving import as_attachment
from haven.people.refusals import ActorRequest, granted, or_not_there

A_PAGE = 30
UNFIT = 422


@require_safe
@or_not_there
def own(request: ActorRequest) -> HttpResponse:
    """The list of the actor's organisations; for a lead who opens it bare, the picture of her area."""
    by, at = request.actor, timezone.now()
    if by.leads and not request.GET:
        return redirect("actions:overview")
    form = ListForm(request.GET)
    lines = lists.own_list(by=by, at=at, shown=form.shown)
    page = Paginator(lines, A_PAGE).get_page(request.GET.get("page"))
    told = {"organisations": lists.own_organisations(by=by), "counts": lists.own_counts(by=by, at=at)}
    told |= {"sets_for": lists.sets_for(by=by)}
    return render(request, "actions/own.html", {"filter": form, "page": page, "today": timezone.localdate(), **told})


@require_safe
@or_not_there
def show(request: ActorRequest, assignment_id: UUID) -> HttpResponse:
    """One assignment: the words that asked for it, its answer, its history, and what may be done."""
    return _page(request, assignment_id)


@or_not_there
def close(request: ActorRequest, assignment_id: UUID) -> HttpResponse:
    """Mark it done with what shows it; or keep what was typed for later."""
    if request.method != "POST":
        return redirect("actions:show", assignment_id)
    by, at = request.actor, timezone.now()
    page = pages.assignment_page(assignment_id=assignment_id, by=by, at=at)
    if "keep" in request.POST:
        return _keep(request, assignment_id)
    if page.is_over(Move.CLOSE):
        return _moved_on(request, assignment_id)
    form = CloseForm(request.POST, request.FILES, asked=page.line.evidence_asked)
    if granted(
        form,
        lambda: services.close_assignment(assignment_id=assignment_id, evidence=form.evidence, by=by, at=at),
    ):
        messages.success(request, f"Done: {page.line.what}")
        return redirect("actions:show", assignment_id)
    return _page(request, assignment_id, close=form)


@or_not_there
def set_aside(request: ActorRequest, assignment_id: UUID) -> HttpResponse:
    """Say that it does not apply, and why."""
    form = ReasonForm(request.POST)
    return _do(request, assignment_id, Move.SET_ASIDE, form, services.mark_not_applicable, "It does not apply to you.")


@or_not_there
def hand_on(request: ActorRequest, assignment_id: UUID) -> HttpResponse:
    """Hand it to a colleague."""
    page = pages.assignment_page(assignment_id=assignment_id, by=request.actor, at=timezone.now())
    form = HandOnForm(request.POST, colleagues=page.colleagues)
    return _do(request, assignment_id, Move.HAND_ON, form, services.hand_to, "Your colleague will be told.")


@or_not_there
def send_back(request: ActorRequest, assignment_id: UUID) -> HttpResponse:
    """Send an answer back with a comment."""
    form = CommentForm(request.POST)
    return _do(request, assignment_id, Move.RETURN, form, services.return_assignment, "Sent back with your comment.")


@or_not_there
def reopen(request: ActorRequest, assignment_id: UUID) -> HttpResponse:
    """Take an answer back."""
    return _do(request, assignment_id, Move.REOPEN, Form(request.POST), services.reopen, "It is open again.")


@require_POST
@or_not_there
def seen(request: ActorRequest) -> HttpResponse:
    """Mark what stands on the page as seen."""
    marked = [UUID(each) for each in request.POST.getlist("assignment") if _is_uuid(each)]
    services.mark_seen(assignment_ids=marked, by=request.actor, at=timezone.now())
    return redirect("actions:own")


@require_safe
@or_not_there
def evidence(request: ActorRequest, assignment_id: UUID, evidence_id: UUID) -> HttpResponse:
    """A file that was given, to be saved."""
    file = pages.evidence_file(assignment_id=assignment_id, evidence_id=evidence_id, by=request.actor)
    if file is None:
        raise Http404
    return as_attachment(file)


def _do(request: ActorRequest, assignment_id: UUID, move: Move, form: Form, service: Any, told: str) -> HttpResponse:
    """Carry out one move, and go back to the page; show the page again where the form is at fault."""
    if request.method != "POST":
        return redirect("actions:show", assignment_id)
    by, at = request.actor, timezone.now()
    page = pages.assignment_page(assignment_id=assignment_id, by=by, at=at)
    if page.is_over(move):
        return _moved_on(request, assignment_id)
    if granted(form, lambda: service(assignment_id=assignment_id, by=by, at=at, **form.cleaned_data)):
        messages.success(request, told)
        return redirect("actions:show", assignment_id)
    return _page(request, assignment_id, **{FORMS[move]: form})


FORMS = {Move.SET_ASIDE: "set_aside", Move.HAND_ON: "hand_on", Move.RETURN: "send_back", Move.REOPEN: "reopen"}


def _page(request: ActorRequest, assignment_id: UUID, **bound: Form) -> HttpResponse:
    by, at = request.actor, timezone.now()
    page = pages.assignment_page(assignment_id=assignment_id, by=by, at=at)
    kept = pages.draft(place=f"close/{assignment_id}", by=by)
    forms: dict[str, Form] = {"close": CloseForm(initial=kept, asked=page.line.evidence_asked)}
    forms |= {"set_aside": ReasonForm(initial=kept), "send_back": CommentForm()}
    if Move.HAND_ON in page.may:
        forms["hand_on"] = HandOnForm(colleagues=page.colleagues)
    context = {"page": page, "kept": kept, "may": {move.name for move in page.may}, "wrong": [*bound.values()]}
    return render(request, "actions/show.html", context | forms | bound, status=UNFIT if bound else 200)


def _keep(request: ActorRequest, assignment_id: UUID) -> HttpResponse:
    fields = {name: request.POST.get(name, "") for name in ("words", "link", "has_read") if request.POST.get(name)}
    services.save_draft(place=f"close/{assignment_id}", fields=fields, by=request.actor, at=timezone.now())
    messages.success(request, "Kept. What you typed will be here when you come back.")
    return redirect("actions:show", assignment_id)


def _moved_on(request: ActorRequest, assignment_id: UUID) -> HttpResponse:
    messages.info(request, "This has been answered or withdrawn already. Nothing was changed.")
    return redirect("actions:show", assignment_id)


def _is_uuid(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False
