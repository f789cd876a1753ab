"""`haven compare`: which words of a document changed between two editions."""

import argparse
import os
import sys
from importlib import import_module

from haven.config.terminal import content_of, print_bytes, printable, with_progress
from haven.engines.compare.safely import compare_safely, printed_safely
from haven.engines.documents.limits import LARGEST_EDITION
from haven.engines.documents.refusal import Unreadable


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument("old", metavar="OLD", help="the earlier edition: .pdf, .docx, .html, .md or .txt")
    parser.add_argument("new", metavar="NEW", help="the later edition, of the same or another of these kinds")
    parser.add_argument(
        "--json", action="store_true", help="print one JSON document (docs/reference/compare.schema.json)"
    )


def run(args: argparse.Namespace) -> int:
    """Compare the files and say what changed: 0, or 2 where one cannot be read."""
    try:
        old, new = ((os.path.basename(file), content_of(file, LARGEST_EDITION)) for file in (args.old, args.new))
        if args.json:
            print_bytes(with_progress(lambda: printed_safely(old, new), "Comparing") + b"\n")
            return 0
        comparison = with_progress(lambda: compare_safely(old, new), "Comparing")
    except Unreadable as refusal:
        sys.stderr.write(f"haven compare: {printable(_given(refusal, args))}: {printable(refusal.line)}\n")
        return 2
    import_module("haven.config.compare_tables").print_tables(comparison)
    return 0


def _given(refusal: Unreadable, args: argparse.Namespace) -> str:
    """The file that cannot be read, as it was given."""
    given = (args.old, args.new)
    return next((file for file in given if refusal.name in (file, os.path.basename(file))), " and ".join(given))
