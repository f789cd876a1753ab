"""Deadline day: many schools save an answer every ten seconds through the real server, which is killed half way."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import median, quantiles
from uuid import UUID

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from rich.console import Console
from rich.progress import track

from benchmarks.audits_england import England, settle
from benchmarks.audits_pages import Measured, signed_in
from benchmarks.figures import Figure

ROOT = Path(__file__).resolve().parents[1]
EVERY = 10.0  # seconds
HANDS = 40  # threads that send
TOKEN = "a" * 32
MARK = "save number "


@dataclass
class School:
    """One school that saves again and again."""

    of: UUID
    session: str
    starts: float
    saves: int = 0
    seen: dict[str, int] = field(default_factory=dict)
    acknowledged: dict[str, int] = field(default_factory=dict)  # by question, the last save that was answered


@dataclass
class Told:
    """What came of it, of one thread."""

    times: list[float] = field(default_factory=list)
    faults: int = 0


def measure(england: England, *, seconds: int, workers: int) -> Measured:
    """Let them save for so long, and look for every save that was acknowledged."""
    schools = _schools(england)
    settle()
    server = Server(workers)
    ends = threading.Event()
    told = [Told() for _ in range(HANDS)]
    hands = [
        threading.Thread(target=_save_on, args=(schools[place::HANDS], england.keys, server.port, ends, told[place]))
        for place in range(HANDS)
    ]
    try:
        server.start()
        began = time.perf_counter()
        for hand in hands:
            hand.start()
        deaf = 0.0
        for second in track(range(seconds), "Deadline day", transient=True, console=Console(stderr=True)):
            time.sleep(max(began + second + 1 - time.perf_counter(), 0))
            if second == seconds // 2:
                deaf = server.killed_and_started()
        ends.set()
        for hand in hands:
            hand.join()
        took = time.perf_counter() - began
    finally:
        ends.set()
        server.stop()
    return _figures(schools, told, took, deaf, workers)


class Server:
    """Haven's web server, as `haven serve` starts it."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        words = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", self.port]
        words += ["--workers", self.workers, "--blocking-threads", "2", "--no-ws", "--log-level", "warning"]
        self._process = subprocess.Popen(
            [*map(str, words), "haven.config.wsgi:application"],
            cwd=ROOT,
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "haven.config.settings"},
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        patience = time.monotonic() + 60
        while time.monotonic() < patience:
            try:
                line = HTTPConnection("127.0.0.1", self.port, timeout=30)
                line.request("GET", "/static/none")
                line.getresponse()
            except (OSError, HTTPException):
                time.sleep(0.05)
            else:
                return
        raise RuntimeError("the server does not answer")

    def killed_and_started(self) -> float:
        """Kill it without warning, start it again, and say for how long it did not answer."""
        began = time.perf_counter()
        self._kill()
        self.start()
        return time.perf_counter() - began

    def stop(self) -> None:
        """End it."""
        if self._process and self._process.poll() is None:
            self._kill()

    def _kill(self) -> None:
        if self._process:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def _schools(england: England) -> list[School]:
    """A session for each, written at once."""
    store, ends = SessionStore(), timezone.now() + timedelta(hours=8)
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    rows, schools = [], []
    for number, (person, of) in enumerate(england.returning):
        said = {SESSION_KEY: str(person.pk), BACKEND_SESSION_KEY: backend} | signed_in(person)
        said[HASH_SESSION_KEY] = person.get_session_auth_hash()
        rows.append(Session(session_key=f"school{number:026}", session_data=store.encode(said), expire_date=ends))
        schools.append(School(of, rows[-1].session_key, EVERY * number / len(england.returning)))
    Session.objects.bulk_create(rows)
    return schools


def _save_on(schools: Sequence[School], keys: Sequence[str], port: int, ends: threading.Event, told: Told) -> None:
    """Save for these schools, each when its time has come, over one line; what fails is sent again."""
    began, line = time.perf_counter(), HTTPConnection("127.0.0.1", port, timeout=30)
    waiting = sorted(schools, key=lambda school: school.starts)
    while waiting and not ends.is_set():
        school = waiting.pop(0)
        ends.wait(max(began + school.starts - time.perf_counter(), 0))
        while not ends.is_set():
            sent = time.perf_counter()
            try:
                _save(line, school, keys[school.saves % len(keys)])
            except (OSError, HTTPException):
                told.faults += 1
                line.close()
                ends.wait(0.1)
            else:
                told.times.append((time.perf_counter() - sent) * 1000)
                school.saves += 1
                break
        school.starts += EVERY
        waiting.append(school)
    line.close()


def _save(line: HTTPConnection, school: School, key: str) -> None:
    fields = {key: "partly", f"{key}.words": f"{MARK}{school.saves}"}
    body = json.dumps({"question": key, "fields": fields, "seen": school.seen.get(key, 1)})
    headers = {
        "Content-Type": "application/json",
        "Cookie": f"haven={school.session}; haven-csrf={TOKEN}",
        "X-CSRFToken": TOKEN,
    }
    line.request("POST", f"/audits/{school.of}/save/", body, headers)
    response = line.getresponse()
    said = response.read()
    if response.status != 200:
        raise RuntimeError(f"a save was answered {response.status}: {said[:300]!r}")
    school.seen[key] = json.loads(said)["revision"]
    school.acknowledged[key] = school.saves


def _figures(schools: Sequence[School], told: Sequence[Told], took: float, deaf: float, workers: int) -> Measured:
    times = [each for one in told for each in one.times]
    lost, offered = _lost(schools), len(schools) / EVERY
    group = f"Deadline day: {len(schools):,} schools, each an answer every {EVERY:.0f} s, {workers} web processes"
    p95 = quantiles(times, n=20)[-1]
    reached = len(times) / (took - deaf)
    return [
        (
            Figure(
                group=group,
                name="saves, while the server was there",
                value=round(reached, 1),
                unit="a second",
                compared=round(offered, 1),
                compared_with="saves a second that they would make",
            ),
            True,
        ),
        (Figure(group=group, name="time of a save, p50", value=round(median(times), 1), unit="ms"), True),
        (Figure(group=group, name="time of a save, p95", value=round(p95, 1), unit="ms"), True),
        (Figure(group=group, name="saves acknowledged", value=len(times), unit="saves"), True),
        (Figure(group=group, name="killed: until it answered again", value=round(deaf, 1), unit="s"), True),
        (
            Figure(
                group=group,
                name="sent in vain meanwhile, and sent again",
                value=sum(one.faults for one in told),
                unit="saves",
            ),
            True,
        ),
        (
            Figure(group=group, name="acknowledged saves that are lost", value=lost, unit="saves", wanted="0"),
            lost == 0,
        ),
    ]


def _lost(schools: Sequence[School]) -> int:
    """How many questions do not have the last save that was acknowledged, nor a later one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select audits_return.id, question, words from questions_answer join audits_return using (sheet_id)"
            " where words like %s",
            [f"{MARK}%"],
        )
        found = {(of, question): int(words.removeprefix(MARK)) for of, question, words in cursor.fetchall()}
    return sum(
        found.get((school.of, key), -1) < number for school in schools for key, number in school.acknowledged.items()
    )
