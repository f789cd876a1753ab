"""`haven compare`, as it is run."""

import csv
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

from haven.config.command import main
from haven.config.compare_tables import print_tables
from haven.config.outputs import Unwritable, write_all
from haven.engines.compare.changes import Change, ChangeKind, Comparison, EditionSummary
from haven.engines.compare.clauses import Clause
from tests.compare.reported import NEW, OLD, as_text, comparison
from tests.documents.opened import paragraph, pdf_file, word_file

ROOT = Path(__file__).parents[2]
TEXTS = as_text(OLD), as_text(NEW)
FORMS = {
    "txt": lambda text: text.encode(),
    "md": lambda text: text.replace("Part ", "## Part ").encode(),
    "html": lambda text: "".join(
        f"<h2>{line}</h2>" if line.startswith("Part ") else f"<p>{line}</p>" for line in text.split("\n") if line
    ).encode(),
    "docx": lambda text: word_file("".join(paragraph(line) for line in text.split("\n") if line)),
    "pdf": lambda text: pdf_file([[(50, 790 - 13 * at, 10, line) for at, line in enumerate(text.split("\n")) if line]]),
}
SCHEMA = json.loads((ROOT / "docs/reference/compare.schema.json").read_text())


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, str]:
    """Two text files."""
    return _written(tmp_path, "txt")


def _written(folder: Path, form: str) -> tuple[str, str]:
    files = folder / f"old.{form}", folder / f"new.{form}"
    for file, text in zip(files, TEXTS, strict=True):
        file.write_bytes(FORMS[form](text.replace("’", "'")))
    return str(files[0]), str(files[1])


def run(*arguments: str, more: str = "", colour: bool = False) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "haven.config.command", "compare", *arguments]
    environment = {k: v for k, v in os.environ.items() if k not in ("FORCE_COLOR", "COLUMNS")}
    environment |= {"FORCE_COLOR": "1"} if colour else {}
    if more:
        command = ["bash", "-c", f'"$0" "$@" {more}', *command]
    return subprocess.run(command, capture_output=True, cwd=ROOT, env=environment, check=False, timeout=60)


