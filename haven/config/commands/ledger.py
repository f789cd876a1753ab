"""`haven ledger verify`: recomputes the whole ledger and names the first entry that does not hold."""

import argparse
import json
import sys
from importlib import import_module

from haven.config.django_ready import make_ready


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with the ledger."""
    parser.add_argument("verb", choices=["verify"], help="recompute every entry")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    """Exit status 0 where every entry holds, 1 where one does not."""
    make_ready()
    verdict = import_module("haven.ledger.queries").verified()
    if args.json:
        told = {"holds": verdict.holds, "entries": verdict.entries, "erased": verdict.erased}
        sys.stdout.write(json.dumps(told | {"first_bad": verdict.first_bad, "why": verdict.why}) + "\n")
    elif verdict.holds:
        sys.stdout.write(f"{verdict.entries} entries, {verdict.erased} erased under a rule: {verdict.why}\n")
    else:
        sys.stdout.write(f"entry {verdict.first_bad} does not hold: {verdict.why}\n")
    return 0 if verdict.holds else 1
