"""The root key: outside the database, kept from others, replaced, split in three, restored from two, and tested."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings as Settings
from django.db import IntegrityError, connection, transaction

from haven.access.decision import Refused
from haven.engines.sealing.keys import name_of
from haven.engines.sealing.sharing import split
from haven.keys import roots
from haven.keys.models import OrganisationKey, RecordKey, RootKey, Wrap
from haven.keys.queries import standing
from haven.keys.roots import RootKeyFault
from haven.keys.services import drill, forget_record, make_root, restore_root, rotate_root, split_root
from haven.ledger.models import Detail
from tests.cast import NOW
from tests.keys.worlds import BY, CANARY, OAKFIELD, POLICE, read, sealed

pytestmark = pytest.mark.django_db
GIVEN, NEXT = bytes(range(32)), bytes(range(1, 33))


def verbs() -> list[str]:
    return [text.split('"verb":"')[1].split('"')[0] for text in Detail.objects.values_list("text", flat=True)]


def test_it_is_made_once_for_this_account_alone(root_key: Path) -> None:
    made = make_root(**BY)
    assert make_root(**BY) == made
    assert stat.S_IMODE(root_key.stat().st_mode) == 0o600
    assert name_of(bytes.fromhex(root_key.read_text().strip())) == made.name
    assert verbs() == ["root_key.made"]
    assert [path.name for path in root_key.parent.iterdir()] == ["root-key"]


def test_it_is_nowhere_in_the_database(root_key: Path) -> None:
    sealed()
    key = root_key.read_text().strip()
    with connection.cursor() as cursor:
        for table in ("keys_rootkey", "keys_organisationkey", "keys_wrap", "ledger_detail"):
            cursor.execute(f"select string_agg({table}::text, ' ') from {table}")
            assert key not in cursor.fetchone()[0]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660])
def test_one_that_others_could_read_is_refused(root_key: Path, mode: int) -> None:
    make_root(**BY)
    root_key.chmod(mode)
    with pytest.raises(RootKeyFault, match="chmod 600"):
        make_root(**BY)
    assert "chmod 600" in standing().fault


def test_a_credential_of_the_service_may_be_open_to_its_group(
    root_key: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    make_root(**BY)
    root_key.chmod(0o440)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(root_key.parent))
    assert make_root(**BY)
    root_key.chmod(0o444)
    with pytest.raises(RootKeyFault):
        make_root(**BY)


def test_one_that_was_lost_is_never_made_anew(root_key: Path) -> None:
    sealed()
    root_key.unlink()
    with pytest.raises(RootKeyFault, match="haven keys restore"):
        sealed(owner=OAKFIELD)
    assert not root_key.exists()
    assert not standing().is_at_hand


def test_another_one_in_its_place_is_refused(root_key: Path) -> None:
    make_root(**BY)
    root_key.write_text(GIVEN.hex())
    with pytest.raises(RootKeyFault, match="not at hand"):
        make_root(**BY)


@pytest.mark.parametrize("text", ["", "a key", "AB" * 32, "ab" * 31])
def test_what_is_no_key_is_not_taken_for_one(root_key: Path, text: str) -> None:
    root_key.touch(0o600)
    root_key.write_text(text)
    with pytest.raises(RootKeyFault, match="64 hexadecimal"):
        make_root(**BY)


def test_it_may_be_handed_in_from_outside(root_key: Path, settings: Settings) -> None:
    settings.ROOT_KEY = GIVEN.hex()
    assert make_root(**BY).name == name_of(GIVEN)
    record, fields = sealed()
    assert read(POLICE, record, fields) == {"narrative": CANARY}
    assert not root_key.exists()


def test_a_new_one_takes_the_place_of_the_old(root_key: Path) -> None:
    record, fields = sealed(readers=[OAKFIELD])
    before = root_key.read_text()
    made = rotate_root(**BY)
    assert root_key.read_text() != before
    assert name_of(bytes.fromhex(root_key.read_text().strip())) == made.name
    assert [path.name for path in root_key.parent.iterdir()] == ["root-key"]
    assert set(OrganisationKey.objects.values_list("root", flat=True)) == {made.name}
    assert read(POLICE, record, fields) == read(OAKFIELD, record, fields) == {"narrative": CANARY}
    assert RootKey.objects.filter(is_current=False, replaced_at=NOW).count() == 1
    root_key.write_text(before)
    assert not standing().is_at_hand


def test_broken_off_before_or_after_the_change_it_still_opens(root_key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record, fields = sealed()
    roots.make_next()  # broken off before
    waiting = roots.next_name()
    assert read(POLICE, record, fields) == {"narrative": CANARY}
    monkeypatch.setattr(roots, "promote", lambda: None)  # broken off after
    assert rotate_root(**BY).name == waiting
    assert read(POLICE, record, fields) == {"narrative": CANARY}
    monkeypatch.undo()
    make_root(**BY)
    assert roots.next_name() is None
    assert read(POLICE, record, fields) == {"narrative": CANARY}


def test_where_one_organisations_key_does_not_open_the_root_key_stays(root_key: Path) -> None:
    record, fields = sealed(readers=[OAKFIELD])
    before = RootKey.objects.get()
    OrganisationKey.objects.filter(organisation=OAKFIELD).update(wrapped=bytes(40))
    with pytest.raises(Refused) as refused:
        rotate_root(**BY)
    assert "2 keys" in refused.value.advice
    assert RootKey.objects.get() == before
    assert read(POLICE, record, fields) == {"narrative": CANARY}


def test_one_that_is_handed_in_is_replaced_by_the_one_handed_in_after_it(settings: Settings) -> None:
    settings.ROOT_KEY = GIVEN.hex()
    record, fields = sealed()
    with pytest.raises(Refused) as refused:
        rotate_root(**BY)
    assert "after it" in refused.value.advice
    settings.ROOT_KEY = f"{GIVEN.hex()} {NEXT.hex()}"
    assert rotate_root(**BY).name == name_of(NEXT)
    settings.ROOT_KEY = NEXT.hex()
    assert read(POLICE, record, fields) == {"narrative": CANARY}


def test_two_of_three_shares_restore_it(root_key: Path) -> None:
    record, fields = sealed()
    shares = split_root(**BY)
    root_key.unlink()
    restored = restore_root(shares=[shares[2], shares[0]], **BY)
    assert restored.split_at == NOW
    assert read(POLICE, record, fields) == {"narrative": CANARY}
    assert verbs()[-2:] == ["root_key.split", "root_key.restored"]
    assert not any(
        share.values.hex() in text for share in shares for text in Detail.objects.values_list("text", flat=True)
    )


def test_shares_of_another_key_restore_nothing(root_key: Path) -> None:
    make_root(**BY)
    root_key.unlink()
    with pytest.raises(Refused) as refused:
        restore_root(shares=split(GIVEN)[:2], **BY)
    assert name_of(GIVEN) in refused.value.advice
    assert not root_key.exists()


def test_an_older_key_does_not_come_back(root_key: Path) -> None:
    shares = split_root(**BY)
    rotate_root(**BY)
    with pytest.raises(Refused):
        restore_root(shares=shares[:2], **BY)


def test_where_no_key_ever_was_nothing_is_restored() -> None:
    with pytest.raises(Refused) as refused:
        restore_root(shares=split(GIVEN)[:2], **BY)
    assert "restore the database first" in refused.value.advice


def test_a_key_that_lies_there_is_never_written_over(root_key: Path) -> None:
    shares = split_root(**BY)
    root_key.write_text(GIVEN.hex())
    with pytest.raises(RootKeyFault, match="move that file away"):
        restore_root(shares=shares[:2], **BY)
    assert root_key.read_text() == GIVEN.hex()


def test_one_that_is_handed_in_is_not_written_to_a_file(root_key: Path, settings: Settings) -> None:
    settings.ROOT_KEY = GIVEN.hex()
    shares = split_root(**BY)
    with pytest.raises(Refused):
        restore_root(shares=shares[:2], **BY)
    assert not root_key.exists()


def test_a_drill_opens_records_drawn_at_random_for_each_reader() -> None:
    for _ in range(12):
        sealed(readers=[OAKFIELD])
    found = drill(count=10, **BY)
    assert (found.tried, found.opened, found.wraps) == (10, 10, 20)
    assert RootKey.objects.get().drilled_at == NOW
    assert '"opened":10' in Detail.objects.latest("pk").text


@pytest.mark.parametrize("harm", ["wrap", "sample", "wraps"])
def test_a_drill_finds_what_does_not_open(harm: str) -> None:
    (hurt, _), _ = sealed(readers=[OAKFIELD]), sealed()
    match harm:
        case "wrap":
            Wrap.objects.filter(record=hurt, organisation=OAKFIELD).update(wrapped=bytes(40))
        case "sample":
            RecordKey.objects.filter(pk=hurt).update(sample=bytes(29))
        case "wraps":
            Wrap.objects.filter(record=hurt).delete()
    found = drill(count=100, **BY)
    assert (found.tried, found.opened) == (2, 1)
    assert RootKey.objects.get().drilled_at is None


def test_a_drill_that_opened_nothing_is_no_drill() -> None:
    assert drill(count=100, **BY).tried == 0
    assert RootKey.objects.get().drilled_at is None


def test_a_drill_without_the_root_key_is_told_so(root_key: Path) -> None:
    sealed()
    root_key.unlink()
    with pytest.raises(RootKeyFault):
        drill(count=100, **BY)


def test_how_the_keys_stand_is_told_in_figures() -> None:
    assert standing().root is None
    record, _ = sealed(readers=[OAKFIELD])
    sealed()
    forget_record(record=record, **BY)
    seen = standing()
    assert (seen.organisations, seen.records, seen.wraps, seen.is_at_hand) == (2, 1, 1, True)
    assert seen.oldest_made_at == NOW


@pytest.mark.parametrize("changes", [{"is_current": False}, {"replaced_at": NOW + timedelta(days=1)}])
def test_the_database_keeps_no_root_key_that_contradicts_itself(changes) -> None:
    make_root(**BY)
    with pytest.raises(IntegrityError), transaction.atomic():
        RootKey.objects.update(**changes)


def test_the_database_has_one_root_key_in_use() -> None:
    make_root(**BY)
    with pytest.raises(IntegrityError), transaction.atomic():
        RootKey.objects.create(name="another", is_current=True, made_at=NOW)


def test_a_reader_of_the_database_sees_no_keys() -> None:
    with connection.cursor() as cursor:
        for table in ("rootkey", "organisationkey", "recordkey", "wrap"):
            cursor.execute("select has_table_privilege('haven_reader', %s, 'select')", [f"keys_{table}"])
            assert cursor.fetchone()[0] is False
