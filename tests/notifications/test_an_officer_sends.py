"""An officer sends by the form: typed once, checked on the next page, and sent."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from haven.ledger.models import Detail
from haven.notifications.models import Delivery
from haven.people.models import Organisation, ServedArea
from haven.people.seeing import seeing_as
from tests.cast import BEGAN, NOW, Cast

pytestmark = pytest.mark.django_db

SEND = "/notifications/send/"
KEY = "6f1b6d0e-9f34-4b7e-8a3e-2f4f4f0f7a11"


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """A Monday in term."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def officer(fairhaven: Cast) -> Client:
    """PC Bell at her desk."""
    return fairhaven.client("bell")


def typed(cast: Cast, **changed: str) -> dict[str, str]:
    """The form, filled in for Jonah at Oakfield."""
    form = {"key": KEY, "count": "1", "area": str(cast.area.pk), "reference": "FH/26/118", "happened_at": "21:40"}
    form |= {"happened_on_0": "1", "happened_on_1": "3", "happened_on_2": "2026"}
    form |= {"circumstances": "An argument at home.", "works_there": ""}
    form |= {"child0-first_name": "Jonah", "child0-last_name": "Quayle", "child0-school": "oakfield"}
    form |= {"child0-born_on_0": "4", "child0-born_on_1": "5", "child0-born_on_2": "2016", "child0-present": "present"}
    return form | {name.replace("__", "-"): value for name, value in changed.items()}


def text(answer: object) -> str:
    """A page without its markup."""
    page = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", page)


def placed(cast: Cast, who: str) -> list[Delivery]:
    """What somebody sees of what was delivered."""
    with seeing_as(cast.actor(who)):
        return list(Delivery.objects.all())


def test_it_is_typed_checked_and_sent(fairhaven: Cast, officer: Client) -> None:
    assert SEND in officer.get("/notifications/").content.decode()
    assert "Tell a school about an incident" in text(officer.get(SEND))
    check = officer.post(SEND, typed(fairhaven, step="check"))
    assert check.status_code == 200
    assert "Oakfield Primary School, Primary (URN 900001)" in text(check)
    assert "1 March 2026 at 21:40" in text(check)
    assert placed(fairhaven, "bell") == []
    done = officer.post(SEND, typed(fairhaven, step="send", urn0="900001"), follow=True)
    (delivery,) = placed(fairhaven, "priya")
    assert delivery.reference in text(done)
    assert "From then on it could be read" in text(done)
    assert placed(fairhaven, "grace") == []


def test_what_was_typed_goes_through_the_check_page_whole(fairhaven: Cast, officer: Client) -> None:
    page = officer.post(SEND, typed(fairhaven, step="check", circumstances='Two\nlines & "words"')).content.decode()
    kept = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    assert kept["circumstances"] == "Two\nlines &amp; &quot;words&quot;"
    assert {name for name in typed(fairhaven) if name not in kept} == set()


def test_sending_twice_is_sending_once(fairhaven: Cast, officer: Client) -> None:
    for _ in range(2):
        assert officer.post(SEND, typed(fairhaven, step="send", urn0="900001")).status_code == 302
    assert len(placed(fairhaven, "bell")) == 1


def test_another_child_is_added_and_taken_off_and_nothing_typed_is_lost(fairhaven: Cast, officer: Client) -> None:
    more = officer.post(SEND, typed(fairhaven, step="more", circumstances="")).content.decode()
    assert 'name="child1-first_name"' in more
    assert re.findall(r'name="([^"]+)"[^>]* autofocus', more) == ["child1-first_name"]  # there she goes on
    assert 'value="Jonah"' in more
    assert "There is a problem" not in more
    fewer = officer.post(SEND, typed(fairhaven, step="fewer", count="2")).content.decode()
    assert 'name="child1-first_name"' not in fewer
    change = officer.post(SEND, typed(fairhaven, step="change")).content.decode()
    assert 'value="2016"' in change
    assert "An argument at home." in change


def test_two_children_of_one_incident_go_to_their_own_schools(fairhaven: Cast, officer: Client) -> None:
    second = {"child1-first_name": "Isla", "child1-last_name": "Quayle", "child1-school": "900002"}
    second |= {
        "child1-born_on_0": "29",
        "child1-born_on_1": "2",
        "child1-born_on_2": "2012",
        "child1-present": "absent",
    }
    given = typed(fairhaven, step="send", count="2", siblings="on", urn0="900001", urn1="900002") | second
    assert officer.post(SEND, given).status_code == 302
    assert [each.school for each in placed(fairhaven, "priya")] == [fairhaven.oakfield]
    assert [each.school for each in placed(fairhaven, "grace")] == [fairhaven.ashdown]


def test_of_several_children_each_fault_says_whose_it_is(fairhaven: Cast, officer: Client) -> None:
    answer = text(officer.post(SEND, typed(fairhaven, step="check", count="2")))
    assert "Child 2: Give a first name" in answer
    assert "Child 1:" not in answer


