"""The ledger compared with the confidential tables: a row whose entry is gone is found, and an entry whose row is."""

import json
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from django.apps import apps
from django.conf import LazySettings
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from haven.access.actor import HAVEN
from haven.checks.services import load_prompts
from haven.config.command import main
from haven.config.completeness import PAIRS, Compared, compared
from haven.intelligence.services import take_report_back
from haven.intelligence.services.linking import end_mention
from haven.ledger.custody import Custody, ours
from haven.ledger.models import Detail
from haven.ledger.services import record
from haven.notifications import services as notifications
from tests.apart import at, database_apart
from tests.behind import behind, look_behind_locks
from tests.cast import NOW, Cast, assemble
from tests.checks.asked import PROMPTS, answered, ask_of, asked
from tests.intelligence.told import LATER, STAFF, taken_through
from tests.ledger.ledgers import seal_all
from tests.notifications.sent import done, one, read
from tests.people.seen import enrol
from tests.sealed import LATER as MUCH_LATER
from tests.seeing.catalogue import confidential_models
from tests.seeing.test_every_confidential_table import WORKING_AS
from tests.subjects.known import JONAH, child, joined, kept_from, looked_after
from tests.subjects.known import STAFF as COLLEAGUES

NO_ENTRY, NO_ROW = "no entry tells of it", "its entry is there, and it is not"
DONE = {
    "subjects.Disclosure",
    "subjects.Record",
    "subjects.Subject",
    "subjects.Exclusion",
    "keys.RecordKey",
    "notifications.Notification",
    "notifications.Notification, recalled_at",
    "notifications.Delivery",
    "notifications.Delivery, seen_at",
    "notifications.Delivery, opened_at",
    "notifications.Support",
    "notifications.Breach",
    "checks.Check",
    "checks.Ask",
    "checks.Part",
    "intelligence.Receipt",
    "intelligence.Submission",
    "intelligence.Grade",
    "intelligence.Link, ended_at",
    "intelligence.Report",
    "intelligence.Dissemination, taken_back_at",
}
WITH_ANOTHER = {  # tables without a pair of their own, and why
    "subjects.About": "written with its record",
    "subjects.TieRow": "a record made, sent, given or lent is told by the record",
    "subjects.FindMark": "written with its subject",
    "subjects.SafeAddress": "its record has a pair",
    "subjects.Attendance": "a move is told by the school she left",
    "subjects.Siblings": "told by the children",
    "notifications.Notice": "its record has a pair",
    "notifications.Reader": "told by the delivery and the people",
    "notifications.Prompt": "letters are counted, and forgotten after ninety days",
    "notifications.Briefing": "told by the school",
    "notifications.MonthlyReturn": "told by the month, and made anew from what happened",
    "intelligence.Source": "nothing in the ledger may lead to who told",
    "intelligence.Entity": "told with the first link to it",
    "checks.Concerned": "written with its check",
    "checks.BandChange": "told by the check",
    "checks.AskedAbout": "written with its ask",
    "checks.Given": "told by the record that is given",
    "checks.Reading": "every disclosure has a pair",
    "checks.Shared": "every disclosure has a pair",
}


@pytest.fixture(autouse=True)
def root_key(settings: LazySettings) -> None:
    """A key made up for the tests."""
    settings.ROOT_KEY = "5a" * 32


@pytest.fixture
def custody(settings: LazySettings, tmp_path: Path) -> Custody:
    """The key and what lies beside it, of this test alone."""
    settings.LEDGER_KEY = tmp_path / "ledger-key"
    settings.LEDGER_WITNESSES = tmp_path / "ledger-witnesses"
    return ours()


def lived_in(cast: Cast) -> Cast:
    """Fairhaven after a day in which something of each sort was done, by the services alone."""
    joined(cast, COLLEAGUES | STAFF)
    enrol(*cast.people.values())
    load_prompts(content=PROMPTS, by=HAVEN, at=NOW)
    done(cast, one(cast))
    recalled = read(cast, one(cast))
    notifications.recall(notification_id=recalled.notification_id, by=cast.actor("bell"), at=NOW)
    ask = ask_of(asked(cast, child(cast, JONAH, cast.oakfield), cast.oakfield), cast.oakfield)
    answered(cast, ask, "priya", "Nothing but good.")
    kept_from(cast, child(cast, JONAH, cast.oakfield), "osei")
    ids = taken_through(cast)
    end_mention(link_id=ids["link_id"], by=cast.actor("ivo"), at=LATER)
    take_report_back(dissemination_id=ids["dissemination_id"], by=cast.actor("ivo"), at=LATER)
    return cast


def found() -> Compared:
    """What a comparison finds, once it has said how far it is."""
    *steps, last = compared()
    assert steps
    assert all(isinstance(step, float) for step in steps)
    assert isinstance(last, Compared)
    return last


def test_what_was_done_by_the_services_is_complete(cast: Cast) -> None:
    lived_in(cast)
    whole = found()
    assert whole.faults == ()
    assert whole.missing == 0
    assert whole.rows > 40
    with behind():
        there = {
            pair.called
            for pair in PAIRS
            if apps.get_model(pair.model).objects.filter(**{f"{pair.moment or 'pk'}__isnull": False}).exists()
        }
    assert there >= DONE


