"""How fast and in how much memory the register of schools is loaded, beside a bare reading of the same file.

`./run bench gias` generates a file of 50,000 schools and 140 columns, loads it into an empty database, loads it again
unchanged, and once more with a fifth of the schools renamed. The comparison is Python's own csv module reading the file
and throwing it away, which no loader can beat.
"""

import argparse
import csv
import os
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.figures import Figure, print_json, print_tables
from benchmarks.launching import Run, launched
from benchmarks.register_extract import extract, made_up

GOAL_SECONDS, GOAL_MIB = 60, 500
BARE = "Python's csv module reading the same file and keeping nothing"


def main() -> int:
    """Measure and print: exit status 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000, help="schools in the file (default 50,000)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="haven-") as folder:
        figures = _measure(Path(folder), args.rows)
    print_json("gias", figures) if args.json else print_tables(figures)
    missed = [f for f in figures if f.value >= {"s": GOAL_SECONDS, "MiB": GOAL_MIB}.get(f.unit, float("inf"))]
    return 1 if missed else 0


def _measure(folder: Path, rows: int) -> list[Figure]:
    os.environ["HAVEN_HOME"] = str(folder / "home")
    folder.chmod(0o755)  # run as root, the database's server is another user
    file = folder / "extract.csv"
    file.write_text(extract([]), encoding="utf-8", newline="")
    _load(file)  # headings alone: the database is made here, so that its making is not measured
    file.write_text(extract(made_up(rows)), encoding="utf-8", newline="")
    bare = min(_read_bare(file) for _ in range(3))
    first, again = _load(file), _load(file)
    file.write_text(extract(made_up(rows, renamed=0.2)), encoding="utf-8", newline="")
    return [
        *_figures(f"{rows:,} schools, {file.stat().st_size / 1e6:.0f} MB, into an empty database", first, rows, bare),
        *_figures("the same file again", again, rows, bare),
        *_figures("with a fifth of the schools renamed", _load(file), rows, bare),
    ]


def _figures(group: str, run: Run, rows: int, bare: float) -> list[Figure]:
    beside = {"compared_with": BARE, "group": group}
    return [
        Figure(name="whole command", value=run.seconds, unit="s", compared=bare, wanted=f"< {GOAL_SECONDS}", **beside),
        Figure(name="times the bare reading", value=run.seconds / bare, unit="times", compared=1, **beside),
        Figure(name="speed", value=rows / run.seconds, unit="schools/s", compared=rows / bare, **beside),
        Figure(group=group, name="most memory", value=run.peak_mib, unit="MiB", wanted=f"< {GOAL_MIB}"),
    ]


def _read_bare(file: Path) -> float:
    began = time.perf_counter()
    with file.open(encoding="utf-8", newline="") as text:
        for _ in csv.reader(text):
            pass
    return time.perf_counter() - began


def _load(file: Path) -> Run:
    return launched(sys.executable, "-m", "haven.config.command", "load", "gias", str(file))


if __name__ == "__main__":
    sys.exit(main())
