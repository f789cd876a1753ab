"""A school at its return: the overview, beginning, and one section after the other."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.access.decision import Reason, Refused
from haven.actions.queries.pages import draft
from haven.actions.services import discard_draft, save_draft
from haven.audits import services
from haven.audits.forms.filled import again, flat, number, touched_in, with_days
from haven.audits.queries import answering
from haven.audits.queries.answering import SectionPage
from haven.people.refusals import UNFIT, ActorRequest, done, or_not_there, there
from haven.questions.queries.asking import Typed as Again
from haven.questions.queries.telling import said_typed
from haven.questions.rules.clashing import Saving
from haven.questions.rules.filling import entry_of, fields_typed
from haven.questions.services.answering import Saved

PAGE = ["GET", "HEAD", "POST"]
CAME_BETWEEN = frozenset({Reason.WRONG_STATE})
KEPT = "What you wrote is kept. It stands at the end of this page, and comes back if the audit is opened again."


@require_safe
@or_not_there
def overview(request: ActorRequest, return_id: UUID) -> HttpResponse:
    """A return at a glance; what Haven knows by now is put in first."""
    by, at = request.actor, timezone.now()
    services.refresh_known(return_id=return_id, by=by, at=at)
    page = answering.overview(return_id=return_id, by=by, at=at)
    return render(request, "audits/return.html", {"page": page, "of": page.of, "head": page.head})


@require_POST
@or_not_there
def begin(request: ActorRequest, return_id: UUID) -> HttpResponse:
    """Open the school's sheet. Pressed twice, it is opened once."""
    by, at = request.actor, timezone.now()
    done(request, lambda: services.begin_return(return_id=return_id, by=by, at=at))
    return redirect("audits:return", return_id)


@require_POST
@or_not_there
def kind(request: ActorRequest, return_id: UUID) -> HttpResponse:
    """Say what kind of school it is."""
    by, at = request.actor, timezone.now()
    traits = request.POST.getlist("traits")
    said = "Kept. You are asked what concerns a school like yours."
    done(request, lambda: services.say_school_traits(return_id=return_id, traits=traits, by=by, at=at), said)
    return redirect("audits:return", return_id)


@require_http_methods(PAGE)
@or_not_there
def section(request: ActorRequest, return_id: UUID, key: str) -> HttpResponse:
    """One section: answered as a whole form, where the page does not save each answer by itself."""
    by, at = request.actor, timezone.now()
    place = f"audit/{return_id}/{key}"
    kept = fields_typed(draft(place=place, by=by).items())
    page = _page(request, return_id, key, again(kept, {}), at)
    if request.method != "POST":
        return _shown(request, page, kept)
    touched = touched_in(page.section, request.POST)
    days = answering.days_standing(sheet_id=page.of.sheet_id, questions=touched.faults) if touched.faults else {}
    typed = with_days(touched, days)
    try:
        saved = services.save_return(return_id=return_id, typed=typed, by=by, at=at) if typed else {}
    except Refused as refused:
        if refused.reason not in CAME_BETWEEN or not refused.advice:
            raise
        save_draft(place=place, fields=flat(touched.fields), by=by, at=at)
        messages.error(request, f"{refused.advice} {KEPT}")
        return redirect("audits:section", return_id, key)
    if kept:
        discard_draft(place=place, by=by, at=at)
    faults = touched.faults | {key: each.fault for key, each in saved.items() if each.fault}
    if faults:
        wrong = {key: touched.fields[key] for key in faults}
        return _shown(request, _page(request, return_id, key, again(wrong, faults), at), {}, status=UNFIT)
    return _onward(request, page, saved)


def _page(request: ActorRequest, return_id: UUID, key: str, again: dict[str, Again], at: datetime) -> SectionPage:
    return there(answering.section_page(return_id=return_id, key=key, typed=again, by=request.actor, at=at))


def _shown(
    request: ActorRequest, page: SectionPage, kept: Mapping[str, dict[str, str]], status: int = 200
) -> HttpResponse:
    known = {question.key: question for question in page.section.questions}
    unsent = [said_typed(known[key], entry_of(known[key], own).entry) for key, own in kept.items() if key in known]
    context = {"page": page, "of": page.of, "head": page.head, "unsent": unsent, "person": request.actor.person}
    return render(request, "audits/section.html", context, status=status)


def _onward(request: ActorRequest, page: SectionPage, saved: Mapping[str, Saved]) -> HttpResponse:
    """Do what the pressed button says besides saving, and go where it leads."""
    by, at, return_id = request.actor, timezone.now(), page.of.pk
    here = reverse("audits:section", args=[return_id, page.section.key])
    if "confirm" in request.POST or "confirm-all" in request.POST:
        return redirect(_confirmed(request, page, here))
    if "choose" in request.POST:
        wording, _, way = request.POST["choose"].partition(".")
        takes = way == "takes"
        answer = services.choose_wording(return_id=return_id, wording_id=number(wording), takes_it=takes, by=by, at=at)
        return redirect(f"{here}#q-{answer.question}")
    if "evidence" in request.POST:
        return redirect("audits:evidence", return_id, request.POST["evidence"])
    if beside := [key for key, each in saved.items() if each.saving is Saving.BESIDE]:
        messages.info(request, "Somebody else wrote at the same time. Both wordings are kept: choose which one stands.")
        return redirect(f"{here}#q-{beside[0]}")
    if "stay" in request.POST:
        messages.success(request, "Saved.")
        return redirect(here)
    if page.after is None:
        return redirect("audits:return", return_id)
    return redirect("audits:section", return_id, page.after.key)


def _confirmed(request: ActorRequest, page: SectionPage, here: str) -> str:
    """Confirm one answer, or all that were shown to stand ready, and lead to the next that does."""
    shown = {each.key: each.seen for each in page.ready}
    pressed = request.POST.get("confirm", "")
    wanted = [pressed] if pressed else list(shown)
    typed = fields_typed((name, str(request.POST[name])) for name in request.POST)
    seen = {key: number(typed.get(key, {}).get("seen", "")) for key in wanted}
    by, at = request.actor, timezone.now()
    keys = answering.still_waiting(return_id=page.of.pk, seen=seen, by=by)
    done(request, lambda: services.confirm_known(return_id=page.of.pk, keys=keys, by=by, at=at))
    order = list(shown)
    following = order[order.index(pressed) + 1 :] if pressed in order else []
    return f"{here}#q-{following[0] if following else pressed}" if pressed else here
