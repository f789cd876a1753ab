"""What a lead asks: the picture of the area, one action and who has answered, asking, changing, reminding."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.actions import services
from haven.actions.forms import AskForm, OverviewForm, WantedForm, WhyForm, typed_again
from haven.actions.queries import audiences, overviews, pages
from haven.kit.sheets import as_csv, as_excel
from haven.people.models import Area
from haven.people.refusals import ActorRequest, granted, or_not_there

UNFIT = 422
KINDS: Mapping[str, Callable[..., HttpResponse]] = {"csv": as_csv, "xlsx": as_excel}


@dataclass(frozen=True, slots=True)
class Cell:
    """How a state looks in the heat table: a shape and a word besides the colour."""

    css: str
    shape: str
    word: str


CELLS = {
    "done": Cell("done", "✓", "done"),
    "open": Cell("open", "○", "open"),
    "late": Cell("late", "!", "late"),
    "returned": Cell("open", "↩", "sent back"),
    "not-applicable": Cell("none", "–", "n/a"),
    "none": Cell("none", "", "not asked"),
}


@require_safe
@or_not_there
def overview(request: ActorRequest) -> HttpResponse:
    """Schools by actions: the picture first, then the table."""
    form = OverviewForm(request.GET)
    seen = overviews.overview(by=request.actor, at=timezone.now(), sought=form.sought)
    form.offer(seen.clusters)
    rows = [(row.organisation, [CELLS[cell] for cell in row.cells]) for row in seen.rows]
    sheets = {
        "actions_page": _leaf(seen.actions_count, overviews.ACTIONS_A_PAGE, form.sought.actions_page),
        "schools_page": _leaf(seen.schools_count, overviews.SCHOOLS_A_PAGE, form.sought.schools_page),
    }
    kept = request.GET.copy()
    kept.pop("actions", None)
    kept.pop("schools", None)
    context = {"filter": form, "seen": seen, "rows": rows, "cells": CELLS.values(), "kept": kept.urlencode()}
    return render(request, "actions/overview.html", context | sheets)


@require_safe
@or_not_there
def export(request: ActorRequest, kind: str) -> HttpResponse:
    """Everything the picture is drawn from, as a table to take away."""
    form = OverviewForm(request.GET)
    columns, rows = overviews.exported(by=request.actor, at=timezone.now(), sought=form.sought)
    return KINDS[kind]("actions", columns, rows)


@require_safe
@or_not_there
def asked(request: ActorRequest, action_id: UUID) -> HttpResponse:
    """One action: the words, who has not answered, who has."""
    page = overviews.asked_page(action_id=action_id, by=request.actor, at=timezone.now())
    return render(request, "actions/asked.html", {"page": page, "action": page.action, "form": WhyForm()})


@require_safe
@or_not_there
def export_action(request: ActorRequest, action_id: UUID, kind: str) -> HttpResponse:
    """Every organisation's answer to one action, as a table to take away."""
    columns, rows = overviews.exported_action(action_id=action_id, by=request.actor, at=timezone.now())
    return KINDS[kind]("action", columns, rows)


@require_POST
@or_not_there
def remind(request: ActorRequest, action_id: UUID) -> HttpResponse:
    """Remind exactly those who have not answered."""
    count = services.remind(action_id=action_id, assignment_ids=None, by=request.actor, at=timezone.now())
    if count:
        messages.success(request, f"{count:,} will be reminded within minutes.")
    else:
        messages.info(request, "Nobody was reminded again: all who still have to answer were reminded just now.")
    return redirect("actions:asked", action_id)


@require_http_methods(["GET", "HEAD", "POST"])
@or_not_there
def withdraw(request: ActorRequest, action_id: UUID) -> HttpResponse:
    """No longer ask it, and say why."""
    by, at = request.actor, timezone.now()
    form = WhyForm(request.POST or None)
    if request.method == "POST" and granted(
        form, lambda: services.withdraw_action(action_id=action_id, why=form.cleaned_data["why"], by=by, at=at)
    ):
        messages.success(request, "It is no longer asked. Those who had still to answer will be told.")
        return redirect("actions:asked", action_id)
    action = overviews.action_to_change(action_id=action_id, by=by)
    return render(request, "actions/withdraw.html", {"form": form, "action": action}, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@or_not_there
def ask(request: ActorRequest) -> HttpResponse:
    """Ask an action by hand."""
    by, at = request.actor, timezone.now()
    area = overviews.area_to_ask(area_id=_uuid(request.GET.get("area", "")), by=by)
    kept = pages.draft(place=f"ask/{area.pk}", by=by)
    form = AskForm(request.POST or None, initial=kept, area=area, on=timezone.localdate())
    if request.method == "POST" and granted(form, partial(_ask, form, area, request)):
        services.discard_draft(place=f"ask/{area.pk}", by=by, at=at)
        messages.success(request, "Asked. Each school has it on its list.")
        return redirect("actions:asked", form.cleaned_data["key"])
    context = {"form": form, "area": area, "place": f"ask/{area.pk}", "heading": "Ask schools to do something"}
    return render(request, "actions/wanted.html", context, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@or_not_there
def amend(request: ActorRequest, action_id: UUID) -> HttpResponse:
    """Change what is asked, keeping how it was worded before."""
    by, at = request.actor, timezone.now()
    action = overviews.action_to_change(action_id=action_id, by=by)
    form = WantedForm(request.POST or None, initial=typed_again(action), area=action.area, on=timezone.localdate())
    if request.method == "POST" and granted(
        form,
        lambda: services.amend_action(
            action_id=action_id,
            wanted=form.wanted(asked_by=action.asked_by_id, source_address=action.source_address, within=action.within),
            why=form.cleaned_data["why"],
            by=by,
            at=at,
        ),
    ):
        messages.success(request, "Changed. Those who had still to answer will be told.")
        return redirect("actions:asked", action_id)
    context = {"form": form, "area": action.area, "action": action, "heading": "Change what is asked"}
    return render(request, "actions/wanted.html", context, status=_status(form))


def _ask(form: AskForm, area: Area, request: ActorRequest) -> object:
    by = request.actor
    wanted = form.wanted(asked_by=audiences.asking_as(area=area.pk, by=by))
    return services.raise_action(area=area, wanted=wanted, by=by, at=timezone.now())


def _leaf(count: int, size: int, page: int) -> object:
    return Paginator(range(count), size).get_page(page)


def _status(form: WhyForm | WantedForm) -> int:
    return UNFIT if form.is_bound else 200


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Http404 from None
