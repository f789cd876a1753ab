"""A school's own page with its monthly returns; and for the council who can read, who has returned and how it goes."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.kit.sheets import as_csv, as_excel
from haven.notifications import services
from haven.notifications.forms.counting import BriefingForm, ConfirmForm, EndSignUpForm, PlaceForm, SignUpForm
from haven.notifications.queries import adults, pictures, returns, statistics
from haven.people.refusals import ActorRequest, done, granted, or_not_there, status
from haven.signin.rules import confidential

PAGE = ("GET", "HEAD", "POST")
SHEETS: Mapping[str, Callable[..., HttpResponse]] = {"csv": as_csv, "xlsx": as_excel}


@require_safe
@confidential
@or_not_there
def school(request: ActorRequest, school_id: UUID) -> HttpResponse:
    """Whether the school takes part, who of it can read, and its returns."""
    page = returns.school_page(school_id=school_id, by=request.actor, on=timezone.localdate(request.now()))
    return render(request, "notifications/returns/school.html", {"page": page})


@require_safe
@confidential
@or_not_there
def monthly_return(request: ActorRequest, return_id: UUID) -> HttpResponse:
    """One return, to look at and to confirm."""
    page = returns.return_page(return_id=return_id, by=request.actor, at=request.now())
    form = ConfirmForm(initial={"seen": page.digest})
    return render(request, "notifications/returns/return.html", {"page": page, "form": form})


@require_POST
@confidential
@or_not_there
def confirm(request: ActorRequest, return_id: UUID) -> HttpResponse:
    """Confirm it, as it was shown."""
    by, at = request.actor, request.now()
    form = ConfirmForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else ""
    done(
        request,
        lambda: services.confirm_return(return_id=return_id, seen=seen, by=by, at=at),
        "Confirmed. The council can see that your return is in.",
    )
    return redirect("notifications:return", return_id)


@require_safe
@confidential
@or_not_there
def returns_of_area(request: ActorRequest) -> HttpResponse:
    """Which schools have confirmed a month, and which have not."""
    form = PlaceForm(request.GET)
    page = returns.area_returns_page(
        area_id=form.wanted_area, month=form.wanted_month, by=request.actor, on=timezone.localdate(request.now())
    )
    return render(request, "notifications/returns/area.html", {"page": page})


@require_safe
@confidential
@or_not_there
def key_adults(request: ActorRequest) -> HttpResponse:
    """Every school of an area: whether it takes part, who could read, who was briefed."""
    wanted = PlaceForm(request.GET).wanted_area
    page = adults.adults_page(area_id=wanted, by=request.actor, on=timezone.localdate(request.now()))
    form = SignUpForm(today=timezone.localdate(request.now()))
    return render(request, "notifications/schools/adults.html", {"page": page, "form": form})


@require_http_methods(PAGE)
@confidential
@or_not_there
def sign_up(request: ActorRequest, school_id: UUID) -> HttpResponse:
    """Let one school take part."""
    by, at = request.actor, request.now()
    line = adults.school_line(school_id=school_id, by=by, on=timezone.localdate(at))
    form = SignUpForm(request.POST or None, today=timezone.localdate(at))
    if granted(
        form, lambda: services.sign_up(school_ids=[school_id], agreed_on=form.cleaned_data["agreed_on"], by=by, at=at)
    ):
        messages.success(request, f"{line.name} takes part.")
        return _onward(request, school_id)
    context = {"form": form, "line": line, "whence": _from(request, school_id)}
    return render(request, "notifications/schools/sign_up.html", context, status=status(form))


@require_http_methods(PAGE)
@confidential
@or_not_there
def end_sign_up(request: ActorRequest, school_id: UUID) -> HttpResponse:
    """Let it take part no longer."""
    by, at = request.actor, request.now()
    line = adults.school_line(school_id=school_id, by=by, on=timezone.localdate(at))
    if line.signed_up_on is None:
        raise Http404
    form = EndSignUpForm(request.POST or None)
    if granted(form, lambda: services.end_sign_up(school_id=school_id, until=form.cleaned_data["until"], by=by, at=at)):
        messages.success(request, f"{line.name} takes part no longer. Notifications still reach it.")
        return _onward(request, school_id)
    context = {"form": form, "line": line, "whence": _from(request, school_id)}
    return render(request, "notifications/schools/end.html", context, status=status(form))


@require_http_methods(PAGE)
@confidential
@or_not_there
def brief(request: ActorRequest, school_id: UUID) -> HttpResponse:
    """Record that key adults were briefed."""
    by, at = request.actor, request.now()
    line = adults.school_to_brief(school_id=school_id, by=by, on=timezone.localdate(at))
    form = BriefingForm(request.POST or None, adults=line.adults)
    if granted(form, lambda: services.record_briefing(school_id=school_id, by=by, at=at, **form.cleaned_data)):
        messages.success(request, f"Recorded for {line.name}.")
        return redirect("notifications:adults")
    return render(request, "notifications/schools/brief.html", {"form": form, "line": line}, status=status(form))


@require_safe
@confidential
@or_not_there
def picture(request: ActorRequest) -> HttpResponse:
    """How notifications go, week by week."""
    wanted = PlaceForm(request.GET).wanted_area
    page = pictures.picture_page(area_id=wanted, by=request.actor, at=request.now())
    return render(request, "notifications/returns/picture.html", {"page": page})


@require_safe
@confidential
@or_not_there
def export_picture(request: ActorRequest, kind: str) -> HttpResponse:
    """The weeks as a table to take away."""
    wanted = PlaceForm(request.GET).wanted_area
    columns, rows = pictures.exported(area_id=wanted, by=request.actor, at=request.now())
    return _sheet(kind)("notifications-by-week", columns, rows)


@require_safe
@confidential
@or_not_there
def figures(request: ActorRequest) -> HttpResponse:
    """Figures that may be passed on, without small numbers."""
    wanted = PlaceForm(request.GET).wanted_area
    page = statistics.statistics_page(place=wanted, by=request.actor, at=request.now())
    return render(request, "notifications/returns/statistics.html", {"page": page})


@require_safe
@confidential
@or_not_there
def export_figures(request: ActorRequest, kind: str) -> HttpResponse:
    """The same to take away."""
    wanted = PlaceForm(request.GET).wanted_area
    columns, rows = statistics.exported(place=wanted, by=request.actor, at=request.now())
    return _sheet(kind)("notifications-figures", columns, rows)


def _sheet(kind: str) -> Callable[..., HttpResponse]:
    if kind not in SHEETS:
        raise Http404
    return SHEETS[kind]


def _onward(request: ActorRequest, school_id: UUID) -> HttpResponse:
    return redirect(_from(request, school_id)[0])


def _from(request: ActorRequest, school_id: UUID) -> tuple[str, str]:
    """Whence she came: the list of the area, for whoever leads it; else the school's own page."""
    if request.actor.leads:
        return reverse("notifications:adults"), "Key adults"
    return reverse("notifications:school", args=[school_id]), "Returns and key adults"