def test_every_child_who_learns_at_home_goes_to_the_councils_officer(fairhaven: Cast, officer: Client) -> None:
    second = {f"child1-born_on_{part}": value for part, value in enumerate(("29", "2", "2012"))}
    second |= {"child1-first_name": "Isla", "child1-last_name": "Quayle", "child1-present": "absent"}
    given = typed(fairhaven, count="2", child0__school="", child0__at_home="on") | second | {"child1-at_home": "on"}
    assert text(officer.post(SEND, given | {"step": "check"})).count("the council’s officer gets it") == 2
    assert officer.post(SEND, given | {"step": "send"}).status_code == 302
    assert [each.home_area for each in placed(fairhaven, "hugo")] == [fairhaven.area] * 2


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"reference": ""}, "Fill in “Police reference”"),
        ({"happened_at": "late"}, "Give the time as hours and minutes, such as 21:40"),
        ({"child0__first_name": ""}, "Give a first name"),
        ({"child0__school": ""}, "Give the school, or tick that the child learns at home"),
        ({"child0__present": ""}, "Answer “Was the child there?”"),
        ({"child0__born_on_1": "15"}, "must be a real date"),
    ],
)
def test_what_is_missing_is_said_at_the_top_and_at_the_field(
    fairhaven: Cast, officer: Client, changed: dict[str, str], said: str
) -> None:
    answer = officer.post(SEND, typed(fairhaven, step="check", **changed))
    assert answer.status_code == 422
    assert text(answer).count(said) == 2


def test_a_look_alike_is_shown_and_a_school_is_chosen_by_its_number(fairhaven: Cast, officer: Client) -> None:
    made = Organisation.objects.create(kind="school", urn=900301, name="Oakfield Infants' School", phase="primary")
    ServedArea.objects.create(organisation=made, area=fairhaven.area, starts_on=BEGAN)
    page = text(officer.post(SEND, typed(fairhaven, step="check", child0__school="900001")))
    assert "(URN 900301): looks alike, look twice" in page
    answer = officer.post(SEND, typed(fairhaven, step="send", child0__school="900001"))
    assert answer.status_code == 422
    assert text(answer).count("Choose Jonah Quayle’s school") == 2
    assert placed(fairhaven, "bell") == []


def test_a_school_that_nothing_fits_is_said_to_be_none(fairhaven: Cast, officer: Client) -> None:
    page = text(officer.post(SEND, typed(fairhaven, step="check", child0__school="Elmhurst")))
    assert "No open school fits “Elmhurst”" in page


def test_a_school_of_another_phase_needs_a_reason(fairhaven: Cast, officer: Client) -> None:
    given = typed(fairhaven, step="send", child0__school="ashdown", urn0="900002")
    answer = officer.post(SEND, given)
    assert answer.status_code == 422
    assert "Jonah Quayle is 9. Why is this the right school?" in text(answer)
    assert officer.post(SEND, given | {"override0": "Moved up a year."}).status_code == 302


def test_words_that_could_tell_where_somebody_is_need_a_recorded_choice(fairhaven: Cast, officer: Client) -> None:
    given = typed(fairhaven, step="send", urn0="900001", circumstances="They went to 14 Mill Lane, FH1 2AB.")
    answer = officer.post(SEND, given)
    assert answer.status_code == 422
    assert text(answer).count("Say whether these words are safe") == 2
    assert "Tell a school about an incident" in text(officer.post(SEND, given | {"words": "change"}))
    assert placed(fairhaven, "bell") == []
    assert officer.post(SEND, given | {"words": "keep"}).status_code == 302
    kept = [each.text for each in Detail.objects.all() if '"verb":"notification.words_kept"' in each.text]
    assert len(kept) == 1
    assert "Mill Lane" not in kept[0]


def test_somebody_who_works_there_is_kept_out_and_another_is_told(fairhaven: Cast, officer: Client) -> None:
    given = typed(fairhaven, step="check", works_there="priya  NAIR\nNobody Here")
    assert "Priya Nair, Oakfield Primary School" in text(officer.post(SEND, given))
    sent = given | {"step": "send", "urn0": "900001", f"staff{fairhaven.priya.pk}": "relative"}
    assert officer.post(SEND, sent).status_code == 302
    assert fairhaven.client("priya").get("/notifications/sent/").status_code == 404
    told = "".join(each.text for each in Detail.objects.all() if '"verb":"subject.excluded"' in each.text)
    assert told
    assert str(fairhaven.priya.pk) not in told


def test_a_name_that_fits_nobody_is_said_to(fairhaven: Cast, officer: Client) -> None:
    page = text(officer.post(SEND, typed(fairhaven, step="check", works_there="Nobody Here")))
    assert "Nobody of that name has an account at the school" in page


@pytest.mark.parametrize("who", ["priya", "tom", "nadia", "sam", "osei"])
def test_nobody_else_has_the_form(fairhaven: Cast, who: str) -> None:
    assert fairhaven.client(who).get(SEND).status_code == 404
    assert fairhaven.client(who).post(SEND, typed(fairhaven, step="send", urn0="900001")).status_code == 404
