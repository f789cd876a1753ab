"""What a school or an agency is asked, opened by a press, answered in parts."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from haven.access.decision import Refused
from haven.checks import services
from haven.checks.disclosure.requests import open_request
from haven.checks.forms.answering import AnswerForm, Typed, typed_in
from haven.checks.queries import boards
from haven.people.refusals import UNFIT, ActorRequest, or_not_there
from haven.signin.rules import confidential

TYPED_TOO = "You have written something: send it, or empty the boxes"
SENT = "Sent to the council. You can add to it at any time."
NOTHING_KNOWN, NOTHING_MORE = "We know nothing", "There is nothing new"
NOTHING = "The council has been told that you know nothing more."
SAVED = "Saved. The council sees nothing of it until you send it."


@confidential
@require_safe
@or_not_there
def requests(request: ActorRequest) -> HttpResponse:
    """What waits, and what was answered. No name stands here."""
    page = boards.requests(by=request.actor, at=request.now())
    return render(request, "checks/requests.html", {"page": page})


@confidential
@require_safe
@or_not_there
def request_page(request: ActorRequest, ask_id: UUID) -> HttpResponse:
    """One request, before it is opened."""
    line = boards.request_page(ask_id=ask_id, by=request.actor, at=request.now())
    return render(request, "checks/request.html", {"line": line})


@confidential
@require_POST
@or_not_there
def answer(request: ActorRequest, ask_id: UUID) -> HttpResponse:
    """Read the request; and, where she pressed it, keep what she wrote, send it, or say that nothing is known."""
    deed, typed = request.POST.get("deed", ""), typed_in(request.POST)
    faults = _kept(ask_id, typed, request) if deed in ("save", "send") else {}
    said = _done(deed, ask_id, typed, faults, request)
    page = open_request(ask_id=ask_id, by=request.actor, at=request.now())
    kept = {each.key: each.words for each in typed if each.key in faults or "" in faults}
    form = AnswerForm(page=page, kept=kept, faults=faults)
    boxes = [(each, form.box(each.key), page.last.get(each.key)) for each in page.answers]
    if said:
        messages.success(request, said)
    context = {"page": page, "form": form, "boxes": boxes, "nothing": NOTHING_MORE if page.more else NOTHING_KNOWN}
    return render(request, "checks/answer.html", context, status=UNFIT if faults else 200)


def _kept(ask_id: UUID, typed: list[Typed], request: ActorRequest) -> dict[str, str]:
    """Keep every box that holds something; what was refused, with why, by question."""
    faults = {}
    for each in typed:
        if not each.words.strip() and each.seen is None:
            continue
        try:
            services.save_part(
                part_id=each.part,
                ask_id=ask_id,
                key=each.key,
                words=each.words,
                seen=each.seen,
                by=request.actor,
                at=request.now(),
            )
        except Refused as refused:
            if not refused.advice:
                raise
            faults[each.key] = refused.advice
    return faults


def _done(deed: str, ask_id: UUID, typed: list[Typed], faults: dict[str, str], request: ActorRequest) -> str:
    """What was done, in words. What could not be goes among the faults."""
    if faults or deed not in ("save", "send", "nothing"):
        return ""
    if deed == "save":
        return SAVED
    try:
        if deed == "send":
            services.send_answer(ask_id=ask_id, by=request.actor, at=request.now())
            return SENT
        if any(each.words.strip() and each.seen is None for each in typed):
            faults[""] = TYPED_TOO
            return ""
        services.say_nothing_known(ask_id=ask_id, by=request.actor, at=request.now())
    except Refused as refused:
        if not refused.advice:
            raise
        faults[""] = refused.advice
        return ""
    return NOTHING
