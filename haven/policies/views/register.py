"""A school's register, and its lines: added, changed, withdrawn, up for review."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from haven.access.roles import SCHOOL_ROLES
from haven.people.refusals import ActorRequest, gained, granted, or_not_there, status
from haven.policies import services
from haven.policies.forms import PolicyForm, ReviewForm, UsualForm, WhyForm, typed_policy
from haven.policies.queries import changing, pages
from haven.policies.queries.register import register

PAGE = ["GET", "HEAD", "POST"]


@require_safe
@or_not_there
def index(request: ActorRequest) -> HttpResponse:
    """The register of the reader's school; for a council's lead, the picture of her area."""
    if request.actor.leads and not request.actor.organisations(SCHOOL_ROLES):
        return redirect("policies:picture")
    seen = register(by=request.actor, school_id=as_uuid(request.GET.get("school", "")), on=timezone.localdate())
    return render(request, "policies/register.html", {"seen": seen, "today": timezone.localdate()})


@require_safe
@or_not_there
def show(request: ActorRequest, policy_id: UUID) -> HttpResponse:
    """One policy with its versions, what it rests on and its history."""
    page = pages.policy_page(policy_id=policy_id, by=request.actor, at=timezone.now())
    return render(request, "policies/show.html", {"page": page, "policy": page.policy})


@require_http_methods(PAGE)
@or_not_there
def add(request: ActorRequest) -> HttpResponse:
    """Register a policy."""
    by, at = request.actor, timezone.now()
    school, schools = changing.school_to_keep(school_id=as_uuid(request.GET.get("school", "")), by=by)
    form = PolicyForm(request.POST or None, owners=changing.owners_in(school=school.pk, on=timezone.localdate()))
    made = gained(form, lambda: services.add_policy(school=school.pk, facts=form.facts, by=by, at=at))
    if made:
        messages.success(request, "Registered. Now give the version you go by.")
        return redirect("policies:add-version", made.pk)
    context = {"form": form, "school": school, "schools": schools}
    return render(request, "policies/edit.html", context, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def add_usual(request: ActorRequest) -> HttpResponse:
    """Begin the register with the usual policies."""
    by, at = request.actor, timezone.now()
    school, _ = changing.school_to_keep(school_id=as_uuid(request.GET.get("school", "")), by=by)
    lacking = register(by=by, school_id=school.pk, on=timezone.localdate()).lacking
    form = UsualForm(request.POST or None, lacking=lacking)
    if granted(form, lambda: services.add_usual(school=school.pk, kinds=form.chosen, by=by, at=at)):
        messages.success(request, "Added. Open each to give the version you go by.")
        return redirect("policies:index")
    context = {"form": form, "school": school, "lacking": lacking}
    return render(request, "policies/usual.html", context, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def amend(request: ActorRequest, policy_id: UUID) -> HttpResponse:
    """Let something else be known of a policy."""
    by, at = request.actor, timezone.now()
    policy = changing.policy_to_keep(policy_id=policy_id, by=by)
    owners = changing.owners_in(school=policy.school_id, on=timezone.localdate())
    form = PolicyForm(request.POST or None, initial=typed_policy(policy), owners=owners)
    if granted(form, lambda: services.amend_policy(policy_id=policy_id, facts=form.facts, by=by, at=at)):
        messages.success(request, "Changed.")
        return redirect("policies:show", policy_id)
    context = {"form": form, "school": policy.school, "policy": policy}
    return render(request, "policies/edit.html", context, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def withdraw(request: ActorRequest, policy_id: UUID) -> HttpResponse:
    """Go by a policy no longer."""
    by, at = request.actor, timezone.now()
    policy = changing.policy_to_keep(policy_id=policy_id, by=by)
    form = WhyForm(request.POST or None)
    if granted(form, lambda: services.withdraw_policy(policy_id=policy_id, by=by, at=at, **form.cleaned_data)):
        messages.success(request, "Withdrawn. Its history stays.")
        return redirect("policies:show", policy_id)
    return render(request, "policies/withdraw.html", {"form": form, "policy": policy}, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def review(request: ActorRequest, policy_id: UUID) -> HttpResponse:
    """Start a review."""
    by, at = request.actor, timezone.now()
    policy = changing.policy_to_keep(policy_id=policy_id, by=by)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if granted(form, lambda: services.start_review(policy_id=policy_id, by=by, at=at, **form.cleaned_data)):
        messages.success(request, "Started. The review stands on your school’s list.")
        return redirect("policies:show", policy_id)
    return render(request, "policies/review.html", {"form": form, "policy": policy}, status=status(form))


def as_uuid(text: str) -> UUID | None:
    """An identifier as it stands in an address. Raises `Http404` for what is none."""
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Http404 from None
