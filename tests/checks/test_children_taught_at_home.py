"""About a child who is taught at home the council's officer for it is asked, by name, as a school is."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from haven.access.actor import HAVEN
from haven.access.decision import Refused
from haven.access.roles import Role
from haven.checks.disclosure.checks import open_check
from haven.checks.disclosure.requests import open_request
from haven.checks.models import Given
from haven.checks.queries.agencies import offers
from haven.checks.queries.boards import board, requests
from haven.checks.rules.states import AskState
from haven.checks.services import ask, chase, close_round, withdraw_check
from haven.subjects.models import Attendance
from haven.subjects.services import set_area
from tests.behind import behind, stop_the_clock
from tests.cast import BEGAN, NOW
from tests.checks.asked import (
    CONCERN,
    LATER,
    SOON,
    TEACHING,
    again,
    answered,
    ask_of,
    asked,
    at_home,
    look_up,
    new,
)
from tests.people.seen import told
from tests.subjects.known import ISLA, JONAH, child, kept_from

pytestmark = pytest.mark.django_db
HOME = "Fairhaven Council, home education"
OFFICER = {("hugo@example.org", "at-home")}


@pytest.fixture
def isla(fairhaven):
    """Taught at home."""
    return at_home(fairhaven, ISLA)


def named_for(row) -> set[tuple[str, str]]:
    """Who answers by name, and why."""
    with behind():
        return set(Given.objects.filter(ask=row).values_list("person__email", "why"))


def written_to(at) -> set[str]:
    """Who is written to when Haven looks at this moment."""
    mail.outbox.clear()
    stop_the_clock(at)
    chase(by=HAVEN, at=at)
    return {address for letter in mail.outbox for address in letter.to}


def test_the_officer_is_asked_by_name_and_answers(fairhaven, isla, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        check = asked(fairhaven, isla, fairhaven.council)
    row = ask_of(check, fairhaven.council)
    assert (row.home_area_id, row.is_alarm, named_for(row)) == (fairhaven.area.pk, False, OFFICER)
    assert {each.to[0] for each in mail.outbox} == {"hugo@example.org"}
    assert not any(word in each.subject + each.body for each in mail.outbox for word in ("Isla", "home", "FH-1017"))
    (line,) = requests(by=fairhaven.actor("hugo"), at=SOON).waiting
    assert (line.agency, line.is_at_home) == (HOME, True)
    seen = open_request(ask_id=row.pk, by=fairhaven.actor("hugo"), at=SOON)
    assert [each.name for each in seen.children] == ["Isla Quayle"]
    assert (seen.wanted[0].concern, seen.answers[0].question) == (CONCERN, TEACHING)
    answered(fairhaven, row, "hugo", "By her aunt, who was a teacher.", key="teaching")
    (thread,) = open_check(check_id=check.pk, by=fairhaven.actor("mina"), at=LATER).threads
    assert (thread.agency, thread.answers[0].wording.words) == (HOME, "By her aunt, who was a teacher.")


def test_she_reads_what_she_is_asked_and_not_the_councils_check(fairhaven, isla) -> None:
    check = asked(fairhaven, isla, fairhaven.council, fairhaven.health)
    assert not board(by=fairhaven.actor("hugo"), at=SOON).open
    with pytest.raises(Refused):
        open_check(check_id=check.pk, by=fairhaven.actor("hugo"), at=SOON)
    with pytest.raises(Refused):
        open_request(ask_id=ask_of(check, fairhaven.health).pk, by=fairhaven.actor("hugo"), at=SOON)


@pytest.mark.parametrize("who", ["lena", "peter", "priya", "grace", "osei", "bell", "nadia"])
def test_nobody_else_answers_for_her(fairhaven, isla, who) -> None:
    row = ask_of(asked(fairhaven, isla, fairhaven.council), fairhaven.council)
    assert not requests(by=fairhaven.actor(who), at=SOON).waiting
    with pytest.raises((Refused, type(row).DoesNotExist)):
        open_request(ask_id=row.pk, by=fairhaven.actor(who), at=SOON)


def test_of_two_sisters_at_school_and_at_home_neither_answer_is_shown_to_the_other(fairhaven, isla) -> None:
    jonah = child(fairhaven, JONAH, fairhaven.oakfield)
    places = {
        fairhaven.oakfield.pk: {jonah.pk},
        fairhaven.council.pk: {isla.pk},
        fairhaven.health.pk: {jonah.pk, isla.pk},
    }
    look_up(fairhaven, "mina")
    check = ask(new=new(fairhaven, places), by=fairhaven.actor("mina"), at=NOW)
    rows = {place: ask_of(check, getattr(fairhaven, place)) for place in ("oakfield", "council", "health")}
    answered(fairhaven, rows["oakfield"], "priya", "A word of the school.")
    answered(fairhaven, rows["council"], "hugo", "A word of the officer.", key="teaching")
    of_school = ("Jonah", "Oakfield", "A word of the school.")
    of_officer = ("Isla", "home education", "A word of the officer.")

    def seen(place: str, who: str) -> str:
        return str(open_request(ask_id=rows[place].pk, by=fairhaven.actor(who), at=LATER))

    for step in ("open", "closed"):
        assert not any(word in seen("oakfield", "priya") for word in of_officer), step
        assert not any(word in seen("council", "hugo") for word in of_school), step
        if step == "open":
            close_round(check_id=check.pk, by=fairhaven.actor("mina"), at=LATER)
    both = seen("health", "osei")
    assert all(word in both for word in ("A word of the school.", "A word of the officer."))


def test_one_child_at_school_and_at_home_both_answer_and_read_each_other_once_the_round_closes(fairhaven, isla) -> None:
    with behind():
        Attendance.objects.create(subject=isla, school=fairhaven.oakfield, starts_on=BEGAN)
    check = asked(fairhaven, isla, fairhaven.oakfield, fairhaven.council)
    school, home = ask_of(check, fairhaven.oakfield), ask_of(check, fairhaven.council)
    answered(fairhaven, school, "priya", "A word of the school.")
    answered(fairhaven, home, "hugo", "A word of the officer.", key="teaching")
    by = {"priya": school, "hugo": home}
    before = {who: str(open_request(ask_id=row.pk, by=fairhaven.actor(who), at=LATER)) for who, row in by.items()}
    assert "A word of the officer." not in before["priya"]
    assert "A word of the school." not in before["hugo"]
    close_round(check_id=check.pk, by=fairhaven.actor("mina"), at=LATER)
    after = {who: str(open_request(ask_id=row.pk, by=fairhaven.actor(who), at=LATER)) for who, row in by.items()}
    assert "A word of the officer." in after["priya"]
    assert "A word of the school." in after["hugo"]


def test_without_an_officer_who_may_the_councils_lead_is_asked_and_it_is_an_alarm(fairhaven, isla) -> None:
    kept_from(fairhaven, isla, "hugo")
    row = ask_of(asked(fairhaven, isla, fairhaven.council), fairhaven.council)
    assert (row.is_alarm, named_for(row)) == (True, {("marcus@example.org", "at-home")})
    assert not requests(by=fairhaven.actor("hugo"), at=SOON).waiting


def test_the_area_says_who_it_is(fairhaven, isla) -> None:
    roles = {"home_education": Role.SOCIAL_WORKER, "last_resort": Role.DUTY_OFFICER}
    set_area(area=fairhaven.area.pk, glass_minutes=60, by=fairhaven.actor("marcus"), at=NOW, **roles)
    row = ask_of(asked(fairhaven, isla, fairhaven.council), fairhaven.council)
    assert named_for(row) == {("lena@example.org", "at-home")}


def test_she_is_chased_in_and_out_of_term_and_then_the_mash_and_her_lead_are_told(fairhaven, isla) -> None:
    at = datetime(2026, 8, 12, 9, tzinfo=UTC)  # no school is open
    stop_the_clock(at)
    row = ask_of(asked(fairhaven, isla, fairhaven.council, at=at), fairhaven.council)
    assert (row.due_at, row.is_out_of_term) == (at + timedelta(hours=4), False)
    assert written_to(at + timedelta(hours=2)) == set()
    assert written_to(at + timedelta(hours=3)) == {"hugo@example.org"}
    late = {"hugo@example.org", "marcus@example.org", "mina@example.org", "dara@example.org"}
    assert written_to(at + timedelta(hours=5)) == late
    assert written_to(at + timedelta(hours=6)) == set()


def test_who_becomes_the_officer_meanwhile_is_asked_by_name(fairhaven, isla) -> None:
    row = ask_of(asked(fairhaven, isla, fairhaven.council), fairhaven.council)
    fairhaven.hugo.posts.update(role=Role.SOCIAL_WORKER.value)
    fairhaven.lena.posts.update(role=Role.HOME_EDUCATION_OFFICER.value)
    assert written_to(SOON) == {"lena@example.org"}
    assert named_for(row) == OFFICER | {("lena@example.org", "at-home")}
    assert not again(row).is_alarm
    assert "check.raised" in [each["verb"] for each in told()]


def test_a_child_is_asked_about_once_at_home_too(fairhaven, isla) -> None:
    first = ask_of(asked(fairhaven, isla, fairhaven.council), fairhaven.council)
    answered(fairhaven, first, "hugo", "By her aunt.", key="teaching")
    second = ask_of(asked(fairhaven, isla, fairhaven.council, reference="FH-2", at=LATER), fairhaven.council)
    assert (second.thread_id, second.home_area_id) == (first.pk, fairhaven.area.pk)
    (line,) = requests(by=fairhaven.actor("hugo"), at=LATER).waiting
    assert (line.ask, line.state) == (first.pk, AskState.AGAIN)


def test_what_is_withdrawn_is_read_by_nobody_who_was_named(fairhaven, isla) -> None:
    for who in ("priya", "dee"):
        kept_from(fairhaven, isla, who)
    check = asked(fairhaven, isla, fairhaven.council, fairhaven.oakfield)
    withdraw_check(check_id=check.pk, by=fairhaven.actor("mina"), at=SOON)
    for place, who in ((fairhaven.council, "hugo"), (fairhaven.oakfield, "tom")):
        assert not requests(by=fairhaven.actor(who), at=LATER).waiting
        with pytest.raises(Refused):
            open_request(ask_id=ask_of(check, place).pk, by=fairhaven.actor(who), at=LATER)


def test_another_council_is_not_asked(fairhaven, isla) -> None:
    fairhaven.council.served_areas.update(is_home=False)
    with pytest.raises(Refused) as caught:
        asked(fairhaven, isla, fairhaven.council)
    assert "Only the council" in caught.value.advice


def offered(fairhaven, *children) -> list[tuple[set, bool]]:
    """About whom the officer is offered, and whether ticked."""
    found = offers(children=[each.pk for each in children], area=fairhaven.area.pk, by=fairhaven.actor("mina"), at=NOW)
    return [(set(each.children), each.is_usual) for each in found if each.name == HOME]


def test_her_council_is_ticked_for_whoever_asks_and_can_be_for_a_child_of_whom_haven_does_not_know_it(
    fairhaven, isla
) -> None:
    jonah = child(fairhaven, JONAH, fairhaven.oakfield)
    assert offered(fairhaven, isla) == [({isla.pk}, True)]
    assert offered(fairhaven, jonah) == [({jonah.pk}, False)]
    row = ask_of(asked(fairhaven, jonah, fairhaven.council), fairhaven.council)
    assert named_for(row) == OFFICER


def test_of_several_children_the_officer_is_offered_for_each_by_herself(fairhaven, isla) -> None:
    jonah = child(fairhaven, JONAH, fairhaven.oakfield)
    second = child(fairhaven, JONAH, fairhaven.ashdown, who="mina")
    assert offered(fairhaven, jonah, isla) == [({isla.pk}, True), ({jonah.pk}, False)]
    assert offered(fairhaven, jonah, second) == [({jonah.pk}, False), ({second.pk}, False)]


def test_where_no_council_looks_after_teaching_at_home_nobody_is_offered_for_it(fairhaven) -> None:
    jonah = child(fairhaven, JONAH, fairhaven.oakfield)
    second = child(fairhaven, JONAH, fairhaven.ashdown, who="mina")
    fairhaven.council.served_areas.update(is_home=False)
    assert offered(fairhaven, jonah, second) == []
