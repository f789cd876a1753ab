"""Asking: who it is about, then what is asked of whom."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from haven.checks import services
from haven.checks.disclosure.children import names_of
from haven.checks.forms.asking import AskForm, ChildForm, NewChildForm
from haven.checks.queries.agencies import areas_asked_in, offers
from haven.checks.queries.boards import check_page
from haven.checks.queries.settings import prompts, settings_of
from haven.checks.rules.bands import Band
from haven.engines.days.moments import local_day
from haven.people.queries import schools_of
from haven.people.refusals import UNFIT, ActorRequest, gained, or_not_there, status
from haven.signin.rules import confidential
from haven.subjects.disclosure.finding import find
from haven.subjects.disclosure.recording import Purpose
from haven.subjects.rules.bases import Flow

PAGE = ["GET", "HEAD", "POST"]
FOR_A_CHECK = "to ask schools and agencies in a MASH check"


@confidential
@require_http_methods(PAGE)
@or_not_there
def find_child(request: ActorRequest) -> HttpResponse:
    """Look the child up by name and birth date. That it was looked up is written down."""
    areas = _areas(request)
    form = ChildForm(request.POST if "last_name" in request.POST else None, areas=areas)
    purpose = Purpose(Flow.LOOKED_UP, FOR_A_CHECK)
    by, at = request.actor, request.now()
    found = gained(form, lambda: find(area=form.area_chosen, identity=form.identity, purpose=purpose, by=by, at=at))
    chosen = _chosen(request)
    context = {"form": form, "found": found, "chosen": chosen, "new": _again(form, request, areas, found)}
    return render(request, "checks/find.html", context, status=status(form))


@confidential
@require_http_methods(["POST"])
@or_not_there
def add_child(request: ActorRequest) -> HttpResponse:
    """Add a child whom the look-up did not find, and go on to the questions."""
    areas = _areas(request)
    form = NewChildForm(request.POST, areas=areas, schools=_schools(request, areas))
    by, at = request.actor, request.now()
    made = gained(
        form,
        lambda: services.add_child(
            area=form.area_chosen, identity=form.identity, school=form.school_chosen, by=by, at=at
        ),
    )
    if made is None:
        context = {"form": form, "chosen": _chosen(request)}
        return render(request, "checks/add_child.html", context, status=UNFIT)
    return _ask_page(request, form.area_chosen, [*_chosen(request), made], None)


@confidential
@require_http_methods(PAGE)
@or_not_there
def about(request: ActorRequest) -> HttpResponse:
    """What is asked about the children who were chosen, and of whom."""
    if request.method != "POST":
        return redirect("checks:ask")
    areas = dict(_areas(request))
    area = next((pk for pk in areas if str(pk) == request.POST.get("area")), None)
    if area is None or not _chosen(request):
        return redirect("checks:ask")
    return _ask_page(request, area, _chosen(request), request.POST if "reference" in request.POST else None)


def _ask_page(request: ActorRequest, area: UUID, children: Sequence[UUID], data: QueryDict | None) -> HttpResponse:
    by, at = request.actor, request.now()
    setting = settings_of(area=area)
    form = AskForm(
        data,
        children=children,
        offers=offers(children=children, area=area, by=by, at=at),
        prompts=prompts(),
        hours={band: setting.hours_of(band) for band in Band},
        schools=schools_of(area=area, on=local_day(at)).order_by("name"),
        on=local_day(at),
    )
    sent = gained(form, lambda: services.ask(new=form.asked(area=area), by=by, at=at))
    if sent is not None:
        messages.success(request, _told(sent.pk, request))
        return redirect("checks:check", sent.pk)
    named = names_of(children=children, by=by, at=at)
    form.name_children({each.subject: each.name for each in named})
    context = {"form": form, "children": named, "chosen": children, "area": area}
    return render(request, "checks/ask.html", context, status=status(form))


def _told(check: UUID, request: ActorRequest) -> str:
    line = check_page(check_id=check, by=request.actor, at=request.now()).line
    again = [each for each in line.asks if each.is_again]
    answered = " and ".join(each.agency for each in again if each.has_answered)
    awaited = [each.agency for each in again if not each.has_answered]
    said = ["Asked."]
    if answered:
        said.append(f"{answered} answered before: open it to read the earlier answer.")
    if awaited:
        asked = f"{' and '.join(awaited)} {'was' if len(awaited) == 1 else 'were'} asked before"
        said.append(f"{asked} and {'has' if len(awaited) == 1 else 'have'} not answered yet.")
    return " ".join(said)


def _areas(request: ActorRequest) -> list[tuple[UUID, str]]:
    areas = areas_asked_in(by=request.actor)
    if not areas:
        raise Http404
    return areas


def _schools(request: ActorRequest, areas: Sequence[tuple[UUID, str]]) -> object:
    chosen = next((pk for pk, _ in areas if str(pk) == request.POST.get("area")), areas[0][0])
    return schools_of(area=chosen, on=local_day(request.now())).order_by("name")


def _again(form: ChildForm, request: ActorRequest, areas: Sequence[tuple[UUID, str]], found: object) -> object:
    """Where nobody, or somebody else, was found: the same words, to add her by."""
    if found is None:
        return None
    new = NewChildForm(None, areas=areas, schools=_schools(request, areas))
    new.initial = {**new.initial, **form.cleaned_data}
    return new


def _chosen(request: ActorRequest) -> list[UUID]:
    """The children whom she has chosen so far."""
    found = []
    for each in request.POST.getlist("child"):
        try:
            found.append(UUID(each))
        except ValueError:
            raise Http404 from None
    return sorted(set(found))
