"""A recall asks as much for eighteen deliveries as for three, and takes from every place what it was given."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from haven.keys.models import Wrap
from haven.notifications import services
from haven.notifications.models import Breach, Delivery, Prompt, Reader
from haven.notifications.rules.escalating import Prompting
from haven.notifications.rules.sending import NewChild
from haven.notifications.rules.stages import Stage
from haven.subjects.models import TieRow
from haven.subjects.rules.naming import Identity
from haven.subjects.rules.ties import Tie
from tests.behind import behind
from tests.cast import NOW, Cast
from tests.notifications.sent import keeping_out, now, one, read, sent
from tests.notifications.test_a_school_is_told import holding

pytestmark = pytest.mark.django_db

SOON = NOW + timedelta(minutes=20)
MOVED = "She is taught with older children"
GIVEN = TieRow.objects.filter(tie__in=(Tie.ADDRESSED, Tie.ASSIGNED), ends_at=None)


def identity(place: int) -> Identity:
    return Identity("Ada", "Vale", date(2015, 1, 1) + timedelta(days=place))


def put(cast: Cast, many: int, *kept_out: str) -> list[Delivery]:
    """One sending of so many children: at Oakfield, of whom every second was read, at Ashdown, and at home, read."""
    children = [
        (
            NewChild(identity(place), (cast.oakfield.pk,)),
            NewChild(identity(place), (cast.ashdown.pk,), override=MOVED),
            NewChild(identity(place), home_area=cast.area.pk),
        )[place % 3]
        for place in range(many)
    ]
    found = list(sent(cast, *children, excluded=keeping_out(cast, *kept_out)).deliveries)
    at_oakfield = [row for row in found if row.school_id == cast.oakfield.pk]
    for row in at_oakfield[::2]:
        read(cast, row, "tom" if "priya" in kept_out else "priya")
    for row in found:
        if row.home_area_id:
            read(cast, row, "hugo")
    return found


def recall(cast: Cast, rows: list[Delivery]) -> int:
    """Recall it; how often the database was asked."""
    with CaptureQueriesContext(connection) as queries:
        services.recall(notification_id=rows[0].notification_id, by=cast.actor("bell"), at=SOON)
    return len(queries)


@pytest.mark.parametrize("kept_out", [(), ("priya", "dee")])
def test_it_asks_the_same_for_three_as_for_eighteen(fairhaven: Cast, kept_out: tuple[str, ...]) -> None:
    recall(fairhaven, put(fairhaven, 3))
    numbers = []
    for many in (3, 18):
        with transaction.atomic():
            numbers.append(recall(fairhaven, put(fairhaven, many, *kept_out)))
            transaction.set_rollback(True)
    assert numbers[0] == numbers[1]


@pytest.mark.parametrize("kept_out", [(), ("priya", "dee")])
def test_nothing_of_it_stays_anywhere_and_everybody_is_told(fairhaven: Cast, kept_out: tuple[str, ...]) -> None:
    rows = put(fairhaven, 9, *kept_out)
    recall(fairhaven, rows)
    was_read = {row.pk for row in rows if now(row).opened_at}
    assert len(was_read) == 5
    for row in rows:
        kept = now(row)
        assert kept.stage == (Stage.RECALLED_AFTER_OPEN if row.pk in was_read else Stage.RECALLED_UNOPENED)
        assert (kept.recalled_at, kept.prompted, holding(row)) == (SOON, 2, set())
    with behind():
        notices = Wrap.objects.filter(record__in=[now(row).notice.record_id for row in rows])
        assert set(notices.values_list("organisation", flat=True)) == {fairhaven.police.pk}
        assert not GIVEN.exists()
        assert not Reader.objects.filter(ended_at=None).exists()
        assert set(Breach.objects.values_list("delivery", flat=True)) == was_read
        told = Prompt.objects.filter(step=Prompting.RECALLED).values_list("delivery", flat=True)
        assert set(told) == {row.pk for row in rows}


def test_a_place_keeps_the_name_of_whom_another_sending_tells_it(fairhaven: Cast) -> None:
    rows = put(fairhaven, 6)
    other = one(fairhaven, NewChild(identity(0), (fairhaven.oakfield.pk,)))
    at_home = one(fairhaven, NewChild(identity(2), home_area=fairhaven.area.pk))
    recall(fairhaven, rows)
    with behind():
        given = set(GIVEN.values_list("record", flat=True))
    assert given == {now(other).subject.record_id, now(at_home).subject.record_id}
    assert [holding(row) for row in rows if holding(row)] == [{"name"}]
