"""Preparing a response: whom it asks and until when, its questions, and the invitation."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from haven.actions.audiences import area_chosen
from haven.consultations import services
from haven.consultations.forms.preparing import (
    ClosingForm,
    InvitedForm,
    PasteForm,
    QuestionsForm,
    ResponseForm,
    moved,
    typed_again,
    wanted_again,
    without,
)
from haven.consultations.queries import changing, gathering
from haven.consultations.rules.life import proposed_day
from haven.consultations.rules.questions import WantedQuestion, numbered, split
from haven.people.refusals import ActorRequest, done, gained, or_not_there, status

PAGE = ["GET", "HEAD", "POST"]
NONE_FOUND = "No question was found in that. Write each on a line of its own."


@require_http_methods(PAGE)
@or_not_there
def prepare(request: ActorRequest, edition_id: UUID) -> HttpResponse:
    """Begin an area's response."""
    by, at, on = request.actor, timezone.now(), timezone.localdate()
    edition = changing.edition_consulted(edition_id=edition_id, by=by)
    areas = changing.areas_responding(edition=edition, by=by)
    area = area_chosen(areas, request.GET.get("area", ""))
    initial = {"closes_on": proposed_day(edition.closes_on, on), "whom": "all-schools"}
    form = ResponseForm(request.POST or None, initial=initial, area=area, on=on)
    made = gained(
        form, lambda: services.prepare_response(area=area, edition_id=edition_id, wanted=form.wanted(), by=by, at=at)
    )
    if made:
        return redirect("consultations:questions" if made.invited_at is None else "consultations:response", made.pk)
    context = {"form": form, "edition": edition, "area": area, "areas": areas, "step": "whom"}
    return render(request, "consultations/prepare.html", context, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def amend(request: ActorRequest, response_id: UUID) -> HttpResponse:
    """Change whom it asks and what matters in it."""
    by, at, on = request.actor, timezone.now(), timezone.localdate()
    response = changing.response_to_keep(response_id=response_id, by=by)
    kind = InvitedForm if response.invited_at else ResponseForm
    form = kind(request.POST or None, initial=typed_again(response, response.area, on), area=response.area, on=on)
    if gained(
        form,
        lambda: services.amend_response(response_id=response_id, wanted=form.wanted(response.closes_on), by=by, at=at),
    ):
        messages.success(request, "Changed.")
        return redirect("consultations:response", response_id)
    context = {"form": form, "response": response, "edition": response.edition, "area": response.area, "step": "whom"}
    return render(request, "consultations/prepare.html", context, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def questions(request: ActorRequest, response_id: UUID) -> HttpResponse:
    """The questions: pasted, put in order, changed, until the first organisation has contributed."""
    page = gathering.response_page(response_id=response_id, by=request.actor, at=timezone.now())
    known = [line.question for line in page.lines]
    is_pasted = "add" in request.POST
    paste = PasteForm(request.POST if is_pasted else None)
    form = QuestionsForm(request.POST if request.method == "POST" and not is_pasted else None, questions=known)
    if is_pasted and gained(paste, lambda: _paste(request, response_id, paste, wanted_again(known))):
        return redirect("consultations:questions", response_id)
    if not is_pasted and gained(form, lambda: _set(request, response_id, _as_pressed(request, form.wanted))):
        return redirect("consultations:response" if "done" in request.POST else "consultations:questions", response_id)
    context = {"page": page, "response": page.response, "form": form, "paste": paste, "step": "questions"}
    code = max(status(form), status(paste))
    return render(request, "consultations/questions.html", context, status=code)


@require_http_methods(PAGE)
@or_not_there
def invite(request: ActorRequest, response_id: UUID) -> HttpResponse:
    """See it as those who are asked will, and ask them."""
    by, at = request.actor, timezone.now()
    page = gathering.response_page(response_id=response_id, by=by, at=at)
    if page.response.invited_at is not None:
        return redirect("consultations:response", response_id)
    if request.method == "POST":
        said = f"Asked. {page.would_reach:,} {'has' if page.would_reach == 1 else 'have'} it on their page."
        if done(request, lambda: services.invite(response_id=response_id, by=by, at=at), said):
            return redirect("consultations:response", response_id)
        return redirect("consultations:invite", response_id)
    context = {"page": page, "response": page.response, "step": "invite"}
    return render(request, "consultations/invite.html", context)


@require_http_methods(PAGE)
@or_not_there
def closing(request: ActorRequest, response_id: UUID) -> HttpResponse:
    """Move the area's own closing date."""
    by, at = request.actor, timezone.now()
    page = gathering.response_page(response_id=response_id, by=by, at=at)
    form = ClosingForm(request.POST or None, initial={"closes_on": page.response.closes_on})
    if gained(form, lambda: services.move_closing(response_id=response_id, **form.cleaned_data, by=by, at=at)):
        messages.success(request, "The date is set. Those you ask will be told where it has changed.")
        return redirect("consultations:response", response_id)
    context = {"page": page, "response": page.response, "form": form}
    return render(request, "consultations/closing.html", context, status=status(form))


@require_POST
@or_not_there
def discard(request: ActorRequest, response_id: UUID) -> HttpResponse:
    """Give up a response to which nobody has been invited."""
    by, at = request.actor, timezone.now()
    if done(request, lambda: services.discard_response(response_id=response_id, by=by, at=at), "Discarded."):
        return redirect("consultations:index")
    return redirect("consultations:response", response_id)


def _set(request: ActorRequest, response_id: UUID, wanted: list[WantedQuestion]) -> bool:
    services.set_questions(response_id=response_id, questions=wanted, by=request.actor, at=timezone.now())
    return True


def _paste(request: ActorRequest, response_id: UUID, form: PasteForm, known: list[WantedQuestion]) -> bool:
    found = split(form.cleaned_data["text"])
    if not found:
        form.add_error("text", NONE_FOUND)
        return False
    plural = "question was" if len(found) == 1 else "questions were"
    _set(request, response_id, numbered([*known, *found]))
    messages.success(request, f"{len(found)} {plural} added. Look at each, and at how it is answered.")
    return True


def _as_pressed(request: ActorRequest, wanted: list[WantedQuestion]) -> list[WantedQuestion]:
    """The questions as the button that was pressed would have them."""
    if up := request.POST.get("up"):
        return moved(wanted, up, -1)
    if down := request.POST.get("down"):
        return moved(wanted, down, 1)
    return without(wanted, request.POST.get("remove", ""))
