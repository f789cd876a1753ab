"""What the council arranges for an area: term dates and clusters."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from haven.access.decision import Refused
from haven.people.forms import ClusterForm, PlaceForm, TermFormSet, blank_terms, problems_in, terms_in
from haven.people.queries.pages import area_page, cluster_page, terms_page
from haven.people.refusals import UNFIT, ActorRequest, granted, or_not_there, status, there
from haven.people.services.calendars import set_term_dates
from haven.people.services.clusters import leave_cluster, make_cluster, place_in_cluster


@require_http_methods(["GET", "HEAD", "POST"])
@or_not_there
def area(request: ActorRequest, area_id: UUID) -> HttpResponse:
    """An area's clusters and school years, and one more cluster."""
    now = timezone.now()
    page = there(area_page(area_id=area_id, by=request.actor, on=timezone.localdate(now)))
    form = ClusterForm(request.POST or None)

    def do() -> None:
        make_cluster(area_id=area_id, name=form.cleaned_data["name"], by=request.actor, at=now)

    if granted(form, do):
        messages.success(request, "The cluster has been made. Put schools into it below.")
        return redirect("people:area", area_id)
    return render(request, "people/area.html", {"form": form, "page": page}, status=status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@or_not_there
def terms(request: ActorRequest, area_id: UUID, school_year: int) -> HttpResponse:
    """The terms of one school year."""
    place, rows = there(terms_page(area_id=area_id, school_year=school_year, by=request.actor, on=timezone.localdate()))
    known = [{"name": row.name, "starts_on": row.starts_on, "ends_on": row.ends_on} for row in rows]
    forms = TermFormSet(request.POST or None, initial=known or blank_terms(), prefix="term")
    advice = ""
    if forms.is_bound and forms.is_valid():
        try:
            year = {"area_id": area_id, "school_year": school_year}
            set_term_dates(terms=terms_in(forms), by=request.actor, at=timezone.now(), **year)  # type: ignore[arg-type]
        except Refused as refused:
            advice = refused.advice
        else:
            messages.success(request, "The term dates have been set.")
            return redirect("people:area", area_id)
    problems = problems_in(forms, advice) if forms.is_bound else []
    context = {"forms": forms, "area": place, "year": school_year, "problems": problems}
    return render(request, "people/terms.html", context, status=UNFIT if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@or_not_there
def cluster(request: ActorRequest, cluster_id: UUID) -> HttpResponse:
    """A cluster's schools, and one more."""
    now = timezone.now()
    page = there(cluster_page(cluster_id=cluster_id, by=request.actor, on=timezone.localdate(now)))
    form = PlaceForm(request.POST or None, schools=page.others)

    def do() -> None:
        school = form.cleaned_data["organisation"].pk
        place_in_cluster(cluster_id=cluster_id, organisation_id=school, by=request.actor, at=now)

    if granted(form, do):
        return redirect("people:cluster", cluster_id)
    return render(request, "people/cluster.html", {"form": form, "page": page}, status=status(form))


@require_POST
@or_not_there
def leave(request: ActorRequest, cluster_id: UUID, organisation_id: UUID) -> HttpResponse:
    """Take a school out of a cluster."""
    leave_cluster(cluster_id=cluster_id, organisation_id=organisation_id, by=request.actor, at=timezone.now())
    return redirect("people:cluster", cluster_id)
