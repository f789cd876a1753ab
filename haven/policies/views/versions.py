"""The versions of a policy: given, sent for approval, decided."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.files.serving import as_attachment
from haven.people.refusals import ActorRequest, done, granted, or_not_there, status, there
from haven.policies import services
from haven.policies.forms import CommentForm, MeetingForm, VersionForm, first_meeting
from haven.policies.models import Version
from haven.policies.queries import changing, pages
from haven.policies.views.register import PAGE


@require_http_methods(PAGE)
@or_not_there
def add(request: ActorRequest, policy_id: UUID) -> HttpResponse:
    """Give a new version."""
    by, at = request.actor, timezone.now()
    policy = changing.policy_to_keep(policy_id=policy_id, by=by)
    form = VersionForm(request.POST or None, request.FILES or None)
    if granted(form, lambda: services.add_version(policy_id=policy_id, given=form.given, by=by, at=at)):
        messages.success(request, "Kept as a draft. Send it for approval, or write down who approved it.")
        return redirect("policies:show", policy_id)
    return render(request, "policies/add_version.html", {"form": form, "policy": policy}, status=status(form))


@require_safe
@or_not_there
def file(request: ActorRequest, version_id: UUID) -> HttpResponse:
    """The file of a version, to be saved."""
    return as_attachment(there(pages.version_file(version_id=version_id, by=request.actor)))


@require_POST
@or_not_there
def send(request: ActorRequest, version_id: UUID) -> HttpResponse:
    """Send a version for approval."""
    by, at = request.actor, timezone.now()
    version = changing.version_to_decide(version_id=version_id, by=by)
    said = "Sent. Whoever approves it has it on the school’s list."
    done(request, lambda: services.send_for_approval(version_id=version_id, by=by, at=at), said)
    return redirect("policies:show", version.policy_id)


@require_POST
@or_not_there
def discard(request: ActorRequest, version_id: UUID) -> HttpResponse:
    """Give a version up that is not in use yet."""
    by, at = request.actor, timezone.now()
    version = changing.version_to_decide(version_id=version_id, by=by)
    done(request, lambda: services.discard_version(version_id=version_id, by=by, at=at), "Given up.")
    return redirect("policies:show", version.policy_id)


@require_safe
@or_not_there
def decide(request: ActorRequest, version_id: UUID) -> HttpResponse:
    """The version that waits, and the ways to decide it."""
    return _page(request, changing.version_to_decide(version_id=version_id, by=request.actor))


@require_POST
@or_not_there
def sign(request: ActorRequest, version_id: UUID) -> HttpResponse:
    """Approve it by one's own sign-off."""
    by, at = request.actor, timezone.now()
    version = changing.version_to_decide(version_id=version_id, by=by)
    said = "Approved. It is the version your school goes by."
    done(request, lambda: services.sign_off(version_id=version_id, by=by, at=at), said)
    return redirect("policies:show", version.policy_id)


@require_POST
@or_not_there
def record(request: ActorRequest, version_id: UUID) -> HttpResponse:
    """Write down that a meeting approved it."""
    by, at = request.actor, timezone.now()
    version = changing.version_to_decide(version_id=version_id, by=by)
    form = MeetingForm(request.POST)
    if granted(form, lambda: services.record_approval(version_id=version_id, by=by, at=at, **form.cleaned_data)):
        messages.success(request, "Written down. It is the version your school goes by.")
        return redirect("policies:show", version.policy_id)
    return _page(request, version, meeting=form)


@require_POST
@or_not_there
def send_back(request: ActorRequest, version_id: UUID) -> HttpResponse:
    """Send it back to be worked on."""
    by, at = request.actor, timezone.now()
    version = changing.version_to_decide(version_id=version_id, by=by)
    form = CommentForm(request.POST)
    if granted(form, lambda: services.send_back(version_id=version_id, by=by, at=at, **form.cleaned_data)):
        messages.success(request, "Sent back. Its history says what is still needed.")
        return redirect("policies:show", version.policy_id)
    return _page(request, version, comment=form)


def _page(request: ActorRequest, version: Version, **bound: Form) -> HttpResponse:
    page = pages.policy_page(policy_id=version.policy_id, by=request.actor, at=timezone.now())
    fresh: dict[str, Form] = {
        "comment": CommentForm(),
        "meeting": MeetingForm(initial=first_meeting(version.policy.approver, timezone.localdate())),
    }
    context = {"page": page, "policy": version.policy, "line": pages.version_line(version=version)}
    wrong = [*bound.values()]
    return render(
        request, "policies/decide.html", context | fresh | bound | {"wrong": wrong}, status=422 if wrong else 200
    )
