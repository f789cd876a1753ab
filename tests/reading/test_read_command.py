"""`haven read`, as it is run."""

import io
import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from rich.console import Console

from haven.config import progress
from haven.config.command import main
from haven.config.read_tables import print_tables
from haven.engines.reading.items import Contact, Deadline, Reading
from tests.documents.opened import paragraph, pdf_file, word_file

ROOT = Path(__file__).parents[2]
NOTE = """Spring notes, 10 January 2024

Grace Obi, Education lead: 01632 960451, grace@example.org (professionals only)

Please return the audit by Friday 26 January 2024. The form is at https://forms.example.org/audit
The forum is on Tues 6 February, 4pm to 5.30pm, on Teams.
You must not ring the parent. See Keeping children safe in education 2023.
"""
FORMS = {
    "a.txt": NOTE.encode(),
    "a.md": NOTE.encode(),
    "a.html": f"<p>{NOTE}</p>".encode(),
    "a.eml": f"From: Grace <grace@example.org>\nDate: Mon, 8 Jan 2024 09:00:00 +0000\nSubject: x\n\n{NOTE}".encode(),
    "a.docx": word_file("".join(map(paragraph, NOTE.split("\n")))),
    "a.pdf": pdf_file([[(50, 780 - 16 * at, 10, line) for at, line in enumerate(NOTE.split("\n")) if line]]),
}
SCHEMA = json.loads((ROOT / "docs/reference/reading.schema.json").read_text())


def run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "haven.config.command", "read", *arguments]
    return subprocess.run(command, input=given, capture_output=True, cwd=ROOT, check=False, timeout=60)


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert main(["read", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("name", FORMS)
def test_every_kind_of_file_is_printed_as_the_schema_says(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(FORMS[name])
    document = printed(capsys, str(tmp_path / name), "--today", "2024-01-10")
    Draft202012Validator(SCHEMA).validate(document)
    text = document["source"]["text"]
    assert {"deadline", "link", "contact"} <= {item["kind"] for item in document["items"]}
    assert all(text[item["start"] : item["end"]] == item["quote"] for item in document["items"])
    assert "2024-01-26" in {item["date"] for item in document["items"] if item["kind"] == "deadline"}
    assert document["source"]["name"] == name


def test_the_schema_refuses_what_is_not_promised() -> None:
    good = {
        "kind": "link",
        "start": 0,
        "end": 1,
        "quote": "a",
        "confidence": 0.5,
        "url": "https://a.example.org",
        "text": "a",
    }
    source = {"name": "a", "media_type": "text/plain", "title": None, "date": None, "text": "a"}
    judge = Draft202012Validator(SCHEMA)
    assert judge.is_valid({"source": source, "items": [good]})
    for bad in (
        good | {"more": 1},
        good | {"kind": "person"},
        good | {"confidence": 2},
        {k: good[k] for k in good if k != "url"},
    ):
        assert not judge.is_valid({"source": source, "items": [bad]})


def test_text_is_read_from_standard_input() -> None:
    done = run("-", "--today", "2024-01-10", "--json", given="Please return it by 26 January – café.".encode())
    assert (done.returncode, done.stderr) == (0, b"")
    source = json.loads(done.stdout)["source"]
    assert (source["name"], source["text"]) == ("standard input", "Please return it by 26 January – café.")


def test_the_same_note_is_always_printed_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOTE)
    outputs = {run(str(tmp_path / "a.txt"), "--today", "2024-01-10", "--json").stdout for _ in range(2)}
    assert len(outputs) == 1


def test_people_see_deadlines_first() -> None:
    done = run("-", "--today", "2024-01-10", given=NOTE.encode())
    told = done.stdout.decode()
    assert done.returncode == 0
    assert told.index("Deadlines (1)") < told.index("Contacts (1)")
    assert "Fri 26 Jan 2024" in told
    assert "professional only" in told
    assert "\x1b" not in told


def test_a_note_that_asks_nothing_says_so() -> None:
    assert b"Nothing found" in run("-", given=b"The sky was blue over the sea.").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["absent.txt"], "absent.txt: there is no such file"),
        (["."], "it is a folder"),
        (["a\0b.txt"], "cannot be opened"),
        (["x" * 5000], "cannot be opened"),
        (["README.md", "--today", "yesterday"], "is not a date like 2024-09-30"),
        ([], "FILE"),
        (["pyproject.toml"], "files of this kind (.toml) are not read"),
    ],
)
def test_bad_usage_is_one_clear_line_and_exit_status_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    try:
        status = main(["read", *arguments])
    except SystemExit as stopped:
        status = stopped.code
    told = capsys.readouterr()
    assert (status, told.out) == (2, "")
    assert said in told.err
    assert "Traceback" not in told.err


def test_a_file_that_may_not_be_opened_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(NOTE)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("the superuser may open anything")
    assert main(["read", str(path)]) == 2
    assert "you may not open it" in capsys.readouterr().err


def test_a_name_cannot_move_the_terminals_cursor(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "\x1b[2Jgone\n.txt"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_what_was_not_read_of_a_mail_is_said_on_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = "Return it to a@example.org by 26 January."
    attached = f'--b\n\n{body}\n--b\nContent-Type: application/ms-tnef; name="winmail.dat"\n\nx\n--b--\n'
    attached = f'Content-Type: multipart/mixed; boundary="b"\n\n{attached}'
    (tmp_path / "a.eml").write_text(f"From: grace@example.org\nMIME-Version: 1.0\n{attached}")
    assert main(["read", str(tmp_path / "a.eml"), "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["items"]
    assert "winmail.dat" in told.err


def test_tables_show_conflicts_markings_and_doubt() -> None:
    words = {"start": 0, "end": 4, "quote": "text"}
    deadline = Deadline(date=None, what="Return \x1b[31mit", conflict="the weekday is another", confidence=0.4, **words)
    contact = Contact(name=None, role="lead", phones=("+441632960451",), marking=None, confidence=0.9, **words)
    shown = io.StringIO()
    print_tables(Reading("a", "text/plain", "Notes", None, "text", (deadline, contact)), Console(file=shown, width=100))
    told = shown.getvalue()
    assert "the weekday is another" in told
    assert "the reader was unsure" in told
    assert "\x1b" not in told


def test_the_whole_command_takes_well_under_two_seconds_of_work() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert run("-", "--json", given=NOTE.encode()).returncode == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime - before.ru_utime < 2.0


def test_a_progress_bar_shows_while_somebody_waits(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(NOTE)
    monkeypatch.setattr("haven.config.watched._PATIENCE", 0.001)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    shown: list[str] = []
    monkeypatch.setattr(progress, "Progress", lambda *_, **__: Watched(shown))
    assert main(["read", str(tmp_path / "a.txt"), "--json"]) == 0
    assert shown == ["Reading " + str(tmp_path / "a.txt")]
    assert main(["read", str(tmp_path / "absent.txt")]) == 2
    assert "no such file" in capsys.readouterr().err


class Watched:
    """A progress bar that writes down what it is told."""

    def __init__(self, shown: list[str]) -> None:
        self.shown = shown

    def __enter__(self) -> "Watched":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def add_task(self, doing: str, total: int | None) -> None:
        if total is None:
            self.shown.append(doing)


def test_reading_into_a_pipe_that_closes_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOTE * 60)
    command = f"{sys.executable} -m haven.config.command read {tmp_path / 'a.txt'} --json | head -c 5"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, check=False, timeout=60)
    assert (done.stdout[:1], done.stderr) == (b"{", b"")
