"""Recording what was sent, and taking answers and contributions away as files."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from haven.actions.queries.pages import draft
from haven.consultations import services
from haven.consultations.forms.contributing import RecordForm
from haven.consultations.queries import gathering
from haven.consultations.rules.final import composed
from haven.consultations.views.worddocuments import as_word
from haven.files.queries import open_file
from haven.files.serving import as_attachment
from haven.kit.sheets import as_csv, as_excel
from haven.people.refusals import ActorRequest, gained, or_not_there, status, there

PAGE = ["GET", "HEAD", "POST"]
SHEETS: Mapping[str, Callable[..., HttpResponse]] = {"csv": as_csv, "xlsx": as_excel}
ANSWERS = ("Number", "Question", "Chosen", "Our answer")


@require_http_methods(PAGE)
@or_not_there
def record(request: ActorRequest, response_id: UUID) -> HttpResponse:
    """Record what was sent: when, how, and the exact words."""
    by, at = request.actor, timezone.now()
    page = gathering.response_page(response_id=response_id, by=by, at=at)
    kept = draft(place=f"record/{response_id}", by=by)
    initial = {"text": composed(gathering.answers_of(response=page.response)), "sent_on": timezone.localdate()}
    form = RecordForm(request.POST or None, request.FILES or None, initial=_again(initial, kept))
    if gained(form, lambda: services.record_submission(response_id=response_id, wanted=form.wanted, by=by, at=at)):
        messages.success(request, "Recorded. Those who contributed will be told that they can read it.")
        return redirect("consultations:response", response_id)
    context = {"page": page, "response": page.response, "form": form, "kept": kept, "place": f"record/{response_id}"}
    return render(request, "consultations/record.html", context, status=status(form))


@require_safe
@or_not_there
def export_views(request: ActorRequest, response_id: UUID, kind: str) -> HttpResponse:
    """Everything that was contributed, as a table to take away."""
    columns, rows = gathering.contributions_exported(response_id=response_id, by=request.actor)
    return SHEETS[kind]("views", columns, rows)


@require_safe
@or_not_there
def export_answers(request: ActorRequest, response_id: UUID, kind: str) -> HttpResponse:
    """The area's answers, ready to be pasted into the official form."""
    response = gathering.response_kept(response_id=response_id, by=request.actor)
    answers = gathering.answers_of(response=response)
    if kind == "docx":
        return as_word(response, answers)
    return as_csv("answers", ANSWERS, [(each.number, each.question, each.choice, each.words) for each in answers])


@require_safe
@or_not_there
def file(request: ActorRequest, submission_id: UUID) -> HttpResponse:
    """The file that was kept with what was sent, to be saved."""
    found = gathering.submitted_file(submission_id=submission_id, by=request.actor)
    return as_attachment(there(open_file(file_id=there(found))))


def _again(initial: Mapping[str, object], kept: Mapping[str, str]) -> dict[str, object]:
    """The form as it was left; its day was typed in three parts, and is asked anew."""
    return {**initial, **{name: kept[name] for name in ("way", "reference", "text") if name in kept}}
