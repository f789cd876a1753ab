"""How well and how fast Haven reads notes, beside what a user would use instead.

./run bench reading [--json] [--full] [--data DIR]… [--show]

--data DIR   another folder of notes with gold files beside them (also HAVEN_READING_DATA, parted by ':')
--full       also the time on 10 MB of text
--show       list every false alarm and miss, but of the notes that nobody looks at
--only HALF  accuracy or speed alone
"""

import argparse
import datetime as dt
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from benchmarks.figures import Figure, print_json, print_tables, wide_console
from benchmarks.reading_speed import NOTES, speed_figures
from benchmarks.recipe import DESCRIPTION, recipe
from benchmarks.scoring import KINDS, SETS, Fields, GoldNote, Score, Tally, gold_notes, score_notes
from haven.engines.documents.open import open_document
from haven.engines.reading.items import plain
from haven.engines.reading.reader import read

WANTED = {
    "deadline": 0.92,
    "event": 0.92,
    "contact": 0.97,
    "link": 0.98,
    "guidance": 0.92,
    "action": 0.75,
    "marking": 0.95,
}


@dataclass(frozen=True, slots=True)
class Compared:
    """Both readers' scores on the notes of one folder."""

    title: str
    ours: Score
    theirs: Score


def by_haven(note: GoldNote) -> list[Fields]:
    """The items that Haven finds in a note."""
    reading = read(open_document(note.path.name, note.path.read_bytes()), _reference(note))
    items: list[Fields] = plain(reading)["items"]
    return items


def by_recipe(note: GoldNote) -> list[Fields]:
    """The items that a plain recipe finds in a note."""
    return list(recipe(note.path.name, note.path.read_bytes(), _reference(note)))


def figures_of(compared: Compared) -> Iterator[Figure]:
    """Precision, recall and F1 of each kind, and the accuracy of markings."""
    ours, theirs = compared.ours, compared.theirs
    for kind in KINDS:
        for measure in ("precision", "recall", "f1"):
            yield Figure(
                group=compared.title,
                name=f"{kind} {measure}",
                value=round(getattr(ours.kinds[kind], measure), 3),
                unit="share",
                compared=round(getattr(theirs.kinds[kind], measure), 3),
                compared_with=DESCRIPTION,
                wanted=f"≥ {WANTED[kind]}" if measure == "f1" else None,
            )
    yield Figure(
        group=compared.title,
        name="marking accuracy",
        value=round(ours.figure("marking"), 3),
        unit="share of contacts found",
        compared=round(theirs.figure("marking"), 3),
        compared_with=DESCRIPTION,
        wanted=f"≥ {WANTED['marking']}",
    )


def _print_scores(compared: Compared) -> None:
    """One row a kind; what the recipe scores stands at the right."""
    ours, theirs = compared.ours, compared.theirs
    table = Table(title=compared.title, title_justify="left", caption=f"recipe: {DESCRIPTION}", caption_justify="left")
    table.add_column("kind")
    for heading in ("P", "R", "F1", "wanted", "recipe P", "recipe R", "recipe F1"):
        table.add_column(heading, justify="right")
    for kind in KINDS:
        cells = [_shares(ours.kinds[kind]), (f"{WANTED[kind]:.2f}",), _shares(theirs.kinds[kind])]
        table.add_row(kind, *(cell for group in cells for cell in group))
    accuracy = (f"{ours.figure('marking'):.3f}", f"{WANTED['marking']:.2f}", "", "", f"{theirs.figure('marking'):.3f}")
    table.add_row("marking (accuracy)", "", "", *accuracy)
    wide_console().print(table)


def _shares(tally: Tally) -> tuple[str, str, str]:
    return f"{tally.precision:.3f}", f"{tally.recall:.3f}", f"{tally.f1:.3f}"


def _reference(note: GoldNote) -> dt.date:
    return dt.date.fromisoformat(note.gold["reference_date"])


def _folders(added: list[Path]) -> list[Path]:
    named = [Path(part) for part in os.environ.get("HAVEN_READING_DATA", "").split(":") if part]
    return [*(NOTES / name for name in SETS), *added, *named]


def _accuracy(folder: Path) -> Compared:
    notes = gold_notes(folder)
    return Compared(f"{folder.name}: {len(notes)} notes", score_notes(notes, by_haven), score_notes(notes, by_recipe))


def _arguments(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench reading", description="How well and how fast Haven reads notes.")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--full", action="store_true", help="also the time on 10 MB of text")
    parser.add_argument(
        "--data", type=Path, action="append", default=[], help="another folder of notes with gold files"
    )
    parser.add_argument(
        "--show",
        action="store_true",
        help="list every false alarm and miss on standard error, but of the notes that nobody looks at",
    )
    parser.add_argument("--only", choices=["accuracy", "speed"], help="half of the work")
    return parser.parse_args(words)


def main(words: list[str] | None = None) -> int:
    """Measure and print."""
    args = _arguments(words)
    scores = [_accuracy(folder) for folder in _folders(args.data)] if args.only != "speed" else []
    speeds = list(speed_figures(full=args.full)) if args.only != "accuracy" else []
    shown = [compared for compared in scores if args.show and not compared.title.startswith(SETS[-1])]
    for told in (told for compared in shown for told in compared.ours.differences):
        print(f"{told.note}: {told.kind} {told.verdict}: {told.quote}", file=sys.stderr)
    if args.json:
        print_json("reading", [*(figure for compared in scores for figure in figures_of(compared)), *speeds])
        return 0
    for compared in scores:
        _print_scores(compared)
    print_tables(speeds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
