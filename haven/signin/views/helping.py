"""Helping somebody who lost her second factor."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from haven.people.queries.posts import resettable_by
from haven.people.refusals import granted, or_not_there, status, there
from haven.signin import services
from haven.signin.forms import ResetFactorForm
from haven.signin.views.asking import fresh

DONE = "The second factor was taken off, and its holder is told by e-mail. At the next sign-in a new one is added."


@require_http_methods(["GET", "HEAD", "POST"])
@or_not_there
@fresh
def reset_factors(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Take off the second factors that somebody lost, and say how one made sure who asks."""
    now, by = timezone.now(), request.actor  # type: ignore[attr-defined]
    person = there(resettable_by(by=by, on=timezone.localdate(now)).filter(pk=person_id).first())
    form = ResetFactorForm(request.POST or None)

    def do() -> None:
        services.reset_factors(person_id=person_id, why=form.cleaned_data["why"], by=by, at=now)

    if granted(form, do):
        messages.success(request, DONE)
        return redirect("people:found")
    return render(request, "signin/reset_factors.html", {"form": form, "person": person}, status=status(form))
