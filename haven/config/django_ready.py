"""Django, set up for a command that needs it."""

import os

import django


def make_ready() -> None:
    """Load settings and apps. Call it before importing anything with models."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haven.config.settings")
    django.setup()
