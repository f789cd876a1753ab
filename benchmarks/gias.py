"""How fast and in how much memory the register of schools is loaded, beside a bare reading of the same file.

`./run bench gias` generates a file of 50,000 schools and 140 columns, loads it into an empty database, loads it again
unchanged, and once more with a fifth of the schools renamed. The comparison is Python's own csv module reading the file
and throwing it away, which no loader can beat.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.register_extract import extract, made_up

ROOT = Path(__file__).resolve().parents[1]
GOAL_SECONDS, GOAL_MEGABYTES = 60, 500
MEASURED = """
import resource, sys
from haven.config.command import main
status = main(["load", "gias", sys.argv[1]])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
print(f"peak {peak:.0f}", file=sys.stderr)
sys.exit(status)
"""


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=_roomy()) as folder:
        figures = _measure(Path(folder), args.rows)
    if args.json:
        sys.stdout.write(json.dumps({"benchmark": "gias", "rows": args.rows, "figures": figures}, indent=1) + "\n")
    else:
        for figure in figures:
            goal = f"   goal: under {figure['goal']} {figure['unit']}" if "goal" in figure else ""
            sys.stdout.write(f"{figure['name']:<44}{figure['value']:>9} {figure['unit']:<6}{goal}\n")
            sys.stdout.write(f"    compared with {figure['compared_with']}\n")
    return 0 if all(figure["value"] < figure.get("goal", float("inf")) for figure in figures) else 1


def _roomy() -> str | None:
    """A short folder: a database's socket has a path of no more than 107 bytes."""
    return "/tmp" if Path("/tmp").is_dir() else None  # noqa: S108  # nosec B108


def _measure(folder: Path, rows: int) -> list[dict[str, object]]:
    file = folder / "extract.csv"
    file.write_text(extract(made_up(rows)), encoding="utf-8", newline="")
    bare = min(_read_bare(file) for _ in range(3))
    folder.chmod(0o755)  # run as root, the database's server is another user
    environment = os.environ | {"HAVEN_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT)}
    _start(environment)
    first, peak = _load(file, environment)
    again, peak_again = _load(file, environment)
    file.write_text(extract(made_up(rows, renamed=0.2)), encoding="utf-8", newline="")
    renamed, peak_renamed = _load(file, environment)
    bare_words = f"a bare csv reading of the same file: {bare:.2f} s"
    return [
        _figure("bare csv reading", bare, "s", "itself"),
        _figure("first load", first, "s", bare_words, GOAL_SECONDS),
        _figure("first load, times the bare reading", first / bare, "times", bare_words),
        _figure("first load, schools a second", rows / first, "1/s", f"the bare reading's {rows / bare:.0f} rows a second"),
        _figure("same file again", again, "s", bare_words, GOAL_SECONDS),
        _figure("a fifth renamed", renamed, "s", bare_words, GOAL_SECONDS),
        _figure("peak memory", max(peak, peak_again, peak_renamed), "MB", "the goal", GOAL_MEGABYTES),
    ]


def _figure(name: str, value: float, unit: str, compared_with: str, goal: int | None = None) -> dict[str, object]:
    figure: dict[str, object] = {"name": name, "value": round(value, 2), "unit": unit, "compared_with": compared_with}
    return figure if goal is None else figure | {"goal": goal}


def _read_bare(file: Path) -> float:
    began = time.perf_counter()
    with file.open(encoding="utf-8", newline="") as text:
        for _ in csv.reader(text):
            pass
    return time.perf_counter() - began


def _start(environment: dict[str, str]) -> None:
    """Make the database first, so that its making is not measured: a load of nothing but headings."""
    empty = Path(environment["HAVEN_HOME"]).with_name("headings.csv")
    empty.write_text(extract([]), encoding="utf-8", newline="")
    _load(empty, environment)


def _load(file: Path, environment: dict[str, str]) -> tuple[float, float]:
    """Seconds for the whole command from its start to its end, and the most memory it held, in MB."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(file)], env=environment, capture_output=True, text=True, check=False
    )
    took = time.perf_counter() - began
    if done.returncode:
        sys.exit(done.stderr)
    return took, float(done.stderr.rsplit("peak ", 1)[1])


if __name__ == "__main__":
    sys.exit(main())
