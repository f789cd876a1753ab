"""Works on documents that nobody has vouched for: in a process of its own, with little memory and time, no secrets."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import IO

import haven
from haven.engines.documents.alone import forked, is_alone
from haven.engines.documents.limits import LARGEST_ANSWER, LARGEST_FILE, MEBIBYTE, seconds
from haven.engines.documents.refusal import Unreadable

_ROOT = os.path.dirname(os.path.dirname(os.path.abspath(haven.__file__)))
_COMMAND = (sys.executable, "-P", "-s", "-S", "-m", "haven.engines.documents.child")
_PACKAGES = [folder for folder in sys.path if folder.endswith("-packages")]  # found without looking through them first
_SMALLER = "split it, or paste the part that matters as text"
_REFUSED = 3
_TOO_MUCH = f"it needs more memory than a document should; {_SMALLER}"
_TOO_LONG = f"it takes too long to read; {_SMALLER}"
DAMAGED = "it is damaged, or not the kind of file its name says; save it again and read that"


def answered(
    work: str, files: Sequence[tuple[str, bytes]], meanwhile: Callable[[], object], **asked: str | bool
) -> bytes:
    """The answer of the engine `work` to files (name and content of each) and what else is `asked`. `meanwhile` is done
    while the process starts. Raises Unreadable, whose line says what is wrong and what to do."""
    sizes = [(name, len(content)) for name, content in files]
    message = json.dumps({"work": work, "files": sizes, **asked}).encode() + b"\n" + b"".join(c for _, c in files)
    with _blank_file() as answer:
        run = forked if is_alone() else _run
        status = run(message, answer, 2 * seconds(sizes), meanwhile)
        said = _said(answer)
    if status:
        raise _refusal(status, said)
    return said


def check_size(name: str, content: bytes, largest: int = LARGEST_FILE) -> None:
    """Raises Unreadable where a file has more bytes than the largest."""
    if len(content) > largest:
        raise Unreadable(f"it is larger than {largest // MEBIBYTE} MB; {_SMALLER}", name)


def _run(message: bytes, answer: IO[bytes], patience: int, meanwhile: Callable[[], object]) -> int:
    """The child's exit status, negative where a signal ended it."""
    with subprocess.Popen(
        _COMMAND,
        stdin=subprocess.PIPE,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        env={
            "PYTHONPATH": os.pathsep.join([_ROOT, *_PACKAGES]),
            "PYTHONIOENCODING": "utf-8",
            "PYTHONHASHSEED": "0",
            "LANG": "C.UTF-8",
        },
        cwd=os.sep,
        start_new_session=True,
    ) as child:
        meanwhile()
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


def _refusal(status: int, said: bytes) -> Unreadable:
    if status == _REFUSED and said:
        try:
            name, line = json.loads(said)
            return Unreadable(" ".join(str(line).split())[:400], str(name))
        except ValueError:
            return Unreadable(DAMAGED)
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        return Unreadable(_TOO_LONG)
    if status in (4, -signal.SIGXFSZ):
        return Unreadable(_TOO_MUCH)
    return Unreadable(DAMAGED)
