"""`haven ledger verify`: recomputes the whole ledger and names the first entry that does not hold."""

import argparse
import json
import logging
import sys
from importlib import import_module

from django.db.utils import OperationalError

from haven.config.django_ready import make_ready


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with the ledger."""
    parser.add_argument("verb", choices=["verify"], help="recompute every entry")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    """Exit status 0 where every entry holds, 1 where one does not."""
    make_ready()
    logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)  # one line says it, not ten
    try:
        verdict = import_module("haven.ledger.queries").verified()
    except OperationalError:
        sys.stderr.write("haven ledger: the database does not answer: start Haven, or look at HAVEN_HOME\n")
        return 2
    if args.json:
        told = {"holds": verdict.holds, "entries": verdict.entries, "erased": verdict.erased}
        sys.stdout.write(json.dumps(told | {"first_bad": verdict.first_bad, "why": verdict.why}) + "\n")
    elif verdict.holds:
        sys.stdout.write(f"{verdict.entries} entries, {verdict.erased} erased under a rule: {verdict.why}\n")
    else:
        sys.stdout.write(f"entry {verdict.first_bad} does not hold: {verdict.why}\n")
    return 0 if verdict.holds else 1
