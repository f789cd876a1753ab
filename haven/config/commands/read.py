"""`haven read`: what a bulletin or meeting note asks, of whom, by when."""

import argparse
import datetime as dt
import json
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from haven.config.terminal import content_of, print_bytes, printable, with_progress
from haven.engines.documents.limits import LARGEST_FILE, LARGEST_PASTE
from haven.engines.documents.refusal import Unreadable
from haven.engines.reading.safely import read_pasted_safely, read_safely

if TYPE_CHECKING:  # loaded only once there is something to print
    from haven.engines.reading.items import Reading


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument(
        "file", metavar="FILE", help=".txt, .md, .html, .docx, .pdf or .eml, or - for text on standard input"
    )
    parser.add_argument(
        "--today",
        type=_day,
        metavar="YYYY-MM-DD",
        help="the date from which unwritten years are worked out; a date in the note's own heading comes first",
    )
    parser.add_argument(
        "--json", action="store_true", help="print one JSON document (docs/reference/reading.schema.json)"
    )


def run(args: argparse.Namespace) -> int:
    """Read the file and print what it holds: 0, or 2 where it cannot be read."""
    name = "standard input" if args.file == "-" else args.file
    today = args.today or dt.datetime.now(import_module("zoneinfo").ZoneInfo("Europe/London")).date()
    try:
        reading = with_progress(lambda: _read(args.file, today), f"Reading {name}")
    except Unreadable as refusal:
        sys.stderr.write(f"haven read: {printable(name)}: {printable(refusal.line)}\n")
        return 2
    for warning in reading.warnings:
        sys.stderr.write(f"haven read: {printable(name)}: {printable(warning)}\n")
    _print_json(reading) if args.json else import_module("haven.config.read_tables").print_tables(reading)
    return 0


def _day(written: str) -> dt.date:
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{written!r} is not a date like 2024-09-30") from None


def _read(file: str, today: dt.date) -> "Reading":
    if file == "-":
        return read_pasted_safely("standard input", sys.stdin.buffer.read(LARGEST_PASTE + 1), today)
    return read_safely(os.path.basename(file), content_of(file, LARGEST_FILE), today)


def _print_json(reading: "Reading") -> None:
    plain = import_module("haven.engines.reading.items").plain
    print_bytes((json.dumps(plain(reading), ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace"))
