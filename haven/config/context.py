"""What every page may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from haven.config.navigation import navigation


def page(request: HttpRequest) -> dict[str, Any]:
    """Who is signed in, the menu, and whether this is the demonstration."""
    actor = getattr(request, "actor", None)
    entries = navigation(actor, request.path)
    return {
        "actor": actor,
        "navigation": [entry for entry in entries if not entry.is_apart],
        "apart": [entry for entry in entries if entry.is_apart],
        "is_demo": settings.IS_DEMO,
    }
