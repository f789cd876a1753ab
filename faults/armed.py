"""A process of Haven that dies where it is told to: begun by the harness in the place of `haven`.

A plan is a file named after its point that says at which pass of it the process ends. It is taken away by whoever dies
of it, so that the next process lives.
"""

import os
import signal
import sys
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine

from haven.config import command
from haven.engines.faultpoints import arm

_passed: Counter[str] = Counter()


def make_ready() -> None:
    """Look at the plan at every point, and let the clock be wrong where it is to be."""
    arm(_at_point)
    if skew := float(os.environ.get("FAULTS_SKEW", "0")):
        time_machine.travel(datetime.now(UTC) + timedelta(seconds=skew), tick=True).start()


def _at_point(name: str) -> None:
    plan = Path(os.environ["FAULTS_PLANS"]) / name
    with suppress(FileNotFoundError):
        at_pass = int(plan.read_text())
        _passed[name] += 1
        if _passed[name] >= at_pass:
            plan.unlink()
            os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    make_ready()
    sys.exit(command.main(sys.argv[1:]))
