"""The process that parses: what it refuses, and that it cannot be made to do harm."""

import datetime as dt
import importlib
import io
import json
import os
import platform
import signal
import socket
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from haven.engines.documents import child, guard, landlock, started
from haven.engines.documents.limits import LARGEST_FILE, LARGEST_PASTE
from haven.engines.documents.refusal import Unreadable
from haven.engines.reading import confined
from haven.engines.reading.items import Contact, Event, Link, Marking, Reading
from haven.engines.reading.reader import read
from haven.engines.reading.safely import read_pasted_safely, read_safely
from haven.engines.reading.wire import packed, unpacked
from tests.documents.opened import opened, paragraph, word_file

TODAY = dt.date(2024, 1, 10)
NOTE = b"Please return the audit to audit@example.org by Friday 26 January 2024: https://x.example.org/a\n"


def zipped(entries: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


def lying_zip() -> bytes:
    """A Word file whose main part unpacks to far more than it declares."""
    honest = zipped({"word/document.xml": b"<a>" + b" " * 60_000_000 + b"</a>"})
    return honest.replace((60_000_007).to_bytes(4, "little"), (1000).to_bytes(4, "little"))


def test_what_comes_back_is_what_reading_here_gives() -> None:
    assert read_safely("a.txt", NOTE, TODAY) == read(opened("a.txt", NOTE), TODAY)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.docx", zipped({"word/document.xml": b"\0" * 60_000_000}), "unpacked it is far larger"),
        ("a.docx", zipped({"word/document.xml": b" " * 40_000_000}), "unpacked it is far larger"),
        ("a.docx", lying_zip(), "damaged|larger"),
        ("a.docx", zipped({f"word/{n}.xml": b"<a/>" for n in range(201)}), "more than 200 parts"),
        ("a.docx", zipped({"inner.zip": zipped({"a": b"a"})}), "not a Word document"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
        ("a.txt", b"%PDF-1.7 ...", "rename it to end in .pdf"),
        ("a.pdf", b"plain words", "damaged, or not a PDF"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "a picture"),
        ("a.xlsx", b"PK\x03\x04", "are not read; save it as .txt"),
        ("a", b"words", "no ending"),
        ("a.eml", b"", "empty"),
        ("a.txt", b"a" * (LARGEST_FILE + 1), "larger than 10 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(name: str, content: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said) as refused:
        read_safely(name, content, TODAY)
    assert "\n" not in refused.value.line
    assert len(refused.value.line) < 200


def test_pasted_text_may_be_longer_than_a_file() -> None:
    assert len(read_pasted_safely("standard input", b"Read this. " * 2, TODAY).text) == 22
    with pytest.raises(Unreadable, match="larger than 20 MB"):
        read_pasted_safely("standard input", b"a" * (LARGEST_PASTE + 1), TODAY)


def test_a_page_that_would_take_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "seconds", lambda *asked: 0.5)
    with pytest.raises(Unreadable, match="too long"):
        read_safely("a.html", b"<div>" * 300_000 + b"x", TODAY)


def test_what_needs_too_much_memory_is_given_up() -> None:
    cells = b"<w:p/>" * 6_000_000
    body = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'
    content = zipped({"word/document.xml": body % cells, "pad": os.urandom(400_000)})
    with pytest.raises(Unreadable, match=r"memory|damaged|too long"):
        read_safely("a.docx", content, TODAY)


def test_the_process_that_parses_gets_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAVEN_SECRET_KEY", "canary")
    seen: dict[str, dict[str, str]] = {}
    original = started.subprocess.Popen

    def watched(*args: object, **kwargs: dict[str, str]) -> object:
        seen["env"] = kwargs["env"]
        return original(*args, **kwargs)

    monkeypatch.setattr(started.subprocess, "Popen", watched)
    read_safely("a.txt", NOTE, TODAY)
    assert "canary" not in json.dumps(seen["env"])
    assert seen["env"].keys() == {"PYTHONPATH", "PYTHONIOENCODING", "PYTHONHASHSEED", "LANG"}


def test_the_process_that_parses_cannot_reach_the_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        reach = f"import socket; socket.create_connection(('127.0.0.1', {server.getsockname()[1]}), 2)"
        alone = "import sys; from haven.engines.documents.child import cut_off; cut_off() or sys.exit(7); "
        free, confined = (
            subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
            for code in (reach, alone + reach)
        )
    if confined.returncode == 7:
        pytest.skip("this system allows no namespaces")
    assert (free.returncode, confined.returncode) == (0, 1)


def test_the_process_that_parses_cannot_reach_a_socket_of_this_machine(tmp_path: Path) -> None:
    """The database's is one."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        server.listen()
        reach = f"import socket; socket.socket(socket.AF_UNIX).connect({str(tmp_path / 's')!r})"
        alone = "from haven.engines.documents.child import cut_off; cut_off(); "
        free, confined = (
            subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
            for code in (reach, alone + reach)
        )
    if platform.machine() not in child._FORBIDDEN:
        pytest.skip("how to forbid it is known for other machines only")
    assert free.returncode == 0
    assert b"PermissionError" in confined.stderr


CLOSED = """
import os, sys
from haven.engines.documents import child, landlock
kept = open({mine!r})
landlock.close_files(child._ROOT) or sys.exit(7)
def tried(what, *given):
    try:
        what(*given)
    except PermissionError:
        return "refused"
    return "allowed"
print(tried(open, {mine!r}), tried(open, "/etc/passwd"), tried(open, "/proc/self/environ"), tried(os.listdir, {home!r}),
      tried(open, {mine!r}, "w"), tried(open, {home!r} + "/new", "w"), tried(os.mkdir, {home!r} + "/in"),
      tried(os.unlink, {mine!r}), tried(open, child.__file__, "a"), tried(os.execv, sys.executable, ["python"]),
      tried(open, child.__file__), kept.read())
"""


def closed(code: str) -> list[str]:
    """What a process says that has given up this machine's files."""
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    if done.returncode == 7:
        pytest.skip("this system has no Landlock")
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_the_process_that_parses_can_open_none_of_its_users_files(tmp_path: Path) -> None:
    mine = tmp_path / "secret"
    mine.write_text("kept")
    *tried, source, held = closed(CLOSED.format(mine=str(mine), home=str(tmp_path)))
    assert tried == ["refused"] * 10
    assert (source, held) == ("allowed", "kept")  # its own code, and what it had open


def test_nothing_that_haven_keeps_beside_its_code_is_open_to_it(tmp_path: Path) -> None:
    """An installation may have its home in the clone."""
    (tmp_path / "haven").mkdir()
    (tmp_path / "var").mkdir()
    (tmp_path / "haven" / "code.py").write_text("code")
    (tmp_path / "var" / "file-key").write_text("key")
    look = f"""
import sys
from haven.engines.documents.landlock import close_files
sys.path.append({str(tmp_path)!r})
close_files({str(tmp_path)!r}) or sys.exit(7)
print(open({str(tmp_path / "haven" / "code.py")!r}).read())
try:
    open({str(tmp_path / "var" / "file-key")!r})
except PermissionError:
    print("refused")
"""
    assert closed(look) == ["code", "refused"]


@pytest.mark.parametrize("known", [1, 3, 4, 5, 6, 9])
def test_older_and_newer_systems_are_asked_for_what_they_know(known: int, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int | bytes | None, ...]] = []
    monkeypatch.setattr(landlock, "version", lambda: known)
    monkeypatch.setattr(landlock, "_ask", lambda number, *given: asked.append(given) or -1)
    assert not landlock.close_files(str(Path.cwd()))
    [(words, size, _flags)] = asked
    assert isinstance(words, bytes)
    assert len(words) == size == (24 if known >= 6 else 16 if known >= 4 else 8)
    rights = int.from_bytes(words[:8], sys.byteorder)
    assert rights == (1 << {1: 13, 3: 15, 4: 15}.get(known, 16)) - 1


def test_where_there_is_no_such_thing_reading_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landlock.sys, "platform", "darwin")
    assert landlock.version() == 0
    assert not landlock.close_files("/")


