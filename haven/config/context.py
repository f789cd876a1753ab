"""What every page may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """Who is signed in, and whether this is the demonstration."""
    return {"actor": getattr(request, "actor", None), "is_demo": settings.IS_DEMO}
