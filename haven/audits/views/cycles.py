"""What is mine; and a cycle as its lead prepares it, looks at it, opens it, changes it, puts it off and closes it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.actions.audiences import area_chosen
from haven.audits import services
from haven.audits.forms.cycles import (
    ALL,
    CycleForm,
    OpenCycleForm,
    PutOffForm,
    first_typed,
    typed_again,
)
from haven.audits.models import Cycle
from haven.audits.queries import cycles, preparing
from haven.audits.queries.cycles import Sought
from haven.audits.queries.mine import is_for_a_trust_alone, mine
from haven.audits.rules.life import Standing
from haven.people.models import Area
from haven.people.refusals import ActorRequest, done, gained, or_not_there, status

PAGE = ["GET", "HEAD", "POST"]


@require_safe
@or_not_there
def index(request: ActorRequest) -> HttpResponse:
    """What is mine: a lead's cycles, a school's audits; a trust's lead has a page of her own."""
    if is_for_a_trust_alone(by=request.actor):
        return redirect("audits:trust")
    seen = mine(by=request.actor, on=timezone.localdate())
    return render(request, "audits/index.html", {"seen": seen, "leads": bool(request.actor.leads)})


@require_http_methods(PAGE)
@or_not_there
def new(request: ActorRequest) -> HttpResponse:
    """Begin a cycle. No school learns of it yet."""
    by, at, on = request.actor, timezone.now(), timezone.localdate()
    areas = preparing.areas_to_prepare(by=by)
    area = area_chosen(areas, request.GET.get("area", ""))
    before = preparing.cycle_to_build_on(area=area, by=by, on=on)
    form = _form(request, area, first_typed(on) | {"before": before}, None)
    made = gained(form, lambda: services.prepare_cycle(area=area, wanted=form.wanted, by=by, at=at))
    if made:
        return redirect("audits:open-cycle", made.pk)
    context = {"form": form, "area": area, "areas": areas, "step": "what"}
    return render(request, "audits/prepare.html", context, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def amend(request: ActorRequest, cycle_id: UUID) -> HttpResponse:
    """Change a cycle: all of it before it is opened, its title, note and reminders afterwards."""
    by, at = request.actor, timezone.now()
    cycle = cycles.cycle_kept(cycle_id=cycle_id, by=by)
    if cycle.standing == Standing.CLOSED:
        return redirect("audits:cycle", cycle_id)
    is_draft = cycle.standing == Standing.DRAFT
    typed = typed_again(cycle)
    form: CycleForm | OpenCycleForm = (
        _form(request, cycle.area, typed, cycle)
        if is_draft
        else OpenCycleForm(request.POST or None, initial=typed, cycle=cycle)
    )
    if gained(form, lambda: services.amend_cycle(cycle_id=cycle_id, wanted=form.wanted, by=by, at=at)):
        messages.success(request, "Changed.")
        return redirect("audits:open-cycle" if is_draft else "audits:cycle", cycle_id)
    context = {"form": form, "area": cycle.area, "cycle": cycle, "step": "what"}
    return render(request, "audits/prepare.html" if is_draft else "audits/amend.html", context, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def open_cycle(request: ActorRequest, cycle_id: UUID) -> HttpResponse:
    """Look at a cycle and open it; opened already, ask the schools that have come since."""
    by, at = request.actor, timezone.now()
    seen = preparing.preview(cycle_id=cycle_id, by=by, on=timezone.localdate())
    if request.method == "POST":
        opened = done(request, lambda: services.open_cycle(cycle_id=cycle_id, by=by, at=at), "Your schools are asked.")
        return redirect("audits:cycle" if opened else "audits:open-cycle", cycle_id)
    if seen.cycle.standing != Standing.DRAFT:
        return redirect("audits:cycle", cycle_id)
    return render(request, "audits/preview.html", {"seen": seen, "cycle": seen.cycle, "step": "look"})


@require_POST
@or_not_there
def discard(request: ActorRequest, cycle_id: UUID) -> HttpResponse:
    """Give up a cycle that no school knows of."""
    by, at = request.actor, timezone.now()
    if done(request, lambda: services.discard_cycle(cycle_id=cycle_id, by=by, at=at), "Discarded."):
        return redirect("audits:index")
    return redirect("audits:cycle", cycle_id)


@require_http_methods(PAGE)
@or_not_there
def put_off(request: ActorRequest, cycle_id: UUID) -> HttpResponse:
    """Put the final deadline off, for all or for one school."""
    by, at = request.actor, timezone.now()
    page = cycles.cycle_page(cycle_id=cycle_id, by=by, at=at, sought=Sought())
    if not page.is_open:
        return redirect("audits:cycle", cycle_id)
    form = PutOffForm(request.POST or None, initial={"whom": request.GET.get("school", ALL)}, page=page)
    if gained(form, lambda: services.put_off(cycle_id=cycle_id, **form.wanted, by=by, at=at)):
        messages.success(request, "Put off. Those concerned will be told.")
        return redirect("audits:cycle", cycle_id)
    context = {"form": form, "page": page, "cycle": page.cycle}
    return render(request, "audits/put_off.html", context, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def close(request: ActorRequest, cycle_id: UUID) -> HttpResponse:
    """Take no more audits in."""
    by, at = request.actor, timezone.now()
    page = cycles.cycle_page(cycle_id=cycle_id, by=by, at=at, sought=Sought())
    if request.method == "POST":
        done(request, lambda: services.close_cycle(cycle_id=cycle_id, by=by, at=at), "Closed. What was sent stays.")
        return redirect("audits:cycle", cycle_id)
    if not page.is_open:
        return redirect("audits:cycle", cycle_id)
    return render(request, "audits/close.html", {"page": page, "cycle": page.cycle})


def _form(request: ActorRequest, area: Area, typed: dict[str, Any], cycle: Cycle | None) -> CycleForm:
    by = request.actor
    versions = preparing.versions_offered(area=area, by=by)
    earlier = preparing.cycles_before(area=area, but=cycle.pk if cycle else None, by=by)
    on = timezone.localdate()
    return CycleForm(request.POST or None, initial=typed, area=area, on=on, versions=versions, earlier=earlier)
