"""The ledger takes entries, keeps them, and notices every edit."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from haven.access.actor import HAVEN
from haven.access.decision import Refused
from haven.engines.chain.hashing import link_after
from haven.engines.chain.verifying import ERASED
from haven.ledger.models import Detail, Entry, Head
from haven.ledger.queries import newest_entries, verified
from haven.ledger.services import Deed, erase, record, record_all
from tests.cast import Cast

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def fill(count: int = 5) -> None:
    for number in range(count):
        record("test.counted", by=HAVEN, at=AT, about={"number": number})


def test_entries_are_numbered_without_a_gap() -> None:
    fill(3)
    assert list(Entry.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert Head.objects.get().size == 3


def test_an_entry_says_who_did_it_as_she_was(cast: Cast) -> None:
    number = record("test.done", by=cast.actor("priya"), at=AT, about={"thing": cast.oakfield.pk}, why="because")
    cast.priya.name = "Priya Married"
    cast.priya.save()
    told = newest_entries(by=cast.actor("nadia"))[0]
    assert told.number == number
    assert told.detail is not None
    assert told.detail["who"]["name"] == "Priya Nair"
    assert told.detail["who"]["posts"] == [
        {"role": "dsl", "organisation": str(cast.oakfield.pk), "of": "Oakfield Primary School"}
    ]
    assert told.detail["about"] == {"thing": str(cast.oakfield.pk)}
    assert told.at == AT


def test_nothing_of_a_detail_stands_in_its_entry() -> None:
    record("test.done", by=HAVEN, at=AT, about={"word": "canary"})
    assert b"canary" not in bytes(Entry.objects.get().leaf)
    assert "canary" in Detail.objects.get().text


def test_the_same_deed_twice_leaves_two_different_leaves() -> None:
    record_all([Deed("test.done", {}), Deed("test.done", {})], by=HAVEN, at=AT)
    first, second = Entry.objects.all()
    assert bytes(first.leaf) != bytes(second.leaf)


@pytest.mark.parametrize("name", ["priya", "tom", "grace", "marcus", "bell", "osei", "lena", "sam", "nobody"])
def test_only_the_scrutineer_reads_the_ledger(cast: Cast, name: str) -> None:
    with pytest.raises(Refused):
        newest_entries(by=cast.actor(name))


def test_entries_are_read_a_page_at_a_time(cast: Cast) -> None:
    fill(5)
    page = newest_entries(by=cast.actor("nadia"), before=4, count=2)
    assert [told.number for told in page] == [3, 2]


@pytest.mark.parametrize(
    "edit",
    [
        "update ledger_entry set leaf = leaf",
        "delete from ledger_entry",
        "truncate ledger_entry cascade",
        "update ledger_detail set text = ''",
        "delete from ledger_detail",
        "delete from ledger_head",
    ],
)
def test_the_apps_role_cannot_change_what_is_written(edit: str) -> None:
    fill()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(edit)
    assert verified().holds


def test_an_untouched_ledger_holds() -> None:
    fill()
    verdict = verified()
    assert verdict.holds
    assert (verdict.entries, verdict.erased) == (5, 0)


def test_erasing_a_detail_leaves_the_ledger_whole_and_says_so(cast: Cast) -> None:
    fill()
    erase([2, 4], rule="seven years after the post ended", by=HAVEN, at=AT)
    verdict = verified()
    assert verdict.holds
    assert (verdict.entries, verdict.erased) == (6, 2)
    newest = newest_entries(by=cast.actor("nadia"))
    assert [told.number for told in newest if told.detail is None] == [4, 2]
    assert newest[-1].at is not None
    assert newest[2].at is None


def test_a_detail_that_is_missing_without_a_word_is_noticed() -> None:
    fill()
    head = Head.objects.get()
    leaf = b"\x01" + bytes(32)
    Entry.objects.create(number=6, leaf=leaf, link=link_after(bytes(head.link), leaf))
    Head.objects.update(size=6, link=link_after(bytes(head.link), leaf))
    assert verified().first_bad == 6


@pytest.mark.parametrize("under", [1, 6, 99])
def test_the_database_erases_nothing_that_no_entry_says_is_erased(under: int) -> None:
    fill()
    record(ERASED, by=HAVEN, at=AT, about={"entries": [2], "count": 1}, why="seven years after the post ended")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select ledger_erase(array[3]::bigint[], %s)", [under])
    assert Detail.objects.count() == 6


@pytest.mark.parametrize(("entries", "rule"), [([6], "a rule"), ([2], "")])
def test_an_erasure_itself_stays_and_needs_its_rule(entries: list[int], rule: str) -> None:
    fill()
    erase([4], rule="seven years after the post ended", by=HAVEN, at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        erase(entries, rule=rule, by=HAVEN, at=AT)
    assert verified().erased == 1


def test_an_entry_beyond_the_head_is_noticed() -> None:
    fill(2)
    Entry.objects.create(number=3, leaf=b"\x01" + bytes(32), link=bytes(32))
    assert verified().first_bad == 3
