"""`haven compare`: which words of a document changed between two editions."""

import argparse
import os
import sys
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from haven.config.terminal import content_of, printable, with_progress
from haven.engines.compare.safely import compare_safely, printed_safely
from haven.engines.documents.limits import LARGEST_EDITION
from haven.engines.documents.refusal import Unreadable

if TYPE_CHECKING:  # loaded only once there is something to print
    from haven.engines.compare.changes import Comparison

_REPORT = "haven.engines.compare.report"
_TABLE = "haven.engines.compare.spreadsheet"
_TABLES = "haven.config.compare_tables"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument("old", metavar="OLD", help="the earlier edition: .pdf, .docx, .html, .md or .txt")
    parser.add_argument("new", metavar="NEW", help="the later edition, of the same or another of these kinds")
    parser.add_argument(
        "--json", action="store_true", help="print one JSON document (docs/reference/compare.schema.json)"
    )
    parser.add_argument("--html", metavar="FILE", help="write a page to read, send and print; - for standard output")
    parser.add_argument("--csv", metavar="FILE", help="write a table for a spreadsheet; - for standard output")
    parser.add_argument("--all", action="store_true", help="print every change, however many there are")


def run(args: argparse.Namespace) -> int:
    """Compare the files and say what changed: 0, or 2 where one cannot be read or written."""
    outputs = import_module("haven.config.outputs")
    try:
        _check_places(args)
        old, new = ((os.path.basename(file), content_of(file, LARGEST_EDITION)) for file in (args.old, args.new))
        if args.json and not (args.html or args.csv):
            outputs.print_whole(with_progress(lambda: printed_safely(old, new), "Comparing") + b"\n")
        else:
            _give(args, with_progress(lambda: compare_safely(old, new, partial(_load_outputs, args)), "Comparing"))
    except Unreadable as refusal:
        return _refuse(_given(refusal, args), refusal.line)
    except outputs.Unwritable as refusal:
        return _refuse(refusal.name, refusal.line)
    return 0


def _load_outputs(args: argparse.Namespace) -> None:
    """Load what will show the changes, while they are looked for."""
    if args.html is not None:
        import_module(_REPORT)
    if args.csv is not None:
        import_module(_TABLE)
    if not (args.json or args.html or args.csv):
        import_module(_TABLES)


def _refuse(name: str, line: str) -> int:
    _say(name, line)
    return 2


def _say(name: str, line: str) -> None:
    sys.stderr.write(f"haven compare: {printable(name)}: {printable(line)}\n")


def _check_places(args: argparse.Namespace) -> None:
    """Refuse before the work what could not be written after it."""
    outputs = import_module("haven.config.outputs")
    files = [file for file in (args.html, args.csv) if file is not None]
    if args.json and outputs.STANDARD in files:
        raise outputs.Unwritable(outputs.STANDARD, "two outputs would go there; give a file's name beside --json")
    outputs.check_places(files, (args.old, args.new))


def _give(args: argparse.Namespace, comparison: "Comparison") -> None:
    """Write the files that are asked for; print JSON where it is asked for, tables where nothing is."""
    outputs = import_module("haven.config.outputs")
    contents = _contents(args, comparison)
    outputs.write_all(contents)
    if args.json:
        outputs.print_whole(import_module("haven.engines.compare.wire").printed(comparison) + b"\n")
    elif not contents:
        tables = import_module(_TABLES)
        outputs.print_whole(tables.printed(comparison, most=None if args.all else tables.MOST))
        return
    for warning in () if args.json else comparison.warnings:
        _say(args.new, warning)
    for file in contents:
        if file != outputs.STANDARD:
            _say(file, "written")


def _contents(args: argparse.Namespace, comparison: "Comparison") -> dict[str, bytes]:
    contents = {}
    if args.html is not None:
        report = import_module(_REPORT)
        contents[args.html] = report.report_of(comparison).encode("utf-8", "replace")
    if args.csv is not None:
        table = import_module(_TABLE)
        contents[args.csv] = table.csv_of(comparison).encode(table.ENCODING, "replace")
    return contents


def _given(refusal: Unreadable, args: argparse.Namespace) -> str:
    """The file that cannot be read, as it was given."""
    given = (args.old, args.new)
    return next((file for file in given if refusal.name in (file, os.path.basename(file))), " and ".join(given))
