"""How long somebody is kept, what holds it, and how it ends. No page here says who she is."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from haven.people.refusals import ActorRequest, done, granted, or_not_there, status, there
from haven.signin.rules import confidential
from haven.subjects import services
from haven.subjects.disclosure.keeping import erasure_of, going_with, keeping_desk, keeping_of
from haven.subjects.forms import DecideForm, EndHoldForm, HoldForm
from haven.subjects.views.looking import PAGE

ASKED = "Asked for. Somebody else who keeps the area’s records decides."
ERASED = "Erased. Nobody can open it again."
NOT_ERASED = "It stays."


@require_safe
@confidential
@or_not_there
def desk(request: ActorRequest) -> HttpResponse:
    """What waits: erasures to decide, those whose time is over, holds that stand."""
    return render(request, "subjects/keeping.html", {"desk": keeping_desk(by=request.actor, at=request.now())})


@require_safe
@confidential
@or_not_there
def show(request: ActorRequest, subject_id: UUID) -> HttpResponse:
    """How long one is kept, and by what."""
    page = keeping_of(subject_id=subject_id, by=request.actor, at=request.now())
    return render(request, "subjects/kept.html", {"page": page})


@require_http_methods(PAGE)
@confidential
@or_not_there
def hold(request: ActorRequest, subject_id: UUID) -> HttpResponse:
    """Hold everything about somebody."""
    by, at = request.actor, request.now()
    page, form = keeping_of(subject_id=subject_id, by=by, at=at), HoldForm(request.POST or None)
    if granted(form, lambda: services.hold(subject_id=subject_id, why=form.cleaned_data["why"], by=by, at=at)):
        messages.success(request, "Held. Nothing about it is erased until this ends.")
        return redirect("subjects:kept", subject_id)
    return render(request, "subjects/hold.html", {"page": page, "form": form}, status=status(form))


@require_http_methods(PAGE)
@confidential
@or_not_there
def end_hold(request: ActorRequest, subject_id: UUID, hold_id: UUID) -> HttpResponse:
    """End one hold, and say why."""
    by, at = request.actor, request.now()
    page, form = keeping_of(subject_id=subject_id, by=by, at=at), EndHoldForm(request.POST or None)
    line = there(next((each for each in page.holds if each.hold == hold_id), None))
    if granted(form, lambda: services.end_hold(hold_id=hold_id, why=form.cleaned_data["why"], by=by, at=at)):
        messages.success(request, "It has ended.")
        return redirect("subjects:kept", subject_id)
    return render(request, "subjects/end_hold.html", {"page": page, "line": line, "form": form}, status=status(form))


@require_http_methods(PAGE)
@confidential
@or_not_there
def ask_erasure(request: ActorRequest, subject_id: UUID) -> HttpResponse:
    """What an erasure takes away and leaves, and a button to ask for it."""
    by, at = request.actor, request.now()
    if request.method == "POST":
        done(request, lambda: services.ask_erasure(subject_id=subject_id, by=by, at=at), ASKED)
        return redirect("subjects:kept", subject_id)
    page, going = keeping_of(subject_id=subject_id, by=by, at=at), going_with(subject_id=subject_id, by=by, at=at)
    return render(request, "subjects/ask_erasure.html", {"page": page, "going": going})


@require_http_methods(PAGE)
@confidential
@or_not_there
def erasure(request: ActorRequest, subject_id: UUID, erasure_id: UUID) -> HttpResponse:
    """One erasure: for a second person to decide; then what went and what stands."""
    by, at = request.actor, request.now()
    page, line = keeping_of(subject_id=subject_id, by=by, at=at), erasure_of(erasure_id=erasure_id, by=by, at=at)
    there(line if line.subject == subject_id else None)
    form = DecideForm(request.POST or None)
    if granted(
        form,
        lambda: services.decide_erasure(erasure_id=erasure_id, is_approved=form.is_approved, by=by, at=at),
    ):
        messages.success(request, ERASED if form.is_approved else NOT_ERASED)
        return redirect("subjects:erasure", subject_id, erasure_id)
    shown = {"page": page, "line": line, "form": form, "going": going_with(subject_id=subject_id, by=by, at=at)}
    return render(request, "subjects/erasure.html", shown, status=status(form))
