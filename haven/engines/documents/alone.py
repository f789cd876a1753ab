"""Has a fork of this process parse, where the process is a command by itself: that starts in half the time.

A fork gives up as much as a process of its own does. It differs in what is in its memory, so it is only taken where
that is nothing but the program: no other threads, no web system, no setting of an installation.
"""

import os
import select
import sys
from collections.abc import Callable
from importlib import import_module
from typing import IO

_FAILED = 1
_SETTINGS = "HAVEN_"


def is_alone() -> bool:
    """Whether this process is a command by itself, on a system that can wait for a fork with patience."""
    return (
        hasattr(os, "pidfd_open")
        and _has_one_thread()
        and "django" not in sys.modules
        and not any(name.startswith(_SETTINGS) for name in os.environ)
    )


def _has_one_thread() -> bool:
    """Whether the system counts one thread, whoever began the others."""
    try:
        return len(os.listdir("/proc/self/task")) == 1
    except OSError:
        return False


def forked(message: bytes, answer: IO[bytes], patience: int, meanwhile: Callable[[], object]) -> int:
    """The exit status of a fork that works on the message and writes to `answer`; negative where a signal ended it.
    `meanwhile` is done beside it."""
    child = import_module("haven.engines.documents.child")
    given = os.memfd_create("given")
    sys.stdout.flush()
    fork = os.fork()
    if not fork:
        _work(child.work, given, message, answer.fileno())
    os.close(given)
    return _waited(fork, patience, meanwhile)


def _work(work: Callable[[IO[bytes], IO[bytes]], int], given: int, message: bytes, answer: int) -> None:
    """Work and end, whatever happens: a fork must never go on as its parent would."""
    status = _FAILED
    try:
        os.setsid()
        os.chdir(os.sep)
        os.environ.clear()
        with open(given, "w+b") as received:
            received.write(message)
            received.seek(0)
            os.dup2(answer, 1)
            nowhere = os.open(os.devnull, os.O_RDWR)
            os.dup2(nowhere, 0)
            os.dup2(nowhere, 2)
            _close_others(received.fileno())
            with open(1, "wb", closefd=False) as told:
                status = work(received, told)
    finally:
        os._exit(status)


def _close_others(kept: int) -> None:
    os.closerange(3, kept)
    os.closerange(kept + 1, os.sysconf("SC_OPEN_MAX"))


def _waited(fork: int, patience: int, meanwhile: Callable[[], object]) -> int:
    """The fork's exit status, once it has ended or its time is over."""
    ended = os.pidfd_open(fork)
    try:
        meanwhile()
        if not select.select([ended], [], [], patience)[0]:
            return _cut_short(fork)
        return os.waitstatus_to_exitcode(os.waitpid(fork, 0)[1])
    finally:
        os.close(ended)


def _cut_short(fork: int) -> int:
    signals = import_module("signal")  # seldom wanted
    os.killpg(fork, signals.SIGKILL)
    os.waitpid(fork, 0)
    return -int(signals.SIGXCPU)
