"""Many notifications accepted at once become what they would have become one after the other."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from haven.access.decision import Refused
from haven.keys.models import Wrap
from haven.ledger.models import Detail
from haven.notifications import services
from haven.notifications.models import Delivery, Notice, Notification, Prompt, Reader
from haven.notifications.rules.sending import NewChild, NewNotification
from haven.notifications.services import Accepted, KeyIsUsed
from haven.subjects.models import About, Attendance, Disclosure, Exclusion, FindMark, Siblings, Subject, TieRow
from haven.subjects.rules.naming import Identity
from tests.behind import behind
from tests.cast import NOW, Cast
from tests.notifications.sent import keeping_out, sending
from tests.subjects.known import JONAH

pytestmark = pytest.mark.django_db

ADA = Identity("Ada", "Quayle", date(2015, 3, 2))
SPELT_OTHERWISE = Identity("Jónah", "QUAYLE", JONAH.born_on)
ALIKE = Identity("Josiah", "Quayle", JONAH.born_on)
NO_LETTER = Identity("?", "Quayle", JONAH.born_on)
TABLES = (
    About,
    Attendance,
    Delivery,
    Disclosure,
    Exclusion,
    FindMark,
    Notice,
    Notification,
    Prompt,
    Reader,
    Siblings,
    Subject,
    TieRow,
)


WREN = Identity("Wren", "Vale", date(2014, 9, 9))
MOVED = "She is taught with older children"


def week(cast: Cast) -> list[NewNotification]:
    """Notifications of children who come again, are alike, have two schools, have none, and are brother and sister."""
    oakfield, ashdown = (cast.oakfield.pk,), (cast.ashdown.pk,)
    return [
        sending(cast, NewChild(JONAH, oakfield)),
        sending(cast, NewChild(ADA, oakfield), NewChild(SPELT_OTHERWISE, oakfield), are_siblings=True),
        sending(cast, NewChild(ALIKE, ashdown, override=MOVED)),
        sending(cast, NewChild(ADA, (*oakfield, *ashdown), override=MOVED)),
        sending(cast, NewChild(WREN, home_area=cast.area.pk)),
    ]


def accepted(cast: Cast, *new: NewNotification) -> list[Accepted]:
    """All of them at once, as PC Bell."""
    answers = services.accept_all(new=new, by=cast.actor("bell"), at=NOW)
    found = [each for each in answers if isinstance(each, Accepted)]
    assert len(found) == len(new), answers
    return found


def what_becomes_of(deed: Callable[[], object]) -> Counter[str]:
    """How many rows each table gets by it, how many keys are given, on which rungs, and what the ledger is told."""
    with transaction.atomic():
        before = _kept()
        deed()
        found = _kept()
        found.subtract(before)
        transaction.set_rollback(True)
    return +found


def _kept() -> Counter[str]:
    with behind():
        rows = Counter({model.__name__: model.objects.count() for model in TABLES})
        rows += Counter(f"rung {each}" for each in Delivery.objects.values_list("rung", flat=True))
    rows["wraps"] = Wrap.objects.count()
    return rows + Counter(json.loads(each.text)["verb"] for each in Detail.objects.all())


def test_together_they_become_what_they_become_one_after_the_other(fairhaven: Cast) -> None:
    bell = fairhaven.actor("bell")
    alone = what_becomes_of(lambda: [services.accept(new=each, by=bell, at=NOW) for each in week(fairhaven)])
    together = what_becomes_of(lambda: accepted(fairhaven, *week(fairhaven)))
    assert together == alone
    assert (alone["Notification"], alone["Subject"], alone["Delivery"]) == (5, 4, 7)


def test_each_is_kept_with_its_own_children_and_deliveries(fairhaven: Cast) -> None:
    new = week(fairhaven)
    for each, made in zip(new, accepted(fairhaven, *new), strict=True):
        row = made.notification
        assert (row.key, made.is_new) == (each.key, True)
        places = [
            place
            for child in each.children
            for place in [*child.schools, *([child.home_area] if child.home_area else [])]
        ]
        assert sorted(row.school_id or row.home_area_id for row in made.deliveries) == sorted(places)
        assert {row.notification_id for row in made.deliveries} == {made.notification.pk}
        told = json.loads(Detail.objects.get(pk=row.detail).text)["about"]
        assert (told["notification"], len(told["deliveries"])) == (str(row.pk), len(made.deliveries))


def test_one_that_cannot_be_sent_keeps_no_other_back(fairhaven: Cast) -> None:
    good, other = sending(fairhaven), sending(fairhaven, NewChild(ADA, (fairhaven.oakfield.pk,)))
    nobody = sending(fairhaven, NewChild(NO_LETTER, (fairhaven.oakfield.pk,)))
    nowhere = sending(fairhaven, NewChild(ADA))
    elsewhere = sending(fairhaven, area=fairhaven.oakfield.pk)
    changed = sending(fairhaven, NewChild(ADA, (fairhaven.oakfield.pk,)), key=good.key)
    answers = services.accept_all(
        new=[good, nobody, nowhere, elsewhere, changed, other, good], by=fairhaven.actor("bell"), at=NOW
    )
    assert [type(each) for each in answers] == [Accepted, Refused, Refused, Refused, KeyIsUsed, Accepted, Accepted]
    assert [each.is_new for each in answers if isinstance(each, Accepted)] == [True, True, False]
    with behind():
        assert (Notification.objects.count(), Subject.objects.count()) == (2, 2)


def test_whoever_is_kept_out_of_one_is_kept_out_of_a_child_alike_in_the_next(fairhaven: Cast) -> None:
    places = (fairhaven.oakfield.pk,)
    first = sending(fairhaven, NewChild(JONAH, places), excluded=keeping_out(fairhaven, "priya"))
    made = accepted(
        fairhaven, sending(fairhaven, NewChild(ADA, places)), first, sending(fairhaven, NewChild(ALIKE, places))
    )
    priya = fairhaven.people["priya"].pk
    with behind():
        told = [Prompt.objects.filter(delivery=each.deliveries[0], person=priya).count() for each in made]
        assert told == [1, 0, 0]
        assert Exclusion.objects.filter(person=priya).count() == 2


def test_what_came_before_is_not_looked_at_for_faults_again(fairhaven: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = sending(fairhaven), sending(fairhaven, NewChild(ADA, (fairhaven.oakfield.pk,)))
    accepted(fairhaven, first)
    looked: list[NewNotification] = []
    whole = services.sending.faults_of_all
    monkeypatch.setattr(services.sending, "faults_of_all", lambda new, at: looked.extend(new) or whole(new, at=at))
    answers = accepted(fairhaven, first, second, first)
    assert [each.is_new for each in answers] == [False, True, False]
    assert looked == [second]


def test_how_many_come_changes_nothing_in_how_often_the_database_is_asked(fairhaven: Cast) -> None:
    def asked(many: int) -> int:
        born = [date(2015, 1, 1) + timedelta(days=each) for each in range(many)]
        new = [sending(fairhaven, NewChild(Identity("Ada", "Vale", day), (fairhaven.oakfield.pk,))) for day in born]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            what_becomes_of(lambda: accepted(fairhaven, *new))
        return len(queries)

    accepted(fairhaven, sending(fairhaven))  # from here on every organisation has its keys
    assert asked(2) == asked(40)
