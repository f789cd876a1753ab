"""The processes of a house, each of which can be killed and begun again."""

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Protocol

from haven.config.database.cluster import Cluster

DATABASE = "haven"
PATIENCE = 120.0  # seconds for anything to come up again


class Part(StrEnum):
    """What a house runs as."""

    WEB = "web"
    SECOND_WEB = "web-2"
    THIRD_WEB = "web-3"
    FOURTH_WEB = "web-4"
    WORKER = "worker"
    SEQUENCER = "sequencer"
    DATABASE = "database"


class Process(Protocol):
    """What is asked of a process that was begun."""

    @property
    def pid(self) -> int:
        """Its number, and that of its group."""

    def poll(self) -> int | None:
        """How it ended; none while it lives."""

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended."""


@dataclass
class Forked:
    """A process that the nursery forked, and whose end nobody is told."""

    pid: int

    def poll(self) -> int | None:
        """Something, once it is gone."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it is gone."""
        until = time.monotonic() + (timeout or PATIENCE)
        while self.poll() is None:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or PATIENCE)
            time.sleep(0.001)
        return 0


class DidNotComeBack(Exception):
    """Something that was killed did not come up again in time."""


@dataclass
class House:
    """A Haven of its own: its database, its servers, its worker, its sequencer.

    Where it is forked, four servers stand side by side, and all but the database come from the nursery.
    """

    home: Path
    aside: Path  # a folder that is never filled
    port: int
    environment: Mapping[str, str]
    is_forked: bool = True
    running: dict[Part, Process] = field(default_factory=dict)
    nursery: subprocess.Popen[str] | None = None
    volume: "Volume | None" = None
    skewed_by: float = 0.0  # seconds by which the clocks of web and worker are wrong

    @property
    def cluster(self) -> Cluster:
        """Its database."""
        return Cluster(self.home / "db")

    @property
    def plans(self) -> Path:
        """The folder in which a process looks whether it is to die at a point."""
        return self.aside / "plans"

    @property
    def webs(self) -> list[Part]:
        """Its servers."""
        return [Part.WEB, Part.SECOND_WEB, Part.THIRD_WEB, Part.FOURTH_WEB] if self.is_forked else [Part.WEB]

    @property
    def parts(self) -> list[Part]:
        """Everything but the database."""
        return [*self.webs, Part.WORKER, Part.SEQUENCER]

    def begin(self) -> None:
        """Everything, in order."""
        self.cluster.start()
        self.plans.mkdir(exist_ok=True)
        if self.is_forked:
            words = [sys.executable, "-m", "faults.nursery", str(self.port)]
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "start_new_session": True}
            with (self.home / "nursery.log").open("ab") as log:
                self.nursery = subprocess.Popen(words, env=self._environment(), stderr=log, **pipes)  # type: ignore[call-overload]
        for part in self.parts:
            self.start(part)
        self._wait_for_web()

    def start(self, part: Part) -> None:
        """One part, and wait until it is there. Raises `DidNotComeBack`."""
        if part is Part.DATABASE:
            self.cluster.start()
            return
        if self.nursery:
            self.running[part] = Forked(self._born(self.nursery, part))
            return
        words, environment = self._words(part), self._environment()
        with (self.home / f"{part}.log").open("ab") as log:
            self.running[part] = subprocess.Popen(
                words, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        if part is Part.WEB:
            self._wait_for_web()

    def kill(self, part: Part, chance: random.Random) -> str:
        """End it without a warning, in the midst of whatever it is doing; what exactly was killed, or nothing."""
        if part is Part.DATABASE:
            return self._kill_database(chance)
        process = self.running[part]
        if process.poll() is not None:
            return ""
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
            os.killpg(process.pid, signal.SIGKILL)  # and its children
        process.wait()
        return "a server" if part in self.webs else str(part)

    def is_down(self, part: Part) -> bool:
        """Whether it has ended."""
        if part is Part.DATABASE:
            with socket.socket(socket.AF_UNIX) as line:
                return line.connect_ex(str(self.cluster.socket / ".s.PGSQL.5432")) != 0
        return self.running[part].poll() is not None

    def raise_what_is_down(self) -> list[Part]:
        """Begin again whatever has ended; which parts."""
        fallen = [part for part in (Part.DATABASE, *self.parts) if self.is_down(part)]
        for part in fallen:
            self.start(part)
        return fallen

    def as_superuser(self) -> str:
        """How its database is reached by whom no lock holds."""
        return f"host={self.home / 'db' / 's'} user=haven dbname={DATABASE}"

    def ledger_fault(self) -> str:
        """What `haven ledger verify` says, where it does not hold."""
        words = [sys.executable, "-m", "haven.config.command", "ledger"]
        for each in ("sequence", "--once"), ("verify",):
            said = subprocess.run(
                [*words, *each], env=dict(self.environment), capture_output=True, text=True, check=False
            )
        return "" if said.returncode == 0 else said.stdout.strip() or said.stderr.strip()[-300:] or "it does not hold"

    def end(self) -> None:
        """Stop everything in good order."""
        for process in self.running.values():
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.running.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        if self.nursery:
            self.nursery.kill()
            self.nursery.wait()
        self.cluster.stop()

    def _environment(self) -> dict[str, str]:
        return {**self.environment, "FAULTS_PLANS": str(self.plans), "FAULTS_SKEW": str(self.skewed_by)}

    def _born(self, nursery: subprocess.Popen[str], part: Part) -> int:
        """The number of a process that was forked just now. Raises `DidNotComeBack`."""
        assert nursery.stdin
        assert nursery.stdout
        nursery.stdin.write(f"{part} {self.skewed_by}\n")
        nursery.stdin.flush()
        answer = nursery.stdout.readline()
        if not answer:
            raise DidNotComeBack((self.home / "nursery.log").read_text(errors="replace")[-3000:])
        return int(answer)

    def _words(self, part: Part) -> list[str]:
        if part is Part.WEB:
            where = ["--host", "127.0.0.1", "--port", str(self.port), "--log-level", "error"]
            wide = ["--interface", "wsgi", "--workers", "1", "--blocking-threads", "4", "--no-ws"]
            return [sys.executable, "-m", "granian", *where, *wide, "faults.armed_web:application"]
        told = {Part.WORKER: ["work"], Part.SEQUENCER: ["ledger", "sequence", "--stand-by"]}[part]
        return [sys.executable, "-m", "faults.armed", *told]

    def _wait_for_web(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            line = HTTPConnection("127.0.0.1", self.port, timeout=30)
            try:
                line.request("GET", "/help/")
                if line.getresponse().status < 500:
                    return
            except (OSError, HTTPException):
                time.sleep(0.05)
            finally:
                line.close()
            if self.running[Part.WEB].poll() is not None:  # somebody killed it as it came up, or a point did
                self.start(Part.WEB)
                return
        log = (self.home / "web.log").read_text(errors="replace")
        raise DidNotComeBack(f"the server does not answer. It said:\n{log[-3000:]}")

    def kill_whole_database(self) -> None:
        """All of its processes at once, as if the machine had stopped, but for what it has written."""
        first = int((self.cluster.data / "postmaster.pid").read_text().split()[0])
        for each in (first, *_children(first)):
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
        until = time.monotonic() + PATIENCE
        while not self.is_down(Part.DATABASE) and time.monotonic() < until:
            time.sleep(0.001)

    def _kill_database(self, chance: random.Random) -> str:
        """One process of it, upon which the rest starts anew; or all of it at once."""
        first = int((self.cluster.data / "postmaster.pid").read_text().split()[0])
        others = list(_children(first))
        if others and chance.random() < 0.8:
            victim = chance.choice(others)
            try:
                os.kill(victim, signal.SIGKILL)
            except ProcessLookupError:  # it had ended by itself
                return ""
            return "one process of the database"
        self.kill_whole_database()
        return "the whole database"


def _children(of: int) -> Iterator[int]:
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, IndexError, ValueError):
            if int(path.read_text().rpartition(")")[2].split()[1]) == of:
                yield int(path.parent.name)


class Volume:
    """A small volume of memory for a house, where this process may mount one: it can be filled without harm to others.

    Nothing here looks at what survives the loss of power: that is for a machine whose disk can be made to lie.
    """

    def __init__(self, folder: Path, megabytes: int = 3000) -> None:
        words = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", str(folder)]
        can = os.geteuid() == 0 and shutil.which("mount")
        self.folder, self.ballast = folder, folder / "ballast"
        self.is_there = bool(can) and subprocess.run(words, capture_output=True, check=False).returncode == 0

    def fill(self, leaving: float) -> None:
        """Fill it but for this share."""
        usage = shutil.disk_usage(self.folder)
        left = int(usage.free - leaving * usage.total)
        with suppress(OSError), self.ballast.open("ab") as file:
            while left > 0:
                left -= file.write(bytes(min(left, 2**20)))

    def empty(self) -> None:
        """Give the space back."""
        self.ballast.unlink(missing_ok=True)

    def end(self) -> None:
        """Take it away."""
        if self.is_there:
            subprocess.run(["umount", "-l", str(self.folder)], capture_output=True, check=False)
