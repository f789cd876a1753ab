"""`haven read`: what a bulletin or meeting note asks, of whom, by when."""

import argparse
import datetime as dt
import json
import os
import sys
import threading
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from haven.engines.documents.limits import LARGEST_FILE, LARGEST_PASTE
from haven.engines.documents.refusal import Unreadable
from haven.engines.reading.safely import read_pasted_safely, read_safely

if TYPE_CHECKING:  # loaded only once there is something to print
    from haven.engines.reading.items import Reading

_PATIENCE = 2.0  # seconds before a progress bar appears


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
        reading = _with_progress(lambda: _read(args.file, today), name)
    except Unreadable as refusal:
        sys.stderr.write(f"haven read: {_printable(name)}: {_printable(refusal.line)}\n")
        return 2
    for warning in reading.warnings:
        sys.stderr.write(f"haven read: {_printable(name)}: {_printable(warning)}\n")
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
    return read_safely(os.path.basename(file), _content(file), today)


def _content(file: str) -> bytes:
    """The bytes of a file, and no more than one beyond what is allowed."""
    try:
        with open(file, "rb") as opened:
            return opened.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise Unreadable("there is no such file; check the name and the folder") from None
    except IsADirectoryError:
        raise Unreadable("it is a folder; name one file in it") from None
    except PermissionError:
        raise Unreadable("you may not open it; ask its owner for the right to read it") from None
    except (OSError, ValueError) as error:
        raise Unreadable(f"it cannot be opened ({getattr(error, 'strerror', None) or error}); check the name") from None


def _print_json(reading: "Reading") -> None:
    plain = import_module("haven.engines.reading.items").plain
    written = json.dumps(plain(reading), ensure_ascii=False, indent=1) + "\n"
    sys.stdout.flush()
    try:
        sys.stdout.buffer.write(written.encode("utf-8", "replace"))
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _with_progress(work: "Callable[[], Reading]", name: str) -> "Reading":
    """Do the work; where somebody watches and it lasts, show that it goes on."""
    if not sys.stderr.isatty():
        return work()
    done: list[Reading] = []
    failed: list[BaseException] = []

    def labour() -> None:
        try:
            done.append(work())
        except Unreadable as refusal:
            failed.append(refusal)

    worker = threading.Thread(target=labour, daemon=True)
    worker.start()
    worker.join(_PATIENCE)
    if worker.is_alive():
        import_module("haven.config.read_tables").show_progress(worker, f"Reading {_printable(name)}")
    if failed:
        raise failed[0]
    return done[0]


def _printable(text: str) -> str:
    """The text on one line, without anything that could move a terminal's cursor."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text.encode("utf-8", "replace").decode("utf-8"))
