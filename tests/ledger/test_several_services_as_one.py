"""Services as one piece of work: kept or undone as a whole, told to the ledger at its end, asking nothing twice."""

from collections.abc import Collection
from contextlib import AbstractContextManager, suppress

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from haven.access.actor import HAVEN
from haven.ledger.models import Detail
from haven.ledger.services import Deed, record, record_now
from haven.ledger.together import HalfDone, as_one, keep, once_each, part
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def tell(number: int) -> None:
    record("test.done", by=HAVEN, at=NOW, about={"number": number})


def told() -> list[int]:
    return [
        int(text.partition('"number":')[2].partition("}")[0])
        for text in Detail.objects.values_list("text", flat=True).order_by("pk")
    ]


def fail(work: AbstractContextManager[None]) -> None:
    with work:
        tell(2)
        raise ValueError("strange")


def length(asked: Collection[str]) -> dict[str, int]:
    return {each: len(each) for each in asked if each}


def test_what_services_record_is_written_in_their_order_at_the_end_and_at_once() -> None:
    with CaptureQueriesContext(connection) as queries, as_one():
        for number in range(5):
            with part():
                tell(number)
        assert told() == []
    assert told() == [0, 1, 2, 3, 4]
    assert len([each for each in queries if "insert into ledger_detail" in each["sql"]]) == 1
    assert len([each for each in queries if each["sql"].startswith("SAVEPOINT")]) == 1  # the test's own transaction


def test_a_piece_of_work_that_fails_tells_nothing_and_leaves_the_one_around_it_whole() -> None:
    with as_one():
        tell(1)
        with pytest.raises(ValueError, match="strange"):
            fail(as_one())
        with as_one():
            tell(3)
    assert told() == [1, 3]


def test_what_is_told_now_comes_after_what_waits_and_has_its_identifier() -> None:
    with as_one():
        tell(1)
        tell(2)
        (detail,) = record_now([Deed("test.done", {"number": 3})], by=HAVEN, at=NOW)
        tell(4)
    assert told() == [1, 2, 3, 4]
    assert '"number":3' in Detail.objects.get(pk=detail).text


def test_whoever_goes_on_after_a_part_has_failed_keeps_nothing() -> None:
    def go_on() -> None:
        with as_one():
            tell(1)
            with suppress(ValueError):
                fail(part())

    with pytest.raises(HalfDone):
        go_on()
    assert told() == []


def test_by_itself_a_part_is_a_transaction_of_its_own_and_writes_at_once() -> None:
    with transaction.atomic():
        tell(1)
        with pytest.raises(ValueError, match="strange"):
            fail(part())
        assert told() == [1]


def test_only_what_is_not_known_yet_is_asked_and_only_until_the_work_ends() -> None:
    questions = list[set[str]]()

    def ask(asked: Collection[str]) -> dict[str, int]:
        questions.append(set(asked))
        return length(asked)

    with as_one():
        assert once_each("length", ["ab", "c", ""], ask) == {"ab": 2, "c": 1}
        keep("length", {"kept": 7})
        with as_one():
            assert once_each("length", ["ab", "def", "kept"], ask) == {"ab": 2, "def": 3, "kept": 7}
        assert once_each("length", ["def", ""], ask) == {"def": 3}
        assert once_each("breadth", ["ab"], ask) == {"ab": 2}
    assert once_each("length", ["ab"], ask) == {"ab": 2}
    assert questions == [{"ab", "c", ""}, {"def"}, {"def", ""}, {"ab"}, {"ab"}]
