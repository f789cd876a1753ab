"""The unit: what it has in, where each stands, who told, what links it, what became of it."""

from uuid import UUID

from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.access.roles import INTELLIGENCE
from haven.intelligence import services
from haven.intelligence.disclosure.links import open_links
from haven.intelligence.disclosure.submissions import open_source
from haven.intelligence.forms.working import AnswerForm, NameForm, SourceForm
from haven.intelligence.queries import lists
from haven.people.refusals import ActorRequest, done, gained, granted, or_not_there, status, there
from haven.signin.adapters.account import is_fresh_request
from haven.signin.rules import confidential

PAGE = ["GET", "HEAD", "POST"]
NAMED = "Whoever is kept from what concerns them never sees this."
ANSWERED = "Whoever told it will see what became of it."
TAKEN_BACK = "Taken back. It cannot be opened there any more."


@confidential
@require_safe
@or_not_there
def inbox(request: ActorRequest) -> HttpResponse:
    """What waits for an answer."""
    return _list(request, is_answered=False)


@confidential
@require_safe
@or_not_there
def answered(request: ActorRequest) -> HttpResponse:
    """What was answered."""
    return _list(request, is_answered=True)


@confidential
@require_safe
@or_not_there
def stage(request: ActorRequest, submission_id: UUID) -> HttpResponse:
    """Where one of them stands, without what it says."""
    return _stage(request, submission_id, AnswerForm())


@confidential
@require_POST
@or_not_there
def answer(request: ActorRequest, submission_id: UUID) -> HttpResponse:
    """Say what became of it."""
    form, by, at = AnswerForm(request.POST), request.actor, request.now()
    there(lists.stage_of(submission_id=submission_id, by=by, at=at))
    if granted(form, lambda: services.answer(submission_id=submission_id, outcome=form.wanted, by=by, at=at)):
        messages.success(request, ANSWERED)
        return redirect("intelligence:stage", submission_id)
    return _stage(request, submission_id, form)


@confidential
@require_POST
@or_not_there
def take_back(request: ActorRequest, submission_id: UUID, dissemination_id: UUID) -> HttpResponse:
    """Take a report back from an organisation."""
    by, at = request.actor, request.now()
    done(request, lambda: services.take_report_back(dissemination_id=dissemination_id, by=by, at=at), TAKEN_BACK)
    return redirect("intelligence:stage", submission_id)


@confidential
@require_http_methods(PAGE)
@or_not_there
def name(request: ActorRequest, submission_id: UUID) -> HttpResponse:
    """Say whom it is about."""
    by, at = request.actor, request.now()
    told = there(lists.stage_of(submission_id=submission_id, by=by, at=at))
    form = NameForm(request.POST or None)
    if granted(form, lambda: services.name_person(submission_id=submission_id, **form.wanted, by=by, at=at)):
        messages.success(request, NAMED)
        return redirect("intelligence:stage", submission_id)
    return render(
        request, "intelligence/name.html", {"told": told, "line": told.line, "form": form}, status=status(form)
    )


@confidential
@require_POST
@or_not_there
def links(request: ActorRequest, submission_id: UUID) -> HttpResponse:
    """What links it with others, as a picture and as a table."""
    view = open_links(submission_id=submission_id, by=request.actor, at=request.now())
    return render(request, "intelligence/links.html", {"view": view, "picture": view.picture})


@confidential
@require_http_methods(PAGE)
@or_not_there
def source(request: ActorRequest, submission_id: UUID) -> HttpResponse:
    """Who told it: her second factor afresh, the question why, and with an answer to that, the source."""
    by, at = request.actor, request.now()
    told = there(lists.stage_of(submission_id=submission_id, by=by, at=at))
    there(told.may_learn_source or request.method == "POST" or None)  # who tries without the right is written down
    is_fresh = is_fresh_request(request)
    if told.may_learn_source and not is_fresh:
        raise ReauthenticationRequired
    form = SourceForm(request.POST or None)
    view = gained(
        form,
        lambda: open_source(submission_id=submission_id, why=form.cleaned_data["why"], is_fresh=is_fresh, by=by, at=at),
    )
    there(told.may_learn_source or None)
    context = {"told": told, "line": told.line, "form": form, "view": view}
    return render(request, "intelligence/source.html", context, status=status(form))


def _list(request: ActorRequest, *, is_answered: bool) -> HttpResponse:
    there(request.actor.holds(*INTELLIGENCE) or None)
    number = request.GET.get("page", "1")
    page = lists.inbox(is_answered=is_answered, by=request.actor, at=request.now(), number=number)
    return render(request, "intelligence/inbox.html", {"page": page, "is_answered": is_answered})


def _stage(request: ActorRequest, submission_id: UUID, form: AnswerForm) -> HttpResponse:
    told = there(lists.stage_of(submission_id=submission_id, by=request.actor, at=request.now()))
    context = {"told": told, "line": told.line, "form": form}
    return render(request, "intelligence/stage.html", context, status=status(form))
