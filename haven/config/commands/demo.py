"""`haven demo`: Fairhaven, furnished and opened on this machine alone."""

import argparse
import os
import shutil
import sys
import time
from importlib import import_module
from pathlib import Path

from haven.config.database.cluster import NoDatabase
from haven.config.django_ready import make_ready
from haven.config.serving import is_taken, prepare, run_together

ROOT = Path(__file__).resolve().parents[3]
BEGAN = time.monotonic()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and whether to begin anew."""
    parser.add_argument("--port", type=int, default=8000, help="the port to listen on (default 8000)")
    parser.add_argument("--fresh", action="store_true", help="throw away what was done in the demonstration before")


def run(args: argparse.Namespace) -> int:
    """Furnish where there is nothing yet, then serve until stopped."""
    if is_taken("127.0.0.1", args.port):
        say(f"haven demo: something listens on port {args.port} already: stop it, or choose another with --port")
        return 2
    home = Path(os.environ.get("HAVEN_DEMO_HOME", ROOT / "var" / "demo")).resolve()
    os.environ |= {"HAVEN_HOME": str(home), "HAVEN_DEMO": "1", "HAVEN_ORIGIN": f"http://127.0.0.1:{args.port}"}
    os.environ.pop("DATABASE_URL", None)
    if args.fresh:
        import_module("haven.config.database.cluster").Cluster(home / "db").stop()
        shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True, exist_ok=True)
    try:
        cluster = prepare(home, say)
    except NoDatabase as fault:
        say(f"haven demo: {fault}")
        return 2
    try:
        _furnish(home)
        return run_together(host="127.0.0.1", port=args.port, workers=1, on_ready=lambda: _welcome(args.port))
    finally:
        if cluster:
            cluster.stop()


def _furnish(home: Path) -> None:
    """Furnish once. Where it has been done, this process has no need of Django, whose loading is most of a start."""
    mark = home / "furnished"
    if not mark.exists():
        make_ready()
        import_module("haven.config.demo.furnishing").furnish(say)
        mark.touch()


def _welcome(port: int) -> None:
    say(f"Fairhaven is at http://127.0.0.1:{port} – choose whom to be and begin. No e-mail leaves this machine.")
    say("Press Ctrl and C to stop.")


def say(words: str) -> None:
    """One line to whoever started it, with the seconds since."""
    sys.stdout.write(f"[{time.monotonic() - BEGAN:5.1f} s] {words}\n")
    sys.stdout.flush()
