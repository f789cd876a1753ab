"""Looking somebody up, and opening who she is. Both are sent, and written down before anything is shown."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from haven.people.refusals import ActorRequest, gained, or_not_there, status, there
from haven.signin.rules import confidential
from haven.subjects.disclosure.finding import find
from haven.subjects.disclosure.overseeing import open_register
from haven.subjects.disclosure.showing import open_subject
from haven.subjects.disclosure.stages import areas_for, keeps_records, may_review_glass, stage_of
from haven.subjects.forms import LookUpForm, PurposeForm
from haven.subjects.rules.bases import Flow

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
@confidential
@or_not_there
def look_up(request: ActorRequest) -> HttpResponse:
    """Look for somebody by last name, first initial and birth date."""
    by, at = request.actor, request.now()
    form = LookUpForm(request.POST or None, areas=there(areas_for(by=by) or None))
    answer = gained(
        form,
        lambda: (
            find(
                area=UUID(form.cleaned_data["area"]),
                identity=form.identity,
                purpose=form.said(Flow.LOOKED_UP),
                by=by,
                at=at,
            ),
        ),
    )
    page = {"form": form, "answer": answer, "reviews": may_review_glass(by=by), "keeps": keeps_records(by=by)}
    return render(request, "subjects/look_up.html", page, status=status(form))


@require_http_methods(PAGE)
@confidential
@or_not_there
def show(request: ActorRequest, subject_id: UUID) -> HttpResponse:
    """A page that says nothing of her; sent with a purpose, who she is."""
    by, at = request.actor, request.now()
    stage = stage_of(subject_id=subject_id, by=by, at=at)
    form = PurposeForm(request.POST or None)
    view = gained(form, lambda: open_subject(subject_id=subject_id, purpose=form.said(Flow.WITHIN), by=by, at=at))
    page = {"form": form, "stage": stage, "view": view}
    return render(request, "subjects/subject.html", page, status=status(form))


@require_http_methods(PAGE)
@confidential
@or_not_there
def register(request: ActorRequest, subject_id: UUID) -> HttpResponse:
    """A page that says nothing; sent with a purpose, who was shown what about her."""
    by, at = request.actor, request.now()
    stage = stage_of(subject_id=subject_id, by=by, at=at)
    there(stage.keeps or None)
    form = PurposeForm(request.POST or None)
    purpose = lambda: form.said(Flow.WITHIN)  # noqa: E731 - read only once the form is sound
    lines = gained(form, lambda: open_register(subject_id=subject_id, purpose=purpose(), by=by, at=at))
    return render(
        request, "subjects/register.html", {"form": form, "stage": stage, "lines": lines}, status=status(form)
    )
