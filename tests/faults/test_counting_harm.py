"""What the harness counts: everything that was acknowledged is looked for, and each sort of harm is seen."""

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

import psycopg
import pytest
from django.conf import LazySettings
from django.db import connections, transaction
from pytest_django import DjangoDbBlocker

from faults.judging import Reckoning, reckon
from faults.points import HAVEN as HOUSE
from faults.points import Plans, named_points
from faults.receipts import Receipt, Receipts
from haven.access.actor import HAVEN
from haven.ledger.custody import ours
from haven.ledger.sequencing import seal
from haven.notifications import services
from haven.notifications.services import Accepted
from tests.apart import at, database_apart
from tests.cast import NOW, Cast, assemble
from tests.notifications.sent import sent
from tests.people.seen import enrol
from tests.subjects.known import joined


@dataclass
class Standing:
    """What of a house is asked when harm is counted: its database, its letters, its ledger."""

    database: str
    home: Path
    ledger: str = ""

    def as_superuser(self) -> str:
        return at("haven", self.database)

    def ledger_fault(self) -> str:
        return self.ledger


@pytest.fixture
def house(
    django_db_setup: None, migrated: str, django_db_blocker: DjangoDbBlocker, settings, tmp_path: Path
) -> Iterator[Standing]:
    """A database in which what is written stays, with three notifications and their receipts."""
    settings.ROOT_KEY = "5a" * 32
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    (tmp_path / "mail").mkdir()
    with database_apart(migrated, django_db_blocker) as name:
        yield Standing(name, tmp_path)


@pytest.fixture
def cast(house: Standing) -> Cast:
    cast = assemble()
    joined(cast)
    enrol(*cast.people.values())
    return cast


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Receipts]:
    """An empty file of receipts."""
    made = Receipts(tmp_path / "receipts.jsonl", NOW.timestamp)
    yield made
    made.end()


@pytest.fixture
def receipts(cast: Cast, kept: Receipts) -> Receipts:
    for _ in range(3):
        acknowledge(kept, sent(cast))
    services.send_prompts(by=HAVEN, at=NOW)
    connections.close_all()
    return kept


def acknowledge(receipts: Receipts, accepted: Accepted) -> Receipt:
    row = accepted.notification
    receipts.trying(str(row.key), "0" * 64)
    receipt = Receipt(str(row.key), str(row.pk), row.body_hash, row.accepted_at.isoformat())
    receipts.acknowledged(receipt)
    return receipt


def counted(house: Standing, receipts: Receipts, hurried: list[str] | None = None) -> Reckoning:
    return reckon(house, receipts, kills=1, done={}, hurried=hurried or [], rested_since=time.time() - 3600)


def harm(house: Standing, *statements: str) -> None:
    with psycopg.connect(house.as_superuser()) as line:
        line.execute("set session_replication_role = replica")
        for statement in statements:
            line.execute(statement)


def test_where_nothing_was_harmed_everything_holds(house: Standing, receipts: Receipts) -> None:
    found = counted(house, receipts)
    assert (found.acknowledged, found.tried, found.holds) == (3, 3, True)
    assert found.prompts > 0, "letters were looked for"


ONE = "(select id from notifications_notification order by id limit 1)"


@pytest.mark.parametrize(
    ("statement", "seen"),
    [
        (f"delete from notifications_notification where id = {ONE}", {"lost": 1, "unwritten": 0}),
        (f"update notifications_notification set body_hash = repeat('0', 64) where id = {ONE}", {"changed": 1}),
        (f"delete from notifications_delivery where notification_id = {ONE}", {"orphans": 1}),
        ("delete from ledger_detail", {"unwritten": 3}),
        (
            "insert into notifications_notification (id, reference, sender_id, area_id, key, body_hash, accepted_at,"
            " channel) select gen_random_uuid(), 'AAAA-AAAA', sender_id, area_id, gen_random_uuid(), body_hash,"
            f" accepted_at, channel from notifications_notification where id = {ONE}",
            {"strange": 1, "orphans": 1},
        ),
        ("update notifications_prompt set sent_at = null", {"left_unsent": None}),
    ],
)
def test_each_sort_of_harm_is_seen(
    house: Standing, receipts: Receipts, statement: str, seen: dict[str, int | None]
) -> None:
    harm(house, statement)
    found = counted(house, receipts)
    told = found.as_json()
    assert not found.holds
    for name, number in seen.items():
        assert told[name] == number if number is not None else told[name] > 0, name


