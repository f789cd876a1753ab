"""Who must never see what concerns a child: listed, set, ended; and declared by herself."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from haven.people.refusals import ActorRequest, done, gained, granted, or_not_there, status, there
from haven.signin.rules import confidential
from haven.subjects import services
from haven.subjects.disclosure.overseeing import exclusions_of, possible_to_exclude
from haven.subjects.disclosure.stages import stage_of
from haven.subjects.forms import ExclusionForm, InterestForm
from haven.subjects.models import Ground
from haven.subjects.views.looking import PAGE

SET = "From now on she sees nothing of it, and is not told."
DECLARED = "Thank you. From now on you see nothing of it. Somebody else is asked."


@require_http_methods(PAGE)
@confidential
@or_not_there
def exclusions(request: ActorRequest, subject_id: UUID) -> HttpResponse:
    """Who is kept from it, and a form to keep somebody from it."""
    by, at = request.actor, request.now()
    stage = stage_of(subject_id=subject_id, by=by, at=at)
    lines = exclusions_of(subject_id=subject_id, by=by, at=at)
    people = possible_to_exclude(subject_id=subject_id, by=by, at=at)
    form = ExclusionForm(request.POST or None, people=people)
    if gained(
        form,
        lambda: services.exclude(
            subject_id=subject_id,
            person_id=UUID(form.cleaned_data["person"]),
            ground=Ground(form.cleaned_data["ground"]),
            by=by,
            at=at,
        ),
    ):
        messages.success(request, SET)
        return redirect("subjects:exclusions", subject_id)
    page = {"form": form, "stage": stage, "lines": lines}
    return render(request, "subjects/exclusions.html", page, status=status(form))


@require_POST
@confidential
@or_not_there
def end(request: ActorRequest, subject_id: UUID, exclusion_id: UUID) -> HttpResponse:
    """End one."""
    by, at = request.actor, request.now()
    done(request, lambda: services.end_exclusion(exclusion_id=exclusion_id, by=by, at=at), "It has ended.")
    return redirect("subjects:exclusions", subject_id)


@require_http_methods(PAGE)
@confidential
@or_not_there
def declare(request: ActorRequest, subject_id: UUID) -> HttpResponse:
    """She who may read it says that she should not."""
    by, at = request.actor, request.now()
    stage = stage_of(subject_id=subject_id, by=by, at=at)
    there(stage.may_read or None)
    form = InterestForm(request.POST or None)
    ground = lambda: Ground(form.cleaned_data["ground"])  # noqa: E731 - read only once the form is sound
    if granted(form, lambda: services.declare_interest(subject_id=subject_id, ground=ground(), by=by, at=at)):
        messages.success(request, DECLARED)
        return redirect("desk:home")
    return render(request, "subjects/interest.html", {"form": form, "stage": stage}, status=status(form))
