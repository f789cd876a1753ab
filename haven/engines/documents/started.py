"""Has a process of its own parse, where this one is more than a command by itself."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import IO

import haven

_ROOT = os.path.dirname(os.path.dirname(os.path.abspath(haven.__file__)))
_COMMAND = (sys.executable, "-P", "-s", "-S", "-m", "haven.engines.documents.child")
_PACKAGES = [folder for folder in sys.path if folder.endswith("-packages")]  # found without looking through them first


def run(message: bytes, answer: IO[bytes], patience: int, meanwhile: Callable[[], object]) -> int:
    """Start a process that works on the message and writes to `answer`. Its exit status, negative where a signal ended
    it. `meanwhile` is done beside it."""
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
