"""`haven audits recount`: counts again what schools answered and sent, where `haven check` finds the counts amiss."""

import argparse
import sys
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from haven.access.actor import HAVEN
from haven.config.database.cluster import NoDatabase
from haven.config.installation import installation
from haven.config.watched import watched


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with audits."""
    parser.add_argument("verb", choices=["recount"], help="count again what is kept counted")


def run(_: argparse.Namespace) -> int:
    """Count, and say how much was amiss: 0, or 2 where the database does not answer."""
    try:
        with installation():
            found = watched(_recounted, "Counting")
    except NoDatabase as fault:
        sys.stderr.write(f"haven audits: {fault}\n")
        return 2
    sys.stdout.write(
        f"{found.sheets} answer sheets were amiss and are counted again; {found.counts} counts made anew\n"
    )
    return 0


def _recounted() -> Any:
    services = import_module("haven.audits.services")  # late: it needs Django made ready
    return services.recount(by=HAVEN, at=datetime.now(UTC))
