"""What an organisation sets for itself: set, changed, taken off its list."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from haven.access.roles import Kind
from haven.actions import services
from haven.actions.forms import ChangeOwnForm, OwnForm, WhyForm, typed_again
from haven.actions.queries import pages
from haven.actions.queries.lists import own_word
from haven.people.refusals import ActorRequest, granted, or_not_there, status


@require_http_methods(["GET", "HEAD", "POST"])
@or_not_there
def set_own(request: ActorRequest) -> HttpResponse:
    """Set an action for one's own school or organisation."""
    by, at = request.actor, timezone.now()
    wanted = _uuid(request.GET.get("organisation", ""))
    here, everywhere = pages.organisation_to_set(organisation_id=wanted, by=by)
    place = f"set/{here.pk}"
    kept = pages.draft(place=place, by=by)
    form = OwnForm(request.POST or None, initial=kept, is_school=here.kind == Kind.SCHOOL)
    if request.method == "POST" and granted(form, partial(_set, form, here.pk, request)):
        services.discard_draft(place=place, by=by, at=at)
        messages.success(request, "Set. It stands on your list.")
        return redirect("actions:own")
    context = {"form": form, "here": here, "everywhere": everywhere, "place": place, "word": own_word(here.kind)}
    return render(request, "actions/set.html", context, status=status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@or_not_there
def change_own(request: ActorRequest, assignment_id: UUID) -> HttpResponse:
    """Say differently what one's own organisation set for itself, keeping how it was worded before."""
    by, at = request.actor, timezone.now()
    row = pages.own_assignment(assignment_id=assignment_id, by=by)
    action, here = row.action, row.organisation
    is_school = here.kind == Kind.SCHOOL
    form = ChangeOwnForm(request.POST or None, initial=typed_again(action), is_school=is_school)
    if request.method == "POST" and granted(
        form,
        lambda: services.amend_action(
            action_id=action.pk,
            wanted=form.wanted(organisation=here.pk, source_address=action.source_address),
            why=form.cleaned_data["why"],
            by=by,
            at=at,
        ),
    ):
        messages.success(request, "Changed.")
        return redirect("actions:show", assignment_id)
    context = {"form": form, "here": here, "assignment": row, "word": own_word(here.kind)}
    return render(request, "actions/set.html", context, status=status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@or_not_there
def withdraw_own(request: ActorRequest, assignment_id: UUID) -> HttpResponse:
    """Take what one's own organisation set for itself off its list, and say why."""
    by, at = request.actor, timezone.now()
    row = pages.own_assignment(assignment_id=assignment_id, by=by)
    form = WhyForm(request.POST or None)
    form.fields["why"].label, form.fields["why"].help_text = "Why it need not be done", "Your colleagues read this."
    form.fields["why"].error_messages["required"] = "Say why it need not be done"
    if request.method == "POST" and granted(
        form, lambda: services.withdraw_action(action_id=row.action_id, why=form.cleaned_data["why"], by=by, at=at)
    ):
        messages.success(request, "Taken off your list. What was answered before stays.")
        return redirect("actions:show", assignment_id)
    return render(request, "actions/withdraw_own.html", {"form": form, "assignment": row}, status=status(form))


def _set(form: OwnForm, organisation: UUID, request: ActorRequest) -> object:
    wanted = form.wanted(organisation=organisation)
    return services.set_own_action(organisation_id=organisation, wanted=wanted, by=request.actor, at=timezone.now())


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Http404 from None
