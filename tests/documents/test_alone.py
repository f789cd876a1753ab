"""A fork that parses answers, refuses and is ended as a process of its own is, and is taken only by a command alone."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from haven.engines.documents import alone

ROOT = Path(alone.__file__).parents[3]
NOTE = "Please return the audit to audit@example.org by Friday 26 January 2024."
TRY = """
import sys
from haven.engines.documents import alone, guard
{patch}
with guard._blank_file() as answer:
    status = alone.forked({message!r}, answer, {patience}, lambda: None)
    print(alone.is_alone(), status, guard._said(answer).decode())
"""


def tried(message: bytes, patch: str = "", patience: float = 20, **env: str) -> list[str]:
    """Whether the process was alone, the fork's exit status and its answer, in a process without Django."""
    code = TRY.format(patch=patch, message=message, patience=patience)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HAVEN_", "COV"))}
    ran = subprocess.run(
        [sys.executable, "-c", code], env=kept | env, cwd=ROOT, capture_output=True, text=True, check=True
    )
    return ran.stdout.strip().split(" ", 2)


def message(name: str, content: bytes) -> bytes:
    asked = {"work": "read", "files": [[name, len(content)]], "today": "2024-01-10", "pasted": False}
    return json.dumps(asked).encode() + b"\n" + content


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="this system cannot wait for a fork with patience")
class TestForked:
    def test_it_answers(self) -> None:
        is_alone, status, answer = tried(message("a.txt", NOTE.encode()))
        assert (is_alone, status) == ("True", "0")
        assert json.loads(answer)["source"]["text"] == NOTE

    def test_it_refuses_by_name(self) -> None:
        _, status, answer = tried(message("a.pdf", b"words"))
        assert status == "3"
        assert json.loads(answer)[0] == ""
        assert "not a PDF" in json.loads(answer)[1]

    def test_what_takes_too_long_is_ended(self) -> None:
        slow = "import time, haven.engines.documents.child as child\nchild.work = lambda given, told: time.sleep(60)"
        assert tried(message("a.txt", b"words"), slow, patience=0.3)[1] == "-24"

    def test_a_failure_ends_the_fork_and_not_its_parent(self) -> None:
        broken = "import haven.engines.documents.child as child\nchild.work = lambda given, told: 1 / 0"
        assert tried(message("a.txt", b"words"), broken)[:2] == ["True", "1"]

    def test_it_holds_nothing_that_its_parent_had_open_or_was_told(self) -> None:
        shows = """
import json, os, haven.engines.documents.child as child
kept = open("/dev/zero")
def work(given, told):
    told.write(json.dumps([sorted(map(int, os.listdir("/proc/self/fd")))[:3], dict(os.environ), os.getcwd()]).encode())
    told.write(str(os.path.exists(f"/proc/self/fd/{kept.fileno()}")).encode())
    return 0
child.work = work
"""
        assert tried(b"", shows, PRIVATE="canary")[2].endswith('{}, "/"]False')


@pytest.mark.parametrize("setting", ["HAVEN_SECRET_KEY", "HAVEN_DATABASE_URL"])
def test_where_a_setting_of_an_installation_is_known_no_fork_is_taken(setting: str) -> None:
    assert tried(message("a.txt", b"words"), **{setting: "x"})[0] == "False"


def test_a_web_process_or_one_with_threads_is_not_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not alone.is_alone()  # Django is loaded here
    monkeypatch.delitem(sys.modules, "django")
    for name in [name for name in os.environ if name.startswith("HAVEN_")]:
        monkeypatch.delenv(name)
    other = threading.Event()
    worker = threading.Thread(target=other.wait, daemon=True)
    worker.start()
    assert not alone.is_alone()
    other.set()
    worker.join()
