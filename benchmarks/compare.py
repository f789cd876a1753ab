"""How well and how fast Haven compares editions, beside what a user would use instead.

./run bench compare [--json] [--data DIR] [--peers VENV] [--only PART] [--forms LIST] [--show]

--data DIR          real documents in two editions, with what their publishers say changed
--peers VENV        a Python environment that holds the tools to be compared with
--pairs-maker PATH  another maker of pairs, with its scorer beside it
"""

import argparse
import sys
from pathlib import Path

from benchmarks import compare_other, compare_real
from benchmarks.compare_accuracy import ALL_FORMS, HAVEN, SEEDS, Scored, figures_of, made_pairs, print_scores, scores
from benchmarks.compare_peers import PEERS, missing, python_of
from benchmarks.compare_speed import speed_figures
from benchmarks.figures import Figure, print_json, print_tables

_PARTS = ("accuracy", "speed", "real", "other")


def _arguments(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./run bench compare", description="How well and fast Haven compares editions."
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--data", type=Path, help="folder of real documents in two editions with gold files")
    parser.add_argument("--peers", type=Path, metavar="VENV", help="a Python environment that holds the peers")
    parser.add_argument("--pairs-maker", type=Path, metavar="PATH", help="another maker of pairs; its scorer beside it")
    parser.add_argument("--only", choices=_PARTS, help="one part of the work")
    parser.add_argument("--forms", default=",".join(ALL_FORMS), help=f"of {','.join(ALL_FORMS)}, parted by commas")
    parser.add_argument("--seeds", default=",".join(map(str, SEEDS)), help="whole numbers, parted by commas")
    parser.add_argument("--show", action="store_true", help="list every false alarm and miss on standard error")
    return parser.parse_args(words)


def main(words: list[str] | None = None) -> int:
    """Measure and print."""
    args = _arguments(words)
    forms = tuple(form for form in ALL_FORMS if form in args.forms.split(","))
    seeds = tuple(map(int, args.seeds.split(",")))
    python = python_of(args.peers)
    parts = (args.only,) if args.only else _PARTS
    scored: list[Scored] = []
    figures: list[Figure] = []
    if "accuracy" in parts:
        scored = list(scores(made_pairs(seeds, args.data), forms, python, peers=args.peers is not None))
        figures += [figure for told in scored for figure in figures_of(told)]
    others: list[Figure] = []
    if "other" in parts and args.pairs_maker:
        others += compare_other.figures(args.pairs_maker, forms, seeds)
    if "real" in parts and args.data:
        others += compare_real.figures(args.data)
    if "speed" in parts:
        others += speed_figures(python, forms)
    if args.json:
        print_json("compare", [*figures, *others])
    else:
        print_scores(scored)
        print_tables(others)
    _say_left_out(args, parts, python)
    if args.show:
        _show(scored)
    return 0


def _say_left_out(args: argparse.Namespace, parts: tuple[str, ...], python: str) -> None:
    """What was skipped, and why, on standard error."""
    if args.data is None and "real" in parts:
        print("real documents: skipped, as no folder of them was named with --data", file=sys.stderr)
    if args.pairs_maker is None and "other" in parts:
        print("another maker of pairs: skipped, as none was named with --pairs-maker", file=sys.stderr)
    for peer in PEERS:
        if why_not := missing(peer, python):
            print(f"{peer.name}: skipped, as {why_not}", file=sys.stderr)


def _show(scored: list[Scored]) -> None:
    for told in scored:
        if told.tool == HAVEN and told.agreement:
            for verdict, (side, uid) in told.agreement.wrong:
                print(f"{told.difficulty} {told.form}: {verdict}: {side} {uid}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
