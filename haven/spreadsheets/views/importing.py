"""Last year's answers from a spreadsheet, step by step: given, matched, looked at, taken in, taken back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.actions.audiences import area_chosen
from haven.audits.queries import preparing
from haven.people.refusals import ActorRequest, done, gained, granted, or_not_there, status
from haven.spreadsheets import services
from haven.spreadsheets.forms import ChoicesForm, ColumnsForm, GiveForm, SchoolsFoundForm
from haven.spreadsheets.models import Import
from haven.spreadsheets.queries import importing
from haven.spreadsheets.rules.columns import Names

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
@or_not_there
def give(request: ActorRequest) -> HttpResponse:
    """Give the spreadsheet and say of which audit its answers are; or go on with one that was given."""
    by, at, on = request.actor, timezone.now(), timezone.localdate()
    areas = preparing.areas_to_prepare(by=by)
    area = area_chosen(areas, request.GET.get("area", ""))
    versions = preparing.versions_offered(area=area, by=by)
    form = GiveForm(request.POST or None, request.FILES or None, versions=versions, on=on)
    of = gained(form, lambda: services.give_import(area=area, wanted=form.wanted, **form.given, by=by, at=at))
    if of:
        return redirect("spreadsheets:import-columns", of.pk)
    context = {"form": form, "area": area, "areas": areas, "step": "give"}
    context |= {"under_way": importing.imports_under_way(by=by)}
    return render(request, "spreadsheets/give.html", context, status=status(form))


@require_safe
@or_not_there
def show(request: ActorRequest, import_id: UUID) -> HttpResponse:
    """How far it has come: while it is taken in a page that waits, else the step that comes next."""
    of = importing.import_kept(import_id=import_id, by=request.actor)
    if of.state == Import.State.TAKEN:
        return redirect("audits:cycle", of.cycle_id)
    if of.state == Import.State.TAKING:
        is_slow = timezone.now() - of.changed_at > importing.SLOW_AFTER
        return render(request, "spreadsheets/wait.html", {"of": of, "is_slow": is_slow})
    return redirect(
        "spreadsheets:import-look" if importing.is_matched(of) else "spreadsheets:import-columns", import_id
    )


@require_http_methods(PAGE)
@or_not_there
def columns(request: ActorRequest, import_id: UUID) -> HttpResponse:
    """Say what each column means."""
    by, at = request.actor, timezone.now()
    of = importing.import_kept(import_id=import_id, by=by)
    if of.state != Import.State.MATCHING:
        return redirect("spreadsheets:import", import_id)
    grids = importing.grids_of(of)
    lines = importing.column_lines(grids[of.grid], of.head_row, of.columns)
    form = ColumnsForm(request.POST or None, of=of, grids=grids, lines=lines)
    told = gained(form, lambda: (services.match_columns(import_id=import_id, **form.wanted, by=by, at=at),))
    if told:
        return redirect("spreadsheets:import-words" if told[0] else "spreadsheets:import-columns", import_id)
    names = Names(of.version.outline)
    matched = sum(bool(line.written) for line in lines)
    context = {"form": form, "of": of, "offered": names.offered(), "step": "columns", "matched": matched}
    return render(request, "spreadsheets/columns.html", context, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def words(request: ActorRequest, import_id: UUID) -> HttpResponse:
    """Say which choice the words of the spreadsheet mean."""
    by, at = request.actor, timezone.now()
    of = importing.import_kept(import_id=import_id, by=by)
    if of.state != Import.State.MATCHING or not importing.is_matched(of):
        return redirect("spreadsheets:import-columns", import_id)
    form = ChoicesForm(request.POST if request.method == "POST" else None, scales=importing.scales_of(of))
    if granted(form, lambda: services.match_choices(import_id=import_id, choices=form.wanted, by=by, at=at)):
        return redirect("spreadsheets:import-look", import_id)
    return render(request, "spreadsheets/words.html", {"form": form, "of": of, "step": "words"}, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def look(request: ActorRequest, import_id: UUID) -> HttpResponse:
    """What would be taken in, what would not and why; which school is meant where none is named for sure."""
    by, at = request.actor, timezone.now()
    of = importing.import_kept(import_id=import_id, by=by)
    if of.state != Import.State.MATCHING or not importing.is_matched(of):
        return redirect("spreadsheets:import", import_id)
    outcome = importing.outcome_of(of)
    form = SchoolsFoundForm(request.POST if request.method == "POST" else None, outcome=outcome)
    if granted(form, lambda: services.match_schools(import_id=import_id, schools=form.wanted, by=by, at=at)):
        messages.success(request, "Looked again, with the schools that you chose.")
        return redirect("spreadsheets:import-look", import_id)
    context = {"form": form, "of": of, "outcome": outcome, "step": "look"}
    return render(request, "spreadsheets/look.html", context, status=status(form))


@require_POST
@or_not_there
def take(request: ActorRequest, import_id: UUID) -> HttpResponse:
    """Take it in."""
    by, at = request.actor, timezone.now()
    importing.import_kept(import_id=import_id, by=by)
    done(request, lambda: services.take_in_import(import_id=import_id, by=by, at=at))
    return redirect("spreadsheets:import", import_id)


@require_POST
@or_not_there
def forget(request: ActorRequest, import_id: UUID) -> HttpResponse:
    """Throw it away."""
    by, at = request.actor, timezone.now()
    if done(request, lambda: services.forget_import(import_id=import_id, by=by, at=at), "Thrown away."):
        return redirect("spreadsheets:import-new")
    return redirect("spreadsheets:import", import_id)


@require_http_methods(PAGE)
@or_not_there
def take_back(request: ActorRequest, cycle_id: UUID) -> HttpResponse:
    """Let what was brought in be as if it had not been."""
    by, at = request.actor, timezone.now()
    cycle = importing.brought_cycle(cycle_id=cycle_id, by=by)
    if request.method == "POST":
        said = "Taken back. Nothing of it is kept but what the ledger says."
        if done(request, lambda: services.take_back_import(cycle_id=cycle_id, by=by, at=at), said):
            return redirect("audits:index")
        return redirect("audits:cycle", cycle_id)
    return render(request, "spreadsheets/back.html", {"cycle": cycle, "schools": cycle.returns.count()})