def test_every_confidential_table_is_looked_at_or_goes_with_one_that_is() -> None:
    looked_at = {pair.model for pair in PAIRS}
    there = {model._meta.label for model in confidential_models()}
    assert there - looked_at == set(WITH_ANOTHER)


def test_a_row_that_nobody_told_of_is_found(cast: Cast) -> None:
    joined(cast)
    enrol(*cast.people.values())
    _, exclusion, glass = looked_after(cast)  # written behind the locks
    lines = {f"subjects.Exclusion, {exclusion.pk}: {NO_ENTRY}", f"subjects.BrokenGlass, {glass.pk}: {NO_ENTRY}"}
    assert set(found().faults) == lines


def test_a_moment_that_nobody_told_of_is_found(cast: Cast) -> None:
    lived_in(cast)
    delivery = one(cast)
    with behind():
        delivery.seen_at, delivery.seen_by = NOW, cast.priya
        delivery.save(update_fields=["seen_at", "seen_by"])
    assert found().faults == (f"notifications.Delivery, seen_at, {delivery.pk}: {NO_ENTRY}",)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.called} {next(iter(pair.told))}")
def test_an_entry_of_a_row_that_is_not_there_is_found(db: None, pair) -> None:
    gone = uuid4()
    for verb, key in pair.told.items():
        with transaction.atomic():
            record(verb, by=HAVEN, at=NOW, about={key: [gone] if key in ("deliveries", "asks") else gone})
    assert found() == Compared(0, 1, (f"{pair.called}, {gone}: {NO_ROW}",))


def test_what_is_named_elsewhere_or_not_at_all_is_passed_over(db: None) -> None:
    with transaction.atomic():
        record("subject.disclosed", by=HAVEN, at=NOW, about={"record": uuid4()})
        record("test.done", by=HAVEN, at=NOW, about={"disclosure": uuid4()})
    assert found().missing == 0


def test_a_record_key_is_gone_once_it_was_forgotten_and_not_before(db: None) -> None:
    kept = uuid4()
    for verb in ("record_key.made", "record_key.forgotten"):
        with transaction.atomic():
            record(verb, by=HAVEN, at=NOW, about={"record": kept})
        assert found().missing == (verb == "record_key.made")


def test_faults_are_counted_and_some_of_each_sort_are_named(db: None) -> None:
    with transaction.atomic():
        for _ in range(30):
            record("subject.disclosed", by=HAVEN, at=NOW, about={"disclosure": uuid4()})
    assert found().missing == 30
    assert len(found().faults) == 20


def test_every_table_is_looked_at_as_a_service_that_is_listed() -> None:
    assert {pair.service for pair in PAIRS} <= WORKING_AS


def test_the_command_says_what_is_missing(cast: Cast, custody: Custody, capsys: pytest.CaptureFixture[str]) -> None:
    lived_in(cast)
    seal_all(custody, MUCH_LATER)
    assert main(["ledger", "verify", "--complete"]) == 0
    assert "each has its entry, and each entry its row\n" in capsys.readouterr().out
    with transaction.atomic():
        record("subject.disclosed", by=HAVEN, at=NOW, about={"disclosure": (gone := uuid4())})
    assert main(["ledger", "verify", "--complete"]) == 1
    assert f"missing:\nsubjects.Disclosure, {gone}: {NO_ROW}\n" in capsys.readouterr().out
    assert main(["ledger", "verify", "--complete", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["compared"]["missing"] == 1
    assert main(["ledger", "verify"]) == 0
    assert main(["ledger", "verify", "--complete", "."]) == 2


TAKEN = [
    ("subjects_disclosure", "id", "subjects.Disclosure"),
    ("notifications_support", "id", "notifications.Support"),
    ("checks_part", "id", "checks.Part"),
    ("intelligence_dissemination", "id", "intelligence.Dissemination"),
    ("keys_recordkey", "record", "keys.RecordKey"),
]


def test_what_a_superuser_took_away_is_found(
    django_db_setup: None, migrated: str, django_db_blocker: DjangoDbBlocker
) -> None:
    with database_apart(migrated, django_db_blocker) as name:
        look_behind_locks(name)
        with transaction.atomic():
            lived_in(assemble())
        assert found().missing == 0
        with psycopg.connect(at("haven", name), autocommit=True) as line:
            line.execute("set session_replication_role = replica")  # no trigger and no constraint speaks
            for table, key, called in TAKEN:
                row = _first(line, table, key)
                line.execute(f"create table kept as select * from {table} where {key} = %s", [row])
                line.execute(f"delete from {table} where {key} = %s", [row])
                assert f"{called}, {row}: {NO_ROW}" in found().faults
                line.execute(f"insert into {table} select * from kept")
                line.execute("drop table kept")
                assert found().missing == 0
            told = Detail.objects.filter(text__contains='"verb":"notification.opened"').first()
            assert told is not None
            line.execute("delete from ledger_detail where id = %s", [told.pk])
        (fault,) = found().faults
        assert fault.startswith("notifications.Delivery, opened_at, ")
        assert fault.endswith(NO_ENTRY)


def _first(line: psycopg.Connection, table: str, key: str) -> UUID:
    (row,) = line.execute(f"select {key} from {table} order by {key} limit 1").fetchone() or (None,)
    assert isinstance(row, UUID)
    return row
