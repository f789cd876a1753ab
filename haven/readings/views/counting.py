"""What the area's leads see: how many have signed in each school."""

from collections.abc import Callable, Mapping

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from haven.kit.sheets import as_csv, as_excel
from haven.people.refusals import ActorRequest, or_not_there
from haven.readings.forms.rounds import CountsForm
from haven.readings.queries import counting

SHEETS: Mapping[str, Callable[..., HttpResponse]] = {"csv": as_csv, "xlsx": as_excel}


@require_safe
@or_not_there
def counts(request: ActorRequest) -> HttpResponse:
    """School by school, in numbers."""
    form = CountsForm(request.GET)
    page = counting.counts_page(by=request.actor, on=timezone.localdate(), **form.looked)
    form.offer(page)
    return render(request, "readings/counts.html", {"page": page, "filter": form})


@require_safe
@or_not_there
def export(request: ActorRequest, kind: str) -> HttpResponse:
    """The same as a table to take away."""
    if kind not in SHEETS:
        raise Http404
    columns, rows = counting.exported(by=request.actor, on=timezone.localdate(), **CountsForm(request.GET).looked)
    return SHEETS[kind]("reading-in-schools", columns, rows)
