"""Surveys: kept by an area's leads, and answered by whoever holds a code, signed in or not."""

from uuid import UUID

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.access.decision import Refused
from haven.people.models import Area
from haven.people.queries.organisations import areas_led_by
from haven.people.refusals import ActorRequest, done, gained, or_not_there, status, there
from haven.surveys import queries, services
from haven.surveys.forms import CodeForm, CodesForm, SlipForm, SurveyForm
from haven.surveys.services import USED, Faults

PAGE = ["GET", "HEAD", "POST"]
TOO_MANY = "Many codes have been tried from here in a short time. Wait a minute and try again."
CLOSED = "The survey is closed. Codes that were not used have ended."


@require_safe
@or_not_there
def index(request: ActorRequest) -> HttpResponse:
    """The surveys of the areas that she leads."""
    there(request.actor.leads or None)
    listed = queries.surveys(by=request.actor, at=timezone.now())
    return render(request, "surveys/index.html", {"listed": listed})


@require_http_methods(PAGE)
@or_not_there
def make(request: ActorRequest) -> HttpResponse:
    """Make a survey."""
    area = _area(request)
    versions = queries.askable_versions(area=area, by=request.actor)
    form = SurveyForm(request.POST or None, versions=versions)
    by, at = request.actor, timezone.now()
    made = gained(form, lambda: services.make_survey(area=area, wanted=form.wanted, by=by, at=at))
    if made:
        return redirect("surveys:show", made.pk)
    context = {"form": form, "area": area, "areas": list(areas_led_by(by=by))}
    return render(request, "surveys/make.html", context, status=status(form))


@require_safe
@or_not_there
def show(request: ActorRequest, survey_id: UUID) -> HttpResponse:
    """How many have answered and, once it has closed, what."""
    told = there(queries.survey_told(survey_id=survey_id, by=request.actor, at=timezone.now()))
    return render(request, "surveys/show.html", {"told": told, "survey": told.survey, "form": CodesForm()})


@require_POST
@never_cache
@or_not_there
def give_codes(request: ActorRequest, survey_id: UUID) -> HttpResponse:
    """New codes, shown once, to print and cut."""
    by, at = request.actor, timezone.now()
    told = there(queries.survey_told(survey_id=survey_id, by=by, at=at))
    form = CodesForm(request.POST)
    codes = gained(
        form,
        lambda: services.give_out_codes(survey_id=survey_id, count=form.cleaned_data["count"], by=by, at=at),
    )
    context = {"told": told, "survey": told.survey, "form": form, "codes": codes, "origin": settings.ORIGIN}
    page = "surveys/codes.html" if codes else "surveys/show.html"
    return render(request, page, context, status=status(form))


@require_POST
@or_not_there
def close(request: ActorRequest, survey_id: UUID) -> HttpResponse:
    """Close a survey before its last day."""
    by, at = request.actor, timezone.now()
    done(request, lambda: services.close_survey(survey_id=survey_id, by=by, at=at), CLOSED)
    return redirect("surveys:show", survey_id)


@login_not_required
@require_http_methods(PAGE)
@never_cache
def answer(request: ActorRequest) -> HttpResponse:
    """Enter a code, answer, send. The code travels in the form alone: no address and no session knows it."""
    if request.method != "POST":
        return render(request, "surveys/code.html", {"form": CodeForm()})
    entered = CodeForm(request.POST)
    code = request.POST.get("code", "")
    is_patient = bool(ratelimit.consume(request, app="allauth.account", action="survey_code"))
    survey = queries.survey_of_code(code=code, at=timezone.now()) if is_patient else None
    if survey is None:
        if entered.is_valid():
            entered.add_error("code", USED if is_patient else TOO_MANY)
        return render(request, "surveys/code.html", {"form": entered}, status=status(entered))
    is_sent = "send" in request.POST
    form = SlipForm(request.POST if is_sent else None, outline=survey.version.outline)
    if is_sent and form.is_valid():
        try:
            services.answer_survey(survey_id=survey.pk, code=code, values=form.values, at=timezone.now())
            return render(request, "surveys/thanks.html", {"survey": survey})
        except Faults as unfit:
            form.blame(dict(unfit.faults))
        except Refused as refused:
            form.add_error(None, refused.advice)
    context = {"survey": survey, "form": form, "code": code}
    return render(request, "surveys/answer.html", context, status=status(form))


def _area(request: ActorRequest) -> Area:
    """The area that was chosen among those she leads; the first unless she has."""
    areas = list(areas_led_by(by=request.actor))
    chosen = [area for area in areas if str(area.pk) == request.GET.get("area")]
    return there(next(iter(chosen or areas), None))
