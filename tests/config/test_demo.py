"""The demonstration lets one be any of the cast, has a year behind it, and exists only where it is asked for."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from haven.access.actor import HAVEN as HAVEN_ITSELF
from haven.actions.models import Assignment
from haven.bulletins.models import Bulletin, Contact
from haven.changes.models import Comparison, Judgement
from haven.checks.models import Ask
from haven.checks.queries.boards import board, requests
from haven.checks.rules.bands import Standing
from haven.checks.rules.states import AskState
from haven.config.demo.fairhaven import CAST, schools
from haven.config.demo.furnishing import furnish
from haven.config.demo.history import leading
from haven.config.demo.procedures import TITLE
from haven.config.demo.writing import after_christmas, notes, weekday
from haven.config.urls import urlpatterns
from haven.consultations.models import Contribution, Notice, Response
from haven.digests.models import Digest
from haven.guidance.models import Edition
from haven.notifications.models import Delivery, MonthlyReturn
from haven.notifications.queries.pictures import picture_page
from haven.people.models import Organisation, Person
from haven.people.queries import actor_of
from haven.people.seeing import working_as
from haven.policies.models import Policy, Version
from haven.policies.queries.register import register
from haven.subjects.disclosure.keeping import keeping_desk
from haven.subjects.models import TieRow
from tests.sealed import sealed_and_verified
from tests.shape.source import HAVEN

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration(settings: LazySettings) -> Client:
    """A browser at the demonstration."""
    settings.IS_DEMO = True
    settings.ROOT_KEY = "5a" * 32
    settings.ROOT_URLCONF = "tests.config.demo_urls"
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [HAVEN / "config" / "demo" / "templates"]}]
    return Client()


def test_fairhaven_is_furnished_once_with_a_year_behind_it(demonstration: Client) -> None:
    said: list[str] = []
    furnish(said.append)
    furnish(said.append)
    assert len(said) == 7
    assert Organisation.objects.filter(kind="school").count() == len(schools()) == 96
    assert Bulletin.objects.count() == len(notes(date.today()))
    assert set(Assignment.objects.values_list("state", flat=True)) >= {"open", "done", "not-applicable"}
    assert Contact.objects.exclude(marking="").exists()
    assert sealed_and_verified().holds
    demonstration.post("/demo/priya/")
    assert "Oakfield" in demonstration.get("/actions/").content.decode()
    _assert_procedures_are_half_done()
    _assert_a_consultation_is_open_and_another_was_sent()
    _assert_schools_keep_their_policies()
    _assert_notifications_are_in_every_state()
    _assert_something_is_held_due_and_asked_for()
    _assert_checks_are_in_every_state()


def _assert_checks_are_in_every_state() -> None:
    """Not opened, being answered, asked for more, answered, nothing known, asked before, withdrawn; and one is late."""
    with working_as(HAVEN_ITSELF, "checks.chase"):
        assert set(Ask.objects.values_list("state", flat=True)) >= set(AskState) - {AskState.OPENED}
    mina, priya = (Person.objects.get(email=f"{name}@example.org") for name in ("mina", "priya"))
    there = board(by=actor_of(person=mina, has_second_factor=True, on=date.today()), at=timezone.now())
    assert (len(there.open), len(there.over)) == (6, 2)
    assert "FH-2102" in {line.reference for line in there.open if line.standing is Standing.LATE}
    asked = requests(by=actor_of(person=priya, has_second_factor=True, on=date.today()), at=timezone.now())
    assert [line.reference for line in asked.waiting] == ["FH-2120", "FH-2041"]
    hamid = Person.objects.get(email="hamid@example.org")
    home = requests(by=actor_of(person=hamid, has_second_factor=True, on=date.today()), at=timezone.now())
    assert [(line.reference, line.is_at_home) for line in home.waiting] == [("FH-2118", True)]


def _assert_notifications_are_in_every_state() -> None:
    """Most are read and done; two wait at Oakfield, one kept from its deputy; one came back, two were recalled."""
    today = date.today()
    with working_as(HAVEN_ITSELF, "notifications.count"):
        stages = Counter(Delivery.objects.values_list("stage", flat=True))
        assert {stages[each] for each in ("available", "not-ours")} == {2, 1}
        assert {stages[each] for each in ("recalled-unopened", "recalled-after-open", "reassigned")} == {1}
        assert stages["acknowledged"] + stages["closed"] >= 14
        assert MonthlyReturn.objects.filter(confirmed_at=None).exists()
        waiting = Delivery.objects.filter(stage__in=("available", "not-ours"))
        rung = waiting.filter(deadline_at__lte=timezone.now()).count()  # on a school day, once its bell has rung
    picture = picture_page(area_id=None, by=leading(today), at=timezone.now())
    assert (picture.sent, picture.not_in_time) == (sum(stages.values()) - stages["reassigned"], 2 + rung)
    assert {len(picture.short), len(picture.not_signed_up)} == {0, 9}


def _assert_something_is_held_due_and_asked_for() -> None:
    """One child is held, one waits for a second person, the time of another is over; one record is lent."""
    pavel = actor_of(person=Person.objects.get(email="pavel@example.org"), has_second_factor=True, on=date.today())
    desk = keeping_desk(by=pavel, at=timezone.now())
    assert (len(desk.held), len(desk.asked), len(desk.due), len(desk.decided)) == (1, 1, 1, 0)
    with working_as(HAVEN_ITSELF, "subjects.tying"):
        assert TieRow.objects.filter(tie="guest").count() == 1


def _assert_schools_keep_their_policies() -> None:
    """Sixty schools have begun a register; at Oakfield one is overdue, one waits for Ruth, and guidance has moved."""
    assert Policy.objects.values("school").distinct().count() == 62
    priya, ruth = (Person.objects.get(email=f"{name}@example.org") for name in ("priya", "ruth"))
    by = actor_of(person=priya, has_second_factor=True, on=date.today())
    seen = register(by=by, school_id=None, on=date.today())
    assert (len(seen.lines), seen.overdue, seen.waiting, seen.touched) == (7, 1, 1, 1)
    assert Assignment.objects.filter(action__is_own=True, action__roles=["governor"], state="open").exists()
    assert Version.objects.filter(signed_by=ruth, state="approved").exists()


def _assert_a_consultation_is_open_and_another_was_sent() -> None:
    """A dozen schools and two partners have said what they think of one; the other was sent and answered."""
    open_now = Response.objects.get(submissions=None)
    said = Counter(
        Contribution.objects.filter(response=open_now, version=1).values_list("organisation__kind", flat=True)
    )
    assert said == {"school": 12, "police": 1, "health": 1}
    assert Response.objects.get(submissions__number=1).edition.answered_on is not None
    assert not Notice.objects.filter(told_at=None).exists()


def _assert_procedures_are_half_done() -> None:
    """Two editions of the borough's own procedures: compared, judged in part, and some of it asked and answered."""
    old, new = Edition.objects.filter(document__title=TITLE).order_by("label")
    assert (old.clause_count, new.clause_count) == (743, 740)
    assert Comparison.objects.get(old=old, new=new).change_count == 105
    verdicts = Counter(Judgement.objects.values_list("verdict", flat=True))
    assert verdicts == {"action": 7, "note": 7, "no-effect": 12}
    asked = Judgement.objects.filter(action__isnull=False)
    assert asked.count() == 6
    assert Digest.objects.get().version == 1
    assert Assignment.objects.filter(action__judged_change__in=asked, state="done").count() > 6 * 40


