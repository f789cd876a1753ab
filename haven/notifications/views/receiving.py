"""A school's notifications: what waits, whom each concerns, the rule, what happened, and what was done."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.access.decision import Refused
from haven.notifications import services
from haven.notifications.disclosure.showing import open_circumstances, open_name
from haven.notifications.forms.receiving import MOVED, OURS, AnswerForm, HandOnForm, SupportForm
from haven.notifications.queries.adults import schools_returning
from haven.notifications.queries.breaches import copies_waiting
from haven.notifications.queries.receiving import delivery_page, inbox_of
from haven.notifications.queries.sent import came_back, sends
from haven.notifications.queries.watching import late_in_areas, watches
from haven.people.queries.organisations import areas_led_by
from haven.people.refusals import ActorRequest, done, granted, or_not_there, status
from haven.signin.rules import confidential

PAGE = ["GET", "HEAD", "POST"]
SENT_BACK = "Sent back to whoever sent it. Nobody at your school can open it any more. Thank you for looking."


@require_safe
@confidential
@or_not_there
def index(request: ActorRequest) -> HttpResponse:
    """What waits for her, without a name."""
    page = inbox_of(by=request.actor, at=request.now())
    by = request.actor
    context = {"page": page, "watches": watches(by), "sends": sends(by=by), "leads": areas_led_by(by=by)}
    context["own"] = schools_returning(by=by)
    context["back"] = came_back(by=by)
    context["late"] = late_in_areas(by=by, at=request.now())
    context["copies"] = copies_waiting(by=by, at=request.now())
    return render(request, "notifications/inbox.html", context)


@require_safe
@confidential
@or_not_there
def show(request: ActorRequest, delivery_id: UUID) -> HttpResponse:
    """Where one stands, and its rule; nothing of what it says."""
    page = delivery_page(delivery_id=delivery_id, by=request.actor, at=request.now())
    return render(request, "notifications/delivery.html", {"page": page, "line": page.line})


@require_POST
@confidential
@or_not_there
def name(request: ActorRequest, delivery_id: UUID) -> HttpResponse:
    """Whom it concerns. That she sees it is written down first."""
    return _name(request, delivery_id, AnswerForm())


@require_POST
@confidential
@or_not_there
def answer(request: ActorRequest, delivery_id: UUID) -> HttpResponse:
    """Theirs or not. What was typed wrongly is shown again beside the name."""
    by, at, form = request.actor, request.now(), AnswerForm(request.POST)
    if not form.is_valid():
        return _name(request, delivery_id, form)
    if form.cleaned_data["answer"] == OURS:
        done(request, lambda: services.confirm_on_roll(delivery_id=delivery_id, by=by, at=at))
        return redirect("notifications:delivery", delivery_id)
    school = form.cleaned_data["moved_to"] if form.cleaned_data["answer"] == MOVED else None
    moved_to = school.id if school else None
    if done(
        request,
        lambda: services.not_ours(delivery_id=delivery_id, moved_to=moved_to, by=by, at=at),
        SENT_BACK,
    ):
        return redirect("notifications:index")
    return redirect("notifications:delivery", delivery_id)


@require_POST
@confidential
@or_not_there
def whole(request: ActorRequest, delivery_id: UUID) -> HttpResponse:
    """What happened, once the rule was ticked. That she reads it is written down first."""
    by, at = request.actor, request.now()
    if "rule" in request.POST:
        done(request, lambda: services.see_rule(delivery_id=delivery_id, by=by, at=at))
    try:
        look = open_circumstances(delivery_id=delivery_id, by=by, at=at)
    except Refused as refused:
        if not refused.advice:
            raise
        messages.error(request, refused.advice)
        return redirect("notifications:delivery", delivery_id)
    page = delivery_page(delivery_id=delivery_id, by=by, at=at)
    context = {"page": page, "line": page.line, "look": look, "form": SupportForm()}
    return render(request, "notifications/whole.html", context)


@require_http_methods(PAGE)
@confidential
@or_not_there
def support(request: ActorRequest, delivery_id: UUID) -> HttpResponse:
    """Record what was done."""
    by, at = request.actor, request.now()
    page = delivery_page(delivery_id=delivery_id, by=by, at=at)
    form = SupportForm(request.POST or None)
    if granted(form, lambda: services.record_support(delivery_id=delivery_id, new=form.new, by=by, at=at)):
        messages.success(request, "Recorded. The sender does not see it.")
        return redirect("notifications:delivery", delivery_id)
    context = {"page": page, "line": page.line, "form": form}
    return render(request, "notifications/support.html", context, status=status(form))


@require_POST
@confidential
@or_not_there
def close(request: ActorRequest, delivery_id: UUID) -> HttpResponse:
    """Close it."""
    by, at = request.actor, request.now()
    done(request, lambda: services.close(delivery_id=delivery_id, by=by, at=at), "Closed.")
    return redirect("notifications:index")


@require_http_methods(PAGE)
@confidential
@or_not_there
def hand_on(request: ActorRequest, delivery_id: UUID) -> HttpResponse:
    """Hand it on to the child's new school, which is shown before anything goes there."""
    by, at = request.actor, request.now()
    page = delivery_page(delivery_id=delivery_id, by=by, at=at)
    form = HandOnForm(request.POST or None)
    if form.is_looked_at and granted(
        form, lambda: services.hand_on(delivery_id=delivery_id, to_school=form.to_school, by=by, at=at)
    ):
        messages.success(request, "Handed on. The new school sees it now.")
        return redirect("notifications:index")
    context = {"page": page, "line": page.line, "form": form, "school": form.chosen}
    return render(request, "notifications/hand_on.html", context, status=status(form))


def _name(request: ActorRequest, delivery_id: UUID, form: AnswerForm) -> HttpResponse:
    by, at = request.actor, request.now()
    look = open_name(delivery_id=delivery_id, by=by, at=at)
    page = delivery_page(delivery_id=delivery_id, by=by, at=at)
    context = {"page": page, "line": page.line, "look": look, "form": form}
    return render(request, "notifications/name.html", context, status=status(form))
