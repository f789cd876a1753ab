"""What happens when two do something at the same moment, each on a connection of her own (I5, I7)."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import partial
from threading import Barrier

import pytest
from django.conf import settings
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from haven.access.decision import Refused
from haven.notifications import services
from haven.notifications.disclosure.showing import open_circumstances
from haven.notifications.models import Delivery, Notice, Notification
from haven.notifications.rules.sending import NewChild
from haven.notifications.rules.stages import Stage
from haven.subjects.rules.naming import Identity
from tests.apart import database_apart
from tests.cast import NOW, Cast, assemble
from tests.notifications.sent import confirmed, now, one, seen_by_haven, sending
from tests.people.seen import enrol
from tests.subjects.known import joined

SOON = NOW + timedelta(minutes=1)
RACES = 10


@pytest.fixture(scope="module")
def apart(django_db_setup: None, migrated: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """Fairhaven in a database in which what is written stays."""
    settings.ROOT_KEY, before = "5a" * 32, settings.ROOT_KEY
    with database_apart(migrated, django_db_blocker):
        cast = assemble()
        joined(cast)
        enrol(*cast.people.values())
        yield cast
    settings.ROOT_KEY = before


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """What each gave back, or how it was refused; they begin together."""
    gate = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> object:
        gate.wait()
        try:
            return deed()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def test_of_a_recall_and_an_opening_exactly_one_comes_first(apart: Cast) -> None:
    priya, bell = apart.actor("priya"), apart.actor("bell")
    for _ in range(RACES):
        delivery = confirmed(apart, one(apart))
        looked, recalled = at_once(
            lambda pk=delivery.pk: open_circumstances(delivery_id=pk, by=priya, at=SOON),
            lambda pk=delivery.notification_id: services.recall(notification_id=pk, by=bell, at=SOON),
        )
        kept = now(delivery)
        assert isinstance(recalled, Notification)
        was_read = kept.opened_at is not None
        assert kept.stage == (Stage.RECALLED_AFTER_OPEN if was_read else Stage.RECALLED_UNOPENED)
        assert was_read or isinstance(looked, Refused)


def test_the_same_sending_at_once_is_kept_once(apart: Cast) -> None:
    bell, new = apart.actor("bell"), sending(apart)
    found = at_once(*[lambda: services.accept(new=new, by=bell, at=NOW)] * RACES)
    assert len({each.notification.pk for each in found}) == 1
    assert sum(each.is_new for each in found) == 1
    with seen_by_haven():
        assert Delivery.objects.filter(notification__key=new.key).count() == 1


def test_two_who_send_the_same_children_in_another_order_wait_for_each_other_and_never_for_ever(apart: Cast) -> None:
    bell, places = apart.actor("bell"), (apart.oakfield.pk,)
    for race in range(RACES):
        children = [NewChild(Identity(name, f"Vale{'abcdefghij'[race]}", date(2015, 3, 2)), places) for name in "ABCD"]
        same = [sending(apart, each) for each in children]
        other = [sending(apart, each) for each in children]
        found = at_once(
            partial(services.accept_all, new=[*same, *other[:2]], by=bell, at=NOW),
            partial(services.accept_all, new=[*other[2:], *reversed(same)], by=bell, at=NOW),
        )
        answers = [each for answered in found for each in answered]
        assert sum(each.is_new for each in answers) == len(same) + len(other)
        assert len({each.notification.pk for each in answers}) == len(same) + len(other)
        with seen_by_haven():
            named = Notice.objects.filter(notification__in=[each.notification.pk for each in answers])
            assert named.values("subject").distinct().count() == len(children)
