"""`haven work`: does the background work until it is stopped."""

import argparse
import logging
from importlib import import_module
from typing import cast

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from haven.access.actor import HAVEN
from haven.config.django_ready import make_ready


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(_args: argparse.Namespace) -> int:
    """Run the worker."""
    make_ready()
    _make_root_key()
    connector = cast(DjangoConnector, app.connector)
    with app.replace_connector(connector.get_worker_connector()):
        app.run_worker(concurrency=2)
    return 0


def _make_root_key() -> None:
    """An installation has its root key from its first start on. One that is lost is told, and the work goes on."""
    services, roots = import_module("haven.keys.services"), import_module("haven.keys.roots")
    clock = import_module("haven.ledger.clock")
    try:
        services.make_root(by=HAVEN, at=clock.now())
    except roots.RootKeyFault as fault:
        logging.getLogger(__name__).warning("%s", fault)
