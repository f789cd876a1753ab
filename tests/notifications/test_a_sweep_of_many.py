"""A sweep asks as much for twenty deliveries as for five, and becomes what it would for one after the other; so does
the council’s list of what nobody has read."""

import json
import logging
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from haven.access.actor import HAVEN
from haven.ledger.models import Detail
from haven.notifications import services
from haven.notifications.models import Delivery, Prompt, Reader
from haven.notifications.queries.watching import unread_in_areas
from haven.notifications.rules.sending import NewChild
from haven.notifications.services import telling
from haven.people.models import Post
from haven.subjects.models import TieRow
from haven.subjects.rules.naming import Identity
from tests.behind import behind
from tests.cast import TODAY, Cast
from tests.notifications.sent import keeping_out, now, sent, swept

pytestmark = pytest.mark.django_db

SATURDAY = datetime(2026, 3, 7, 21, 15, tzinfo=UTC)
MONDAY = datetime(2026, 3, 9, 9, 30, tzinfo=UTC)  # every step has come due
MOVED = "She is taught with older children"


def put(cast: Cast, many: int, *, days: int = 1) -> list[Delivery]:
    """So many deliveries: at two schools in turn and at home, some with somebody kept out, over so many days."""
    found = []
    for place in range(many):
        who = Identity("Ada", "Vale", date(2015, 1, 1) + timedelta(days=place))
        child = (
            NewChild(who, (cast.oakfield.pk,)),
            NewChild(who, (cast.ashdown.pk,), override=MOVED),
            NewChild(who, home_area=cast.area.pk),
        )[place % 3]
        excluded = keeping_out(cast, "priya") if place % 5 == 3 else ()
        found += sent(cast, child, at=SATURDAY - timedelta(days=place % days), excluded=excluded).deliveries
    return found


def asked(by: Any) -> int:
    with CaptureQueriesContext(connection) as queries:
        by()
    return len(queries)


@pytest.mark.parametrize("days", [1, 5])
def test_it_asks_the_same_for_five_as_for_twenty(fairhaven: Cast, days: int) -> None:
    put(fairhaven, 1)
    swept(MONDAY)
    numbers = []
    for many in (5, 20):
        with transaction.atomic():
            rows = put(fairhaven, many, days=days)
            numbers.append(asked(lambda: services.sweep(by=HAVEN, at=MONDAY)))
            assert {now(row).missed_at for row in rows} == {MONDAY}
            transaction.set_rollback(True)
    assert numbers[0] == numbers[1] < 40


def test_it_asks_the_same_where_every_lead_has_left_and_others_must_be_named(fairhaven: Cast) -> None:
    numbers = []
    for many in (6, 18):
        with transaction.atomic():
            rows = put(fairhaven, many)
            Post.objects.filter(person__in=[fairhaven.priya, fairhaven.dee, fairhaven.grace]).update(ends_on=TODAY)
            numbers.append(asked(lambda: services.sweep(by=HAVEN, at=MONDAY)))
            with behind():
                named = Reader.objects.filter(delivery__in=rows, ended_at=None).values_list("delivery", flat=True)
                assert set(named) == {row.pk for row in rows}
            transaction.set_rollback(True)
    assert numbers[0] == numbers[1] < 60


def test_the_duty_list_asks_the_same_for_six_as_for_eighteen_and_names_nobody_kept_out(fairhaven: Cast) -> None:
    numbers = []
    dara = fairhaven.actor("dara")
    for many in (6, 18):
        with transaction.atomic():
            rows = put(fairhaven, many)
            numbers.append(asked(lambda: unread_in_areas(by=dara, at=SATURDAY)))
            named = {line.delivery: line.readers for line in unread_in_areas(by=dara, at=SATURDAY)}
            assert [named[row.pk] for row in rows[:4]] == [
                ["Divya Aldous", "Priya Nair"],
                ["Grace Adeyemi"],
                ["Hamid Cottle"],
                ["Divya Aldous"],
            ]
            transaction.set_rollback(True)
    assert numbers[0] == numbers[1] < 40


def test_letters_are_claimed_in_as_few_questions_however_many_wait(fairhaven: Cast) -> None:
    numbers = []
    for many in (2, 6):
        with transaction.atomic():
            put(fairhaven, many)
            waiting = asked(lambda: services.send_prompts(by=HAVEN, at=SATURDAY))
            numbers.append((waiting, len(mail.outbox)))
            mail.outbox.clear()
            transaction.set_rollback(True)
    (few, sent_few), (many_asked, sent_many) = numbers
    assert sent_few < sent_many
    per_letter = (many_asked - few) / (sent_many - sent_few)
    assert per_letter <= 5  # marking each as it goes out: a crash takes none back that went


def what_becomes_of(rows: Sequence[Delivery], together: int, monkeypatch: pytest.MonkeyPatch) -> Counter[Any]:
    """What a sweep in steps of so many tells, names and writes, undone again."""
    monkeypatch.setattr(telling, "AT_ONE_GO", together)
    before = Counter(json.loads(each)["verb"] for each in Detail.objects.values_list("text", flat=True))
    with transaction.atomic():
        services.sweep(by=HAVEN, at=MONDAY)
        after = Counter(json.loads(each)["verb"] for each in Detail.objects.values_list("text", flat=True))
        found: Counter[Any] = after - before
        with behind():
            kept = ("delivery", "step", "person__email")
            found.update(Prompt.objects.filter(delivery__in=rows).values_list(*kept))
            found.update(Reader.objects.filter(delivery__in=rows).values_list("delivery", "person", "organisation"))
            found.update(TieRow.objects.values_list("record", "tie", "person", "organisation"))
            kept_rows = Delivery.objects.filter(pk__in=[row.pk for row in rows])
            found.update(
                kept_rows.values_list("pk", "prompted", "rung", "missed_at", "next_step_at", "escalated_until")
            )
        transaction.set_rollback(True)
    return found


def test_together_they_become_what_they_become_one_after_the_other(
    fairhaven: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = put(fairhaven, 7, days=3)
    Post.objects.filter(person=fairhaven.grace).update(ends_on=TODAY)
    together = what_becomes_of(rows, 20, monkeypatch)
    assert together == what_becomes_of(rows, 1, monkeypatch)
    assert together["notification.missed"] == 7


def test_one_that_fails_stops_no_other_and_leaves_nothing_of_itself(
    fairhaven: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    rows = put(fairhaven, 4)
    bad, whole = rows[1], telling.next_after

    def next_after(found: Any, at: datetime) -> datetime | None:
        if any(each.pk == bad.pk for each in looked):
            raise ValueError("strange")
        return whole(found, at)

    looked: list[Delivery] = []
    steps = telling.steps_of
    monkeypatch.setattr(telling, "steps_of", lambda these: looked.clear() or looked.extend(these) or steps(these))
    monkeypatch.setattr(telling, "next_after", next_after)
    with caplog.at_level(logging.ERROR):
        services.sweep(by=HAVEN, at=MONDAY)
    assert [str(bad.pk) in record.getMessage() for record in caplog.records if "swept" in record.getMessage()] == [True]
    assert {now(row).missed_at for row in rows if row.pk != bad.pk} == {MONDAY}
    assert (now(bad).missed_at, now(bad).next_step_at) == (None, MONDAY + telling.TRY_AGAIN)
    told = [
        json.loads(each)["about"]
        for each in Detail.objects.filter(text__contains='"notification.missed"').values_list("text", flat=True)
    ]
    assert {each["delivery"] for each in told} == {str(row.pk) for row in rows if row.pk != bad.pk}
    with behind():
        assert not Prompt.objects.filter(delivery=bad, step="missed").exists()
