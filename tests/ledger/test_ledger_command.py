"""`haven ledger verify` says whether the ledger holds."""

import json
from types import SimpleNamespace

import pytest
from django.db.utils import OperationalError

from haven.access.actor import HAVEN
from haven.config.command import main
from haven.ledger.models import Entry
from haven.ledger.services import LedgerNeedsTransaction, record
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def test_a_sound_ledger_is_said_to_hold(capsys: pytest.CaptureFixture[str]) -> None:
    record("test.done", by=HAVEN, at=NOW, about={})
    assert main(["ledger", "verify"]) == 0
    assert "1 entries, 0 erased" in capsys.readouterr().out


def test_a_broken_ledger_is_named_by_its_first_bad_entry(capsys: pytest.CaptureFixture[str]) -> None:
    record("test.done", by=HAVEN, at=NOW, about={})
    Entry.objects.create(number=2, leaf=b"\x01" + bytes(32), link=bytes(32))
    assert main(["ledger", "verify"]) == 1
    assert "entry 2 does not hold" in capsys.readouterr().out


def test_programs_get_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    record("test.done", by=HAVEN, at=NOW, about={})
    assert main(["ledger", "verify", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "holds": True,
        "entries": 1,
        "erased": 0,
        "first_bad": None,
        "why": "every entry is as it was written",
    }


def test_an_entry_outside_a_transaction_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("haven.ledger.services.connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(LedgerNeedsTransaction):
        record("test.done", by=HAVEN, at=NOW, about={})


def test_a_database_that_does_not_answer_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise OperationalError

    monkeypatch.setattr("haven.ledger.queries.verified", fail)
    assert main(["ledger", "verify"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
