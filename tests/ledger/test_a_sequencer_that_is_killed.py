"""A sequencer killed at any step leaves a ledger without a gap that verifies; a second one is refused; and whoever can
write the whole database anew, with the key, is found by the witness alone.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from haven.engines.chain.checkpoints import TreeHead, sign
from haven.engines.chain.hashing import leaf_hash, leaf_of
from haven.engines.chain.notes import SigningKey
from haven.engines.chain.tree import Edge
from haven.ledger.custody import Custody
from haven.ledger.queries.proofs import newest_checkpoint, verified
from tests.apart import at, database_apart
from tests.ledger.killed import STEPS
from tests.ledger.ledgers import newest_witnessed, seal_all, tell
from tests.shape.source import ROOT

pytestmark = pytest.mark.slow
ABSENT = {"before taking", "after taking", "after the tiles", "after signing", "after the checkpoint"}
ABSENT |= {"after the erasures"}


@pytest.fixture
def apart(django_db_setup: None, migrated: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database in which what is written stays."""
    with database_apart(migrated, django_db_blocker) as name:
        yield name


def test_killed_at_any_step_it_leaves_no_gap_and_loses_nothing(apart: str, tmp_path: Path) -> None:
    environment = os.environ | {"HAVEN_DB_NAME": apart, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    words = [sys.executable, "-W", "ignore::DeprecationWarning", "-m", "tests.ledger.killed", str(tmp_path)]
    run = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert run.returncode == 0, run.stderr
    *seen, two, last = [json.loads(line) for line in run.stdout.splitlines()]
    assert [each["step"] for each in seen] == list(STEPS)
    for each in seen:
        assert (each["killed_by"], each["has_gap"], each["lost"], each["holds"]) == (9, False, 0, True), each
        assert (each["waiting"] > 0) == (each["step"] in ABSENT), each
    assert two == {"step": "two at once", "refused": [3, 3], "taken_over": 0}
    assert (last["has_gap"], last["lost"], last["waiting"], last["holds"]) == (False, 0, 0, True)


def test_who_writes_the_database_anew_and_signs_it_is_found_by_the_witness_alone(apart: str, tmp_path: Path) -> None:
    custody = Custody(tmp_path / "ledger-key", tmp_path / "ledger-witnesses")
    _tell_and_seal(custody)
    before = newest_witnessed(custody)
    told = _tell_and_seal(custody)
    _write_anew(apart, custody, told[0])
    assert verified(custody).holds, "nothing that is stored here can tell: this is why there is a witness"
    assert verified(custody, known=[before]).holds, "the first checkpoint is from before the entry"
    custody.last.write_text(newest_checkpoint())
    _write_anew(apart, custody, told[0] - 10)
    verdict = verified(custody, known=[before])
    assert not verdict.holds
    assert "a fork" in verdict.why


def test_a_detail_that_somebody_took_out_of_the_queue_is_found(apart: str, tmp_path: Path) -> None:
    custody = Custody(tmp_path / "ledger-key", tmp_path / "ledger-witnesses")
    _tell_and_seal(custody)
    with transaction.atomic():
        (stray,), _ = tell(1), tell(1)
    assert verified(custody).holds
    with psycopg.connect(at("haven", apart), autocommit=True) as line:
        line.execute("set session_replication_role = replica")
        line.execute("delete from ledger_waiting where first = %s", [stray])
    verdict = verified(custody)
    assert (verdict.holds, verdict.why) == (False, f"detail {stray} neither waits for its entry nor has one")


def _tell_and_seal(custody: Custody) -> list[int]:
    with transaction.atomic():
        told = tell(300)
    seal_all(custody)
    return told


def _write_anew(name: str, custody: Custody, detail: int) -> None:
    """What root could do: change one detail, then all that follows from it, and the file beside the key."""
    key = SigningKey.parse(custody.key.read_text().strip())
    with psycopg.connect(at("haven", name), autocommit=True) as line:
        line.execute("set session_replication_role = replica")  # no trigger speaks
        salt, text = line.execute("select salt, text from ledger_detail where id = %s", [detail]).fetchone() or ("", "")
        text = text.replace("test.counted", "test.forged")
        line.execute("update ledger_detail set text = %s where id = %s", [text, detail])
        line.execute("update ledger_entry set leaf = %s where detail_id = %s", [leaf_of(salt, text), detail])
        line.execute("delete from ledger_tile")
        leaves = [each for (each,) in line.execute("select leaf from ledger_entry order by number").fetchall()]
        edge = Edge()
        for size, signed_at in line.execute("select size, signed_at from ledger_checkpoint order by size").fetchall():
            for tile in edge.append(b"".join(map(leaf_hash, leaves[edge.size : size]))):
                values = [tile.level, tile.index, tile.hashes, tile.root]
                line.execute('insert into ledger_tile (level, "index", hashes, root) values (%s, %s, %s, %s)', values)
            note = sign(TreeHead(key.name, size, edge.root()), key, at=int(signed_at.timestamp()))
            line.execute("update ledger_checkpoint set note = %s where size = %s", [note, size])
            custody.last.write_text(note)
