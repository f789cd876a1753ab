"""Where somebody is safe: opened by itself, given by whoever keeps her record."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from haven.people.refusals import ActorRequest, gained, granted, or_not_there, status, there
from haven.signin.rules import confidential
from haven.subjects import services
from haven.subjects.disclosure.showing import open_safe_address
from haven.subjects.disclosure.stages import address_stage
from haven.subjects.forms import AddressForm, PurposeForm
from haven.subjects.rules.bases import Flow
from haven.subjects.views.looking import PAGE

GIVEN = "Kept. Only those who may open the address see it, and each look is written down."


@require_http_methods(PAGE)
@confidential
@or_not_there
def safe_address(request: ActorRequest, subject_id: UUID) -> HttpResponse:
    """A page that says whether there is one; sent with a purpose, the address."""
    by, at = request.actor, request.now()
    stage = address_stage(subject_id=subject_id, by=by, at=at)
    form = PurposeForm(request.POST or None)
    if request.method == "POST":
        there(stage.may_open or None)
    opened = gained(
        form,
        lambda: (open_safe_address(subject_id=subject_id, purpose=form.said(Flow.WITHIN), by=by, at=at),),
    )
    return render(
        request, "subjects/address.html", {"form": form, "stage": stage, "opened": opened}, status=status(form)
    )


@require_http_methods(PAGE)
@confidential
@or_not_there
def give(request: ActorRequest, subject_id: UUID) -> HttpResponse:
    """Say where she is safe, in the place of what was known."""
    by, at = request.actor, request.now()
    stage = address_stage(subject_id=subject_id, by=by, at=at)
    there(stage.may_give or None)
    form = AddressForm(request.POST or None)
    if granted(
        form,
        lambda: services.give_safe_address(subject_id=subject_id, address=form.cleaned_data["address"], by=by, at=at),
    ):
        messages.success(request, GIVEN)
        return redirect("subjects:address", subject_id)
    return render(request, "subjects/give_address.html", {"form": form, "stage": stage}, status=status(form))
