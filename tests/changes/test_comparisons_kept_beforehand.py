"""Comparisons are worked out before anybody asks; a page compares only what is short, and waits for the rest."""

import pytest
from django.db import connection
from django.urls import reverse

from haven.access.actor import HAVEN
from haven.access.decision import Refused
from haven.changes import services, tasks
from haven.changes.models import Comparison
from haven.guidance.models import Edition
from haven.guidance.services import remove_file
from tests.cast import NOW, Cast
from tests.changes.compared import compared
from tests.changes.long import long_editions
from tests.guidance.texts import PARAGRAPHS, edition, filled
from tests.people.seen import last_told

pytestmark = pytest.mark.django_db
Two = tuple[Edition, Edition]


@pytest.fixture
def pair(cast: Cast) -> Two:
    """Two editions that follow one another."""
    return compared(cast)


@pytest.fixture
def long_pair(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Two:
    """Two editions that are too long for a page to compare."""
    monkeypatch.setattr("haven.changes.queries.comparing.MOST_ON_A_PAGE", 100)
    return long_editions(cast, 60)


def _jobs() -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute("select task_name, priority from procrastinate_jobs order by id")
        return [tuple(row) for row in cursor.fetchall()]


def _address(pair: Two) -> str:
    return reverse("changes:comparison", args=[each.pk for each in pair])


def test_editions_that_follow_one_another_are_compared_and_no_others(cast: Cast, pair: Two) -> None:
    third = filled(cast, edition(cast, pair[0].document, "2027"), *PARAGRAPHS[:4], name="third.txt")
    edition(cast, pair[0].document, "2028")
    assert tasks.keep_neighbours(0) == 2
    kept = set(Comparison.objects.values_list("old", "new"))
    assert kept == {(pair[0].pk, pair[1].pk), (pair[1].pk, third.pk)}
    assert last_told()["verb"] == "changes.editions_compared"
    assert tasks.keep_neighbours(0) == 0


def test_only_so_many_are_compared_at_once(cast: Cast, pair: Two) -> None:
    filled(cast, edition(cast, pair[0].document, "2027"), *PARAGRAPHS[:4], name="third.txt")
    assert [services.keep_neighbours(at_most=1, by=HAVEN, at=NOW) for _ in range(3)] == [1, 1, 0]


def test_another_file_is_compared_anew(cast: Cast, pair: Two) -> None:
    tasks.keep_neighbours(0)
    remove_file(edition_id=pair[1].pk, by=cast.actor("marcus"), at=NOW)
    assert tasks.keep_neighbours(0) == 0
    filled(cast, Edition.objects.get(pk=pair[1].pk), *PARAGRAPHS[:5], name="again.txt")
    assert tasks.keep_neighbours(0) == 1
    assert Comparison.objects.get().change_count == 1


@pytest.mark.parametrize("service", [services.keep_neighbours, services.work_out_comparison])
def test_only_haven_does_what_the_background_does(cast: Cast, pair: Two, service: object) -> None:
    given = {"at_most": 1} if service is services.keep_neighbours else {"old_id": pair[0].pk, "new_id": pair[1].pk}
    with pytest.raises(Refused):
        service(**given, by=cast.actor("marcus"), at=NOW)


def test_long_editions_are_compared_in_the_background_once_however_often_they_are_opened(
    cast: Cast, long_pair: Two
) -> None:
    client = cast.client("priya")
    for _ in range(2):
        body = client.get(_address(long_pair)).content.decode()
        assert "Comparing 2025 and 2026" in body
        assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in body
    assert _jobs() == [("changes.keep_comparison", -10)]
    assert Comparison.objects.count() == 0
    tasks.keep_comparison(*(str(each.pk) for each in long_pair))
    body = client.get(_address(long_pair)).content.decode()
    assert "6 changes." in body
    assert "data-waits" not in body
    assert len(_jobs()) == 1


def test_chosen_by_hand_they_are_compared_in_the_background_too(cast: Cast, long_pair: Two) -> None:
    client, old = cast.client("priya"), long_pair[0]
    sent = {"old": old.pk, "new": long_pair[1].pk}
    answer = client.post(reverse("changes:compare", args=[old.document_id]), sent)
    assert answer.headers["Location"] == _address(long_pair)
    assert len(_jobs()) == 1
    change = reverse("changes:change", args=[old.pk, long_pair[1].pk, "0" * 16])
    assert "Comparing 2025 and 2026" in client.get(change).content.decode()


def test_editions_that_lost_their_words_meanwhile_are_left_alone(cast: Cast, pair: Two) -> None:
    remove_file(edition_id=pair[1].pk, by=cast.actor("marcus"), at=NOW)
    tasks.keep_comparison(*(str(each.pk) for each in pair))
    assert Comparison.objects.count() == 0


def test_nobody_has_compared_what_she_may_not_read(cast: Cast, long_pair: Two) -> None:
    assert cast.client("sam").get(_address(long_pair)).status_code == 404
    assert _jobs() == []
