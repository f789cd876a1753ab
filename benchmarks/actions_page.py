"""How many questions to the database and how long the lead's picture takes, with 200 schools and 400 actions.

`./run bench actions_page` fills an empty database with 80,000 assignments in all states, opens the picture as the lead
does (session, rights and page) and counts. The comparison is one bare SELECT of the same 80,000 rows: whoever would
work the picture out in Python pays that first.
"""

import argparse
import os
import tempfile
from importlib import import_module
from pathlib import Path

from benchmarks.figures import print_json, print_tables
from haven.config.database.preparing import migrate, start_embedded
from haven.config.django_ready import make_ready


def main() -> int:
    """Measure and print: exit status 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schools", type=int, default=200)
    parser.add_argument("--actions", type=int, default=400)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="haven-") as folder:
        Path(folder).chmod(0o755)  # run as root, the database's server is another user
        os.environ["HAVEN_HOME"] = folder
        cluster = start_embedded(Path(folder))
        try:
            migrate(Path(folder))
            make_ready()
            rows = import_module("benchmarks.actions_rows")  # its models need Django to be ready
            figures = rows.measure(args.schools, args.actions)
        finally:
            cluster.stop()
    print_json("actions_page", figures) if args.json else print_tables(figures)
    goals = {"questions": 10, "ms": 300}
    missed = [f for f in figures if f.wanted and f.value > goals[f.unit]]
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
