"""Working with what was told, with its words on the page. Each step is sent, and shows the words again: that is a
reading, and written down as one. Sent twice, none does harm."""

from collections.abc import Callable
from uuid import UUID, uuid4

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from haven.intelligence import services
from haven.intelligence.disclosure.submissions import SubmissionView, open_submission
from haven.intelligence.forms.working import GradeForm, MentionForm, SanitiseForm, SendForm
from haven.intelligence.queries import lists
from haven.intelligence.queries.lists import Stage
from haven.intelligence.queries.units import receivers
from haven.people.models import Organisation
from haven.people.refusals import UNFIT, ActorRequest, granted, or_not_there, there
from haven.signin.rules import confidential

GRADED = "The grade is saved."
MENTIONED = "Added."
NOT_MENTIONED = "Taken out."
SANITISED = "Saved. You can send it now."
SENT = "Sent. They have been told that there is something to read."


@confidential
@require_POST
@or_not_there
def show(request: ActorRequest, submission_id: UUID) -> HttpResponse:
    """What was told."""
    return _shown(request, submission_id)


@confidential
@require_POST
@or_not_there
def grade(request: ActorRequest, submission_id: UUID) -> HttpResponse:
    """Grade it."""
    form, by, at = GradeForm(request.POST), request.actor, request.now()
    return _step(
        request,
        submission_id,
        form,
        lambda: services.grade(submission_id=submission_id, graded=form.graded, theme=form.about, by=by, at=at),
        GRADED,
    )


@confidential
@require_POST
@or_not_there
def mention(request: ActorRequest, submission_id: UUID) -> HttpResponse:
    """Say what is mentioned in it."""
    form, by, at = MentionForm(request.POST), request.actor, request.now()
    return _step(
        request,
        submission_id,
        form,
        lambda: services.mention(submission_id=submission_id, **form.mentioned, by=by, at=at),
        MENTIONED,
    )


@confidential
@require_POST
@or_not_there
def end_mention(request: ActorRequest, submission_id: UUID, link_id: UUID) -> HttpResponse:
    """Say that something is not mentioned in it after all."""
    services.end_mention(link_id=link_id, by=request.actor, at=request.now())
    return _shown(request, submission_id, said=NOT_MENTIONED)


@confidential
@require_POST
@or_not_there
def sanitise(request: ActorRequest, submission_id: UUID) -> HttpResponse:
    """Write what may leave the unit."""
    form, by, at = SanitiseForm(request.POST), request.actor, request.now()
    return _step(
        request,
        submission_id,
        form,
        lambda: services.sanitise(submission_id=submission_id, **form.cleaned_data, by=by, at=at),
        SANITISED,
    )


@confidential
@require_POST
@or_not_there
def send(request: ActorRequest, submission_id: UUID) -> HttpResponse:
    """Send it to an organisation."""
    by, at = request.actor, request.now()
    told = there(lists.stage_of(submission_id=submission_id, by=by, at=at))
    form = SendForm(request.POST, places=receivers(area=told.area, by=by, at=at))
    return _step(
        request,
        submission_id,
        form,
        lambda: services.disseminate(report_id=form.cleaned_data["report"], sending=form.sending, by=by, at=at),
        SENT,
    )


def _step(
    request: ActorRequest, submission_id: UUID, form: Form, service: Callable[[], object], said: str
) -> HttpResponse:
    """One step of the work: done, or what is wrong beside its field; and the words again in either case."""
    there(lists.stage_of(submission_id=submission_id, by=request.actor, at=request.now()))
    if granted(form, service):
        return _shown(request, submission_id, said=said)
    return _shown(request, submission_id, form=form)


def _shown(request: ActorRequest, submission_id: UUID, *, form: Form | None = None, said: str = "") -> HttpResponse:
    by, at = request.actor, request.now()
    view = open_submission(submission_id=submission_id, by=by, at=at)
    told = there(lists.stage_of(submission_id=submission_id, by=by, at=at))
    context = {"view": view, "told": told, "line": told.line, "said": said, "form": form}
    context |= _forms(view, told, form, list(receivers(area=told.area, by=by, at=at)))
    return render(request, "intelligence/opened.html", context, status=UNFIT if form else 200)


def _forms(view: SubmissionView, told: Stage, form: Form | None, places: list[Organisation]) -> dict[str, Form]:
    """A form for each step, the one that was sent as it was sent."""
    last = told.line.grade
    start = {"theme": told.theme} | (
        {name: getattr(last, name) for name in ("source", "information", "handling", "priority")} if last else {}
    )
    text = view.report.text if view.report else view.telling.matter if view.telling else ""
    report = {"report": view.report.report, "handling": last.handling if last else ""} if view.report else {}
    fresh = {
        "grading": GradeForm(initial=start),
        "mentioning": MentionForm(),
        "sanitising": SanitiseForm(initial={"text": text, "key": uuid4()}),
        "sending": SendForm(initial=report, places=places),
    }
    return {name: form if form is not None and type(form) is type(each) else each for name, each in fresh.items()}
