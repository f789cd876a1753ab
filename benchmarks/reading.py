"""How well and how fast Haven reads notes, beside what a user would use instead.

./run bench reading [--json] [--full] [--data DIR]… [--show]

--data DIR   another folder of notes with gold files beside them (also HAVEN_READING_DATA, parted by ':')
--full       also the time on 10 MB of text
--show       list every false alarm and miss
"""

import argparse
import datetime as dt
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure, print_json, print_tables
from benchmarks.reading_speed import NOTES, speed_figures
from benchmarks.recipe import DESCRIPTION, recipe
from benchmarks.scoring import KINDS, Fields, GoldNote, Score, gold_notes, score_notes
from haven.engines.reading.extract.open import open_document
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


def by_haven(note: GoldNote) -> list[Fields]:
    """The items that Haven finds in a note."""
    reading = read(open_document(note.path.name, note.path.read_bytes()), _reference(note))
    items: list[Fields] = plain(reading)["items"]
    return items


def by_recipe(note: GoldNote) -> list[Fields]:
    """The items that a plain recipe finds in a note."""
    return list(recipe(note.path.name, note.path.read_bytes(), _reference(note)))


def figures_of(title: str, ours: Score, theirs: Score) -> Iterator[Figure]:
    """Precision, recall and F1 of each kind, and the accuracy of markings."""
    for kind in KINDS:
        for measure in ("precision", "recall", "f1"):
            yield Figure(
                group=title,
                name=f"{kind} {measure}",
                value=round(getattr(ours.kinds[kind], measure), 3),
                unit="share",
                compared=round(getattr(theirs.kinds[kind], measure), 3),
                compared_with=DESCRIPTION,
                wanted=f"≥ {WANTED[kind]}" if measure == "f1" else None,
            )
    yield Figure(
        group=title,
        name="marking accuracy",
        value=round(ours.figure("marking"), 3),
        unit="share of contacts found",
        compared=round(theirs.figure("marking"), 3),
        compared_with=DESCRIPTION,
        wanted=f"≥ {WANTED['marking']}",
    )


def _reference(note: GoldNote) -> dt.date:
    return dt.date.fromisoformat(note.gold["reference_date"])


def _folders(added: list[Path]) -> list[Path]:
    named = [Path(part) for part in os.environ.get("HAVEN_READING_DATA", "").split(":") if part]
    return [NOTES / "tune", NOTES / "check", *added, *named]


def _accuracy(folders: list[Path], *, show: bool) -> Iterator[Figure]:
    for folder in folders:
        notes = gold_notes(folder)
        ours, theirs = score_notes(notes, by_haven), score_notes(notes, by_recipe)
        yield from figures_of(f"{folder.name}: {len(notes)} notes", ours, theirs)
        for told in ours.differences if show else ():
            print(f"{told.note}: {told.kind} {told.verdict}: {told.quote}", file=sys.stderr)


def _arguments(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench reading", description="How well and how fast Haven reads notes.")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--full", action="store_true", help="also the time on 10 MB of text")
    parser.add_argument(
        "--data", type=Path, action="append", default=[], help="another folder of notes with gold files"
    )
    parser.add_argument("--show", action="store_true", help="list every false alarm and miss on standard error")
    parser.add_argument("--only", choices=["accuracy", "speed"], help="half of the work")
    return parser.parse_args(words)


def main(words: list[str] | None = None) -> int:
    """Measure and print."""
    args = _arguments(words)
    figures: list[Figure] = []
    if args.only != "speed":
        figures += _accuracy(_folders(args.data), show=args.show)
    if args.only != "accuracy":
        figures += speed_figures(full=args.full)
    if args.json:
        print_json("reading", figures)
    else:
        print_tables(figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
