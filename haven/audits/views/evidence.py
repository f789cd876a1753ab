"""What stands behind an answer: given, taken away again, opened."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from haven.audits import services
from haven.audits.forms.evidence import EvidenceForm
from haven.audits.queries import answering
from haven.files.queries import open_file
from haven.files.serving import as_attachment
from haven.people.refusals import ActorRequest, done, gained, or_not_there, status, there
from haven.questions.models import Support

PAGE = ["GET", "HEAD", "POST"]
LOOKING = "It is being looked at now: whether it opens, and holds words. If not, it says so here in a few minutes."


@require_http_methods(PAGE)
@or_not_there
def evidence(request: ActorRequest, return_id: UUID, key: str) -> HttpResponse:
    """The evidence behind one answer; more of it, or less."""
    by, at = request.actor, timezone.now()
    page = there(answering.evidence_page(return_id=return_id, key=key, by=by, at=at))
    here = redirect("audits:evidence", return_id, key)
    if "take-away" in request.POST:
        pressed = next((each.id for each in page.kept if each.id == request.POST["take-away"]), None)
        taken = UUID(there(pressed))
        done(
            request,
            lambda: services.take_back_evidence(return_id=return_id, support_id=taken, by=by, at=at),
            "Taken away.",
        )
        return here
    form = EvidenceForm(request.POST or None, request.FILES or None)
    given = gained(
        form,
        lambda: services.give_evidence(
            return_id=return_id,
            question=key,
            title=form.cleaned_data["title"],
            address=form.cleaned_data["address"],
            file=form.given,
            by=by,
            at=at,
        ),
    )
    if given:
        _say(request, given)
        return here
    back = f"{reverse('audits:section', args=[return_id, page.section.key])}#q-{key}"
    context = {"page": page, "of": page.of, "head": page.head, "form": form, "back": back}
    return render(request, "audits/evidence.html", context, status=status(form))


def _say(request: ActorRequest, given: Support) -> None:
    """What became of it: a file stands behind an answer for good only once Haven has looked into it."""
    if given.warning:
        messages.warning(request, f"“{given.title}” is kept, but look at it again. {given.warning}.")
    elif given.file_id:
        messages.success(request, f"“{given.title}” is kept. {LOOKING}")
    else:
        messages.success(request, f"“{given.title}” stands behind your answer now.")


@require_safe
@or_not_there
def file(request: ActorRequest, support_id: UUID) -> HttpResponse:
    """The file behind an answer, to be saved."""
    support = answering.support_of(support_id=support_id, by=request.actor)
    return as_attachment(there(open_file(file_id=there(support.file_id))))
