"""A cycle's schools as its lead sees them: sought, sorted, reminded, taken away as a table."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from haven.access.decision import Refused
from haven.audits import services
from haven.audits.forms.cycles import SchoolsForm
from haven.audits.queries import cycles
from haven.audits.rules.life import Standing
from haven.audits.services.chasing import Chased
from haven.kit.sheets import as_csv, as_excel
from haven.people.refusals import ActorRequest, or_not_there

KINDS: Mapping[str, Callable[..., HttpResponse]] = {"csv": as_csv, "xlsx": as_excel}


@require_safe
@or_not_there
def cycle(request: ActorRequest, cycle_id: UUID) -> HttpResponse:
    """Who has not started, started, sent: the picture first, then the schools."""
    form = SchoolsForm(request.GET)
    page = cycles.cycle_page(cycle_id=cycle_id, by=request.actor, at=timezone.now(), sought=form.sought)
    if page.cycle.standing == Standing.DRAFT:
        return redirect("audits:open-cycle", cycle_id)
    form.offer(page)
    kept = request.GET.copy()
    by_place = _without(kept, "where")
    context = {"page": page, "cycle": page.cycle, "filter": form, "kept": kept.urlencode(), "by_place": by_place}
    context |= {"by_column": _without(kept, "sort"), "sought": form.sought}
    return render(request, "audits/cycle.html", context)


@require_safe
@or_not_there
def export(request: ActorRequest, cycle_id: UUID, kind: str) -> HttpResponse:
    """The schools that are shown, as a table to take away."""
    sought = SchoolsForm(request.GET).sought
    columns, rows = cycles.exported(cycle_id=cycle_id, by=request.actor, at=timezone.now(), sought=sought)
    return KINDS[kind]("audit", columns, rows)


@require_POST
@or_not_there
def chase(request: ActorRequest, cycle_id: UUID) -> HttpResponse:
    """Remind exactly the schools that are shown, as far as they have still to send it."""
    by, at = request.actor, timezone.now()
    page = cycles.cycle_page(cycle_id=cycle_id, by=by, at=at, sought=SchoolsForm(request.GET).sought)
    shown = [line.id for line in page.lines]
    try:
        _say(request, services.chase(cycle_id=cycle_id, return_ids=shown, by=by, at=at))
    except Refused as refused:
        if not refused.advice:
            raise
        messages.error(request, refused.advice)
    query = request.GET.urlencode()
    return redirect(f"{reverse('audits:cycle', args=[cycle_id])}{'?' if query else ''}{query}")


def _say(request: ActorRequest, chased: Chased) -> None:
    if chased.schools:
        people = f"{chased.people:,} {'person' if chased.people == 1 else 'people'}"
        schools = f"{chased.schools:,} {'school' if chased.schools == 1 else 'schools'}"
        messages.success(request, f"{people} in {schools} will be written to within minutes.")
    if chased.lately:
        were = "1 school was" if chased.lately == 1 else f"{chased.lately:,} schools were"
        messages.info(request, f"{were} reminded within the last 12 hours, and not again.")
    if chased.without:
        messages.warning(
            request, f"Nobody holds the post whose turn it is, so nobody was written to: {', '.join(chased.without)}."
        )
    if not (chased.schools or chased.lately or chased.without):
        messages.info(request, "None of the schools shown has anything to send now.")


def _without(kept: QueryDict, name: str) -> str:
    """What narrows the page but for one field, ready to stand before another value of it."""
    rest = kept.copy()
    rest.pop(name, None)
    return f"{rest.urlencode()}&" if rest else ""
