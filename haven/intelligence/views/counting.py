"""What is told back to schools month by month, who takes part, and what an area sets."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from haven.engines.days.moments import local_day
from haven.intelligence import services
from haven.intelligence.disclosure.counts import month_told, taking_part
from haven.intelligence.forms.working import UnitForm
from haven.intelligence.queries.units import possible_units, setting_of, unit_of
from haven.intelligence.rules.counting import is_over, month_after, month_before
from haven.intelligence.rules.routing import Ways
from haven.intelligence.views.areas import area_of
from haven.people.queries import areas_led_by
from haven.people.refusals import ActorRequest, granted, or_not_there, status, there
from haven.signin.rules import confidential

PAGE = ["GET", "HEAD", "POST"]
SET = "Saved. It holds from now on."


@confidential
@require_safe
@or_not_there
def month(request: ActorRequest) -> HttpResponse:
    """What was told in a month, and what was made of it: counts that point at nobody."""
    area, areas = area_of(request)
    by, at = request.actor, request.now()
    first = _month(request.GET.get("month", ""), local_day(at))
    told = month_told(area=area.pk, first=first, by=by, at=at)
    after = month_after(first)
    context = {"told": told, "area": area, "areas": areas, "before": month_before(first)}
    context |= {"after": after if is_over(after, local_day(at)) else None}
    return render(request, "intelligence/month.html", context)


@confidential
@require_safe
@or_not_there
def schools(request: ActorRequest) -> HttpResponse:
    """Which schools take part."""
    area, areas = area_of(request)
    told = taking_part(area=area.pk, by=request.actor, at=request.now())
    return render(request, "intelligence/schools.html", {"told": told, "area": area, "areas": areas})


@confidential
@require_http_methods(PAGE)
@or_not_there
def settings(request: ActorRequest) -> HttpResponse:
    """Which organisation is the unit, and the words for the ways out of Haven."""
    by, at = request.actor, request.now()
    area = there(next(iter(areas_led_by(by=by)), None))
    setting, usual = setting_of(area=area.pk), Ways()
    start = {"organisation": setting.organisation_id or ""}
    start |= {"crime_words": setting.crime_words or usual.crime, "child_words": setting.child_words or usual.child}
    form = UnitForm(request.POST or None, initial=start, places=possible_units(area=area.pk, on=local_day(at)))
    if granted(form, lambda: services.set_unit(area=area.pk, **form.wanted, by=by, at=at)):
        messages.success(request, SET)
        return redirect("intelligence:settings")
    context = {"form": form, "area": area, "unit": unit_of(area=area.pk, on=local_day(at))}
    return render(request, "intelligence/settings.html", context, status=status(form))


def _month(wished: str, today: date) -> date:
    """The month that was asked for, where it is one that is over; else the last."""
    try:
        first = date.fromisoformat(f"{wished}-01")
    except ValueError:
        return month_before(today)
    return first if is_over(first, today) else month_before(today)
