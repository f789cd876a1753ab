"""Starts what an installation runs as: the database where it is our own, the web server,
the worker, and the sequencer, which alone uses the ledger's key."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from haven.config.database.cluster import Cluster
from haven.config.database.preparing import manage, migrate, start_embedded, static_digest

ENDING_SECONDS = 15.0  # for what is being answered
PATIENCE_SECONDS = 60


def prepare(home: Path, say: Callable[[str], None]) -> Cluster | None:
    """The database started and up to date, and the static files in place. Null where the database is not our own."""
    cluster = None
    if not os.environ.get("DATABASE_URL"):
        say("starting the database")
        cluster = start_embedded(home)
    if migrate(home):
        say("brought the tables up to date")
    if collect_static(home):
        say("collected the static files")
    return cluster


def collect_static(home: Path) -> bool:
    """Put the static files in place; false where these very files were the last to be put there."""
    mark, wanted = home / "collected", static_digest()
    if mark.exists() and mark.read_text() == wanted:
        return False
    manage("collectstatic", "--noinput", "--clear", "--verbosity", "0")
    mark.write_text(wanted)
    return True


def is_taken(host: str, port: int) -> bool:
    """Whether somebody listens there already."""
    with socket.socket() as line:
        return line.connect_ex((host, port)) == 0


def run_together(*, host: str, port: int, workers: int, on_ready: Callable[[], None]) -> int:
    """Run server, worker and sequencer until one ends or this process is asked to stop; then stop all.

    Each has a session of its own, so that Ctrl and C reaches this process alone, which ends them in good order. The
    others wait until the server answers: loaded side by side, each would slow the others down.
    """
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    server += ["--workers", str(workers), "--blocking-threads", "2", "--no-ws", "--log-level", "warning"]
    running = [_begin(*server, "haven.config.wsgi:application")]
    for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(sign, lambda *_: _stop(running))
    if _answers(host, port, running[0]):
        on_ready()
    others = (("work",), ("ledger", "sequence", "--stand-by"))
    running += [_begin(sys.executable, "-m", "haven.config.command", *words) for words in others]
    while all(process.poll() is None for process in running):
        time.sleep(0.2)
    _stop(running)
    return max(ended(process, patience=ENDING_SECONDS) for process in running)


def ended(process: subprocess.Popen[bytes], *, patience: float) -> int:
    """With what a process ended that was asked to. One that was asked before it could hear is killed, children too."""
    try:
        return process.wait(patience)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return process.wait()


def _begin(*words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(words, start_new_session=True)


def _answers(host: str, port: int, server: subprocess.Popen[bytes]) -> bool:
    patience = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < patience and server.poll() is None:
        connection = HTTPConnection(host, port, timeout=30)  # the first answer loads the house
        try:
            connection.request("GET", "/help/")
            return connection.getresponse().status < 500
        except (OSError, HTTPException):
            time.sleep(0.05)
        finally:
            connection.close()
    return False


def _stop(running: list[subprocess.Popen[bytes]]) -> None:
    for process in running:
        if process.poll() is None:
            process.terminate()
