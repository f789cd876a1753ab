"""After a recall of what was read: the place says what became of copies, the sender signs who had seen it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from haven.notifications import services
from haven.notifications.forms.breaches import CopiesForm, SignForm
from haven.notifications.queries.breaches import breach_at_place, seen_page
from haven.people.refusals import ActorRequest, granted, or_not_there, status
from haven.signin.rules import confidential

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
@confidential
@or_not_there
def copies(request: ActorRequest, breach_id: UUID) -> HttpResponse:
    """Say that every copy is destroyed, or that one is not."""
    by, at = request.actor, request.now()
    line, form = breach_at_place(breach_id=breach_id, by=by, at=at), CopiesForm(request.POST or None)
    if granted(form, lambda: services.confirm_copies(breach_id=breach_id, copies=form.answer, by=by, at=at)):
        messages.success(request, "Thank you. The sender sees that you said so.")
        return redirect("notifications:copies", breach_id)
    return render(request, "notifications/copies.html", {"line": line, "form": form}, status=status(form))


@require_http_methods(PAGE)
@confidential
@or_not_there
def seen(request: ActorRequest, delivery_id: UUID) -> HttpResponse:
    """Who at the place had seen it, to sign and to print."""
    by, at = request.actor, request.now()
    page, form = seen_page(delivery_id=delivery_id, by=by, at=at), SignForm(request.POST or None)
    breach, number = page.line.breach, lambda: form.cleaned_data["number"]
    if granted(form, lambda: services.sign_seen(breach_id=breach, number=number(), by=by, at=at)):
        messages.success(request, "Signed.")
        return redirect("notifications:seen-by", delivery_id)
    context = {"page": page, "line": page.line, "form": form}
    return render(request, "notifications/seen_by.html", context, status=status(form))
