"""Lending a record to a guest for some days, and taking it back."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.people.refusals import ActorRequest, done, gained, or_not_there, status, there
from haven.signin.rules import confidential
from haven.subjects import services
from haven.subjects.disclosure.borrowing import lent_to
from haven.subjects.disclosure.stages import stage_of
from haven.subjects.forms import GuestForm
from haven.subjects.queries.guests import guests_of, person_called
from haven.subjects.views.looking import PAGE

LENT = "She may read it until then. A letter tells her that there is something, and not what."


@require_safe
@confidential
@or_not_there
def lent(request: ActorRequest) -> HttpResponse:
    """What is lent to whoever looks."""
    lines = lent_to(by=request.actor, at=request.now())
    return render(request, "subjects/lent.html", {"lines": there(lines or None)})


@require_http_methods(PAGE)
@confidential
@or_not_there
def guests(request: ActorRequest, subject_id: UUID) -> HttpResponse:
    """Who reads it as a guest, and a form to lend it."""
    by, at = request.actor, request.now()
    stage = stage_of(subject_id=subject_id, by=by, at=at)
    there(stage.may_lend or None)
    form = GuestForm(request.POST or None)
    lent = gained(
        form,
        lambda: services.let_guest_read(
            record_id=stage.record,
            person_id=person_called(email=form.cleaned_data["email"]) or uuid4(),  # nobody: answered as without a post
            until=form.cleaned_data["until"],
            by=by,
            at=at,
        ),
    )
    if lent:
        messages.success(request, LENT)
        return redirect("subjects:guests", subject_id)
    lines = guests_of(record_id=stage.record, by=by, at=at)
    where = request.build_absolute_uri(reverse("subjects:show", args=[subject_id]))
    page = {"form": form, "stage": stage, "lines": lines, "where": where}
    return render(request, "subjects/guests.html", page, status=status(form))


@require_POST
@confidential
@or_not_there
def end_guest(request: ActorRequest, subject_id: UUID, person_id: UUID) -> HttpResponse:
    """Take it back from one guest."""
    by, at = request.actor, request.now()
    stage = stage_of(subject_id=subject_id, by=by, at=at)
    lines = guests_of(record_id=stage.record, by=by, at=at)
    line = there(next((each for each in lines if each.person == person_id), None))
    done(request, lambda: services.end_guest(tie_id=line.tie, by=by, at=at), "She reads it no more.")
    return redirect("subjects:guests", subject_id)
