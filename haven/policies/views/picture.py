"""The lead's picture of her schools' registers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from haven.kit.sheets import as_csv, as_excel
from haven.people.refusals import ActorRequest, or_not_there
from haven.policies.forms import PictureForm
from haven.policies.queries import pictures
from haven.policies.rules.life import Standing

SHEETS: Mapping[str, Callable[..., HttpResponse]] = {"csv": as_csv, "xlsx": as_excel}


@dataclass(frozen=True, slots=True)
class Cell:
    """How a standing looks in the heat table: a shape and a word besides the colour."""

    css: str
    shape: str
    word: str


CELLS: Mapping[Standing | None, Cell] = {
    Standing.IN_DATE: Cell("done", "✓", "in date"),
    Standing.DUE: Cell("open", "○", "due"),
    Standing.OVERDUE: Cell("late", "!", "overdue"),
    Standing.UNAPPROVED: Cell("none", "–", "not yet"),
    None: Cell("none", "", "none"),
}


@require_safe
@or_not_there
def picture(request: ActorRequest) -> HttpResponse:
    """Schools by kinds: the picture first, then the table."""
    form = PictureForm(request.GET)
    seen = pictures.picture(by=request.actor, on=timezone.localdate(), sought=form.sought)
    rows = [(row, [CELLS[cell] for cell in row.cells]) for row in seen.rows]
    page = Paginator(range(seen.schools), pictures.SCHOOLS_A_PAGE).get_page(form.sought.page)
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {"filter": form, "seen": seen, "rows": rows, "cells": CELLS.values(), "page": page}
    return render(request, "policies/picture.html", context | {"kept": kept.urlencode()})


@require_safe
@or_not_there
def export(request: ActorRequest, kind: str) -> HttpResponse:
    """Everything the picture is drawn from, as a table to take away."""
    sought = PictureForm(request.GET).sought
    columns, rows = pictures.exported(by=request.actor, on=timezone.localdate(), sought=sought)
    return SHEETS[kind]("policies", columns, rows)


@require_safe
@or_not_there
def school(request: ActorRequest, school_id: UUID) -> HttpResponse:
    """One school's register, as its lines."""
    seen, lines = pictures.school_seen(school_id=school_id, by=request.actor, on=timezone.localdate())
    return render(request, "policies/school.html", {"school": seen, "lines": lines})
