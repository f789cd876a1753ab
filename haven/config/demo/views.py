"""Choosing whom to be."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from haven.config.demo.fairhaven import CAST
from haven.people.models import Person
from haven.signin.adapters.account import sign_in


@require_safe
@login_not_required
def cast(request: HttpRequest) -> HttpResponse:
    """The cast, each with what to try as her."""
    return render(request, "demo/cast.html", {"cast": CAST})


@require_POST
@login_not_required
def be(request: HttpRequest, key: str) -> HttpResponse:
    """Sign in as one of the cast with one click."""
    if key not in {member.key for member in CAST}:
        raise Http404
    person = Person.objects.get(email=f"{key}@example.org")
    sign_in(request, person, way="demo")
    return redirect("desk:home")
