"""`haven ledger` seals, verifies, proves, exports and takes in what a witness answers; each refusal is one line."""

import json
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.db.utils import OperationalError

from haven.access.actor import HAVEN
from haven.config.command import main
from haven.engines.chain.checkpoints import TreeHead
from haven.engines.chain.notes import decoded
from haven.engines.chain.receipts import Receipt, check
from haven.engines.chain.tree import is_consistent
from haven.ledger.custody import Custody
from haven.ledger.models import Checkpoint, Detail, Waiting
from haven.ledger.queries.proofs import newest_checkpoint
from haven.ledger.sequencing import AnotherSequences
from haven.ledger.services import erase
from tests.ledger.ledgers import AT, WITNESS, newest_witnessed, seal_all, tell

pytestmark = pytest.mark.django_db
Said = pytest.CaptureFixture[str]


@pytest.fixture
def sealed(custody: Custody) -> Custody:
    """A ledger of five entries, sealed in two steps."""
    tell(3)
    seal_all(custody)
    tell(2)
    seal_all(custody)
    return custody


def test_a_sound_ledger_is_said_to_hold(sealed: Custody, capsys: Said) -> None:
    assert main(["ledger", "verify"]) == 0
    assert capsys.readouterr().out == (
        "5 entries, 0 erased under a rule, 2 checkpoints: every entry is as it was written\n"
    )


def test_how_far_a_witness_signed_is_said(sealed: Custody, tmp_path: Path, capsys: Said) -> None:
    answer, whole = tmp_path / "answer", newest_witnessed(sealed)
    answer.write_text(whole.split("\n")[-2] + "\n")
    assert main(["ledger", "cosign", str(answer)]) == 0
    assert main(["ledger", "verify"]) == 0
    said = capsys.readouterr().out
    assert "witness.example.org/w1 signed for entries 1 to 5\n" in said
    assert "2 checkpoints, witnessed up to 5: every" in said
    assert main(["ledger", "checkpoint"]) == 0
    assert capsys.readouterr().out == whole


def test_a_broken_ledger_is_named_by_its_first_bad_entry(sealed: Custody, capsys: Said) -> None:
    sealed.public.write_text("")
    assert main(["ledger", "verify"]) == 1
    assert "entry 1 does not hold" in capsys.readouterr().out


