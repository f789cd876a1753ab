"""The area's picture of a cycle, a school among its like, and the country."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from haven.kit.sheets import as_csv, as_excel
from haven.people.refusals import ActorRequest, or_not_there
from haven.reports.forms.pictures import PictureForm, SoughtForm
from haven.reports.queries import pictures
from haven.reports.queries.beside import beside_others
from haven.reports.queries.distributions import distribution
from haven.reports.queries.national import country
from haven.reports.queries.supporting import support as support_of
from haven.reports.queries.themes import themes as themes_of
from haven.reports.rules.shares import BANDS

SHEETS: Mapping[str, Callable[..., HttpResponse]] = {"csv": as_csv, "xlsx": as_excel}


@require_safe
@or_not_there
def picture(request: ActorRequest, cycle_id: UUID) -> HttpResponse:
    """Schools by sections."""
    form = PictureForm(request.GET)
    seen = pictures.picture(cycle_id=cycle_id, by=request.actor, on=timezone.localdate(), sought=form.sought)
    page = Paginator(seen.rows, pictures.SCHOOLS_A_PAGE).get_page(form.sought.page)
    return _shown(request, "reports/picture.html", form, seen, page=page, bands=BANDS)


@require_safe
@or_not_there
def picture_all(request: ActorRequest, cycle_id: UUID) -> HttpResponse:
    """All schools by sections on one page, as it is wanted on paper."""
    form = PictureForm(request.GET)
    seen = pictures.picture(cycle_id=cycle_id, by=request.actor, on=timezone.localdate(), sought=form.sought)
    page = Paginator(seen.rows, max(seen.schools, 1)).page(1)
    return _shown(request, "reports/picture_all.html", form, seen, page=page, bands=BANDS)


@require_safe
@or_not_there
def export(request: ActorRequest, cycle_id: UUID, kind: str) -> HttpResponse:
    """Everything the picture is drawn from, as a table to take away."""
    sought = PictureForm(request.GET).sought
    columns, rows = pictures.exported(cycle_id=cycle_id, by=request.actor, on=timezone.localdate(), sought=sought)
    return SHEETS[kind]("audit", columns, rows)


@require_safe
@or_not_there
def question(request: ActorRequest, cycle_id: UUID, key: str) -> HttpResponse:
    """How one question was answered."""
    form = SoughtForm(request.GET)
    seen = distribution(cycle_id=cycle_id, key=key, by=request.actor, on=timezone.localdate(), sought=form.sought)
    return _shown(request, "reports/question.html", form, seen)


@require_safe
@or_not_there
def themes(request: ActorRequest, cycle_id: UUID) -> HttpResponse:
    """Where most is lacking, and what moved."""
    form = SoughtForm(request.GET)
    seen = themes_of(cycle_id=cycle_id, by=request.actor, on=timezone.localdate(), sought=form.sought)
    return _shown(request, "reports/themes.html", form, seen)


@require_safe
@or_not_there
def support(request: ActorRequest, cycle_id: UUID) -> HttpResponse:
    """Which schools to look to first."""
    form = SoughtForm(request.GET)
    seen = support_of(cycle_id=cycle_id, by=request.actor, on=timezone.localdate(), sought=form.sought)
    return _shown(request, "reports/support.html", form, seen)


@require_safe
@or_not_there
def beside(request: ActorRequest, return_id: UUID) -> HttpResponse:
    """Where a school stands among others."""
    seen = beside_others(return_id=return_id, by=request.actor, on=timezone.localdate())
    return render(request, "reports/beside.html", {"seen": seen, "head": seen.head})


@require_safe
@or_not_there
def national(request: ActorRequest) -> HttpResponse:
    """England’s figures."""
    version = request.GET.get("version", "")
    known = UUID(version) if _is_uuid(version) else None
    return render(request, "reports/national.html", {"seen": country(version_id=known, by=request.actor)})


def _shown(request: ActorRequest, template: str, form: SoughtForm, seen: Any, **more: object) -> HttpResponse:
    form.offer(seen.phases, seen.clusters)
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {"filter": form, "seen": seen, "cycle": seen.cycle, "kept": kept.urlencode()}
    return render(request, template, context | more)


def _is_uuid(typed: str) -> bool:
    try:
        UUID(typed)
    except ValueError:
        return False
    return True
