"""What somebody herself must read: her list, a part page by page, what changed in it, and her signature."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.people.refusals import ActorRequest, granted, or_not_there, status
from haven.readings import services
from haven.readings.forms.rounds import PlaceForm, SignForm
from haven.readings.queries import own as owned
from haven.readings.queries import reading
from haven.readings.rules.signing import Way

PAGE = ["GET", "HEAD", "POST"]
SIGNED = "Signed. Thank you."
FURTHEST = 10_000


@require_safe
@or_not_there
def index(request: ActorRequest) -> HttpResponse:
    """What she must read, and what she has signed."""
    page = owned.own_page(by=request.actor, on=timezone.localdate())
    return render(request, "readings/own.html", {"page": page})


@require_safe
@or_not_there
def read(request: ActorRequest, part_id: UUID) -> HttpResponse:
    """A page of a part: where she goes on, or the one she asks for."""
    number = _number(request.GET.get("page"))
    page = reading.read_page(part_id=part_id, by=request.actor, on=timezone.localdate(), number=number)
    form = SignForm(statement=page.statement, way=Way.HAVEN)
    return render(request, "readings/read.html", {"page": page, "own": page.own, "part": page.own.part, "form": form})


@require_safe
@or_not_there
def changes(request: ActorRequest, part_id: UUID) -> HttpResponse:
    """Only what changed since she signed it; the whole part where that cannot be told."""
    page = reading.changes_page(part_id=part_id, by=request.actor, on=timezone.localdate())
    if page is None:
        return redirect("readings:read", part_id)
    form = SignForm(statement=page.statement, way=Way.CHANGES)
    context = {"page": page, "own": page.own, "part": page.own.part, "form": form, "is_changes": True}
    return render(request, "readings/changes.html", context)


@require_POST
@or_not_there
def keep_place(request: ActorRequest, part_id: UUID) -> HttpResponse:
    """Go on to the next page, and remember where she is."""
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return redirect("readings:read", part_id)
    typed = form.cleaned_data
    services.keep_place(part_id=part_id, place=typed["place"], by=request.actor, at=timezone.now())
    return redirect(f"{reverse('readings:read', args=[part_id])}?page={typed['page']}#text")


@require_http_methods(PAGE)
@or_not_there
def sign(request: ActorRequest, part_id: UUID) -> HttpResponse:
    """Sign a part: at the end of the text, or after reading it elsewhere."""
    by, at = request.actor, timezone.now()
    page = reading.part_to_sign(part_id=part_id, by=by, on=timezone.localdate(at))
    form = SignForm(request.POST or None, statement=page.statement, way=_way(request.POST.get("came_from")))
    if granted(form, lambda: services.sign(part_id=part_id, way=form.read_so, by=by, at=at)):
        messages.success(request, SIGNED)
        return redirect("readings:own")
    context = {"page": page, "own": page.own, "part": page.own.part, "form": form}
    context["came_from"] = request.POST.get("came_from", "")
    return render(request, "readings/sign.html", context, status=status(form))


def _way(came_from: str | None) -> Way | None:
    """Where she comes from the text itself, how she read it is known."""
    return {Way.HAVEN.value: Way.HAVEN, Way.CHANGES.value: Way.CHANGES}.get(came_from or "")


def _number(typed: str | None) -> int | None:
    return int(typed) if typed and typed.isdecimal() and 1 <= int(typed) <= FURTHEST else None