@pytest.mark.parametrize("form", FORMS)
def test_every_kind_of_file_is_printed_as_the_schema_says(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", *_written(tmp_path, form), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    Draft202012Validator(SCHEMA).validate(told)
    assert (told["old"]["name"], told["new"]["name"]) == (f"old.{form}", f"new.{form}")
    assert told["summary"]["strengthened"] == told["summary"]["weakened"] == told["summary"]["removed"] == 1
    assert {"old": "should", "new": "must"} in [modal for change in told["changes"] for modal in change["modals"]]


def test_words_kept_and_removed_are_the_old_text(pair: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", *pair, "--json"]) == 0
    told = [change for change in json.loads(capsys.readouterr().out)["changes"] if change["words"]]
    assert len(told) > 3
    for change in told:
        before = change["old"] if isinstance(change["old"], list) else [change["old"]]
        kept = "".join(text for kind, text in change["words"] if kind in ("same", "old"))
        assert kept == " ".join(clause["text"] for clause in before)


def test_two_files_that_say_the_same_have_no_change(pair: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", pair[0], pair[0], "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    Draft202012Validator(SCHEMA).validate(told)
    assert told["changes"] == []
    assert main(["compare", pair[0], pair[0]]) == 0
    assert "No words changed" in capsys.readouterr().out


def test_the_schema_refuses_what_is_not_promised(pair: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", *pair, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    judge = Draft202012Validator(SCHEMA)
    first = told["changes"][0]
    for bad in ({"kinds": []}, {"kinds": ["renamed"]}, {"similarity": 2}, {"words": [["kept", "a"]]}, {"more": 1}):
        assert not judge.is_valid(told | {"changes": [first | bad]})


def test_both_files_are_written_beside_json(
    pair: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    html, table = tmp_path / "a.html", tmp_path / "a.csv"
    assert main(["compare", *pair, "--html", str(html), "--csv", str(table), "--json"]) == 0
    told = capsys.readouterr()
    changes = json.loads(told.out)["changes"]
    assert html.read_text("utf-8").count("<article") == len(changes)
    assert table.read_bytes().startswith(b"\xef\xbb\xbfWhat happened,")
    assert len(list(csv.DictReader(io.StringIO(table.read_text("utf-8-sig"))))) == len(changes)
    assert told.err.count("\n") == 2
    assert main(["compare", *pair, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["changes"] == changes


def test_with_a_file_alone_nothing_else_is_printed(
    pair: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", *pair, "--html", str(tmp_path / "a.html")]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == f"haven compare: {tmp_path / 'a.html'}: written\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "new.txt", "old.txt"]


@pytest.mark.parametrize(("option", "start"), [("--html", b"<!DOCTYPE html>"), ("--csv", b"\xef\xbb\xbfWhat")])
def test_a_dash_is_standard_output(option: str, start: bytes, pair: tuple[str, str]) -> None:
    done = run(*pair, option, "-")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(start)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["absent.txt", "new.txt"], "absent.txt: there is no such file"),
        (["old.txt", "absent.txt"], "absent.txt: there is no such file"),
        (["old.txt", "."], ".: it is a folder"),
        (["old.txt", "a\0b.txt"], "cannot be opened"),
        (["old.txt", "empty.txt"], "empty.txt: "),
        (["empty.txt", "new.txt"], "empty.txt: "),
        (["old.txt", "odd.xyz"], "odd.xyz: files of this kind (.xyz) are not compared"),
        (["odd.pdf", "new.txt"], "odd.pdf: "),
        (["old.txt", "odd.docx"], "odd.docx: "),
        (["old.txt", "new.txt", "--html", "old.txt"], "old.txt: it is one of the files compared"),
        (["old.txt", "new.txt", "--csv", "./new.txt"], "new.txt: it is one of the files compared"),
        (["old.txt", "new.txt", "--csv", "link.txt"], "link.txt: it is one of the files compared"),
        (["old.txt", "new.txt", "--html", "no/a.html"], "no/a.html: there is no such folder"),
        (["old.txt", "new.txt", "--html", "."], ".: it is not the name of a file"),
        (["old.txt", "new.txt", "--html", ""], "'': it is not the name of a file"),
        (["old.txt", "new.txt", "--html", "a", "--csv", "./a"], "./a: two outputs would go there"),
        (["old.txt", "new.txt", "--html", "-", "--csv", "-"], "standard output: two outputs would go there"),
        (["old.txt", "new.txt", "--json", "--csv", "-"], "standard output: two outputs would go there"),
        (["old.txt", "new.txt", "--html", "/dev/full"], "/dev/full: it cannot be written (No space left on device)"),
        (["old.txt", "new.txt", "--html", "a\0b"], "it is not the name of a file"),
        (["old.txt", "new.txt", "--html", "x" * 300], "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line_and_exit_status_2(
    arguments: list[str],
    said: str,
    pair: tuple[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, content in {
        "empty.txt": b"",
        "odd.xyz": b"a",
        "odd.pdf": b"not one",
        "odd.docx": b"PK\x03\x04no",
    }.items():
        Path(name).write_bytes(content)
    Path("link.txt").symlink_to("new.txt")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert main(["compare", *arguments]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert said in told.err
    assert "Traceback" not in told.err
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("arguments", [[], ["--json"], ["--html", "-"], ["--csv", "-"]])
def test_standard_output_that_is_full_is_one_clear_line(arguments: list[str], pair: tuple[str, str]) -> None:
    done = run(*pair, *arguments, more="> /dev/full")
    assert done.returncode == 2
    assert done.stderr.decode() == (
        "haven compare: standard output: it cannot be written (No space left on device); make room or name another "
        "place\n"
    )


@pytest.mark.parametrize("arguments", [[], ["--json"], ["--html", "-"]])
def test_a_pipe_that_closes_is_no_error(arguments: list[str], pair: tuple[str, str]) -> None:
    done = run(*pair, *arguments, more="| head -c 5")
    assert (len(done.stdout), done.stderr) == (5, b"")


def test_on_a_full_disk_no_file_is_left_half_written(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("as it was")
    script = (
        "import resource, signal, sys\nfrom haven.config.outputs import Unwritable, write_all\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\nresource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n    write_all({sys.argv[1]: b'small', sys.argv[2]: b'x' * 5000})\n"
        "except Unwritable as refusal:\n    print(refusal.name, refusal.line)\n"
    )
    files = [str(tmp_path / name) for name in ("a.html", "a.csv")]
    command = [sys.executable, "-c", script, *files]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, check=False, timeout=60, text=True)
    assert done.stdout.startswith(f"{files[1]} it cannot be written (File too large)")
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]
    assert (tmp_path / "a.html").read_text() == "as it was"


def test_a_file_that_is_replaced_stays_as_private_as_it_was(tmp_path: Path) -> None:
    kept, file = tmp_path / "kept.html", tmp_path / "a.html"
    kept.write_text("before")
    kept.chmod(0o600)
    file.symlink_to(kept)
    write_all({str(file): b"after"})
    assert file.is_symlink()
    assert (kept.read_bytes(), kept.stat().st_mode & 0o777) == (b"after", 0o600)


def test_a_folder_that_may_not_be_written_is_refused(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    if os.access(closed, os.W_OK):
        pytest.skip("the superuser may write anywhere")
    with pytest.raises(Unwritable, match="Permission denied"):
        write_all({str(closed / "a.html"): b"a"})


def test_piped_words_are_marked_by_signs_and_end_no_line_in_spaces(pair: tuple[str, str]) -> None:
    told = run(*pair).stdout.decode()
    assert "Schools [-should-] {+must+} tell the council" in told
    assert "\x1b" not in told
    assert not any(line.endswith(" ") for line in told.split("\n"))
    assert max(map(len, told.split("\n"))) <= 80


def test_in_colour_words_are_struck_and_underlined_instead() -> None:
    shown = io.StringIO()
    print_tables(comparison(), Console(file=shown, force_terminal=True, width=80, color_system="standard"), most=None)
    assert "[-should-]" not in shown.getvalue()
    assert "\x1b[9;31mshould" in shown.getvalue()
    assert "\x1b[1;4;32mmust" in shown.getvalue()


def _told(given: Comparison, most: int | None = 40, width: int = 80) -> str:
    shown = io.StringIO()
    print_tables(given, Console(file=shown, width=width, highlight=False), most=most)
    return shown.getvalue()


def test_people_see_how_much_changed_then_what_is_asked_more_strongly_then_the_rest_under_its_headings() -> None:
    told = _told(comparison())
    order = [
        "Local procedures\n2024.txt (9 clauses) → 2025.txt (9 clauses)",
        "7 changes: 1 strengthened, 1 weakened, 1 added, 1 removed, 2 reworded, 1 moved,",
        "Where, from the beginning to the end",
        "What is asked more or less strongly",
        "Clause 2  strengthened · “should” became “must” · page 1",
        "Clause 3  weakened",
        "Part one: What staff do",
        "Clause 4  added · page 2",
        "Clauses 5 and 6, now 5  merged",
        "Part two: What governors do",
        "Clause 4, now 9  moved from “Part one",
    ]
    places = [told.index(words) for words in order]
    assert places == sorted(places)


def test_every_word_of_what_changed_is_shown_where_all_is_asked_for() -> None:
    long = " ".join(f"word{at}" for at in range(300))
    one = Change((ChangeKind.ADDED,), (), (Clause(long, "1"),), at=(-1, 0))
    given = Comparison(EditionSummary("a", None, 1), EditionSummary("b", None, 1), [one])
    assert "word299" not in _told(given)
    assert "word299" in _told(given, most=None)


def test_a_long_list_is_cut_and_says_how_to_see_the_rest() -> None:
    given = comparison()
    given.changes.extend(given.changes * 99)
    told = _told(given)
    assert "… 660 more; --all prints them, --html FILE writes a page with all of them" in " ".join(told.split())
    assert len(told.split("\n")) < 500
    assert "more; --all" not in _told(given, most=None)


def test_a_terminal_without_these_signs_gets_plainer_ones() -> None:
    written = io.BytesIO()
    page = io.TextIOWrapper(written, encoding="ascii", errors="replace")
    print_tables(comparison(), Console(file=page, width=60), most=40)
    page.flush()
    assert b"^ strengthened  v weakened" in written.getvalue()


def test_nothing_in_a_document_moves_the_terminals_cursor() -> None:
    bad = "\x1b[2Jgone\r\n\u202eback\u00a0and\u00adforth"
    clause = Clause(bad, bad, (bad,), 1)
    change = Change((ChangeKind.MOVED,), (clause,), (clause,), words=(("same", bad),), at=(0, 0))
    edition = EditionSummary(bad, bad, 1)
    told = _told(Comparison(edition, edition, [change], warnings=(bad,)), width=200)
    assert "\x1b" not in told
    assert "\r" not in told
    assert "\u202e" not in told
    assert "back andforth" in told


def test_a_warning_is_told_with_the_tables_and_beside_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = comparison()
    given = given._replace(warnings=("the two have little in common",))
    assert "The two have little in common" in _told(given)
    other = "\n\n".join(f"{at}. Boil {at} eggs in salted water until the shell floats." for at in range(1, 40))
    (tmp_path / "a.txt").write_text("\n\n".join(f"{at}. A cow has {at} stomachs or so." for at in range(1, 40)))
    (tmp_path / "b.txt").write_text(other)
    files = [str(tmp_path / name) for name in ("a.txt", "b.txt", "c.html")]
    assert main(["compare", *files[:2], "--html", files[2]]) == 0
    assert "do not look like" in capsys.readouterr().err
    assert main(["compare", *files[:2]]) == 0
    told = capsys.readouterr().out
    assert "do not look like" in told
    assert "No changes are told." in told
    assert "say what the earlier said" not in told


def test_the_whole_command_takes_well_under_a_second_of_work(pair: tuple[str, str], tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert run(*pair, "--html", str(tmp_path / "a.html")).returncode == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime - before.ru_utime < 1.0
