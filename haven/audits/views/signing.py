"""Signing a return, opening it again, and the receipt."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from haven.audits import services
from haven.audits.forms.signing import ReopenForm, SignForm
from haven.audits.queries.copies import copies_seen, receipt_page
from haven.audits.queries.heads import head_of
from haven.audits.queries.signing import SignPage, reopening, sign_page
from haven.audits.rules.life import State
from haven.audits.rules.signing import DECLARATION
from haven.people.refusals import ActorRequest, gained, or_not_there, status

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
@or_not_there
def sign(request: ActorRequest, return_id: UUID) -> HttpResponse:
    """What is signed, who has signed it, and the one button."""
    by, at = request.actor, timezone.now()
    form = SignForm(request.POST or None)
    if gained(form, lambda: services.sign_return(return_id=return_id, by=by, at=at, **form.cleaned_data)):
        page = sign_page(return_id=return_id, by=by, at=at)
        messages.success(request, _signed(page))
        return redirect("audits:sign" if page.next else "audits:receipt", return_id)
    page = sign_page(return_id=return_id, by=by, at=at)
    context = {"page": page, "of": page.of, "form": form, "declaration": DECLARATION}
    context |= {"head": head_of(page.of, by=by, on=timezone.localdate(at))}
    return render(request, "audits/sign.html", context, status=status(form))


@require_http_methods(PAGE)
@or_not_there
def reopen(request: ActorRequest, return_id: UUID) -> HttpResponse:
    """Open a signed or sent return again, with a reason."""
    by, at = request.actor, timezone.now()
    of = reopening(return_id=return_id, by=by)
    form = ReopenForm(request.POST or None)
    if gained(form, lambda: services.reopen_return(return_id=return_id, why=form.cleaned_data["why"], by=by, at=at)):
        messages.success(request, "It is open again. When everything is right, sign it anew from the first step.")
        return redirect("audits:sign", return_id)
    context = {"of": of, "form": form, "was_sent": of.state == State.SUBMITTED}
    context |= {"head": head_of(of, by=by, on=timezone.localdate(at))}
    return render(request, "audits/reopen.html", context, status=status(form))


@require_safe
@or_not_there
def receipt(request: ActorRequest, return_id: UUID) -> HttpResponse:
    """That it was sent: its reference, when, by whom, and the digest."""
    page = receipt_page(return_id=return_id, by=request.actor)
    head = head_of(page.of, by=request.actor, on=timezone.localdate())
    copies = copies_seen(page.of, request.actor)
    return render(request, "audits/receipt.html", {"page": page, "of": page.of, "head": head, "copies": copies})


def _signed(page: SignPage) -> str:
    if page.waits_for is None:
        return f"You have signed it, and it has been sent to {page.of.cycle.area.name}."
    return f"You have signed it. This person signs next: {page.waits_for.whose.lower()}. Haven tells them."
