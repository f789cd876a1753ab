"""The pages on which a school confirms its return and the council keeps who takes part, as a browser asks for them."""

import re
from datetime import timedelta

import pytest
import time_machine

from haven.access.actor import HAVEN
from haven.notifications import tasks
from haven.notifications.models import MonthlyReturn, SignUp
from haven.people.seeing import working_as
from tests.behind import at_the_hour
from tests.cast import NOW, TODAY
from tests.notifications.counted import returned
from tests.notifications.sent import one, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_term")]


@pytest.fixture
def in_term():
    """The Monday on which the cast's tests stand still."""
    with time_machine.travel(NOW, tick=False):
        yield


def day(name: str, when=TODAY) -> dict[str, str]:
    return {f"{name}_{place}": str(part) for place, part in enumerate((when.day, when.month, when.year))}


def body(response) -> str:
    return response.content.decode()


def test_a_return_is_looked_at_and_confirmed_with_one_press(fairhaven) -> None:
    row, client = returned(fairhaven), fairhaven.client("priya")
    page = body(client.get(f"/notifications/returns/{row.pk}/"))
    assert "Return for February 2026" in page
    assert "No notification reached your school in this month." in page
    (seen,) = re.findall(r'name="seen" value="(\w+)"', page)
    answer = client.post(f"/notifications/returns/{row.pk}/confirm/", {"seen": seen}, follow=True)
    assert "your return is in" in body(answer)
    assert "Confirmed on 2 March 2026 by Priya Nair" in body(answer)
    assert "Confirm this return" not in body(answer)
    listed = body(client.get(f"/notifications/schools/{fairhaven.oakfield.pk}/"))
    assert "Confirmed on 2 March 2026 by Priya Nair" in listed


def test_what_was_not_looked_at_is_not_confirmed(fairhaven) -> None:
    row, client = returned(fairhaven), fairhaven.client("priya")
    answer = client.post(f"/notifications/returns/{row.pk}/confirm/", {"seen": "0" * 64}, follow=True)
    assert "Look at the numbers again" in body(answer)
    assert "Confirm this return" in body(answer)


def test_a_lead_signs_a_school_up_ends_it_and_records_a_briefing(fairhaven) -> None:
    client, school = fairhaven.client("marcus"), fairhaven.ashdown.pk
    answer = client.post(f"/notifications/schools/{school}/sign-up/", day("agreed_on"), follow=True)
    assert "Ashdown Academy takes part." in body(answer)
    people = {"people": [str(fairhaven.grace.pk)]} | day("day_on")
    answer = client.post(f"/notifications/schools/{school}/briefing/", people, follow=True)
    assert "Recorded for Ashdown Academy." in body(answer)
    assert "Briefed on 2 March 2026." in body(answer)
    refused = client.post(f"/notifications/schools/{school}/sign-up/end/", day("until"))
    assert refused.status_code == 422
    assert "It cannot end before it began." in body(refused)
    SignUp.objects.update(agreed_on=TODAY - timedelta(days=30))
    answer = client.post(f"/notifications/schools/{school}/sign-up/end/", day("until"), follow=True)
    assert "takes part no longer" in body(answer)
    assert client.get(f"/notifications/schools/{school}/sign-up/end/").status_code == 404


def test_what_was_typed_wrongly_is_said_at_the_top_and_kept(fairhaven) -> None:
    client, school = fairhaven.client("marcus"), fairhaven.oakfield.pk
    refused = client.post(f"/notifications/schools/{school}/sign-up/", day("agreed_on", TODAY + timedelta(days=1)))
    assert refused.status_code == 422
    assert body(refused).index("There is a problem") < body(refused).index("The day cannot lie ahead.")
    nobody = client.post(f"/notifications/schools/{school}/briefing/", day("day_on"))
    assert nobody.status_code == 422
    assert 'value="2026"' in body(nobody)


def test_a_head_says_that_her_school_takes_part(fairhaven) -> None:
    client, school = fairhaven.client("tom"), fairhaven.oakfield.pk
    answer = client.post(f"/notifications/schools/{school}/sign-up/", day("agreed_on"), follow=True)
    assert "Your school has taken part since 2 March 2026." in body(answer)


def test_the_picture_and_the_figures_are_shown_and_taken_away(fairhaven) -> None:
    delivery = one(fairhaven)
    read(fairhaven, delivery)
    client = fairhaven.client("marcus")
    page = body(client.get("/notifications/picture/"))
    assert 'class="haven-bar__done"' in page
    assert "Everything was read before the bell" in page
    with at_the_hour(NOW + timedelta(days=31)):
        client = fairhaven.client("marcus")
        page = body(client.get("/notifications/figures/"))
        assert "Numbers from 1 to 4 are not shown." in page
        assert "not shown" in body(client.get("/notifications/figures/export/csv/"))
    assert "Week from" in body(client.get("/notifications/picture/export/csv/"))
    assert client.get("/notifications/picture/export/pdf/").status_code == 404
    assert delivery.reference not in page


def test_an_area_that_is_not_hers_is_not_there(fairhaven) -> None:
    client = fairhaven.client("marcus")
    for path in ("picture/", "schools/", "returns/", "figures/"):
        assert client.get(f"/notifications/{path}?area={fairhaven.oakfield.pk}").status_code == 404
        assert client.get(f"/notifications/{path}?area=nonsense").status_code == 200


def test_the_task_makes_and_tells_of_returns(fairhaven, mailoutbox) -> None:
    SignUp.objects.create(school=fairhaven.oakfield, agreed_on=TODAY - timedelta(days=60))
    assert tasks.returns(0) == len(mailoutbox) == 2
    with working_as(HAVEN, "notifications.count"):
        assert MonthlyReturn.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("priya", "Returns and key adults of Oakfield Primary School"),
        ("marcus", "How notifications go in Fairhaven"),
        ("bell", "Figures to pass on"),
    ],
)
def test_the_front_page_leads_there(fairhaven, who: str, words: str) -> None:
    client = fairhaven.client(who)
    page = body(client.get("/notifications/"))
    (address,) = re.findall(rf'href="([^"]+)">{words}<', page)
    assert client.get(address).status_code == 200
