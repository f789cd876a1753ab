"""A return's action plan: to read, to write in, to add to, and to take away."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.audits import services
from haven.audits.forms.plans import AddForm, PlanForm, TakeOutForm
from haven.audits.queries.heads import head_of
from haven.audits.queries.planning import PlanPage, plan_page
from haven.audits.services.plans import Clashing
from haven.audits.views.papers import PLAN_COLUMNS, plan_paper, plan_rows
from haven.engines.printing.word import to_word
from haven.files.queries import OpenedFile
from haven.files.rules.kinds import FileKind
from haven.files.serving import as_attachment
from haven.kit.sheets import as_excel
from haven.people.refusals import ActorRequest, done, gained, granted, or_not_there, status

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
@or_not_there
def plan(request: ActorRequest, return_id: UUID) -> HttpResponse:
    """The plan: a form for those who write it, a table for everybody else."""
    page = _page(request, return_id)
    if request.method == "POST" and not page.may_write:
        raise Http404
    form = PlanForm(request.POST or None, lines=page.to_do)
    if granted(form, lambda: _write(request, page, form)):
        return redirect(reverse("audits:sign" if "on" in request.POST else "audits:plan", args=[return_id]))
    return render(request, "audits/plan.html", _context(request, page) | {"form": form}, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def add(request: ActorRequest, return_id: UUID) -> HttpResponse:
    """Add a line of the school's own."""
    page = _written(request, return_id)
    form = AddForm(request.POST or None)
    if gained(form, lambda: _add(request, return_id, form)):
        messages.success(request, "It is in the plan.")
        return redirect("audits:plan", return_id)
    return render(request, "audits/plan_add.html", _context(request, page) | {"form": form}, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def take_out(request: ActorRequest, return_id: UUID, line_id: UUID) -> HttpResponse:
    """Take a line out, with the reason."""
    page = _written(request, return_id)
    line = next((each for each in page.standing if each.id == line_id), None)
    if line is None:
        raise Http404
    form = TakeOutForm(request.POST or None)
    by, at = request.actor, timezone.now()
    if gained(
        form, lambda: services.take_out_of_plan(return_id=return_id, line_id=line_id, by=by, at=at, **form.cleaned_data)
    ):
        messages.success(request, "It is out of the plan, and stays on record.")
        return redirect("audits:plan", return_id)
    context = _context(request, page) | {"form": form, "line": line}
    return render(request, "audits/plan_out.html", context, status=status(form))


@require_POST
@or_not_there
def put_back(request: ActorRequest, return_id: UUID, line_id: UUID) -> HttpResponse:
    """Put a line back that was taken out."""
    by, at = request.actor, timezone.now()
    done(
        request,
        lambda: services.put_back_into_plan(return_id=return_id, line_id=line_id, by=by, at=at),
        "It is in the plan again.",
    )
    return redirect("audits:plan", return_id)


@require_safe
@or_not_there
def export(request: ActorRequest, return_id: UUID, kind: str) -> HttpResponse:
    """The plan as a spreadsheet, or as a Word document."""
    if kind not in ("xlsx", "docx"):
        raise Http404
    page = _page(request, return_id)
    of = page.of
    name = f"plan-{of.cycle.school_year}-{of.organisation.urn or 'school'}"
    if kind == "xlsx":
        return as_excel(name, (*PLAN_COLUMNS, "State", "Taken out because"), plan_rows(page.lines))
    paper = plan_paper(of.organisation.name, of.cycle.title, page.lines, timezone.localdate())
    return as_attachment(OpenedFile(f"{name}.docx", FileKind.WORD.value, to_word(paper)))


def _page(request: ActorRequest, return_id: UUID) -> PlanPage:
    return plan_page(return_id=return_id, by=request.actor, at=timezone.now())


def _written(request: ActorRequest, return_id: UUID) -> PlanPage:
    page = _page(request, return_id)
    if not page.may_write:
        raise Http404
    return page


def _context(request: ActorRequest, page: PlanPage) -> dict[str, object]:
    return {"page": page, "of": page.of, "head": head_of(page.of, by=request.actor, on=timezone.localdate())}


def _write(request: ActorRequest, page: PlanPage, form: PlanForm) -> None:
    by, at = request.actor, timezone.now()
    try:
        count = services.write_plan(return_id=page.of.pk, wanted=form.wanted, by=by, at=at)
    except Clashing as clashing:
        form.clash([line for line in page.lines if line.id in clashing.lines])
        raise
    messages.success(request, "The plan is saved." if count else "Nothing was changed.")


def _add(request: ActorRequest, return_id: UUID, form: AddForm) -> object:
    typed, by, at = form.cleaned_data, request.actor, timezone.now()
    given = {"key": typed["key"], "issue": typed["issue"], "wanted": form.wanted}
    return services.add_to_plan(return_id=return_id, by=by, at=at, **given)
