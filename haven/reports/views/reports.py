"""The report of an audit: its words, its making and its documents."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.files.serving import as_attachment
from haven.people.refusals import ActorRequest, gained, or_not_there, status
from haven.reports import services
from haven.reports.forms.reports import EditionForm, WordsForm
from haven.reports.queries.printed import MEDIA, printed_page, report_page

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
@or_not_there
def report(request: ActorRequest, cycle_id: UUID) -> HttpResponse:
    """The words of the report, and what can be made of it."""
    by, at = request.actor, timezone.now()
    page = report_page(cycle_id=cycle_id, by=by)
    form = WordsForm(request.POST or None, initial=page.typed)
    if gained(form, lambda: services.write_report(cycle_id=cycle_id, **form.cleaned_data, by=by, at=at)):
        messages.success(request, "Saved. Make the report to have it in the documents.")
        return redirect("reports:report", cycle_id)
    context = {"page": page, "cycle": page.cycle, "form": form, "editions": EditionForm()}
    return render(request, "reports/report.html", context, status=status(form))


@require_POST
@or_not_there
def make(request: ActorRequest, cycle_id: UUID) -> HttpResponse:
    """Have one edition made, and wait for it."""
    by, at = request.actor, timezone.now()
    page = report_page(cycle_id=cycle_id, by=by)
    form = EditionForm(request.POST)
    made = gained(form, lambda: services.make_report(cycle_id=cycle_id, edition=form.wanted, by=by, at=at))
    if made:
        return redirect("reports:printed", made.pk)
    context = {"page": page, "cycle": page.cycle, "form": WordsForm(initial=page.typed), "editions": form}
    return render(request, "reports/report.html", context, status=status(form))


@require_safe
@or_not_there
def printed(request: ActorRequest, printed_id: UUID) -> HttpResponse:
    """One report: on its way, or its documents."""
    page = printed_page(printed_id=printed_id, by=request.actor, at=timezone.now())
    return render(request, "reports/printed.html", {"page": page, "cycle": page.printed.cycle})


@require_safe
@or_not_there
def document(request: ActorRequest, printed_id: UUID, kind: str) -> HttpResponse:
    """One document of a report. Who took it stands in the ledger."""
    if kind not in MEDIA:
        raise Http404
    return as_attachment(services.take_report(printed_id=printed_id, kind=kind, by=request.actor, at=timezone.now()))
