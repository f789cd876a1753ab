"""A trust at the audits of its schools."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.access.decision import Refused
from haven.audits import services
from haven.audits.forms.filled import again, touched_in
from haven.audits.queries import trusts
from haven.people.refusals import UNFIT, ActorRequest, done, or_not_there, there

PAGE = ["GET", "HEAD", "POST"]
HANDED_OUT = "Handed out. It stands ready in {count} of your schools’ audits, and in the others when they begin."


@require_safe
@or_not_there
def index(request: ActorRequest) -> HttpResponse:
    """How far the trust's schools are."""
    return render(request, "audits/trust.html", {"cycles": trusts.trust_cycles(by=request.actor, at=timezone.now())})


@require_POST
@or_not_there
def begin(request: ActorRequest, cycle_id: UUID, trust_id: UUID) -> HttpResponse:
    """Begin to answer for all of its schools."""
    by, at = request.actor, timezone.now()
    try:
        prepared = services.begin_trust_sheet(cycle_id=cycle_id, trust_id=trust_id, by=by, at=at)
    except Refused as refused:
        if not refused.advice:
            raise
        messages.error(request, refused.advice)
        return redirect("audits:trust")
    return redirect("audits:trust-sheet", prepared.pk)


@require_safe
@or_not_there
def sheet(request: ActorRequest, trust_sheet_id: UUID) -> HttpResponse:
    """What a trust prepares, section by section."""
    by, at = request.actor, timezone.now()
    page = there(trusts.preparing(trust_sheet_id=trust_sheet_id, key="", typed={}, by=by, at=at))
    return render(request, "audits/trust_sheet.html", {"page": page})


@require_http_methods(PAGE)
@or_not_there
def section(request: ActorRequest, trust_sheet_id: UUID, key: str) -> HttpResponse:
    """One section of it. What a trust leaves out, each school answers by itself."""
    by, at = request.actor, timezone.now()
    page = there(trusts.preparing(trust_sheet_id=trust_sheet_id, key=key, typed={}, by=by, at=at))
    if request.method != "POST" or page.section is None:
        return render(request, "audits/trust_section.html", {"page": page})
    touched = touched_in(page.section, request.POST)
    try:
        saved = services.save_trust_answers(trust_sheet_id=trust_sheet_id, typed=touched.typed, by=by, at=at)
    except Refused as refused:
        if not refused.advice:
            raise
        messages.error(request, refused.advice)
        return redirect("audits:trust-sheet", trust_sheet_id)
    if faults := touched.faults | {name: each.fault for name, each in saved.items() if each.fault}:
        typed = again({name: touched.fields[name] for name in faults}, faults)
        page = there(trusts.preparing(trust_sheet_id=trust_sheet_id, key=key, typed=typed, by=by, at=at))
        return render(request, "audits/trust_section.html", {"page": page}, status=UNFIT)
    if page.after is None or "stay" in request.POST:
        return redirect("audits:trust-sheet", trust_sheet_id)
    return redirect("audits:trust-section", trust_sheet_id, page.after.key)


@require_POST
@or_not_there
def hand_out(request: ActorRequest, trust_sheet_id: UUID) -> HttpResponse:
    """Let it stand ready in the schools' returns."""
    by, at = request.actor, timezone.now()
    counted: list[int] = []
    if done(request, lambda: counted.append(services.hand_out(trust_sheet_id=trust_sheet_id, by=by, at=at))):
        messages.success(request, HANDED_OUT.format(count=counted[0]))
    return redirect("audits:trust-sheet", trust_sheet_id)
