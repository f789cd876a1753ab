"""Runs a command in a process of its own, and says how long it took and how much memory it and its children had.

A process inherits its starter's high-water mark of memory, so this module starts small and is itself run as a child:
`python -m benchmarks.launching COMMAND…` prints one JSON object.
"""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Run:
    """The median time of a command, by the clock and of the processor, and its highest memory."""

    seconds: float
    peak_mib: float
    cpu_seconds: float = 0.0  # of all its processes together


def launched(*command: str, times: int = 1) -> Run:
    """Run a command so many times over. Raises RuntimeError where it fails."""
    runs = [_launched(command) for _ in range(times)]
    peak = max(run.peak_mib for run in runs)
    return Run(median(run.seconds for run in runs), peak, median(run.cpu_seconds for run in runs))


def _launched(command: tuple[str, ...]) -> Run:
    words = [sys.executable, "-m", "benchmarks.launching", *command]
    told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    answer = json.loads(told.stdout)
    if answer["status"]:
        raise RuntimeError(f"{' '.join(command)} ended with status {answer['status']}: {told.stderr.strip()[-300:]}")
    return Run(answer["seconds"], answer["peak_mib"], answer["cpu_seconds"])


def _launch(command: list[str]) -> dict[str, float]:
    began = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - began
    unit = 1 if sys.platform == "darwin" else 1024
    return {
        "seconds": seconds,
        "cpu_seconds": used.ru_utime + used.ru_stime,
        "peak_mib": used.ru_maxrss * unit / 2**20,
        "status": os.waitstatus_to_exitcode(status),
    }


if __name__ == "__main__":
    print(json.dumps(_launch(sys.argv[1:])))