def test_everyone_of_the_cast_can_be_chosen(demonstration: Client) -> None:
    page = demonstration.get("/demo/").content.decode()
    assert all(member.name in page and member.title in page for member in CAST)


def test_nobody_else_can_be_chosen(demonstration: Client) -> None:
    assert demonstration.post("/demo/mallory/").status_code == 404


def test_without_the_demonstration_there_is_no_such_address() -> None:
    assert [str(each.pattern) for each in urlpatterns if "demo" in str(each.pattern)] == []
    assert Client().post("/demo/priya/").status_code == 404


def test_notes_are_sent_on_weekdays_and_speak_of_weekdays() -> None:
    written = notes(date(2026, 11, 22))
    assert len(written) > 10
    assert all(note.sent_on.weekday() < 5 for note in written)
    assert not any("{" in note.text for note in written)
    assert {weekday(date(2026, 11, 16) + timedelta(days=n)).weekday() for n in range(7)} == {0, 1, 2, 3, 4}


def test_no_note_speaks_of_a_day_in_the_christmas_holidays() -> None:
    days = [after_christmas(date(2026, 12, 1) + timedelta(days=n)) for n in range(60)]
    assert not [day for day in days if date(2026, 12, 18) < day < date(2027, 1, 4)]
    assert after_christmas(date(2026, 12, 18)) == date(2026, 12, 18)
    assert after_christmas(date(2028, 1, 1)) == date(2028, 1, 10)
