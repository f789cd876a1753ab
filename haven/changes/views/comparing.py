"""What changed between two editions, change by change, and what a lead makes of each."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.actions.queries.audiences import asking_as
from haven.changes import services
from haven.changes.forms.comparing import (
    KINDS,
    SIDES,
    ActionForm,
    ChooseForm,
    JudgeForm,
    LookForm,
    first_choice,
    first_wish,
)
from haven.changes.models import VERDICT_CHOICES
from haven.changes.queries import comparing
from haven.changes.queries.beside import told_beside
from haven.changes.queries.comparing import ChangePage, ComparisonPage
from haven.changes.queries.hanging import with_what_hangs
from haven.changes.queries.told import ChangeLine
from haven.changes.rules.comparing import CONCERNS, JUDGED, Verdict
from haven.people.models import Area
from haven.people.refusals import ActorRequest, granted, or_not_there, status, there

PAGE = ["GET", "HEAD", "POST"]
VERDICT_WAYS = {"verdicts": VERDICT_CHOICES}


@require_http_methods(PAGE)
@or_not_there
def compare(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """Choose two editions of a document, and see what changed."""
    by, at = request.actor, timezone.now()
    chosen = comparing.editions_to_compare(document_id=document_id, by=by)
    sent = request.POST if request.method == "POST" else None
    form = ChooseForm(sent, editions=chosen.editions, initial=first_choice(chosen.editions, _uuid(request)))
    if granted(form, lambda: services.keep_comparison(**_named(form), by=by, at=at)):
        return redirect("changes:comparison", *form.chosen)
    context = {"form": form, "document": chosen.document, "editions": chosen.editions}
    return render(request, "changes/compare.html", context, status=status(form))


@require_safe
@or_not_there
def comparison(request: ActorRequest, old_id: UUID, new_id: UUID) -> HttpResponse:
    """Every change between two editions: a picture of where they lie, then the changes in order."""
    look = LookForm(request.GET)
    if waits := _waited_for(request, old_id=old_id, new_id=new_id):
        return waits
    page = comparing.comparison_page(old_id=old_id, new_id=new_id, by=request.actor, looked=look.looked)
    lines = _hung(page.lines, page, request)
    context = {"page": page, "lines": lines, "look": look, "ways": _ways(look, page), "old": page.old, "new": page.new}
    area = page.area.pk if page.area else None
    beside = told_beside(old=old_id, new=new_id, by=request.actor, area=area)
    return render(request, "changes/comparison.html", context | VERDICT_WAYS | {"beside": beside})


@require_safe
@or_not_there
def change(request: ActorRequest, old_id: UUID, new_id: UUID, ref: str) -> HttpResponse:
    """One change by itself: its lasting address."""
    waits = _waited_for(request, old_id=old_id, new_id=new_id)
    return waits or _one(request, LookForm(request.GET), old_id, new_id, ref, None)


@require_POST
@or_not_there
def judge(request: ActorRequest, old_id: UUID, new_id: UUID, ref: str) -> HttpResponse:
    """Say what a change means for an area, and go on to the next."""
    by, at = request.actor, timezone.now()
    look, form = LookForm(request.GET), JudgeForm(request.POST)
    if not by.leads:
        raise Refused(Reason.NOT_THE_ROLE)
    if not granted(
        form,
        lambda: services.judge_change(
            old_id=old_id,
            new_id=new_id,
            ref=ref,
            area_id=form.cleaned_data["area"],
            verdict=form.says,
            words=form.cleaned_data["words"],
            by=by,
            at=at,
        ),
    ):
        return _one(request, look, old_id, new_id, ref, form)
    if form.cleaned_data["is_alone"]:
        return redirect("changes:change", old_id, new_id, ref)
    onwards = (form.cleaned_data["following"] or ref) if "judged" in look.typed else ref
    query = f"?{look.query}" if look.query else ""
    return redirect(f"{reverse('changes:comparison', args=[old_id, new_id])}{query}#c-{onwards}")


@require_http_methods(PAGE)
@or_not_there
def ask(request: ActorRequest, old_id: UUID, new_id: UUID, ref: str) -> HttpResponse:
    """Ask schools for what a change means for them."""
    by, at = request.actor, timezone.now()
    place: dict[str, Any] = {"old_id": old_id, "new_id": new_id, "ref": ref}
    page = comparing.change_to_ask(**place, by=by, area_id=LookForm(request.GET).looked.area)
    area, judgement = there(page.area), page.line.judgement
    if judgement is None or judgement.says is not Verdict.ACTION or judgement.action:
        return redirect("changes:change", old_id, new_id, ref)
    sent, today = request.POST if request.method == "POST" else None, timezone.localdate()
    form = ActionForm(sent, area=area, on=today, initial=first_wish(judgement, page.new, today))
    if granted(form, lambda: services.ask_for_change(**place, **_wish(form, area, by), by=by, at=at)):
        messages.success(request, "Asked. Each school has it on its list.")
        return redirect("changes:change", old_id, new_id, ref)
    context = {"form": form, "page": page, "line": page.line, "area": area, "old": page.old, "new": page.new}
    return render(request, "changes/ask.html", context, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def ask_clause(request: ActorRequest, edition_id: UUID, place: int) -> HttpResponse:
    """Ask schools for what a clause means for them, whether it changed or not."""
    by, at = request.actor, timezone.now()
    area_id = LookForm(request.GET).looked.area
    clause, area = comparing.clause_to_ask(edition_id=edition_id, place=place, by=by, area_id=area_id)
    form = ActionForm(request.POST or None, area=area, on=timezone.localdate())
    stands: dict[str, Any] = {"edition_id": edition_id, "place": place}
    if granted(form, lambda: services.ask_for_clause(**stands, **_wish(form, area, by), by=by, at=at)):
        messages.success(request, "Asked. Each school has it on its list.")
        return redirect("guidance:thread", edition_id, place)
    context = {"form": form, "clause": clause, "edition": clause.edition, "area": area}
    return render(request, "changes/ask_clause.html", context, status=status(form))


def _waited_for(request: ActorRequest, *, old_id: UUID, new_id: UUID) -> HttpResponse | None:
    """While two long editions are compared in the background, the page that says so."""
    by, at = request.actor, timezone.now()
    old, new = comparing.editions_compared(old_id=old_id, new_id=new_id, by=by)
    if comparing.is_at_hand(old=old, new=new):
        return None
    services.ask_for_comparison(old_id=old_id, new_id=new_id, by=by, at=at)
    return render(request, "changes/wait.html", {"old": old, "new": new})


def _wish(form: ActionForm, area: Area, by: Actor) -> dict[str, Any]:
    return {"area_id": area.pk, "wanted": form.wanted(asked_by=asking_as(area=area.pk, by=by))}


def _one(
    request: ActorRequest, look: LookForm, old_id: UUID, new_id: UUID, ref: str, form: JudgeForm | None
) -> HttpResponse:
    by, area = request.actor, look.typed.get("area")
    page = comparing.change_page(old_id=old_id, new_id=new_id, ref=ref, by=by, area_id=area)
    (line,) = _hung([page.line], page, request)
    context = {"page": page, "line": line, "look": look, "form": form, "old": page.old, "new": page.new}
    answer = status(form) if form else 200
    return render(request, "changes/change.html", context | VERDICT_WAYS, status=answer)


def _hung(
    lines: Sequence[ChangeLine], page: ComparisonPage | ChangePage, request: ActorRequest
) -> tuple[ChangeLine, ...]:
    document = page.new.document
    return with_what_hangs(lines, document=document, by=request.actor, on=timezone.localdate())


def _ways(look: LookForm, page: ComparisonPage) -> dict[str, object]:
    areas = {str(each.pk): each.name for each in page.areas}
    return {
        "kinds": look.ways("kind", KINDS, page.kinds),
        "judged": look.ways("judged", JUDGED, [each for each in page.judged if each[1]]),
        "concerns": look.ways("concern", CONCERNS, page.concerns),
        "views": [look.way_back("view", "In one text"), *look.ways("view", {SIDES: "Side by side"}, [(SIDES, None)])],
        "areas": look.ways("area", areas, [(each, None) for each in areas]) if len(areas) > 1 else [],
    }


def _named(form: ChooseForm) -> dict[str, UUID]:
    old, new = form.chosen
    return {"old_id": old, "new_id": new}


def _uuid(request: ActorRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("new", ""))
    except ValueError:
        return None
