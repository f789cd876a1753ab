"""The ledger takes what is told, keeps it, and gives it its entry under a signed checkpoint."""

import json
import stat
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction

from haven.access.actor import HAVEN
from haven.access.decision import Refused
from haven.engines.chain.checkpoints import verified as read_checkpoint
from haven.engines.chain.hashing import canonical
from haven.engines.chain.notes import BadNote
from haven.engines.chain.verifying import ERASED
from haven.ledger.custody import Custody
from haven.ledger.models import Checkpoint, Cosignature, Detail, Entry, Tile, Waiting
from haven.ledger.queries.proofs import verified
from haven.ledger.queries.told import newest_told, sealed_so_far
from haven.ledger.sequencing import LedgerIsBehind, begin_anew, take_in
from haven.ledger.services import Deed, LedgerNeedsTransaction, NotToBeErased, erase, record, record_all, record_now
from haven.ledger.together import MANY
from tests.cast import Cast
from tests.ledger.ledgers import AT, SOON, newest_witnessed, seal_all, tell, waiting, witnessed
from tests.sealed import ORIGIN

pytestmark = pytest.mark.django_db
RULE = "seven years after the post ended"


def test_what_is_told_waits_and_then_has_its_entry_in_order(custody: Custody) -> None:
    told = tell(3)
    assert waiting() == told
    assert seal_all(custody) == 3
    assert list(Entry.objects.values_list("number", "detail_id")) == [(n + 1, pk) for n, pk in enumerate(told)]
    assert not Waiting.objects.exists()


def test_what_is_committed_late_gets_its_entry_too_and_what_was_undone_leaves_no_gap(custody: Custody) -> None:
    first = tell(1)[0]
    text = Detail.objects.get().text
    for numbers in ([2, 3, 6], [1, 8]):  # the others were undone, or their transactions are not at their end
        Detail.objects.bulk_create([Detail(pk=first + number, salt=bytes(32), text=text) for number in numbers])
        seal_all(custody)
    told = [first + number for number in (0, 2, 3, 6, 1, 8)]
    assert list(Entry.objects.values_list("number", "detail_id")) == [(n + 1, pk) for n, pk in enumerate(told)]
    assert verified(custody).holds


