"""What `haven ledger` writes holds for verifier and witness, which know it by its page alone."""

from pathlib import Path

import pytest
from django.conf import LazySettings

from haven.access.actor import HAVEN
from haven.config.command import main as haven
from haven.ledger.services import record
from tests.cast import NOW
from verifier.__main__ import main as verify
from witness.__main__ import main as witness

pytestmark = pytest.mark.django_db


def seal(count: int) -> None:
    for number in range(count):
        record("test.done", by=HAVEN, at=NOW, about={"place": "Fairhaven – «Ashdown»", "number": number})
    assert haven(["ledger", "sequence", "--once"]) == 0


def test_a_real_ledger_is_witnessed_exported_and_proved(
    tmp_path: Path, settings: LazySettings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.LEDGER_KEY, settings.LEDGER_WITNESSES = tmp_path / "ledger-key", tmp_path / "ledger-witnesses"
    home, old = str(tmp_path / "home"), "0"
    assert witness(["key", home, "witness.example.org/w1"]) == 0
    seen_by = capsys.readouterr().out
    settings.LEDGER_WITNESSES.write_text(seen_by)
    for count in (3, 300):
        seal(count)
        key = (tmp_path / "ledger-key.pub").read_text().splitlines()[-1]
        capsys.readouterr()
        assert haven(["ledger", "checkpoint", "--old", old]) == 0
        (tmp_path / "ask").write_text(capsys.readouterr().out)
        assert witness(["sign", home, "--log", key, str(tmp_path / "ask")]) == 0
        (tmp_path / "answer").write_text(capsys.readouterr().out)
        assert haven(["ledger", "cosign", str(tmp_path / "answer")]) == 0
        witness(["size", home, "--log", key])
        old = capsys.readouterr().out.splitlines()[-1]
    given = ["--key", key, "--witness", seen_by.strip()]
    assert haven(["ledger", "export", str(tmp_path / "export")]) == 0
    capsys.readouterr()
    assert verify([str(tmp_path / "export"), *given]) == 0, capsys.readouterr().out
    assert "HOLDS. 303 entries, 2 checkpoints." in capsys.readouterr().out
    assert haven(["ledger", "prove", "300"]) == 0
    (tmp_path / "receipt").write_text(capsys.readouterr().out)
    assert verify(["receipt", str(tmp_path / "receipt"), *given]) == 0
