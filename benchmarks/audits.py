"""How fast audits are with all of England in one database, and whether a deadline day loses a word.

`./run bench audits` fills an empty database with 152 areas, 24,500 schools and 120 answers each, opens the pages that
schools and areas open, and saves answers; beside each time stands what reading or writing the same rows by bare SQL
costs. Then it serves that database as `haven serve` does and lets 2,000 schools save an answer every ten seconds; half
way through, the server is killed (`kill -9`) and started again, and in the end every save that was acknowledged is
looked for. `--schools 2000` is a smaller England, `--seconds 0` leaves the deadline day out. Nothing stays behind.
"""

import argparse
from importlib import import_module

from benchmarks.emptied import empty_database
from benchmarks.figures import print_json, print_tables


def main() -> int:
    """Measure and print: exit status 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schools", type=int, default=24_500)
    parser.add_argument("--seconds", type=int, default=60, help="how long the deadline day lasts")
    parser.add_argument("--workers", type=int, default=2, help="web processes on the deadline day")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    args = parser.parse_args()
    with empty_database():
        england = import_module("benchmarks.audits_england").made(args.schools)  # late: models need Django ready
        figures = import_module("benchmarks.audits_pages").measure(england)
        if args.seconds:
            deadline = import_module("benchmarks.audits_deadline")
            figures += deadline.measure(england, seconds=args.seconds, workers=args.workers)
        import_module("benchmarks.audits_england").leave()
    print_json("audits", [figure for figure, _ in figures]) if args.json else print_tables(
        [figure for figure, _ in figures]
    )
    return 0 if all(is_met for _, is_met in figures) else 1


if __name__ == "__main__":
    raise SystemExit(main())
