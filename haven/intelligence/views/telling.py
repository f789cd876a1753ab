"""Telling something: where it belongs first, then one page, a receipt, and what became of it."""

from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from haven.intelligence import services
from haven.intelligence.forms.telling import TellingForm
from haven.intelligence.models import Receipt
from haven.intelligence.queries import lists
from haven.intelligence.queries.units import open_to, places_to_tell_from, ways_of
from haven.intelligence.views.areas import area_of
from haven.people.models import Area
from haven.people.refusals import ActorRequest, gained, or_not_there, status, there
from haven.signin.rules import confidential

PAGE = ["GET", "HEAD", "POST"]


@require_safe
@or_not_there
def router(request: ActorRequest) -> HttpResponse:
    """Where what somebody knows belongs: three ways lead out of Haven, the last one in."""
    area, areas = area_of(request)
    context = {"area": area, "areas": areas, "ways": ways_of(area=area.pk)}
    return render(request, "intelligence/router.html", context | open_to(area=area.pk, by=request.actor))


@confidential
@require_http_methods(PAGE)
@or_not_there
def tell(request: ActorRequest) -> HttpResponse:
    """Tell one matter."""
    area, _ = area_of(request)
    places = there(places_to_tell_from(area=area.pk, by=request.actor) or None)
    form = TellingForm(request.POST or None, initial={"key": uuid4()}, places=places)
    receipt = gained(form, lambda: _told(request, area, form))
    if receipt:
        return redirect("intelligence:receipt", receipt.pk)
    return render(request, "intelligence/tell.html", {"area": area, "form": form}, status=status(form))


@confidential
@require_safe
@or_not_there
def own(request: ActorRequest) -> HttpResponse:
    """What she has told herself, and what became of it."""
    area_of(request)
    return render(request, "intelligence/own.html", {"receipts": lists.receipts_of(by=request.actor)})


@confidential
@require_safe
@or_not_there
def receipt(request: ActorRequest, receipt_id: UUID) -> HttpResponse:
    """One receipt."""
    found = there(lists.receipt_for(receipt_id=receipt_id, by=request.actor))
    return render(request, "intelligence/receipt.html", {"receipt": found})


def _told(request: ActorRequest, area: Area, form: TellingForm) -> Receipt | None:
    """What the service gave back; none where it named the fields that are wrong."""
    by, at, key = request.actor, request.now(), form.cleaned_data["key"]
    try:
        return services.tell(area=area.pk, organisation=form.teller_at, key=key, telling=form.telling, by=by, at=at)
    except services.Faults as unfit:
        form.blame(unfit.faults)
        return None
