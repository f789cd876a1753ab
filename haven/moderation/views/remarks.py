"""Remarks on answers, and the school’s replies to them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from haven.access.decision import Refused
from haven.audits.models import Return
from haven.moderation import services
from haven.moderation.forms.reading import RemarkForm, ReplyForm
from haven.moderation.queries.reading import outline_of, return_overseen
from haven.people.refusals import ActorRequest, done, or_not_there

SAY = "Write what you want to say, then press what it is."
SENT = "Your reply is sent. The council sees it."


@require_POST
@or_not_there
def remark(request: ActorRequest, return_id: UUID) -> HttpResponse:
    """Say something to one answer; back to the same place."""
    by, at = request.actor, timezone.now()
    form = RemarkForm(request.POST)
    of = return_overseen(return_id=return_id, by=by)
    if form.is_valid():
        done(request, lambda: services.remark_on(return_id=return_id, **form.cleaned_data, by=by, at=at))
    else:
        messages.error(request, SAY)
    return _back(of, request.POST.get("question", ""))


@require_POST
@or_not_there
def drop(request: ActorRequest, remark_id: UUID) -> HttpResponse:
    """Take a remark away that the school has not seen; back to where she was."""
    by, at = request.actor, timezone.now()
    try:
        remark = services.drop_remark(remark_id=remark_id, by=by, at=at)
    except Refused as refused:
        if not refused.advice:
            raise
        messages.error(request, refused.advice)
        return redirect("moderation:to-read")
    return _back(return_overseen(return_id=remark.copy.of_id, by=by), remark.question)


@require_POST
@or_not_there
def reply(request: ActorRequest, return_id: UUID) -> HttpResponse:
    """Answer what was remarked on one question."""
    form = ReplyForm(request.POST)
    by, at = request.actor, timezone.now()
    question, words = request.POST.get("question", ""), form.data.get("words", "") if form.is_valid() else ""
    done(
        request,
        lambda: services.reply_to_remarks(return_id=return_id, question=question, words=words, by=by, at=at),
        SENT,
    )
    return redirect(f"{reverse('moderation:feedback', args=[return_id])}#q-{question}")


def _back(of: Return, question: str) -> HttpResponse:
    """To the question, where there is one."""
    section = outline_of(of).section_of.get(question)
    if section is None:
        return redirect("moderation:read", of.pk)
    return redirect(f"{reverse('moderation:read-section', args=[of.pk, section.key])}#q-{question}")
