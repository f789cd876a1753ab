"""What comes back to a school: it reads it here; a lead writes it, sends a return back, and keeps what was promised."""

import re
from uuid import UUID

from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.actions.queries.pages import draft
from haven.actions.services import discard_draft, save_draft
from haven.audits.queries.heads import head_of
from haven.moderation import services
from haven.moderation.forms.reading import FeedbackForm, PromiseForm, ReplyForm, SendBackForm
from haven.moderation.policy import lead_post
from haven.moderation.queries.feedback import feedback_page, promise, promises_page
from haven.moderation.queries.reading import ReadPage, read_page
from haven.moderation.queries.toread import next_to_read
from haven.people.refusals import ActorRequest, done, gained, or_not_there, status, there

PAGE = ["GET", "HEAD", "POST"]
PLACE = re.compile(r"(feedback|send-back)/[0-9a-f-]{36}")
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "place", "keep"})
KEPT = "Kept. What you typed will be here when you come back."


@require_safe
@or_not_there
def show(request: ActorRequest, return_id: UUID) -> HttpResponse:
    """Who read a return, what was said to it and back, and the visit."""
    page = feedback_page(return_id=return_id, by=request.actor)
    head = head_of(page.of, by=request.actor, on=timezone.localdate())
    rows = [(thread, _reply_form(thread.said.question.key)) for thread in page.threads]
    return render(request, "moderation/feedback.html", {"page": page, "of": page.of, "head": head, "rows": rows})


@require_http_methods(PAGE)
@or_not_there
def give(request: ActorRequest, return_id: UUID) -> HttpResponse:
    """Answer a return in writing."""
    page = _read(request, return_id)
    form = _form(request, FeedbackForm, f"feedback/{return_id}")
    by, at = request.actor, timezone.now()
    if _is_kept(request, f"feedback/{return_id}"):
        return redirect("moderation:give-feedback", return_id)
    if gained(form, lambda: services.give_feedback(return_id=return_id, **form.cleaned_data, by=by, at=at)):
        discard_draft(place=f"feedback/{return_id}", by=by, at=at)
        done(request, lambda: None, f"Given. {page.of.organisation.name} will be told that it can read it.")
        return redirect("moderation:feedback", return_id)
    return _shown(request, page, form, "feedback")


@require_http_methods(PAGE)
@or_not_there
def send_back(request: ActorRequest, return_id: UUID) -> HttpResponse:
    """Send a return back for more."""
    page = _read(request, return_id)
    form = _form(request, SendBackForm, f"send-back/{return_id}")
    by, at = request.actor, timezone.now()
    if _is_kept(request, f"send-back/{return_id}"):
        return redirect("moderation:send-back", return_id)
    if gained(form, lambda: services.send_back(return_id=return_id, **form.cleaned_data, area_will="", by=by, at=at)):
        discard_draft(place=f"send-back/{return_id}", by=by, at=at)
        done(request, lambda: None, f"Sent back. {page.of.organisation.name} can change it, and signs it anew.")
        return redirect("moderation:feedback", return_id)
    return _shown(request, page, form, "send-back")


@require_POST
@or_not_there
def keep_draft(request: ActorRequest) -> HttpResponse:
    """Keep a feedback as it is being typed."""
    place = request.POST.get("place", "")
    if not PLACE.fullmatch(place):
        return HttpResponseBadRequest("Not a form that is kept.")
    kept = save_draft(place=place, fields=_typed(request), by=request.actor, at=timezone.now())
    return JsonResponse({"kept": timezone.localtime(kept.saved_at).strftime("%H:%M")})


@require_safe
@or_not_there
def promises(request: ActorRequest, cycle_id: UUID) -> HttpResponse:
    """What the council will do because of the returns of a cycle."""
    return render(request, "moderation/will_do.html", {"page": promises_page(cycle_id=cycle_id, by=request.actor)})


@require_http_methods(PAGE)
@or_not_there
def ask(request: ActorRequest, feedback_id: UUID) -> HttpResponse:
    """Make an action of what was promised."""
    by, at = request.actor, timezone.now()
    made = promise(feedback_id=feedback_id, by=by)
    cycle = made.feedback.copy.of.cycle
    if made.action:
        return redirect("actions:asked", made.action.pk)
    form = PromiseForm(request.POST or None, initial={"what": made.feedback.area_will, "whom": "school"}, promise=made)
    asker = there(lead_post(by, cycle.area_id)).organisation
    action = gained(
        form,
        lambda: services.act_upon_promise(feedback_id=made.feedback.pk, wanted=form.wanted(made, asker), by=by, at=at),
    )
    if action:
        return redirect("actions:asked", action.pk)
    context = {"promise": made, "cycle": cycle, "form": form}
    return render(request, "moderation/promise.html", context, status=status(form))


def _read(request: ActorRequest, return_id: UUID) -> ReadPage:
    """A return that can be answered now."""
    page = read_page(return_id=return_id, by=request.actor, today=timezone.localdate())
    return there(page if page.may_remark or request.method == "POST" else None)


def _form(request: ActorRequest, kind: type[FeedbackForm | SendBackForm], place: str) -> FeedbackForm | SendBackForm:
    return kind(request.POST or None, initial=draft(place=place, by=request.actor))


def _is_kept(request: ActorRequest, place: str) -> bool:
    """Whether she pressed to keep it for later; it is kept."""
    if "keep" not in request.POST:
        return False
    by, at = request.actor, timezone.now()
    return done(request, lambda: save_draft(place=place, fields=_typed(request), by=by, at=at), KEPT)


def _typed(request: ActorRequest) -> dict[str, str]:
    return {name: request.POST[name] for name in request.POST if name not in NOT_TYPED and request.POST[name]}


def _shown(request: ActorRequest, page: ReadPage, form: FeedbackForm | SendBackForm, way: str) -> HttpResponse:
    context = {
        "page": page,
        "of": page.of,
        "form": form,
        "way": way,
        "place": f"{way}/{page.of.pk}",
        "head": head_of(page.of, by=request.actor, on=timezone.localdate()),
        "onwards": next_to_read(by=request.actor, but=page.of.pk),
    }
    return render(request, "moderation/give_feedback.html", context, status=status(form))


def _reply_form(question: str) -> ReplyForm:
    return ReplyForm(auto_id=f"{question}-%s", initial={"question": question})
