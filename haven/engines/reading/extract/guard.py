"""Reads a document that nobody has vouched for: in a process of its own, with little memory and time and no secrets."""

import datetime as dt
import json
import os
import signal
import subprocess
import sys
from importlib import import_module
from typing import IO, TYPE_CHECKING

import haven
from haven.engines.reading.extract.limits import LARGEST_ANSWER, LARGEST_FILE, LARGEST_PASTE, MEBIBYTE, seconds
from haven.engines.reading.extract.refusal import Unreadable

if TYPE_CHECKING:  # loaded while the child starts
    from haven.engines.reading.items import Reading

_ROOT = os.path.dirname(os.path.dirname(os.path.abspath(haven.__file__)))
_WIRE = "haven.engines.reading.extract.wire"
_COMMAND = (sys.executable, "-P", "-s", "-m", "haven.engines.reading.extract.child")
_SMALLER = "split it, or paste the part that matters as text"
_REFUSED = 3
_TOO_MUCH = f"it needs more memory than a note should; {_SMALLER}"
_TOO_LONG = f"it takes too long to read; {_SMALLER}"
_DAMAGED = "it is damaged, or not the kind of file its name says; save it again and read that"


def read_safely(name: str, content: bytes, today: dt.date) -> "Reading":
    """Read a file of any known kind. Raises Unreadable, whose line says what is wrong and what to do."""
    if len(content) > LARGEST_FILE:
        raise Unreadable(f"it is larger than {LARGEST_FILE // MEBIBYTE} MB; {_SMALLER}")
    return _read(name, content, today, is_pasted=False)


def read_pasted_safely(name: str, content: bytes, today: dt.date) -> "Reading":
    """Read text that was pasted or piped in; `name` is only what it is called. Raises Unreadable."""
    if len(content) > LARGEST_PASTE:
        raise Unreadable(f"it is larger than {LARGEST_PASTE // MEBIBYTE} MB; {_SMALLER}")
    return _read(name, content, today, is_pasted=True)


def _read(name: str, content: bytes, today: dt.date, *, is_pasted: bool) -> "Reading":
    asked = {"name": name, "today": today.isoformat(), "pasted": is_pasted, "size": len(content)}
    with _blank_file() as answer:
        status = _run(json.dumps(asked).encode() + b"\n" + content, answer, 2 * seconds(name, len(content)))
        said = _said(answer)
    if status == 0:
        try:
            reading: Reading = import_module(_WIRE).unpacked(said)
            return reading
        except ValueError as error:
            raise Unreadable(_DAMAGED) from error
    raise Unreadable(_reason(status, said))


def _run(message: bytes, answer: IO[bytes], patience: int) -> int:
    """The child's exit status, negative where a signal ended it."""
    with subprocess.Popen(
        _COMMAND,
        stdin=subprocess.PIPE,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": _ROOT, "PYTHONIOENCODING": "utf-8", "PYTHONHASHSEED": "0", "LANG": "C.UTF-8"},
        cwd=os.sep,
        start_new_session=True,
    ) as child:
        import_module(_WIRE)
        try:
            child.communicate(message, timeout=patience)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            return -signal.SIGXCPU
        return child.returncode


def _blank_file() -> IO[bytes]:
    """A file without a name: in memory where the system has such, so that nothing confidential touches the disk."""
    if hasattr(os, "memfd_create"):
        return open(os.memfd_create("answer"), "w+b")
    file: IO[bytes] = import_module("tempfile").TemporaryFile()
    return file


def _said(answer: IO[bytes]) -> bytes:
    if answer.seek(0, os.SEEK_END) > LARGEST_ANSWER:
        return b""
    answer.seek(0)
    return answer.read()


def _reason(status: int, said: bytes) -> str:
    if status == _REFUSED and said:
        return " ".join(said.decode("utf-8", "replace").split())[:400]
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        return _TOO_LONG
    if status in (4, -signal.SIGXFSZ):
        return _TOO_MUCH
    return _DAMAGED
