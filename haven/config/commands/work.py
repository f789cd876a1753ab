"""`haven work`: does the background work until it is stopped."""

import argparse

from django.core.management import call_command

from haven.config.django_ready import make_ready


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(_args: argparse.Namespace) -> int:
    """Run the worker."""
    make_ready()
    call_command("procrastinate", "worker", "--concurrency", "2", verbosity=0)
    return 0
