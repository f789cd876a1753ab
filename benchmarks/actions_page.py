"""How many questions to the database and how long the lead's picture takes, with 200 schools and 400 actions.

`./run bench actions_page` fills an empty database with 80,000 assignments in all states, opens the picture as the lead
does (session, rights and page) and counts. The comparison is one bare SELECT of the same 80,000 rows: whoever would
work the picture out in Python pays that first.
"""

import argparse
from importlib import import_module

from benchmarks.emptied import empty_database
from benchmarks.figures import print_json, print_tables


def main() -> int:
    """Measure and print: exit status 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schools", type=int, default=200)
    parser.add_argument("--actions", type=int, default=400)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    args = parser.parse_args()
    with empty_database():
        rows = import_module("benchmarks.actions_rows")  # its models need Django to be ready
        figures = rows.measure(args.schools, args.actions)
    print_json("actions_page", figures) if args.json else print_tables(figures)
    goals = {"questions": 10, "ms": 300}
    missed = [f for f in figures if f.wanted and f.value > goals[f.unit]]
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
