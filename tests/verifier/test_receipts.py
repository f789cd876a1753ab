"""A receipt is checked offline, by whoever holds it."""

import json
from pathlib import Path

import pytest

from tests.verifier.logs import LOG, OTHER, WITNESS, Signer, base64, small
from verifier.__main__ import main


def verified(tmp_path: Path, receipt: object, *more: str) -> int:
    path = tmp_path / "receipt.json"
    path.write_text(json.dumps(receipt))
    return main(["receipt", str(path), "--key", LOG.vkey, *more])


def test_the_receipt_of_any_entry_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = small()
    for number in range(1, 21):
        assert verified(tmp_path, log.receipt(number), "--witness", WITNESS.vkey) == 0
        assert f"HOLDS. Entry {number} stands in the ledger of haven.example.org/ledger" in capsys.readouterr().out


@pytest.mark.parametrize(
    "change",
    [
        {"number": 4},
        {"number": 4, "index": 3},
        {"index": 2.0},
        {"salt": base64(bytes(32))},
        {"detail": "{}"},
        {"proof": []},
        {"proof": [1]},
        {"checkpoint": small(size=15).notes[15]},
        {"key": OTHER.vkey},
        {"format": "haven-ledger-receipt/2"},
        {"more": 1},
    ],
)
def test_a_receipt_that_was_changed_does_not_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: dict[str, object]
) -> None:
    assert verified(tmp_path, small().receipt(3) | change) == 1
    assert capsys.readouterr().out.startswith("AMISS. ")


def test_every_witness_that_was_given_must_have_signed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = Signer("witness.example.org/w2", 4, 7)
    assert verified(tmp_path, small().receipt(3), "--witness", WITNESS.vkey, "--witness", other.vkey) == 1
    assert "countersignature of every witness" in capsys.readouterr().out


@pytest.mark.parametrize("words", ["", "[]", "null", "{}", "7"])
def test_what_is_no_receipt_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], words: str) -> None:
    path = tmp_path / "receipt.json"
    path.write_text(words)
    assert main(["receipt", str(path), "--key", LOG.vkey]) == 1
    assert capsys.readouterr().out.startswith("AMISS. ")
