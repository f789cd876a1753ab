"""Work that somebody waits for, with a bar beside it that shows that it goes on."""

import signal
from collections.abc import Callable
from contextlib import ExitStack
from importlib import import_module
from typing import TypeVar

_PATIENCE = 2.0  # seconds before the bar appears
T = TypeVar("T")


def watched(work: Callable[[], T], doing: str) -> T:
    """Do the work; where it lasts, show that it goes on. An alarm tells that it does: beside a thread that waited, a
    process could not hand the work to a fork."""
    with ExitStack() as shown:
        before = signal.signal(
            signal.SIGALRM, lambda *_: shown.enter_context(import_module("haven.config.progress").bar(doing))
        )
        signal.setitimer(signal.ITIMER_REAL, _PATIENCE)
        try:
            return work()
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
