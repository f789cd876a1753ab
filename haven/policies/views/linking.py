"""What a policy rests on: chosen from the policy, chosen from a clause, looked at again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.people.refusals import ActorRequest, done, granted, or_not_there, status
from haven.policies import services
from haven.policies.forms import ChoosePolicyForm, ClauseForm, LinkForm, WholeForm
from haven.policies.queries import changing, linking
from haven.policies.views.register import PAGE

LINKED = "Linked."


@require_safe
@or_not_there
def choose(request: ActorRequest, policy_id: UUID) -> HttpResponse:
    """Choose a document, then a clause of it by words or by number."""
    by = request.actor
    policy = changing.policy_to_keep(policy_id=policy_id, by=by)
    form = LinkForm(request.GET)
    document, words = form.sought
    seen = linking.choosing(by=by, on=timezone.localdate(), document_id=document, words=words)
    form.offer(seen.documents)
    link = request.GET.get("instead", "")
    context = {"filter": form, "seen": seen, "policy": policy, "words": words, "instead": link}
    return render(request, "policies/choose.html", context)


@require_POST
@or_not_there
def link_document(request: ActorRequest, policy_id: UUID) -> HttpResponse:
    """Let it rest on the whole document."""
    by, at = request.actor, timezone.now()
    form = WholeForm(request.POST)
    if form.is_valid():
        chosen = form.cleaned_data["document"]
        service = services.link_document
        done(request, lambda: service(policy_id=policy_id, document_id=chosen, by=by, at=at), LINKED)
    else:
        changing.policy_to_keep(policy_id=policy_id, by=by)
    return redirect("policies:show", policy_id)


@require_POST
@or_not_there
def link_clause(request: ActorRequest, policy_id: UUID) -> HttpResponse:
    """Let it rest on the clause that was chosen."""
    by, at = request.actor, timezone.now()
    form = ClauseForm(request.POST)
    if form.is_valid():
        edition, place = form.cleaned_data["edition"], form.cleaned_data["place"]
        service = services.link_clause
        done(request, lambda: service(policy_id=policy_id, edition_id=edition, place=place, by=by, at=at), LINKED)
    else:
        changing.policy_to_keep(policy_id=policy_id, by=by)
    return redirect("policies:show", policy_id)


@require_http_methods(PAGE)
@or_not_there
def from_clause(request: ActorRequest, edition_id: UUID, place: int) -> HttpResponse:
    """From a clause: choose one of the school's policies that rests on it."""
    by, at = request.actor, timezone.now()
    changing.school_to_keep(school_id=None, by=by)
    clause, policies = linking.policies_to_link(edition_id=edition_id, place=place, by=by)
    form = ChoosePolicyForm(request.POST or None, policies=policies)
    if granted(
        form,
        lambda: services.link_clause(
            policy_id=form.cleaned_data["policy"], edition_id=edition_id, place=place, by=by, at=at
        ),
    ):
        messages.success(request, LINKED)
        return redirect("policies:show", form.cleaned_data["policy"])
    linked = [(pk, title) for pk, title, is_linked in policies if is_linked]
    context = {"form": form, "clause": clause, "linked": linked, "free": len(policies) - len(linked)}
    return render(request, "policies/from_clause.html", context, status=status(form))


@require_POST
@or_not_there
def unlink(request: ActorRequest, link_id: UUID) -> HttpResponse:
    """Let it rest on this no longer."""
    by, at = request.actor, timezone.now()
    policy = linking.policy_of(link_id=link_id)
    done(request, lambda: services.unlink(link_id=link_id, by=by, at=at), "Taken off.")
    return redirect("policies:show", policy)


@require_POST
@or_not_there
def confirm(request: ActorRequest, link_id: UUID) -> HttpResponse:
    """Say that it was checked and is still right."""
    by, at = request.actor, timezone.now()
    policy = linking.policy_of(link_id=link_id)
    form = ClauseForm(request.POST)
    chosen = form.cleaned_data if form.is_valid() else {"edition": None, "place": None}
    service = services.confirm_link
    edition, place = chosen["edition"], chosen["place"]
    said = "Written down: checked, and still right."
    done(request, lambda: service(link_id=link_id, edition_id=edition, place=place, by=by, at=at), said)
    return redirect("policies:show", policy)
