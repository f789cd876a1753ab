"""`haven work`: does the background work until it is stopped."""

import argparse
from typing import cast

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from haven.config.django_ready import make_ready


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(_args: argparse.Namespace) -> int:
    """Run the worker."""
    make_ready()
    connector = cast(DjangoConnector, app.connector)
    with app.replace_connector(connector.get_worker_connector()):
        app.run_worker(concurrency=2)
    return 0
