"""England's figures come from the counts of what was sent, never of fewer than five areas."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haven.access.decision import Refused
from haven.audits.models import Count, Cycle
from haven.people.models import Area
from haven.questions.models import Version
from haven.reports.queries.national import Country, country
from haven.reports.rules.shares import Share
from tests.audits.asked import opened
from tests.audits.sent import sent
from tests.cast import NOW, Cast
from tests.questions.template import released

pytestmark = pytest.mark.django_db
COUNTS = {("", ""): 3, ("policy-read", "green"): 2, ("policy-read", "red"): 1}


def asked_elsewhere(
    cast: Cast, version: Version, areas: int, counts: dict[tuple[str, str], int] | None = None, first: int = 0
) -> None:
    """So many other areas, in each of which three schools have sent."""
    pattern = opened(cast, version)
    for number in range(first, first + areas):
        area = Area.objects.create(name=f"Area {number}", code=f"{100 + number}")
        cycle = Cycle.objects.get(pk=pattern.pk)
        cycle.pk, cycle.area = None, area
        cycle.save()
        Count.objects.bulk_create(
            Count(cycle=cycle, question=question, answer=answer, number=number)
            for (question, answer), number in (counts or COUNTS).items()
        )


def seen(cast: Cast, version: Version | None = None) -> Country:
    return country(version_id=version.pk if version else None, by=cast.actor("marcus"))


def line(page: Country, key: str):
    return next(each for through in page.sections for each in through.lines if each.question.key == key)


def test_of_four_areas_nothing_is_shown(cast: Cast) -> None:
    asked_elsewhere(cast, released(), 4)
    page = seen(cast)
    assert (page.has_enough, page.sections) == (False, ())


def test_of_five_areas_each_question_is_shown_with_ones_own_area_beside_it(cast: Cast) -> None:
    version = released()
    asked_elsewhere(cast, version, 4)
    sent(cast, opened(cast, version))
    page = seen(cast)
    assert (page.shown.areas, page.shown.returns) == (5, 13)
    assert line(page, "policy-read").share == Share(8, 1, 4)
    assert line(page, "policy-read").own == Share(0, 1, 0)


def test_a_question_behind_which_stand_fewer_areas_is_left_out(cast: Cast) -> None:
    version = released()
    asked_elsewhere(cast, version, 4)
    asked_elsewhere(cast, version, 1, COUNTS | {("sixth-form", "met"): 3}, first=4)
    page = seen(cast)
    assert line(page, "sixth-form").share is None
    assert line(page, "policy-read").share == Share(10, 0, 5)


def test_what_lapsed_is_no_longer_there(cast: Cast) -> None:
    version = released()
    asked_elsewhere(cast, version, 5)
    asked_elsewhere(cast, version, 1, dict.fromkeys(COUNTS, 0), first=5)
    assert seen(cast).shown.areas == 5


def test_an_areas_own_questions_are_not_the_countrys(cast: Cast) -> None:
    version = released()
    asked_elsewhere(cast, version, 5)
    version.template.area = cast.area
    version.template.save()
    assert seen(cast).offered == []


@pytest.mark.parametrize("who", ["priya", "bell", "nadia", "sam", "nobody"])
def test_only_leads_of_an_area_see_the_country(cast: Cast, who: str) -> None:
    with pytest.raises(Refused):
        country(version_id=None, by=cast.actor(who))


@time_machine.travel(NOW, tick=False)
def test_the_page_names_no_area_and_costs_the_same_for_many(cast: Cast) -> None:
    version = released()
    asked_elsewhere(cast, version, 30)
    client = cast.client("marcus")
    client.get("/help/")
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/audits/national/").content.decode()
    assert "From 90 schools in 30 areas" in page
    assert "Area 1" not in page
    assert len(asked) < 12


@time_machine.travel(NOW, tick=False)
def test_a_mistyped_version_is_left_out(cast: Cast) -> None:
    asked_elsewhere(cast, released(), 5)
    assert cast.client("marcus").get("/audits/national/?version=none").status_code == 200
