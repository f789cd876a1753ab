"""What a school's leads and governors look after: who reads what, and who reads at all."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.people.refusals import ActorRequest, done, gained, granted, or_not_there, status
from haven.readings import services
from haven.readings.forms.matrices import EditionChoiceForm, MatrixForm, MoveForm
from haven.readings.forms.readers import AccountForm, ReaderForm, StaffForm
from haven.readings.queries import matrices, readers
from haven.readings.rules.kinds import KINDS

PAGE = ["GET", "HEAD", "POST"]


@require_safe
@or_not_there
def school(request: ActorRequest, organisation_id: UUID) -> HttpResponse:
    """What a school reads, and how far it is."""
    page = matrices.school_page(school_id=organisation_id, by=request.actor, on=timezone.localdate())
    return render(request, "readings/school.html", {"page": page, "school": page.school})


@require_safe
@or_not_there
def choose(request: ActorRequest, organisation_id: UUID) -> HttpResponse:
    """Choose the edition of which to set who reads what."""
    editions = matrices.editions_to_read(school_id=organisation_id, by=request.actor, on=timezone.localdate())
    form = EditionChoiceForm(request.GET if "edition" in request.GET else None, editions=editions)
    if form.is_bound and form.is_valid():
        return redirect("readings:matrix", organisation_id, form.cleaned_data["edition"])
    context = {"form": form, "school_id": organisation_id}
    return render(request, "readings/choose.html", context, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def matrix(request: ActorRequest, organisation_id: UUID, edition_id: UUID) -> HttpResponse:
    """Who reads which part of an edition."""
    by, at = request.actor, timezone.now()
    page = matrices.matrix_page(school_id=organisation_id, edition_id=edition_id, by=by, on=timezone.localdate(at))
    if page.moves_from:
        return redirect("readings:move", organisation_id, edition_id)
    form = MatrixForm(request.POST or None, page=page)
    if not form.is_adding and granted(form, lambda: _set(form, organisation_id, edition_id, request)):
        messages.success(request, "Set. It stands in the ledger with your name and today’s date.")
        return redirect("readings:school", organisation_id)
    context = {"form": form, "page": page, "school": page.school, "kinds": KINDS.items()}
    return render(request, "readings/matrix.html", context, status=status(form))


def _set(form: MatrixForm, school_id: UUID, edition_id: UUID, request: ActorRequest) -> object:
    decided_on, by, at = form.cleaned_data["decided_on"], request.actor, timezone.now()
    return services.set_matrix(
        school_id=school_id, edition_id=edition_id, rows=form.rows, decided_on=decided_on, by=by, at=at
    )


@require_http_methods(PAGE)
@or_not_there
def move(request: ActorRequest, organisation_id: UUID, edition_id: UUID) -> HttpResponse:
    """From the edition that a school reads to another."""
    by, at = request.actor, timezone.now()
    page = matrices.move_page(school_id=organisation_id, edition_id=edition_id, by=by)
    form = MoveForm(request.POST or None, page=page)
    moved = gained(
        form,
        lambda: services.move_matrix(
            school_id=organisation_id,
            edition_id=edition_id,
            choices=form.choices,
            added=form.read_anew,
            decided_on=form.cleaned_data["decided_on"],
            by=by,
            at=at,
        ),
    )
    if moved:
        messages.success(request, "Moved. Look once more at who reads what before you send it.")
        return redirect("readings:matrix", organisation_id, edition_id)
    context = {"form": form, "page": page, "school": page.school}
    return render(request, "readings/move.html", context, status=status(form))


@require_safe
@or_not_there
def staff(request: ActorRequest, organisation_id: UUID) -> HttpResponse:
    """Everybody who reads in a school."""
    page = readers.staff_page(school_id=organisation_id, by=request.actor, on=timezone.localdate())
    return render(request, "readings/staff.html", {"page": page, "school": page.school})


@require_http_methods(PAGE)
@or_not_there
def add_staff(request: ActorRequest, organisation_id: UUID) -> HttpResponse:
    """Add staff without an account."""
    by, at = request.actor, timezone.now()
    page = readers.staff_page(school_id=organisation_id, by=by, on=timezone.localdate(at))
    form = StaffForm(request.POST or None)
    made = gained(form, lambda: services.add_readers(school_id=organisation_id, readers=form.readers, by=by, at=at))
    if made:
        messages.success(request, f"Added: {len(made)}.")
        return redirect("readings:staff", organisation_id)
    context = {"form": form, "school": page.school}
    return render(request, "readings/add_staff.html", context, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def reader(request: ActorRequest, organisation_id: UUID, who: UUID) -> HttpResponse:
    """Of what kinds somebody is."""
    by, at = request.actor, timezone.now()
    line = readers.reader_line(school_id=organisation_id, who=who, by=by, on=timezone.localdate(at))
    form = ReaderForm(request.POST if request.method == "POST" else None, line=line)  # nothing ticked is said too
    if granted(form, lambda: services.amend_reader(school_id=organisation_id, who=who, by=by, at=at, **form.said)):
        messages.success(request, "Changed.")
        return redirect("readings:staff", organisation_id)
    page = readers.staff_page(school_id=organisation_id, by=by, on=timezone.localdate(at))
    context = {"form": form, "line": line, "school_id": organisation_id}
    context["account"] = AccountForm(None, lines=page.lines) if line.person is None else None
    return render(request, "readings/reader.html", context, status=status(form))


@require_POST
@or_not_there
def account(request: ActorRequest, organisation_id: UUID, who: UUID) -> HttpResponse:
    """Somebody in the list has an account now."""
    by, at = request.actor, timezone.now()
    page = readers.staff_page(school_id=organisation_id, by=by, on=timezone.localdate(at))
    form = AccountForm(request.POST, lines=page.lines)
    if not form.is_valid():
        messages.error(request, "Choose whose account it is.")
        return redirect("readings:reader", organisation_id, who)
    person = UUID(form.cleaned_data["person"])
    done(
        request,
        lambda: services.join_account(school_id=organisation_id, who=who, person=person, by=by, at=at),
        "Joined. What was signed on paper stands with the account.",
    )
    return redirect("readings:staff", organisation_id)


@require_POST
@or_not_there
def leave(request: ActorRequest, organisation_id: UUID, who: UUID) -> HttpResponse:
    """Somebody without an account reads here no longer."""
    by, at = request.actor, timezone.now()
    done(
        request,
        lambda: services.let_reader_go(school_id=organisation_id, who=who, by=by, at=at),
        "Taken off the list. What was signed is kept.",
    )
    return redirect("readings:staff", organisation_id)
