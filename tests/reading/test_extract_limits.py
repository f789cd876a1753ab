"""The process that parses: what it refuses, and that it cannot be made to do harm."""

import datetime as dt
import io
import json
import os
import socket
import subprocess
import sys
import threading
import zipfile

import pytest

from haven.engines.reading.extract import guard
from haven.engines.reading.extract.guard import read_pasted_safely, read_safely
from haven.engines.reading.extract.limits import LARGEST_FILE, LARGEST_PASTE
from haven.engines.reading.extract.refusal import Unreadable
from haven.engines.reading.extract.wire import packed, unpacked
from haven.engines.reading.items import Reading
from haven.engines.reading.reader import read
from tests.reading.opened import opened, paragraph, word_file

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
    original = guard.subprocess.Popen

    def watched(*args: object, **kwargs: dict[str, str]) -> object:
        seen["env"] = kwargs["env"]
        return original(*args, **kwargs)

    monkeypatch.setattr(guard.subprocess, "Popen", watched)
    read_safely("a.txt", NOTE, TODAY)
    assert "canary" not in json.dumps(seen["env"])
    assert seen["env"].keys() == {"PYTHONPATH", "PYTHONIOENCODING", "PYTHONHASHSEED", "LANG"}


def test_the_process_that_parses_cannot_reach_the_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        reach = f"import socket; socket.create_connection(('127.0.0.1', {server.getsockname()[1]}), 2)"
        alone = "import sys; from haven.engines.reading.extract.child import cut_off; cut_off() or sys.exit(7); "
        free, confined = (
            subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
            for code in (reach, alone + reach)
        )
    if confined.returncode == 7:
        pytest.skip("this system allows no namespaces")
    assert (free.returncode, confined.returncode) == (0, 1)


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


def changed(**fields: object) -> bytes:
    """An honest answer with its first item changed."""
    answer = json.loads(packed(read(opened("a.txt", NOTE), TODAY)))
    answer["items"][0] |= fields
    return json.dumps(answer).encode()


def test_an_honest_answer_is_believed() -> None:
    assert unpacked(changed()) == read(opened("a.txt", NOTE), TODAY)


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
        changed(who="DSL", emails=[1], optional="no", url=None, title=None, what=None),
    ],
)
def test_an_answer_that_is_no_reading_is_not_believed(answer: bytes) -> None:
    with pytest.raises(ValueError):
        unpacked(answer)


def test_a_word_file_of_ordinary_size_is_within_the_limits() -> None:
    content = word_file(paragraph("Please return the audit by Friday 26 January 2024.") * 500)
    assert len(read_safely("a.docx", content, TODAY).text) > 20_000