def test_what_waits_is_sealed_a_batch_at_a_time(custody: Custody, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("haven.ledger.sequencing.BATCH", 4)
    told = [*tell(3), *tell(3), *tell(9), *tell(1)]
    assert seal_all(custody) == 16
    assert list(Checkpoint.objects.values_list("size", flat=True)) == [6, 15, 16], (
        "what was told at once stays together"
    )
    assert list(Entry.objects.values_list("detail_id", flat=True)) == told
    assert verified(custody).holds


def test_telling_locks_nothing_and_asks_the_database_once(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        record_all([Deed("test.done", {"number": n}) for n in range(100)], by=HAVEN, at=AT)
    assert Detail.objects.count() == len(waiting()) == 100


def test_many_told_at_once_are_copied_in_and_stand_as_those_told_one_by_one(
    custody: Custody, django_assert_num_queries: object
) -> None:
    alone = tell(3)
    with django_assert_num_queries(2):  # type: ignore[operator]
        told = tell(MANY)
    after = tell(3)
    assert [*alone, *told, *after] == sorted({*alone, *told, *after}) == waiting()
    assert Waiting.objects.count() == 3, "what is told together waits together"
    texts = list(Detail.objects.filter(pk__in=told).values_list("text", flat=True))
    assert [json.loads(each)["about"]["number"] for each in texts] == list(range(MANY))
    assert texts[:3] == list(Detail.objects.filter(pk__in=alone).values_list("text", flat=True))
    salts = {bytes(each) for each in Detail.objects.values_list("salt", flat=True)}
    assert (len(salts), {len(each) for each in salts}) == (MANY + 6, {32})
    assert seal_all(custody) == MANY + 6
    assert verified(custody).holds


def test_a_detail_is_written_in_the_one_way_whatever_it_is_about(cast: Cast) -> None:
    near = cast.area.pk
    about = {"z": {"ü\n"}, "area": near, 7: (1, 2.5, None, True), "a": {"when": AT, "d": Decimal("1.50")}}
    (detail,) = record_now([Deed("test.done", about, '"so"')], by=cast.actor("priya"), at=AT)
    text = Detail.objects.get(pk=detail).text
    said = json.loads(text)
    assert text == canonical(said)
    assert said["about"] == {
        "z": ["ü\n"],
        "area": str(near),
        "7": [1, 2.5, None, True],
        "a": {"when": str(AT), "d": "1.50"},
    }
    assert (said["verb"], said["why"], said["at"]) == ("test.done", '"so"', AT.isoformat())
    assert str(near) in said["areas"] == sorted(said["areas"])


def test_an_entry_says_who_did_it_as_she_was(cast: Cast) -> None:
    done = Deed("test.done", {"thing": cast.oakfield.pk}, "because")
    (detail,) = record_now([done], by=cast.actor("priya"), at=AT)
    cast.priya.name = "Priya Married"
    cast.priya.save()
    told = newest_told(by=cast.actor("nadia"))[0]
    assert (told.id, told.number, told.at) == (detail, None, AT)
    assert told.detail is not None
    assert told.detail["who"]["name"] == "Priya Nair"
    assert told.detail["who"]["posts"] == [
        {"role": "dsl", "organisation": str(cast.oakfield.pk), "of": "Oakfield Primary School"}
    ]
    assert told.detail["about"] == {"thing": str(cast.oakfield.pk)}


def test_nothing_of_a_detail_stands_in_its_entry_or_its_checkpoint(custody: Custody) -> None:
    record("test.done", by=HAVEN, at=AT, about={"word": "canary"})
    seal_all(custody)
    assert b"canary" not in bytes(Entry.objects.get().leaf)
    assert "canary" not in Checkpoint.objects.get().note
    assert "canary" in Detail.objects.get().text


def test_the_same_deed_twice_leaves_two_different_leaves(custody: Custody) -> None:
    record_all([Deed("test.done", {}), Deed("test.done", {})], by=HAVEN, at=AT)
    seal_all(custody)
    first, second = Entry.objects.all()
    assert bytes(first.leaf) != bytes(second.leaf)


def test_telling_outside_a_transaction_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("haven.ledger.services.connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(LedgerNeedsTransaction):
        record("test.done", by=HAVEN, at=AT, about={})


@pytest.mark.parametrize("name", ["priya", "tom", "grace", "marcus", "bell", "osei", "lena", "sam", "nobody"])
def test_only_the_scrutineer_reads_the_ledger(cast: Cast, name: str) -> None:
    with pytest.raises(Refused):
        newest_told(by=cast.actor(name))


def test_what_is_sealed_and_what_waits_are_read_together_a_page_at_a_time(cast: Cast, custody: Custody) -> None:
    told = tell(3)
    seal_all(custody)
    told += tell(2)
    page = newest_told(by=cast.actor("nadia"), count=3)
    assert [(each.id, each.number) for each in page] == [(told[4], None), (told[3], None), (told[2], 3)]
    rest = newest_told(by=cast.actor("nadia"), before=told[2])
    assert [(each.id, each.number) for each in rest] == [(told[1], 2), (told[0], 1)]


def test_how_far_the_ledger_is_sealed_and_witnessed_is_told(custody: Custody) -> None:
    assert sealed_so_far() is None
    tell()
    seal_all(custody)
    so_far = sealed_so_far()
    assert so_far
    assert (so_far.size, so_far.signed_at, so_far.witnessed) == (5, SOON, None)
    take_in(newest_witnessed(custody), custody)
    tell()
    seal_all(custody)
    so_far = sealed_so_far()
    assert so_far
    assert (so_far.size, so_far.witnessed, so_far.witness) == (10, 5, "witness.example.org/w1")


@pytest.mark.parametrize(
    "edit",
    [
        *(f"update ledger_{name} set {field} = {field}" for name, field in [("detail", "text"), ("waiting", "since")]),
        *(f"update ledger_{name} set {field} = {field}" for name, field in [("entry", "leaf"), ("tile", "hashes")]),
        "update ledger_checkpoint set note = note",
        "update ledger_cosignature set line = line",
        *(f"delete from ledger_{name}" for name in ("detail", "entry", "tile", "checkpoint", "cosignature", "waiting")),
        "truncate ledger_entry cascade",
        "insert into ledger_waiting (first, last) values (1, 1)",
    ],
)
def test_the_apps_role_cannot_change_what_is_written(edit: str, custody: Custody) -> None:
    tell(300)
    seal_all(custody)
    take_in(newest_witnessed(custody), custody)
    tell(1)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(edit)
    seal_all(custody)
    assert verified(custody).holds


def test_an_untouched_ledger_holds(custody: Custody) -> None:
    tell()
    assert verified(custody).entries == 0
    seal_all(custody)
    tell(300)
    seal_all(custody)
    verdict = verified(custody)
    assert verdict.holds
    assert (verdict.entries, verdict.erased, verdict.checkpoints) == (305, 0, 2)
    assert Tile.objects.count() == 1


def test_erasing_a_detail_leaves_the_ledger_whole_and_says_so(cast: Cast, custody: Custody) -> None:
    told = tell()
    seal_all(custody)
    erasure = erase([told[1], told[3]], rule=RULE, by=HAVEN, at=AT)
    assert Detail.objects.filter(pk__in=told).count() == 5, "nothing goes before the ledger says so under a checkpoint"
    seal_all(custody)
    assert not Detail.objects.filter(pk__in=[told[1], told[3]]).exists()
    verdict = verified(custody)
    assert verdict.holds
    assert (verdict.entries, verdict.erased) == (6, 2)
    newest = newest_told(by=cast.actor("nadia"))
    assert newest[0].id == erasure
    assert [each.number for each in newest if each.detail is None] == [4, 2]
    assert newest[2].at is None


def test_what_waits_may_be_erased_and_gets_its_entry_first(custody: Custody) -> None:
    told = tell(2)
    erase(told[:1], rule=RULE, by=HAVEN, at=AT)
    seal_all(custody)
    verdict = verified(custody)
    assert verdict.holds
    assert (verdict.entries, verdict.erased) == (3, 1)


@pytest.mark.parametrize("rule", ["", RULE])
def test_an_erasure_itself_stays_and_needs_its_rule(rule: str, custody: Custody) -> None:
    told = tell()
    erasure = erase([told[3]], rule=RULE, by=HAVEN, at=AT)
    seal_all(custody)
    with pytest.raises(NotToBeErased):
        erase([erasure] if rule else [told[0]], rule=rule, by=HAVEN, at=AT)
    with pytest.raises(NotToBeErased):
        erase([told[3]], rule=RULE, by=HAVEN, at=AT)
    assert verified(custody).erased == 1


@pytest.mark.parametrize("wrong", ["commitment", "verb", "why", "form", "itself"])
def test_the_database_erases_nothing_that_no_entry_says_is_erased(wrong: str, custody: Custody) -> None:
    told = tell()
    if wrong == "itself":
        told = [erase(told[:1], rule=RULE, by=HAVEN, at=AT)]
    kept = Detail.objects.get(pk=told[0])
    said = {"details": [kept.pk], "commitments": [_commitment(kept) if wrong != "commitment" else "00" * 32]}
    about = {"inner": {"verb": ERASED}} | said if wrong == "verb" else {"details": 5} if wrong == "form" else said
    record(ERASED if wrong != "verb" else "test.done", by=HAVEN, at=AT, about=about, why="" if wrong == "why" else RULE)
    seal_all(custody)
    assert Detail.objects.filter(pk=kept.pk).exists()


def _commitment(detail: Detail) -> str:
    return sha256(bytes(detail.salt) + detail.text.encode()).hexdigest()


def test_the_key_is_made_on_the_first_start_and_its_file_is_for_its_owner_alone(custody: Custody) -> None:
    tell()
    assert not custody.key.exists()
    seal_all(custody)
    assert stat.S_IMODE(custody.key.stat().st_mode) == 0o600
    assert [key.name for key in custody.logs()] == [ORIGIN]
    kept = custody.key.read_text()
    tell()
    seal_all(custody)
    assert custody.key.read_text() == kept


def test_a_checkpoint_says_when_and_a_clock_set_back_signs_nothing_earlier(custody: Custody) -> None:
    tell()
    seal_all(custody)
    tell()
    seal_all(custody, at=SOON - timedelta(hours=1))
    assert read_checkpoint(Checkpoint.objects.get(size=10).note, logs=custody.logs()).signed_at == SOON.timestamp()
    assert verified(custody).holds


def test_nothing_new_is_not_signed_again(custody: Custody) -> None:
    tell()
    assert (seal_all(custody), seal_all(custody)) == (5, 0)
    assert Checkpoint.objects.count() == 1


def test_an_entry_dated_after_its_checkpoint_is_found(custody: Custody) -> None:
    tell(2)
    record("test.done", by=HAVEN, at=SOON + timedelta(seconds=61), about={})
    seal_all(custody)
    verdict = verified(custody)
    assert (verdict.first_bad, verdict.why) == (3, "its time is later than that of the checkpoint over it")


def test_a_cosignature_is_taken_in_once_and_told(custody: Custody) -> None:
    tell()
    seal_all(custody)
    whole = newest_witnessed(custody)
    line = whole.split("\n")[-2] + "\n"
    assert take_in(line, custody).head.size == 5
    assert take_in(whole, custody).witnessed[0].name == "witness.example.org/w1"
    assert Cosignature.objects.get().witness == "witness.example.org/w1"
    assert verified(custody).witnessed == 5


def test_a_cosignature_of_nobody_known_is_refused(custody: Custody) -> None:
    tell()
    seal_all(custody)
    whole = newest_witnessed(custody)
    custody.witnesses.unlink()
    for written in (whole, whole.split("\n")[-2] + "\n", "— x\n"):
        with pytest.raises(BadNote):
            take_in(written, custody)
    assert not Cosignature.objects.exists()


def test_after_a_restore_nothing_is_signed_below_what_was_signed(custody: Custody) -> None:
    tell()
    with transaction.atomic():
        seal_all(custody)
        transaction.set_rollback(True)  # the database forgets; the file beside the key does not
    with pytest.raises(LedgerIsBehind, match="over 5 entries was signed, and this database holds 0"):
        seal_all(custody)
    tell(2)
    with pytest.raises(LedgerIsBehind):
        seal_all(custody)
    assert not Checkpoint.objects.exists()


def test_a_checkpoint_that_a_witness_saw_and_we_lost_is_remembered(custody: Custody) -> None:
    tell()
    seal_all(custody)
    before = custody.last.read_text()
    with transaction.atomic():
        tell()
        seal_all(custody)
        seen = newest_witnessed(custody)
        transaction.set_rollback(True)
    custody.last.write_text(before)  # restored with the database
    with pytest.raises(LedgerIsBehind, match="over 10 entries"):
        take_in(seen, custody)
    tell(20)
    with pytest.raises(LedgerIsBehind, match="this database holds 5 or others"):
        seal_all(custody)


def test_another_tree_of_the_same_size_is_not_signed_on(custody: Custody) -> None:
    with transaction.atomic():
        tell()
        seal_all(custody)
        transaction.set_rollback(True)
    kept = custody.last.read_text()
    custody.last.unlink()
    tell()
    seal_all(custody)
    custody.last.write_text(kept)
    with pytest.raises(LedgerIsBehind):
        seal_all(custody)
    assert "a fork" in verified(custody).why


def test_a_key_that_is_gone_is_not_made_anew_by_itself(custody: Custody) -> None:
    tell()
    seal_all(custody)
    custody.key.unlink()
    tell()
    with pytest.raises(LedgerIsBehind, match="is missing"):
        seal_all(custody)


def test_a_loss_that_is_accepted_is_told_and_signed_under_a_new_name(custody: Custody) -> None:
    tell()
    seal_all(custody)
    with transaction.atomic():
        tell(4)
        seal_all(custody)
        transaction.set_rollback(True)
    with pytest.raises(LedgerIsBehind):
        seal_all(custody)
    name = begin_anew(custody, origin=ORIGIN, why="The board, 3 March: the disk is gone.", by=HAVEN, at=SOON)
    assert name == f"{ORIGIN}/2"
    told = json.loads(Detail.objects.latest("pk").text)
    assert told["about"] == {"log": name, "held": 5, "signed": 9}
    verdict = verified(custody)
    assert verdict.holds
    assert (verdict.entries, verdict.checkpoints) == (6, 2)
    assert Checkpoint.objects.get(size=6).note.startswith(f"{name}\n6\n")
    tell()
    seal_all(custody)
    assert verified(custody).holds


def test_a_checkpoint_cosigned_under_an_old_key_stays_so(custody: Custody) -> None:
    tell()
    seal_all(custody)
    whole = newest_witnessed(custody)
    begin_anew(custody, origin=ORIGIN, why="The key was copied.", by=HAVEN, at=SOON)
    assert take_in(whole, custody).head.size == 5
    assert witnessed(Checkpoint.objects.get(size=5).note, custody) == whole
    assert verified(custody).witnessed == 5