def test_programs_get_one_json_object(sealed: Custody, capsys: Said) -> None:
    assert main(["ledger", "verify", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "holds": True,
        "entries": 5,
        "erased": 0,
        "checkpoints": 2,
        "sealed_at": int(Checkpoint.objects.latest("size").signed_at.timestamp()),
        "witnessed": None,
        "first_bad": None,
        "why": "every entry is as it was written",
    }


def test_a_database_that_does_not_answer_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    def fail(**_: object) -> None:
        raise OperationalError

    monkeypatch.setattr("haven.ledger.queries.proofs.verified", fail)
    assert main(["ledger", "verify"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_what_waits_is_sealed_by_hand(custody: Custody, settings: LazySettings) -> None:
    settings.LEDGER_ORIGIN = "haven.example.org/ledger"
    tell()
    assert main(["ledger", "sequence", "--once"]) == 0
    assert not Waiting.objects.exists()
    assert newest_checkpoint().startswith("haven.example.org/ledger\n5\n")


def test_a_second_sequencer_is_refused(custody: Custody, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AnotherSequences("another process is the sequencer already")

    monkeypatch.setattr("haven.ledger.sequencing.seal", refuse)
    assert main(["ledger", "sequence", "--once"]) == 1
    assert "another process is the sequencer" in capsys.readouterr().err


def test_what_waits_behind_what_was_signed_is_told(sealed: Custody, capsys: Said) -> None:
    sealed.key.unlink()
    assert main(["ledger", "sequence", "--once"]) == 1
    assert "is missing" in capsys.readouterr().err
    assert main(["ledger", "begin-anew", "--why", "The key is lost: the board, 3 March."]) == 0
    said = capsys.readouterr().out
    assert "/2: give its witnesses the key in" in said
    assert json.loads(Detail.objects.latest("pk").text)["verb"] == "ledger.begun_anew"
    assert main(["ledger", "sequence", "--once"]) == 0


def test_a_receipt_of_an_entry_can_be_checked_by_itself(sealed: Custody, capsys: Said) -> None:
    assert main(["ledger", "prove", "2"]) == 0
    receipt = Receipt.parse(capsys.readouterr().out)
    assert json.loads(receipt.detail)["about"] == {"number": 1}
    assert check(receipt, logs=sealed.logs()).head.size == 5


def test_a_receipt_leads_to_the_checkpoint_that_a_witness_signed(sealed: Custody, capsys: Said, tmp_path: Path) -> None:
    (tmp_path / "answer").write_text(newest_witnessed(sealed))
    assert main(["ledger", "cosign", str(tmp_path / "answer")]) == 0
    tell()
    seal_all(sealed)
    capsys.readouterr()
    assert main(["ledger", "prove", "2"]) == 0
    found = check(Receipt.parse(capsys.readouterr().out), logs=sealed.logs(), witnesses=[WITNESS.verifier.timed])
    assert (found.head.size, found.witnessed[0].name) == (5, "witness.example.org/w1")
    assert main(["ledger", "prove", "9"]) == 0
    assert check(Receipt.parse(capsys.readouterr().out), logs=sealed.logs()).head.size == 10


def test_what_is_not_there_or_was_erased_has_no_receipt(sealed: Custody, capsys: Said) -> None:
    erase([Detail.objects.earliest("pk").pk], rule="seven years", by=HAVEN, at=AT)
    seal_all(sealed)
    assert main(["ledger", "prove", "1"]) == 2
    assert main(["ledger", "prove", "99"]) == 2
    said = capsys.readouterr().err.splitlines()
    assert said == [
        "haven ledger: the detail of entry 1 was erased under a rule",
        "haven ledger: entry 99 is not there, or not sealed yet",
    ]


def test_an_export_is_verified_without_the_database(sealed: Custody, tmp_path: Path, capsys: Said) -> None:
    folder, key = tmp_path / "export", str(sealed.logs()[0])
    assert main(["ledger", "export", str(folder)]) == 0
    assert main(["ledger", "export", str(folder)]) == 2
    assert main(["ledger", "verify", str(folder), "--key", key]) == 0
    kept = tmp_path / "kept"
    kept.write_text(newest_checkpoint())
    assert main(["ledger", "verify", str(folder), "--key", key, "--against", str(kept)]) == 0
    assert capsys.readouterr().err == f"haven ledger: {folder} is not empty\n"
    assert main(["ledger", "verify", str(folder)]) == 0
    assert "by the key that lies in the export" in capsys.readouterr().err
    details = folder / "details.jsonl"
    details.write_text(details.read_text().replace('\\"number\\":1', '\\"number\\":9'))
    assert main(["ledger", "verify", str(folder), "--key", key]) == 1
    assert "entry 2 does not hold" in capsys.readouterr().out
    assert main(["ledger", "verify", str(tmp_path)]) == 2
    assert main(["ledger", "verify", str(folder), "--key", "x"]) == 2


def test_a_witness_is_asked_with_a_proof(sealed: Custody, capsys: Said) -> None:
    old = TreeHead.parse("".join(Checkpoint.objects.get(size=3).note.partition("\n\n")[:1]) + "\n")
    assert main(["ledger", "checkpoint", "--old", "3"]) == 0
    asked, _, note = capsys.readouterr().out.partition("\n\n")
    head = TreeHead.parse(note.partition("\n\n")[0] + "\n")
    first, *proof = asked.split("\n")
    assert first == "old 3"
    hashes = [decoded(each) for each in proof]
    assert is_consistent(old=3, size=5, old_root=old.root, root=head.root, proof=hashes)
    assert main(["ledger", "checkpoint", "--old", "0"]) == 0
    assert capsys.readouterr().out == f"old 0\n\n{newest_checkpoint()}"
    assert main(["ledger", "checkpoint", "--old", "6"]) == 2


def test_before_the_first_checkpoint_there_is_none_to_print(custody: Custody, capsys: Said) -> None:
    assert main(["ledger", "checkpoint"]) == 2
    assert "nothing is sealed yet" in capsys.readouterr().err


def test_a_witness_that_saw_more_is_believed(custody: Custody, tmp_path: Path, capsys: Said) -> None:
    tell()
    with transaction.atomic():
        seal_all(custody)
        (tmp_path / "ahead").write_text(newest_witnessed(custody))
        transaction.set_rollback(True)
    assert main(["ledger", "cosign", str(tmp_path / "ahead")]) == 1
    assert "over 5 entries was signed, and this database holds 0" in capsys.readouterr().err


def test_an_answer_of_nobody_known_is_refused(sealed: Custody, tmp_path: Path, capsys: Said) -> None:
    (tmp_path / "answer").write_text(newest_checkpoint())
    assert main(["ledger", "cosign", str(tmp_path / "answer")]) == 2
    assert main(["ledger", "cosign", str(tmp_path / "missing")]) == 2
    said = capsys.readouterr().err
    assert "no signature of a witness" in said
    assert said.count("\n") == 2


def test_the_sequencer_goes_on_until_it_is_stopped(custody: Custody, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three rounds, in the first of which the database does not answer."""
    rounds: list[datetime] = []

    def seal(*_: object, at: datetime, **__: object) -> int:
        rounds.append(at)
        if len(rounds) == 1:
            raise OperationalError
        return 0

    waits = iter([False, False, True])
    stop = SimpleNamespace(is_set=lambda: len(rounds) == 3, set=lambda: None, wait=lambda _: next(waits))
    monkeypatch.setattr("haven.config.commands.ledger.Event", lambda: stop)
    monkeypatch.setattr("haven.config.commands.ledger.signal.signal", lambda *_: None)
    monkeypatch.setattr("haven.ledger.sequencing.hold", lambda: None)
    monkeypatch.setattr("haven.ledger.sequencing.seal", seal)
    monkeypatch.setattr("django.db.connection.close", lambda: None)
    assert main(["ledger", "sequence", "--stand-by"]) == 0
    assert len(rounds) == 3
    assert rounds[0].tzinfo == UTC