def test_a_process_that_has_given_up_files_reads_every_kind_as_before() -> None:
    """What is loaded while it reads is still within its reach."""
    for name in ("a.txt", "a.md", "a.html"):
        assert read_safely(name, NOTE, TODAY).text
    assert read_safely("a.eml", b"From: office@example.org\nSubject: Audit\n\n" + NOTE, TODAY).text
    assert read_safely("a.docx", word_file(paragraph("Please return the audit.")), TODAY).text


def test_what_a_note_may_need_is_compiled_before_files_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Afterwards nothing can be kept, and every later note would compile it again."""
    loaded: list[str] = []
    monkeypatch.setattr(confined, "import_module", lambda name: loaded.append(name) or importlib.import_module(name))
    asked = {"pasted": False, "files": [("a.pdf", 1)]}
    confined.load(asked)
    assert "phonenumbers" not in loaded
    monkeypatch.setattr(confined.os.path, "exists", lambda path: False)
    confined.load(asked)
    assert loaded[-1] == "phonenumbers"


def test_many_threads_can_read_at_once() -> None:
    readings: list[Reading] = []
    threads = [threading.Thread(target=lambda: readings.append(read_safely("a.txt", NOTE, TODAY))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(readings) == 3
    assert readings[0] == readings[1] == readings[2]


def test_a_name_with_strange_letters_does_no_harm() -> None:
    assert read_safely("--a\n\u202e\udcff.txt", NOTE, TODAY).media_type == "text/plain"


HONEST = Reading(
    "a.txt",
    "text/plain",
    None,
    dt.date(2024, 1, 10),
    "Send it to us",
    (
        Link(start=0, end=4, quote="Send", confidence=0.9, url="https://x.example.org", text="Send"),
        Event(
            start=5, end=7, quote="it", confidence=0.5, starts=dt.datetime(2024, 2, 1, 9, 30), ends=dt.date(2024, 2, 2)
        ),
        Contact(start=0, end=4, quote="Send", confidence=1.0, name=None, phones=("999",), marking=Marking.INTERNAL),
    ),
    ("one was not read",),
)


def changed(**fields: object) -> bytes:
    """An honest answer with its first item changed."""
    answer = json.loads(packed(HONEST))
    answer["items"][0] |= fields
    return json.dumps(answer).encode()


def test_an_honest_answer_is_believed() -> None:
    assert unpacked(changed()) == HONEST


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"[]",
        b"{}",
        b'{"source": 1, "items": [], "warnings": []}',
        b"[" * 100_000,
        b"\xff\xfe",
        packed(Reading("a", "text/plain", None, None, "text")).replace(b'"warnings": []', b'"warnings": [1]'),
        changed(start=1),
        changed(end=10_000),
        changed(start="0"),
        changed(quote="something else"),
        changed(kind="object"),
        changed(kind=["link"]),
        changed(confidence="high"),
        changed(kind="contact", name=None, role=None, phones=[1], emails=[], marking=None, marking_quote=None),
    ],
)
def test_an_answer_that_is_no_reading_is_not_believed(answer: bytes) -> None:
    with pytest.raises(ValueError):
        unpacked(answer)


def test_a_word_file_of_ordinary_size_is_within_the_limits() -> None:
    content = word_file(paragraph("Please return the audit by Friday 26 January 2024.") * 500)
    assert len(read_safely("a.docx", content, TODAY).text) > 20_000


def answered(monkeypatch: pytest.MonkeyPatch, name: str, content: bytes) -> tuple[int, bytes]:
    """What the child answers, run here without binding this process."""
    monkeypatch.setattr(child, "cut_off", lambda: True)
    monkeypatch.setattr(child, "_confine", lambda allowed: None)
    monkeypatch.setattr(child, "close_files", lambda root: True)
    asked = {"work": "read", "files": [(name, len(content))], "today": "2024-01-10", "pasted": False}
    given = io.BytesIO(json.dumps(asked).encode() + b"\n" + content)
    told = io.BytesIO()
    monkeypatch.setattr(child.sys, "stdin", io.TextIOWrapper(given))
    monkeypatch.setattr(child.sys, "stdout", io.TextIOWrapper(told))
    status = child.main()
    return status, told.getvalue()


def test_the_child_answers_with_a_reading_or_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    status, told = answered(monkeypatch, "a.txt", NOTE)
    assert (status, unpacked(told).name) == (0, "a.txt")
    status, told = answered(monkeypatch, "a.pdf", b"words")
    assert (status, b"not a PDF" in told) == (child.REFUSED, True)


def test_the_child_says_when_memory_runs_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_much(*_: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr(confined, "answer", too_much)
    assert answered(monkeypatch, "a.txt", NOTE)[0] == child.OUT_OF_MEMORY


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (child.OUT_OF_MEMORY, "memory"),
        (-signal.SIGXFSZ, "memory"),
        (-signal.SIGSEGV, "damaged"),
        (1, "damaged"),
        (0, "damaged"),
    ],
)
def test_however_the_child_ends_there_is_a_reason(status: int, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(started, "run", lambda *_: status)
    with pytest.raises(Unreadable, match=said):
        read_safely("a.txt", NOTE, TODAY)


def test_an_answer_that_is_far_too_long_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "LARGEST_ANSWER", 10)
    with pytest.raises(Unreadable, match="damaged"):
        read_safely("a.txt", NOTE, TODAY)


def test_reading_works_where_no_files_live_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(guard.os, "memfd_create", raising=False)
    assert read_safely("a.txt", NOTE, TODAY).text


@pytest.mark.parametrize(
    "content", [zipped({"word/document.xml": b"<w><open></w>"}), zipped({"word/document.xml": b"\0"})]
)
def test_broken_xml_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable, match="damaged"):
        read_safely("a.docx", content, TODAY)


def test_a_zip_entry_behind_a_password_is_refused() -> None:
    content = zipped({"word/document.xml": b"<a/>"})
    locked = content.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")
    assert locked != content
    with pytest.raises(Unreadable, match="password"):
        read_safely("a.docx", locked, TODAY)
