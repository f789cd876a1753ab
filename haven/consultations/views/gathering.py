"""A response as its lead sees it: who has said what, and the area's answer to each question."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.access.decision import Refused
from haven.actions.queries.pages import draft
from haven.actions.services import save_draft
from haven.consultations import services
from haven.consultations.forms.contributing import AnswerForm, is_of_before, typed_answer, words_name
from haven.consultations.models import Answer
from haven.consultations.queries import gathering
from haven.consultations.queries.gathering import QuestionPage
from haven.consultations.rules.final import with_quote
from haven.consultations.views.drafting import is_uuid, or_kept, typed
from haven.people.refusals import ActorRequest, done, gained, or_not_there, status

PAGE = ["GET", "HEAD", "POST"]


@require_safe
@or_not_there
def response(request: ActorRequest, response_id: UUID) -> HttpResponse:
    """An area's response: how far it is, its questions, who has contributed."""
    page = gathering.response_page(response_id=response_id, by=request.actor, at=timezone.now())
    return render(request, "consultations/response.html", {"page": page, "response": page.response})


@require_http_methods(PAGE)
@or_not_there
def question(request: ActorRequest, question_id: UUID) -> HttpResponse:
    """What everybody says to one question, and the area's answer beside it."""
    page = gathering.question_page(question_id=question_id, by=request.actor)
    place = f"answer/{question_id}"
    if "quote" in request.POST:
        return _quote(request, page, place)
    kept, now = draft(place=place, by=request.actor), typed_answer(page.question, page.answer)
    form = AnswerForm(request.POST or None, initial=now | kept | {"seen": now["seen"]}, question=page.question)
    if gained(form, lambda: or_kept(request, place, lambda: _write(request, form))):
        messages.success(request, f"The answer to {page.question.called.lower()} is saved.")
        return _onwards(request, page)
    if form.is_bound and not form.errors:
        return redirect("consultations:question", question_id)
    context = {"page": page, "question": page.question, "response": page.response, "form": form, "place": place}
    context |= {"kept": kept, "is_beside": is_of_before(kept, now["seen"])}
    return render(request, "consultations/question.html", context, status=status(form))


@require_POST
@or_not_there
def leave_out(request: ActorRequest, question_id: UUID) -> HttpResponse:
    """Say that the area does not answer a question."""
    by, at = request.actor, timezone.now()
    page = gathering.question_page(question_id=question_id, by=by)
    done(request, lambda: services.leave_out(question_id=question_id, by=by, at=at), "Left out.")
    return _onwards(request, page)


@require_POST
@or_not_there
def remind(request: ActorRequest, response_id: UUID) -> HttpResponse:
    """Remind exactly those who have not contributed."""
    by, at = request.actor, timezone.now()
    try:
        count = services.remind(response_id=response_id, by=by, at=at)
    except Refused as refused:
        if not refused.advice:
            raise
        messages.error(request, refused.advice)
        return redirect("consultations:response", response_id)
    if count:
        messages.success(request, f"{count:,} will be reminded within minutes.")
    else:
        messages.info(request, "Nobody was reminded again: all who have said nothing were reminded just now.")
    return redirect("consultations:response", response_id)


def _write(request: ActorRequest, form: AnswerForm) -> Answer:
    seen = form.cleaned_data["seen"]
    by, at = request.actor, timezone.now()
    return services.write_answer(question_id=form.question.pk, said=form.said, seen_version=seen, by=by, at=at)


def _quote(request: ActorRequest, page: QuestionPage, place: str) -> HttpResponse:
    """Put the words of a contribution below what is typed so far, and keep both."""
    question = page.question
    reply = UUID(request.POST["quote"]) if is_uuid(request.POST["quote"]) else None
    if reply is None or not page.may_write:
        raise Http404
    quote = gathering.quote_of(question_id=question.pk, reply_id=reply, by=request.actor)
    fields = typed(request)
    name = words_name(question.pk)
    fields[name] = with_quote(fields.get(name, ""), quote)
    save_draft(place=place, fields=fields, by=request.actor, at=timezone.now())
    return redirect(f"{reverse('consultations:question', args=[question.pk])}#answer")


def _onwards(request: ActorRequest, page: QuestionPage) -> HttpResponse:
    """To the next question where that was pressed, else back to the same."""
    if "on" in request.POST and page.after:
        return redirect("consultations:question", page.after.pk)
    if "on" in request.POST:
        return redirect("consultations:response", page.response.pk)
    return redirect("consultations:question", page.question.pk)
