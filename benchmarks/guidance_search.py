"""How long a search in the clauses of guidance takes, with 500,000 clauses in 500 editions.

`./run bench guidance_search` fills an empty database with made-up clauses in which words come as often as in real
guidance, and searches as a school does: with rights, ranking, and the words marked in the page of results. The worst
words are the commonest ones ("must", "child"), alone, together and in a row. The comparison is the bare cost: one look
into the same index for the same words, without rights, editions, ranking or marks.
"""

import argparse
from importlib import import_module

from benchmarks.emptied import empty_database
from benchmarks.figures import print_json, print_tables


def main() -> int:
    """Measure and print: exit status 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clauses", type=int, default=500_000)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    args = parser.parse_args()
    with empty_database(HAVEN_DB_ROLE="haven_owner"):  # it may build an index after the rows, which is quicker
        clauses = import_module("benchmarks.guidance_clauses")  # its models need Django to be ready
        figures = clauses.measure(args.clauses)
    print_json("guidance_search", figures) if args.json else print_tables(figures)
    return 1 if any(figure.wanted and figure.value >= clauses.GOAL for figure in figures) else 0


if __name__ == "__main__":
    raise SystemExit(main())
