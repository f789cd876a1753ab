"""Breaking the glass, and looking at it afterwards."""

from uuid import UUID

from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from haven.people.refusals import ActorRequest, gained, granted, or_not_there, status, there
from haven.signin.adapters.account import is_fresh_request
from haven.signin.rules import confidential
from haven.subjects import services
from haven.subjects.disclosure.overseeing import glass_to_review
from haven.subjects.disclosure.stages import glass_stage, may_break_some
from haven.subjects.forms import BreakForm, ReviewForm
from haven.subjects.rules.breaking import Verdict, Why
from haven.subjects.views.looking import PAGE

OPEN = "The record is open to you until {until}. Its owner and the privacy officer have been told."


@require_http_methods(PAGE)
@confidential
@or_not_there
def break_glass(request: ActorRequest, record_id: UUID) -> HttpResponse:
    """Open one record that is not hers, with a reason and her second factor shown afresh."""
    by, at = request.actor, request.now()
    there(may_break_some(by=by) or None)
    if not is_fresh_request(request):
        raise ReauthenticationRequired
    form = BreakForm(request.POST or None)
    glass = gained(
        form,
        lambda: services.break_glass(
            record_id=record_id,
            why=Why(form.cleaned_data["why"]),
            words=form.cleaned_data["words"],
            wished=form.wished,
            is_fresh=True,
            by=by,
            at=at,
        ),
    )
    if glass:
        messages.success(request, OPEN.format(until=f"{timezone.localtime(glass.ends_at):%H:%M}"))
        return redirect("desk:home")
    return render(request, "subjects/break.html", {"form": form}, status=status(form))


@require_safe
@confidential
@or_not_there
def reviews(request: ActorRequest) -> HttpResponse:
    """What was broken, first what nobody has looked at."""
    lines = glass_to_review(by=request.actor, on=timezone.localdate(request.now()))
    return render(request, "subjects/reviews.html", {"lines": lines})


@require_http_methods(PAGE)
@confidential
@or_not_there
def review(request: ActorRequest, glass_id: UUID) -> HttpResponse:
    """One of them, and what the privacy officer makes of it."""
    by, at = request.actor, request.now()
    stage = glass_stage(glass_id=glass_id, by=by)
    form = ReviewForm(request.POST or None)
    if granted(
        form,
        lambda: services.review_glass(
            glass_id=glass_id,
            verdict=Verdict(form.cleaned_data["verdict"]),
            remarks=form.cleaned_data["remarks"],
            by=by,
            at=at,
        ),
    ):
        messages.success(request, "Written down.")
        return redirect("subjects:reviews")
    return render(request, "subjects/review.html", {"form": form, "stage": stage}, status=status(form))
