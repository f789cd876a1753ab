"""Pages that need no sign-in. They know nothing but what the public queries give."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from haven.bulletins.queries import public
from haven.digests.queries.public import public_digest, public_digests
from haven.portal.forms import SearchForm

A_PAGE = 20


@require_safe
@login_not_required
def index(request: HttpRequest) -> HttpResponse:
    """The public bulletins, newest first."""
    form = SearchForm(request.GET)
    number = form.page_number
    found = public.public_bulletins(
        sought=form.sought, start=(number - 1) * A_PAGE, size=A_PAGE, on=timezone.localdate()
    )
    page = Paginator(range(found.total), A_PAGE).get_page(number)
    return render(request, "portal/index.html", {"search": form, "lines": found.lines, "found": page})


@require_safe
@login_not_required
def show(request: HttpRequest, bulletin_id: UUID) -> HttpResponse:
    """One public bulletin."""
    page = public.public_bulletin(bulletin_id=bulletin_id, at=timezone.now())
    if page is None:
        raise Http404
    return render(request, "portal/show.html", {"page": page})


@require_safe
@login_not_required
def events(request: HttpRequest) -> HttpResponse:
    """What is on, from public bulletins."""
    return render(request, "portal/events.html", {"events": public.public_events(on=timezone.localdate())})


@require_safe
@login_not_required
def digests(request: HttpRequest) -> HttpResponse:
    """What changed in guidance, newest first."""
    return render(request, "portal/digests.html", {"found": public_digests(on=timezone.localdate())})


@require_safe
@login_not_required
def digest(request: HttpRequest, digest_id: UUID) -> HttpResponse:
    """What changed between two editions of a document, and what schools can do."""
    page = public_digest(digest_id=digest_id, at=timezone.now())
    if page is None:
        raise Http404
    return render(request, "portal/digest.html", {"page": page})
