"""How quick sharing is: a large force's whole year of notifications through the API, and a Monday fifty times as busy.

`./run bench sharing` fills an empty database with an area of schools, starts Haven's own web server on this machine,
and sends signed requests to it as a force's system does. Every notification counted was acknowledged, so it is durable
and the school can read it. Beside it stands the bare rate of the same rows, inserted by SQL and committed one
notification at a time over as many connections.
"""

import argparse
import secrets
from importlib import import_module

from benchmarks.emptied import empty_database
from benchmarks.figures import print_json, print_tables
from benchmarks.ports import free_port


def main() -> int:
    """Measure and print: exit status 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notifications", type=int, default=60_000, help="how many make the year")
    parser.add_argument("--schools", type=int, default=400, help="over how many schools they are spread")
    parser.add_argument("--monday", type=int, default=60, help="for how many seconds the Monday is kept up")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    args = parser.parse_args()
    port = free_port()
    told = {"HAVEN_ORIGIN": f"http://127.0.0.1:{port}", "HAVEN_PROGRAM_RATE": "100000", "HAVEN_DB_POOL": "8"}
    with empty_database(**told, HAVEN_ROOT_KEY=secrets.token_hex(32), HAVEN_SECRET=secrets.token_hex(32)):
        load = import_module("benchmarks.sharing_load")  # its models need Django to be ready
        figures, missed = load.measure(args.notifications, args.schools, args.monday, port)
    print_json("sharing", figures) if args.json else print_tables(figures)
    for words in missed:
        print(f"missed: {words}")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
