"""`haven load gias FILE.csv` brings schools up to date with an extract of the national register; `haven load packs DIR`
brings in the content packs of a folder."""

import argparse
import codecs
import csv
import io
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from haven.access.actor import HAVEN
from haven.config.database.cluster import NoDatabase
from haven.config.installation import installation
from haven.people.rules.register import BadRow, Link, RegisteredSchool, read_links, read_schools

BLOCK = 1 << 20
LOADERS = {
    "guidance-catalogue": "haven.guidance.packs",
    "questions": "haven.questions.packs",
    "check-prompts": "haven.checks.packs",
}
READ_BY_THE_READER = {"guidance-titles"}
LONGEST_CELL = 100_000  # characters; a quote that is never closed runs past it


class Unreadable(Exception):
    """A file that cannot be read at all; the text says why."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to load, and from where."""
    parser.add_argument(
        "what",
        choices=["gias", "packs"],
        help="the register of schools (Get Information about Schools), or content packs",
    )
    parser.add_argument(
        "file", metavar="PATH", type=Path, help="an extract of the register, as it was downloaded; a folder of packs"
    )
    parser.add_argument(
        "--links",
        metavar="LINKS.csv",
        type=Path,
        help="the register's file of links, for which school followed which (default: links_FILE.csv beside FILE.csv)",
    )


def run(args: argparse.Namespace) -> int:
    """Load it and print a line for whatever changed: 0, or 2 where the file or the database is bad."""
    return _run_packs(args.file) if args.what == "packs" else _run_register(args)


def _run_register(args: argparse.Namespace) -> int:
    links = args.links or _links_beside(args.file)
    try:
        encodings = {path: _encoding(path) for path in (args.file, links) if path}
        with installation():
            loaded = _load(args.file, links, encodings)
    except (BadRow, Unreadable) as fault:
        return _refuse(f"{args.file}: {fault}; nothing was changed")
    except NoDatabase as fault:
        return _refuse(str(fault))
    return _say(loaded.changes, loaded.unchanged)


def _run_packs(folder: Path) -> int:
    try:
        files = packs_in(folder)
        with installation():
            changes, unchanged = load_packs(files, at=datetime.now(UTC))
    except (Unreadable, NoDatabase) as fault:
        return _refuse(str(fault))
    return _say(changes, unchanged)


def load_packs(files: Sequence[tuple[str, Path]], *, at: datetime) -> tuple[list[str], int]:
    """Load these packs, all or none: a line for whatever changed, and how many things stayed.

    Raises `Unreadable` with every fault of every pack.
    """
    transaction = import_module("django.db.transaction")
    changes: list[str] = []
    faults: list[str] = []
    unchanged = 0
    with transaction.atomic():
        for name, file in files:
            packs = import_module(LOADERS[name])
            try:
                loaded = packs.load(file, at=at)
            except packs.BadPack as fault:
                faults += [f"{file}: {line}" for line in str(fault).splitlines()]
                continue
            changes += loaded.changes
            unchanged += loaded.unchanged
        if faults:
            raise Unreadable("\n".join(faults) + "; nothing was changed")
    return changes, unchanged


def packs_in(folder: Path) -> list[tuple[str, Path]]:
    """The packs of the folder that are loaded, each with its loader's name; questionnaires lie in folders of their own.

    Those that the reader reads by itself are left alone.
    """
    if not folder.is_dir():
        raise Unreadable(f"{folder}: there is no such folder")
    found = {file.parent.name: file for file in sorted(folder.glob("*/*.yaml"))}
    wanted = [(name, file) for name, file in found.items() if name in LOADERS and name != "questions"]
    wanted += [("questions", file) for file in sorted(folder.glob("questions/**/*.yaml"))]
    if strange := sorted(set(found) - set(LOADERS) - READ_BY_THE_READER):
        raise Unreadable(f"{folder}: no pack is called {strange[0]}; nothing was changed")
    if not wanted:
        raise Unreadable(f"{folder}: there is no pack in it to load")
    return wanted


def _say(changes: Sequence[str], unchanged: int) -> int:
    sys.stdout.writelines(f"{change}\n" for change in changes)
    sys.stdout.flush()
    sys.stderr.write(f"{len(changes)} changed, {unchanged} unchanged\n")
    return 0


def _load(file: Path, links: Path | None, encodings: dict[Path, str]) -> Any:
    services = import_module("haven.people.services.register")  # late: it needs Django made ready
    with _progress() as progress:
        return services.load_register(
            schools=_schools(file, encodings[file], progress),
            links=_links(links, encodings[links]) if links else (),
            source=f"register of schools: {file.name}",
            by=HAVEN,
            at=datetime.now(UTC),
        )


def _schools(file: Path, encoding: str, progress: Progress) -> Iterator[RegisteredSchool]:
    """The schools of the file, moving the bar on by what has been read of it."""
    bar = progress.add_task("Reading the register", total=file.stat().st_size)
    with file.open("rb") as opened, io.TextIOWrapper(opened, encoding, newline="") as text:
        for number, school in enumerate(read_schools(_rows(text))):
            if not number % 500:
                progress.update(bar, completed=opened.tell())
            yield school
    progress.update(bar, completed=file.stat().st_size, description="Writing the ledger")


def _links(file: Path, encoding: str) -> Iterator[Link]:
    with file.open(encoding=encoding, newline="") as text:
        try:
            yield from read_links(_rows(text))
        except BadRow as fault:
            raise Unreadable(f"{file.name}: {fault}") from None


def _rows(text: Any) -> Iterator[Sequence[str]]:
    """The rows of a CSV file. What breaks its form is told by row."""
    csv.field_size_limit(LONGEST_CELL)
    rows = csv.reader(text, strict=True)
    number = 0
    while True:
        number += 1
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error as fault:
            raise BadRow(number, "", f"it is not written as CSV should be ({fault})") from None


def _encoding(file: Path) -> str:
    """UTF-8 where every byte fits it, else Windows-1252, as the register's files are either."""
    for encoding in ("utf-8-sig", "cp1252"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with file.open("rb") as opened:
                while block := opened.read(BLOCK):
                    decoder.decode(block)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        except OSError as fault:
            raise Unreadable(f"it cannot be opened ({fault.strerror})") from None
        return encoding
    raise Unreadable("its text is neither UTF-8 nor Windows-1252")


def _links_beside(file: Path) -> Path | None:
    """The register's download holds two files of one day: its links stand beside it under a name made from its own."""
    beside = file.with_name(f"links_{file.name}")
    return beside if beside.is_file() else None


def _progress() -> Progress:
    """A bar on the standard error, where somebody watches it."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, disable=not console.is_terminal, transient=True)


def _refuse(why: str) -> int:
    sys.stderr.write(f"haven load: {why}\n")
    return 2
