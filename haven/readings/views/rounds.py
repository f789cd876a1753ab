"""A round: it is sent, seen as a picture, reminded of, signed for on paper, and ended."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.kit.sheets import as_csv, as_excel
from haven.people.refusals import ActorRequest, done, gained, granted, or_not_there, status
from haven.readings import services
from haven.readings.forms.readers import LookForm
from haven.readings.forms.rounds import PaperForm, PartForm, RoundForm, SheetForm, TakeBackForm
from haven.readings.queries import people, pictures
from haven.readings.rules.signing import usual_due

PAGE = ["GET", "HEAD", "POST"]
SHEETS: Mapping[str, Callable[..., HttpResponse]] = {"csv": as_csv, "xlsx": as_excel}
NOBODY_LEFT = "Nobody was reminded: everybody who can sign in has signed, or was reminded a short while ago."
REMINDED = "Reminded: {count} {noun}. The e-mail says only that there is something to read."


@require_http_methods(PAGE)
@or_not_there
def send(request: ActorRequest, organisation_id: UUID, edition_id: UUID) -> HttpResponse:
    """Ask everybody to read her parts by a day."""
    by, at = request.actor, timezone.now()
    page = pictures.send_page(school_id=organisation_id, edition_id=edition_id, by=by, on=timezone.localdate(at))
    form = RoundForm(request.POST or None, initial={"due_on": usual_due(timezone.localdate(at))})
    sent = gained(form, lambda: services.send_round(matrix_id=page.matrix.pk, by=by, at=at, **form.cleaned_data))
    if sent:
        messages.success(request, "Sent. Those with an account get an e-mail that there is something to read.")
        return redirect("readings:round", sent.pk)
    return render(request, "readings/send.html", {"form": form, "page": page}, status=status(form))


@require_safe
@or_not_there
def picture(request: ActorRequest, round_id: UUID) -> HttpResponse:
    """Who has signed, and who has not."""
    form = LookForm(request.GET)
    page = pictures.round_page(round_id=round_id, by=request.actor, on=timezone.localdate(), **form.looked)
    context = {"page": page, "round": page.round, "filter": form, "today": timezone.localdate()}
    return render(request, "readings/round.html", context)


@require_safe
@or_not_there
def export(request: ActorRequest, round_id: UUID, kind: str) -> HttpResponse:
    """Everything the picture is drawn from, as a table to take away."""
    if kind not in SHEETS:
        raise Http404
    columns, rows = pictures.exported(round_id=round_id, by=request.actor, on=timezone.localdate())
    return SHEETS[kind]("reading", columns, rows)


@require_POST
@or_not_there
def remind(request: ActorRequest, round_id: UUID) -> HttpResponse:
    """Remind those who have not signed."""
    count = services.remind(round_id=round_id, by=request.actor, at=timezone.now())
    if count:
        messages.success(request, REMINDED.format(count=count, noun="person" if count == 1 else "people"))
    else:
        messages.info(request, NOBODY_LEFT)
    return redirect("readings:round", round_id)


@require_http_methods(PAGE)
@or_not_there
def amend(request: ActorRequest, round_id: UUID) -> HttpResponse:
    """Let a round be due on another day."""
    by, at = request.actor, timezone.now()
    round_ = pictures.round_to_keep(round_id=round_id, by=by)
    form = RoundForm(request.POST or None, initial={"due_on": round_.due_on, "words": round_.words})
    if granted(form, lambda: services.amend_round(round_id=round_id, by=by, at=at, **form.cleaned_data)):
        messages.success(request, "Changed.")
        return redirect("readings:round", round_id)
    return render(request, "readings/amend.html", {"form": form, "round": round_}, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def end(request: ActorRequest, round_id: UUID) -> HttpResponse:
    """Ask no longer."""
    by, at = request.actor, timezone.now()
    round_ = pictures.round_to_keep(round_id=round_id, by=by)
    if request.method == "POST":
        done(request, lambda: services.end_round(round_id=round_id, by=by, at=at), "Ended. What was signed is kept.")
        return redirect("readings:round", round_id)
    return render(request, "readings/end.html", {"round": round_})


@require_safe
@or_not_there
def person(request: ActorRequest, round_id: UUID, who: UUID) -> HttpResponse:
    """Everything one person has to sign in a round, and what she signed."""
    page = people.person_page(round_id=round_id, who=who, by=request.actor, on=timezone.localdate())
    return render(request, "readings/person.html", {"page": page, "round": page.round})


@require_http_methods(PAGE)
@or_not_there
def paper(request: ActorRequest, round_id: UUID, who: UUID) -> HttpResponse:
    """Record what somebody signed on paper."""
    by, at = request.actor, timezone.now()
    page = people.person_to_sign(round_id=round_id, who=who, by=by, on=timezone.localdate(at))
    form = PaperForm(request.POST or None, name=page.row.reader.name, parts=page.waiting)
    if granted(form, lambda: services.record_on_paper(round_id=round_id, who=who, by=by, at=at, **form.said)):
        messages.success(request, "Recorded.")
        return redirect("readings:round", round_id)
    return render(
        request, "readings/paper.html", {"form": form, "page": page, "round": page.round}, status=status(form)
    )


@require_http_methods(PAGE)
@or_not_there
def sheet(request: ActorRequest, round_id: UUID) -> HttpResponse:
    """A sheet that many sign for one part: to print, and to record afterwards."""
    by, at = request.actor, timezone.now()
    wanted = PartForm(request.GET).wanted
    page = people.sheet_page(round_id=round_id, part_id=wanted, by=by, on=timezone.localdate(at))
    form = SheetForm(request.POST or None, page=page)
    made = gained(
        form, lambda: services.record_sheet(round_id=round_id, part_id=page.part.pk, by=by, at=at, **form.said)
    )
    if made:
        messages.success(request, f"Recorded: {len(made)}.")
        return redirect("readings:round", round_id)
    context = {"form": form, "page": page, "round": page.round}
    return render(request, "readings/sheet.html", context, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def take_back(request: ActorRequest, signature_id: UUID) -> HttpResponse:
    """Let a signature that was a mistake count no longer."""
    by, at = request.actor, timezone.now()
    page = people.signature_to_take_back(signature_id=signature_id, by=by)
    form = TakeBackForm(request.POST or None)
    if granted(form, lambda: services.take_back(signature_id=signature_id, why=form.cleaned_data["why"], by=by, at=at)):
        messages.success(request, "Taken back. It is to be signed again.")
        return redirect("readings:staff", page.signature.reader.organisation_id)
    return render(request, "readings/take_back.html", {"form": form, "page": page}, status=status(form))
