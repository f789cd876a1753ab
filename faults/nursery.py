"""Loads the house once, and forks its processes from that: a kill then costs a moment and not the seconds of loading.

python -m faults.nursery PORT

Each line of standard input asks for one process: what it is to be, and by how many seconds its clock is wrong. Its
number is the answer. All servers answer at the same port, which stays open while one of them is dead.
"""

import os
import signal
import socket
import sys
from importlib import import_module
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from django.urls import get_resolver, reverse

from faults.armed import make_ready
from haven.config import command

COMMANDS = {"worker": ["work"], "sequencer": ["ledger", "sequence", "--stand-by"]}
WAITING = 128  # connections that nobody has taken yet


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of a request."""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def __init__(self, listening: socket.socket, application: Any) -> None:
        super().__init__(listening.getsockname(), _Quiet, bind_and_activate=False)
        self.socket.close()
        self.socket = listening
        self.server_name, self.server_port = listening.getsockname()
        self.setup_environ()
        self.set_app(application)


def main(port: int) -> None:
    """Fork whatever is asked for, until nobody asks any more."""
    listening = socket.create_server(("127.0.0.1", port), backlog=WAITING)
    listening.setblocking(False)  # noqa: FBT003 - where another took the connection, look for the next
    application = import_module("haven.config.wsgi").application
    get_resolver().url_patterns  # noqa: B018 - every view loaded
    reverse("api:receipts")
    import_module("procrastinate.contrib.django")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the dead
    for line in sys.stdin:
        part, skew = line.split()
        born = os.fork()
        if not born:
            _live(part, skew, listening, application)
        sys.stdout.write(f"{born}\n")
        sys.stdout.flush()


def _live(part: str, skew: str, listening: socket.socket, application: Any) -> None:
    """Be that process, and nothing after it."""
    status = 1
    try:
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _turn_away(Path(os.environ["HAVEN_HOME"]) / f"{part}.log")
        os.environ["FAULTS_SKEW"] = skew
        make_ready()
        if part in COMMANDS:
            status = command.main(COMMANDS[part])
        else:
            _Server(listening, application).serve_forever()
    finally:
        os._exit(status)


def _turn_away(log: Path) -> None:
    """Hear nothing of the harness, and write to a file."""
    nothing, written = os.open(os.devnull, os.O_RDONLY), os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    for here, there in ((nothing, 0), (written, 1), (written, 2)):
        os.dup2(here, there)


if __name__ == "__main__":
    main(int(sys.argv[1]))
