"""The verifier says that a sound export holds, and of any other what is amiss and where."""

import json
import shutil
from pathlib import Path

import pytest

from tests.verifier.logs import BEGAN, LOG, OTHER, WITNESS, Log, Signer, line, put, small, told_of
from verifier.__main__ import main

KEYS = ("--key", LOG.vkey)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "export"


def first_bad(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out.splitlines()[0]


@pytest.mark.parametrize(("size", "every"), [(1, 1), (20, 5), (255, 50), (256, 256), (257, 1), (600, 100)])
def test_a_sound_export_holds(folder: Path, capsys: pytest.CaptureFixture[str], size: int, every: int) -> None:
    small(size=size, every=every).write(folder)
    assert main([str(folder), *KEYS, "--witness", WITNESS.vkey]) == 0
    said = capsys.readouterr().out
    assert f"HOLDS. {size} entries, {-(-size // every)} checkpoints." in said
    assert "Witness witness.example.org/w1: last countersigned" in said


def test_what_was_erased_under_a_rule_is_counted_by_rule(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small().write(folder)
    assert main([str(folder), *KEYS]) == 0
    assert "Erased: 2 under the rule “retention 7: seven years are over”" in capsys.readouterr().out


def test_without_witness_or_kept_checkpoint_it_says_what_is_not_known(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small().write(folder)
    main([str(folder), *KEYS])
    assert "whoever has the log's key could have written it all anew" in capsys.readouterr().out


def test_an_empty_ledger_holds(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Log().write(folder)
    assert main([str(folder), *KEYS]) == 0
    assert "HOLDS. 0 entries" in capsys.readouterr().out


def test_more_than_one_stretch_is_read_by_several_processes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = small(size=16_700, every=4_000)
    log.write(folder)
    assert main([str(folder), *KEYS, "--witness", WITNESS.vkey]) == 0
    entry = log.entries[16_499]
    entry.detail = entry.detail.replace("closed", "opened")
    log.write(folder)
    assert main([str(folder), *KEYS, "--witness", WITNESS.vkey]) == 1
    assert "The first bad entry is 16500: its leaf" not in (said := capsys.readouterr().out)
    assert "The first bad entry is 16001" in said


def test_a_detail_that_was_changed_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small().write(folder)
    path = folder / "details.jsonl"
    path.write_text(path.read_text().replace("09:04:00", "09:03:00"))
    assert main([str(folder), *KEYS]) == 1
    assert first_bad(capsys) == (
        "AMISS. The first bad entry is 5: its detail is not the one that was written: it does not lead to its leaf."
    )


def test_a_line_that_is_gone_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small().write(folder)
    path = folder / "details.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines[:11] + lines[12:]))
    assert main([str(folder), *KEYS]) == 1
    assert "The first bad entry is 12" in first_bad(capsys)


def test_a_detail_that_is_gone_without_an_erasure_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = small()
    log.entries[5].is_erased = True
    log.write(folder)
    assert main([str(folder), *KEYS]) == 1
    assert "The first bad entry is 6: its detail is not there, and no erasure names it" in first_bad(capsys)


def test_an_erasure_that_was_itself_erased_names_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = small()
    log.entries[8].is_erased = True
    log.write(folder)
    assert main([str(folder), *KEYS]) == 1
    assert "The first bad entry is 3:" in first_bad(capsys)


@pytest.mark.parametrize(
    ("why", "about"),
    [
        ("", {"commitments": [], "count": 0, "details": []}),
        ("a rule", {"commitments": ["ab" * 32], "count": 2, "details": [1]}),
        ("a rule", {"commitments": ["AB" * 32], "count": 1, "details": [1]}),
        ("a rule", {"commitments": "ab", "count": 2, "details": [1, 2]}),
        ("a rule", None),
    ],
)
def test_an_erasure_that_is_not_whole_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], why: str, about: object
) -> None:
    log = small(size=4)
    log.add("ledger.erased", why=why, about=about)
    log.sign()
    log.write(folder)
    assert main([str(folder), *KEYS]) == 1
    assert "The first bad entry is 5: it is an erasure" in first_bad(capsys)


@pytest.mark.parametrize(("seconds", "status"), [(60, 0), (61, 1)])
def test_a_time_is_at_most_a_minute_after_that_of_its_checkpoint(
    folder: Path, capsys: pytest.CaptureFixture[str], seconds: int, status: int
) -> None:
    log = small(size=4)
    log.add(at=BEGAN + 300 + seconds)
    log.sign(time=BEGAN + 300)
    log.write(folder)
    assert main([str(folder), *KEYS]) == status
    assert ("The first bad entry is 5: its time" in first_bad(capsys)) == bool(status)


@pytest.mark.parametrize(("back", "status"), [("600", 0), ("599", 1)])
def test_times_run_back_no_further_than_whoever_asks_allows(folder: Path, back: str, status: int) -> None:
    log = small(size=10, every=10)
    log.add(at=BEGAN)
    log.sign()
    log.write(folder)
    assert main([str(folder), *KEYS]) == 0
    assert main([str(folder), *KEYS, "--back", back]) == status


def test_checkpoints_do_not_run_back_in_time(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = small(size=10)
    log.add(at=BEGAN)
    log.sign(time=BEGAN + 599)
    log.write(folder)
    assert main([str(folder), *KEYS]) == 1
    assert "The first bad entry is 11" in first_bad(capsys)


def test_where_only_a_root_is_wrong_the_entry_after_the_last_good_checkpoint_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = small()
    log.entries[12].salt = bytes(32)
    log.write(folder)
    assert main([str(folder), *KEYS]) == 1
    assert "The first bad entry is 11: the entries do not lead to the root" in first_bad(capsys)


@pytest.mark.parametrize(("name", "number"), [("tile/0/001", 301), ("tile/1/000.p/2", 257), ("tile/entries/001", 301)])
def test_a_tile_that_was_changed_is_named_by_its_first_entry(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, number: int
) -> None:
    small(size=600).write(folder)
    held = bytearray((folder / name).read_bytes())
    held[{"tile/0/001": 44 * 32 + 1, "tile/1/000.p/2": 40, "tile/entries/001": 44 * 35 + 9}[name]] ^= 4
    put(folder / name, bytes(held))
    assert main([str(folder), *KEYS]) == 1
    assert f"The first bad entry is {number}:" in first_bad(capsys)


def test_another_key_than_the_one_given_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = small()
    log.signer = OTHER
    log.sign()
    log.write(folder)
    assert main([str(folder), *KEYS]) == 1
    assert "the file keys names other keys than those you gave" in first_bad(capsys)
    put(folder / "keys", f"{LOG.vkey}\n".encode())
    assert main([str(folder), *KEYS]) == 1
    assert "The first bad entry is 16: the checkpoint of size 20 is not signed by the log" in first_bad(capsys)


def test_a_witness_that_signed_nothing_is_missed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = Signer("witness.example.org/w2", 4, 7)
    small().write(folder, witnesses=(WITNESS, other))
    assert main([str(folder), *KEYS, "--witness", other.vkey]) == 1
    assert "no checkpoint bears a countersignature of witness.example.org/w2" in first_bad(capsys)


def test_the_log_is_not_its_own_witness(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small().write(folder)
    own = Signer("witness.example.org/w1", 4, 1)
    assert main([str(folder), *KEYS, "--witness", own.vkey]) == 1
    assert "the key of a witness is the log's own" in first_bad(capsys)


def test_what_is_signed_anew_is_found_with_a_kept_checkpoint_and_not_without(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    honest, kept = small(), tmp_path / "kept"
    put(kept, honest.notes[10].encode())
    forged = small(size=1)
    while len(forged.entries) < 20:
        forged.add("action.reopened")
    forged.sign()
    forged.write(folder)
    assert main([str(folder), *KEYS]) == 0
    assert main([str(folder), *KEYS, "--checkpoint", str(kept)]) == 1
    assert (
        "The first bad entry is 1: FORK: this ledger does not begin with the 10 entries of a checkpoint"
        in capsys.readouterr().out
    )
    shutil.rmtree(folder)
    honest.write(folder)
    assert main([str(folder), *KEYS, "--checkpoint", str(kept)]) == 0
    assert "Kept checkpoint of size 10: this ledger begins with it." in capsys.readouterr().out


def test_a_ledger_that_was_rolled_back_is_found_with_a_kept_checkpoint(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(tmp_path / "kept", small().notes[20].encode())
    small(size=15).write(folder)
    assert main([str(folder), *KEYS]) == 0
    assert main([str(folder), *KEYS, "--checkpoint", str(tmp_path / "kept")]) == 1
    assert (
        "The first bad entry is 16: FORK: this ledger does not begin with the 20 entries of a checkpoint"
        in capsys.readouterr().out
    )


def test_a_line_in_another_spelling_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = small()
    log.write(folder)
    path = folder / "details.jsonl"
    wanted = told_of(4, log.entries[3])
    for other in (wanted.replace('": ', '":'), wanted.replace("–", "\\u2013"), line(number=4), "[]\n", "{\n"):
        path.write_text("".join(told_of(n, one) if n != 4 else other for n, one in enumerate(log.entries, 1)))
        assert main([str(folder), *KEYS]) == 1
        assert "The first bad entry is 4: its line is not JSON in its one spelling" in first_bad(capsys)


def test_signs_that_a_terminal_would_obey_are_not_printed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = small(size=4)
    log.erase(2, why="rule \x1b[2J")
    log.sign()
    log.write(folder)
    assert main([str(folder), *KEYS]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_an_erasure_of_what_is_still_there_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = small()
    log.entries[2].is_erased = False
    log.write(folder)
    assert main([str(folder), *KEYS]) == 1
    assert first_bad(capsys).startswith("AMISS. The first bad entry is 9: it erases what is still there")


def test_an_erasure_stands_after_what_it_erases(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = small(size=6)
    early = Log(entries=log.entries[:4])
    early.entries.append(log.entries[5])
    early.erase(5)
    early.entries[4], early.entries[5] = early.entries[5], early.entries[4]
    early.sign()
    early.write(folder)
    assert main([str(folder), *KEYS]) == 1
    said = capsys.readouterr().out
    assert "The first bad entry is 5: it erases what is still there, or what does not stand before it" in said
    assert "Also at 6: its detail is not there, and no erasure names it" in said


def test_two_erasures_may_name_the_same_entry(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = small()
    log.erase(3, 4, why="retention 9")
    log.sign()
    log.write(folder)
    assert main([str(folder), *KEYS]) == 0
    said = capsys.readouterr().out
    assert "Erased: 2 under the rule “retention 7: seven years are over”" in said
    assert "Erased: 1 under the rule “retention 9”" in said


@pytest.mark.parametrize("at", ["2026-03-02T09:04:00", "yesterday", "", 5, None])
def test_a_time_without_an_offset_is_none(folder: Path, capsys: pytest.CaptureFixture[str], at: object) -> None:
    log = small(size=4)
    log.add()
    told = json.loads(log.entries[4].detail) | {"at": at}
    log.entries[4].detail = json.dumps(told, ensure_ascii=False)
    log.sign()
    log.write(folder)
    assert main([str(folder), *KEYS]) == 1
    assert "The first bad entry is 5: its" in first_bad(capsys)


def begun_anew() -> tuple[Log, Signer]:
    """Ten entries under one name, five more under the next."""
    log, after = small(size=10), Signer(f"{LOG.name}/2", 1, 5)
    log.signer = after
    log.add("ledger.begun_anew", about={"log": after.name, "held": 10, "signed": 12})
    for _ in range(4):
        log.add()
    log.sign(WITNESS)
    return log, after


def test_a_ledger_that_was_begun_anew_holds_with_all_its_keys(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log, after = begun_anew()
    log.write(folder)
    put(folder / "keys", f"{LOG.vkey}\n{after.vkey}\n".encode())
    assert main([str(folder), *KEYS, "--key", after.vkey]) == 0
    assert "HOLDS. 15 entries, 3 checkpoints." in capsys.readouterr().out
    assert main([str(folder), *KEYS]) == 1
    lost = small(size=12)
    put(tmp_path / "kept", lost.notes[12].encode())
    assert main([str(folder), *KEYS, "--key", after.vkey, "--checkpoint", str(tmp_path / "kept")]) == 1
    assert "FORK" in capsys.readouterr().out


def test_a_name_that_was_left_does_not_come_back(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log, after = begun_anew()
    log.signer = LOG
    log.add()
    log.sign(WITNESS)
    log.write(folder)
    put(folder / "keys", f"{LOG.vkey}\n{after.vkey}\n".encode())
    assert main([str(folder), *KEYS, "--key", after.vkey]) == 1
    assert "The first bad entry is 16: " in first_bad(capsys)


def test_a_whole_last_stretch_may_not_be_followed_by_a_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small(size=256, every=256).write(folder)
    path = folder / "details.jsonl"
    path.write_text(path.read_text() + line(detail=None, number=257, salt=None))
    assert main([str(folder), *KEYS]) == 1
    assert "The first bad entry is 257" in first_bad(capsys)
