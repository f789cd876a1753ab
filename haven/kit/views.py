"""The gallery."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from haven.kit.gallery import samples


@require_safe
@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Every part of a page in every state. It says nothing of anybody, so anybody may look."""
    return render(request, "kit/gallery.html", samples())
