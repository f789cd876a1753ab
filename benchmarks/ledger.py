"""How quick the ledger is, with ten million entries: told one by one and in bulk, sealed, proved, and verified whole.

`./run bench ledger` fills an empty database through the very services that Haven uses. Every append counted is durable:
committed, with the database's usual promise that it outlives a crash. Beside each figure stands the bare cost of the
same work without any ledger: a row inserted, copied, found or read.
"""

import argparse
from importlib import import_module

from benchmarks.emptied import empty_database
from benchmarks.figures import print_json, print_tables


def main() -> int:
    """Measure and print: exit status 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=10_000_000)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    args = parser.parse_args()
    with empty_database():
        rows = import_module("benchmarks.ledger_rows")  # its models need Django to be ready
        figures, missed = rows.measure(args.entries)
    print_json("ledger", figures) if args.json else print_tables(figures)
    for words in missed:
        print(f"missed: {words}")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