def test_a_letter_that_is_marked_and_was_never_sent_is_missed(house: Standing, receipts: Receipts) -> None:
    for path in (house.home / "mail").iterdir():
        path.unlink()
    found = counted(house, receipts)
    assert found.never_prompted == found.prompts > 0
    assert not found.holds


def test_a_deadline_of_which_nobody_was_told_is_late(house: Standing, cast: Cast, receipts: Receipts) -> None:
    delivery = sent(cast).deliveries[0]
    acknowledge(receipts, sent(cast))
    receipts.trying(str(delivery.notification.key), "0" * 64)
    with transaction.atomic():
        services.sweep(by=HAVEN, at=NOW)
    services.send_prompts(by=HAVEN, at=NOW)
    connections.close_all()
    assert counted(house, receipts, [str(delivery.pk)]).escalated_late == 1
    services.sweep(by=HAVEN, at=delivery.deadline_at + timedelta(seconds=30))
    services.send_prompts(by=HAVEN, at=delivery.deadline_at + timedelta(seconds=30))
    connections.close_all()
    assert counted(house, receipts, [str(delivery.pk)]).escalated_late == 0


def test_two_receipts_of_one_key_that_differ_are_seen_and_both_are_written_down(kept: Receipts, tmp_path: Path) -> None:
    kept.trying("key", "hash")
    kept.acknowledged(Receipt("key", "one", "hash", NOW.isoformat()))
    kept.acknowledged(Receipt("key", "other", "hash", NOW.isoformat()))
    assert kept.contradictions == ["key"]
    assert len((tmp_path / "receipts.jsonl").read_text().splitlines()) == 3
    assert list(kept.unanswered()) == []


@pytest.mark.parametrize("hours", [-3, 3])
def test_a_receipt_of_a_wrong_hour_is_seen(house: Standing, cast: Cast, kept: Receipts, hours: int) -> None:
    acknowledge(kept, sent(cast, at=NOW + timedelta(hours=hours)))
    connections.close_all()
    found = counted(house, kept)
    assert (found.wrong_hours, found.holds) == (1, False)


def test_an_entry_that_is_later_than_its_checkpoint_is_seen(
    house: Standing, receipts: Receipts, settings: LazySettings
) -> None:
    settings.LEDGER_KEY = house.home / "ledger-key"
    seal(ours(), origin="fairhaven.example.org/ledger", at=NOW)
    connections.close_all()
    assert counted(house, receipts).out_of_time == 0
    harm(house, "update ledger_checkpoint set signed_at = signed_at - interval '3 hours'")
    found = counted(house, receipts)
    assert found.out_of_time > 0
    assert not found.holds


def test_plans_are_met_by_whoever_takes_them_away(tmp_path: Path) -> None:
    plans = Plans(tmp_path / "plans", Random(1))
    for _ in named_points():
        plans.lay()
    plans.lay()
    laid = sorted(path.name for path in (tmp_path / "plans").iterdir())
    assert laid == named_points()
    assert plans.met() == []
    (tmp_path / "plans" / laid[0]).unlink()
    assert plans.met() == [laid[0]]
    (tmp_path / "plans" / laid[1]).unlink()
    assert plans.given_up() == [laid[1]]
    assert list((tmp_path / "plans").iterdir()) == []


def test_a_ledger_that_does_not_hold_is_told(house: Standing, receipts: Receipts) -> None:
    house.ledger = "AMISS. The first bad entry is 3"
    assert not counted(house, receipts).holds


def test_points_are_named_for_where_they_stand() -> None:
    points = named_points()
    assert len(points) >= 9
    assert {each.split(".")[0] for each in points} <= {path.name for path in HOUSE.iterdir()}
    with closing((HOUSE / "engines" / "faultpoints.py").open()) as file:
        assert "def faultpoint" in file.read()
