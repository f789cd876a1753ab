"""The demonstration, furnished afresh in a home of its own and answering."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connections, transaction
from pytest_django.plugin import DjangoDbBlocker

from benchmarks.ports import free_port
from tests.shape.source import ROOT

COMMAND = (sys.executable, "-m", "haven.config.command")


@dataclass(frozen=True)
class Demonstration:
    """Where it is, and what it said when it began."""

    address: str
    home: Path
    said: str

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """One of Haven's commands, for this demonstration."""
        environment = _environment() | {"HAVEN_HOME": str(self.home), "HAVEN_DEMO": "1", "HAVEN_ORIGIN": self.address}
        return subprocess.run(
            [*COMMAND, *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )

    @contextmanager
    def read_from_here(self, settings: LazySettings, blocker: DjangoDbBlocker) -> Iterator[None]:
        """Within, this process reads what the demonstration keeps, and opens what is sealed there."""
        shape = connections["default"].settings_dict
        before = {name: shape[name] for name in ("HOST", "NAME")}
        settings.IS_DEMO, settings.ROOT_KEY, settings.ROOT_KEY_FILE = True, "", self.home / "root-key"
        _elsewhere({"HOST": str(self.home / "db" / "s"), "NAME": "haven"})
        try:
            with blocker.unblock(), transaction.atomic():
                yield
                transaction.set_rollback(True)  # it reads, and no more
        finally:
            _elsewhere(before)


def _elsewhere(place: dict[str, str]) -> None:
    """Let go of the database this process reads, and read another."""
    connections.close_all()
    connections["default"].close_pool()
    connections["default"].settings_dict |= place


@contextmanager
def demonstration() -> Iterator[Demonstration]:
    """One that lasts as long as this."""
    home, port = ROOT / "var" / f"test-demo-{os.getpid()}", free_port()
    log = home.with_suffix(".log")
    log.parent.mkdir(exist_ok=True)
    with log.open("w") as out:
        running = subprocess.Popen(
            [*COMMAND, "demo", "--fresh", "--port", str(port)],
            cwd=ROOT,
            env=_environment() | {"HAVEN_DEMO_HOME": str(home)},
            stdout=out,
            stderr=out,
        )
    try:
        _wait_for(log, running)
        yield Demonstration(f"http://127.0.0.1:{port}", home, log.read_text())
    finally:
        running.terminate()
        running.wait(timeout=30)
        shutil.rmtree(home, ignore_errors=True)


def _environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("HAVEN_") or key == "HAVEN_PG_BIN"}
    return kept | {"DJANGO_SETTINGS_MODULE": "haven.config.settings"}


def _wait_for(log: Path, running: subprocess.Popen[bytes]) -> None:
    for _ in range(6000):
        if "Fairhaven is at" in log.read_text():
            return
        try:
            running.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            continue
        break
    pytest.fail(f"the demonstration did not start:\n{log.read_text()[-3000:]}")
