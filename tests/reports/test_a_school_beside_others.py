"""A school sees where it stands once it has sent, beside averages of five others or more, and nobody's name."""

import pytest
import time_machine
from django.test import override_settings

from haven.access.decision import Refused
from haven.audits.models import Cycle
from haven.audits.rules.life import State
from haven.reports.queries.beside import Beside, beside_others
from haven.reports.rules.comparing import Average
from tests.audits.asked import begun, opened, return_of
from tests.audits.many import ALL_MET, returned, schools
from tests.audits.sent import sent
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db
LACKING = ALL_MET | {"policy-read": "red", "policy-lived": "3"}


def seen(cast: Cast, cycle: Cycle, who: str = "priya") -> Beside:
    of = return_of(cast, cycle, "ashdown" if who == "grace" else "oakfield")
    return beside_others(return_id=of.pk, by=cast.actor(who), on=TODAY)


def test_beside_four_others_nothing_is_shown(cast: Cast) -> None:
    cycle = opened(cast)
    sent(cast, cycle)
    returned(cycle, schools(cast, 4))
    page = seen(cast, cycle)
    assert not page.is_shown
    assert all(line.others.area is None and line.others.similar is None for line in page.lines)


def test_beside_five_of_its_phase_it_sees_their_average_by_section(cast: Cast) -> None:
    cycle = opened(cast)
    sent(cast, cycle)
    returned(cycle, schools(cast, 5))
    page = seen(cast, cycle)
    leads, policies = page.lines
    assert (leads.own, leads.others.similar, leads.word) == (100, Average(5, 100), "About the same")
    assert (policies.own, policies.others.similar, policies.word) == (0, Average(5, 100), "Lower")
    assert (page.whole.own, page.whole.others.area) == (50, Average(5, 100))


def test_similar_schools_are_hidden_where_the_few_that_remain_could_be_reckoned(cast: Cast) -> None:
    cycle = opened(cast)
    sent(cast, cycle)
    returned(cycle, schools(cast, 6))
    returned(cycle, schools(cast, 4, "secondary", first=6), LACKING)
    line = seen(cast, cycle).lines[1]
    assert line.others.similar is None
    assert line.others.area == Average(10, 60)


def test_those_who_have_not_sent_are_not_among_the_others(cast: Cast) -> None:
    cycle = opened(cast)
    sent(cast, cycle)
    returned(cycle, schools(cast, 9), state=State.STARTED)
    assert not seen(cast, cycle).is_shown


def test_a_school_that_has_not_sent_sees_nothing_of_others(cast: Cast) -> None:
    cycle = opened(cast)
    begun(cast, cycle)
    returned(cycle, schools(cast, 9))
    page = seen(cast, cycle)
    assert (page.is_sent, page.lines, page.whole) == (False, (), None)


@override_settings(AUDIT_FEWEST=8)
def test_an_installation_may_ask_for_more_than_five(cast: Cast) -> None:
    cycle = opened(cast)
    sent(cast, cycle)
    returned(cycle, schools(cast, 7))
    assert not seen(cast, cycle).is_shown


@pytest.mark.parametrize("who", ["marcus", "grace", "bell", "sam", "nobody"])
def test_only_the_school_itself_sees_where_it_stands(cast: Cast, who: str) -> None:
    of = return_of(cast, opened(cast))
    with pytest.raises(Refused):
        beside_others(return_id=of.pk, by=cast.actor(who), on=TODAY)


@time_machine.travel(NOW, tick=False)
def test_the_page_names_no_other_school(cast: Cast) -> None:
    cycle = opened(cast)
    sent(cast, cycle)
    returned(cycle, schools(cast, 5))
    of = return_of(cast, cycle)
    page = cast.client("priya").get(f"/audits/{of.pk}/beside/").content.decode()
    assert "▼ Lower" in page
    assert "School primary" not in page


@time_machine.travel(NOW, tick=False)
def test_once_it_has_sent_its_audit_and_what_came_back_lead_there(cast: Cast) -> None:
    cycle = opened(cast)
    sent(cast, cycle)
    of, client = return_of(cast, cycle), cast.client("priya")
    waiting = begun(cast, cycle, "grace")
    link = f'href="/audits/{of.pk}/beside/"'
    assert link in client.get(f"/audits/{of.pk}/").content.decode()
    assert link in client.get(f"/audits/{of.pk}/feedback/").content.decode()
    assert link not in cast.client("marcus").get(f"/audits/{of.pk}/feedback/").content.decode()
    assert "/beside/" not in cast.client("grace").get(f"/audits/{waiting.pk}/").content.decode()
    assert "Not yet." in client.get(f"/audits/{of.pk}/beside/").content.decode()


@time_machine.travel(NOW, tick=False)
def test_where_too_few_are_like_it_the_page_says_not_yet_and_shows_the_area(cast: Cast) -> None:
    cycle = opened(cast)
    sent(cast, cycle)
    returned(cycle, schools(cast, 5, "secondary"))
    page = cast.client("priya").get(f"/audits/{return_of(cast, cycle).pk}/beside/").content.decode()
    assert "Schools like yours: not yet." in page
    assert "▼ Lower" in page
