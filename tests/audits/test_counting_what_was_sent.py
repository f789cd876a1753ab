"""What is sent is counted by the sending itself; what lapses is taken away; and the copies can be counted again."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction
from pytest_django import DjangoDbBlocker

from haven.access.actor import HAVEN
from haven.access.decision import Refused
from haven.audits import services
from haven.audits.models import Copy, Count
from haven.audits.queries.counts import differences
from haven.audits.services.counting import count_copy
from haven.ledger.services import record
from tests.apart import database_apart
from tests.audits import signed
from tests.audits.asked import answer, begun, opened, typed
from tests.audits.sent import lapse, send, sent
from tests.cast import NOW, Cast, assemble


def counts() -> dict[tuple[str, str], int]:
    return {(row.question, row.answer): row.number for row in Count.objects.all() if row.number}


@pytest.mark.django_db
def test_what_a_school_sends_is_counted_by_its_choices(cast: Cast) -> None:
    sent(cast, opened(cast))
    found = counts()
    assert found["", ""] == 1
    assert found["lead-named", "met"] == 1
    assert found["policy-read", "amber"] == 1
    assert found["policy-lived", "3"] == 1


@pytest.mark.django_db
def test_a_number_and_a_day_are_counted_as_said_and_never_told(cast: Cast) -> None:
    sent(cast, opened(cast))
    found = counts()
    assert found["referrals", "said"] == 1
    assert found["lead-trained-on", "said"] == 1


@pytest.mark.django_db
def test_what_is_asked_and_not_answered_is_counted_and_what_is_not_asked_is_not(cast: Cast) -> None:
    sent(cast, opened(cast))
    found = counts()
    assert found["words", ""] == 1
    assert not [key for key in found if key[0] in ("nursery-lead", "night-staff", "sixth-form")]


@pytest.mark.django_db
def test_two_schools_add_up(cast: Cast) -> None:
    cycle = opened(cast)
    sent(cast, cycle)
    sent(cast, cycle, "grace")
    found = counts()
    assert (found["", ""], found["lead-named", "met"], found["sixth-form", "met"]) == (2, 2, 1)


@pytest.mark.django_db
def test_what_lapses_is_taken_away_and_counted_again_when_it_is_sent_again(cast: Cast) -> None:
    copy = sent(cast, opened(cast))
    of = lapse(copy)
    assert counts() == {}
    answer(cast, of, policy_read=typed("green", seen=1))
    send(of)
    found = counts()
    assert (found["", ""], found["policy-read", "green"]) == (1, 1)
    assert ("policy-read", "amber") not in found
    assert differences() == []


@pytest.mark.django_db
def test_a_sending_that_fails_counts_nothing(cast: Cast) -> None:
    of = begun(cast, opened(cast))
    with transaction.atomic():
        send(of)
        transaction.set_rollback(True)
    assert counts() == {}


@pytest.mark.django_db
def test_a_count_that_was_tampered_with_is_found_and_counting_anew_mends_it(cast: Cast) -> None:
    sent(cast, opened(cast))
    Count.objects.filter(question="policy-read").update(number=7)
    Count.objects.filter(question="lead-named").delete()
    (first, second) = differences()
    assert (first.question, first.kept, first.counted) == ("lead-named", 0, 1)
    assert str(second).endswith("“amber” to policy-read: 7 kept, 1 counted")
    services.recount(by=HAVEN, at=NOW)
    assert differences() == []
    assert counts()["policy-read", "amber"] == 1


@pytest.mark.django_db
def test_nobody_counts_anew_from_a_page(cast: Cast) -> None:
    with pytest.raises(Refused):
        services.recount(by=cast.actor("marcus"), at=NOW)


@pytest.fixture
def committed(django_db_setup: None, migrated: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """The cast in a database of its own, in which what is written stays: two threads see the same."""
    with database_apart(migrated, django_db_blocker):
        yield assemble()


def test_schools_that_send_at_once_are_all_counted_and_none_waits_for_ever(committed: Cast) -> None:
    cycle = opened(committed)
    copies = [sent(committed, cycle), sent(committed, cycle, "grace")]
    before = counts()

    def again(copy: Copy) -> None:
        try:
            for _ in range(10):
                with transaction.atomic():
                    count_copy(copy.of, copy)
                    record("return.begun", by=HAVEN, at=NOW, about={})
                with transaction.atomic():
                    record("return.begun", by=HAVEN, at=NOW, about={})
                    count_copy(copy.of, copy, sign=-1)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(again, copies))
    assert counts() == before
    assert differences() == []


@pytest.mark.django_db
def test_the_last_signature_counts_and_reopening_takes_away(cast: Cast) -> None:
    of = signed.sent(cast)
    assert counts()["", ""] == 1
    assert counts()["policy-read", "amber"] == 1
    assert differences() == []
    services.reopen_return(return_id=of.pk, why="We forgot one.", by=cast.actor("tom"), at=NOW)
    assert counts() == {}
    assert differences() == []
