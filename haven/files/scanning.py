"""Asking a virus scanner (ClamAV's daemon, by its INSTREAM command over a unix socket)."""

import socket
from enum import Enum

PIECE = 64 * 1024
PATIENCE = 20.0  # seconds


class Verdict(Enum):
    """What the scanner said; UNKNOWN is never taken for clean."""

    CLEAN = "clean"
    FOUND = "found something"
    UNKNOWN = "could not be asked"


def scan(content: bytes, *, at_socket: str) -> Verdict:
    """What the scanner behind this socket makes of the content."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(PATIENCE)
            line.connect(at_socket)
            _send(line, content)
            answer = _answer(line)
    except OSError:
        return Verdict.UNKNOWN
    if answer.endswith(b" OK"):
        return Verdict.CLEAN
    return Verdict.FOUND if answer.endswith(b" FOUND") else Verdict.UNKNOWN


def _send(line: socket.socket, content: bytes) -> None:
    line.sendall(b"zINSTREAM\0")
    for start in range(0, len(content), PIECE):
        piece = content[start : start + PIECE]
        line.sendall(len(piece).to_bytes(4, "big") + piece)
    line.sendall((0).to_bytes(4, "big"))


def _answer(line: socket.socket) -> bytes:
    answer = b""
    while not answer.endswith(b"\0") and (more := line.recv(4096)):
        answer += more
    return answer.strip(b"\0 \n")
