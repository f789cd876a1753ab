"""`haven serve`: the web server, the worker and the sequencer of this installation."""

import argparse
import os
import sys
from pathlib import Path

from haven.config.database.cluster import NoDatabase
from haven.config.serving import is_taken, prepare, run_together

ROOT = Path(__file__).resolve().parents[3]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and how wide."""
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="the port to listen on (default 8000)")
    parser.add_argument("--workers", type=int, default=1, help="web processes (default 1)")


def run(args: argparse.Namespace) -> int:
    """Prepare and serve until stopped."""
    if os.environ.get("HAVEN_DEMO") == "1":
        say("haven serve: HAVEN_DEMO is set, and would let anyone be anybody: unset it, or run haven demo")
        return 2
    if is_taken(args.host, args.port):
        say(f"haven serve: something listens on port {args.port} already: stop it, or choose another with --port")
        return 2
    home = Path(os.environ.setdefault("HAVEN_HOME", str(ROOT / "var" / "haven"))).resolve()
    home.mkdir(parents=True, exist_ok=True)
    try:
        cluster = prepare(home, say)
    except NoDatabase as fault:
        say(f"haven serve: {fault}")
        return 2
    address = f"http://{args.host}:{args.port}"
    try:
        return run_together(
            host=args.host, port=args.port, workers=args.workers, on_ready=lambda: say(f"Haven is at {address}")
        )
    finally:
        if cluster:
            cluster.stop()


def say(words: str) -> None:
    """One line to whoever started it."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
