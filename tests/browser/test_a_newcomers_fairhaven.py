"""The demonstration as a newcomer finds it: furnished once, with a year behind it and something of everything in it.

It is looked at before anybody does anything in it.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from django.conf import LazySettings
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from haven.access.actor import HAVEN
from haven.actions.models import Assignment
from haven.bulletins.models import Bulletin, Contact
from haven.changes.models import Comparison, Judgement
from haven.checks.models import Ask
from haven.checks.queries.boards import board, requests
from haven.checks.rules.bands import Standing
from haven.checks.rules.states import AskState
from haven.config.demo.fairhaven import schools
from haven.config.demo.furnishing import furnish
from haven.config.demo.history import leading
from haven.config.demo.procedures import TITLE
from haven.config.demo.writing import notes
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
from tests.browser.demonstration import Demonstration


@pytest.fixture(autouse=True)
def _read_from_here(
    fairhaven: Demonstration, django_db_setup: None, django_db_blocker: DjangoDbBlocker, settings: LazySettings
) -> Iterator[None]:
    with fairhaven.read_from_here(settings, django_db_blocker):
        yield


def test_it_is_furnished_once_with_a_year_behind_it(fairhaven: Demonstration) -> None:
    assert fairhaven.said.count("furnishing Fairhaven") == 1
    said: list[str] = []
    furnish(said.append)
    assert said == []
    assert Organisation.objects.filter(kind="school").count() == len(schools()) == 96
    assert Bulletin.objects.count() == len(notes(date.today()))
    assert set(Assignment.objects.values_list("state", flat=True)) >= {"open", "done", "not-applicable"}
    assert Contact.objects.exclude(marking="").exists()


def test_its_ledger_is_whole(fairhaven: Demonstration) -> None:
    verified = fairhaven.run("ledger", "verify", "--complete")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_checks_are_in_every_state() -> None:
    """Not opened, being answered, asked for more, answered, nothing known, asked before, withdrawn; and one is late."""
    with working_as(HAVEN, "checks.chase"):
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


def test_notifications_are_in_every_state() -> None:
    """Most are read and done; two wait at Oakfield, one kept from its deputy; one came back, two were recalled."""
    today = date.today()
    with working_as(HAVEN, "notifications.count"):
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


def test_something_is_held_due_and_asked_for() -> None:
    """One child is held, one waits for a second person, the time of another is over; one record is lent."""
    pavel = actor_of(person=Person.objects.get(email="pavel@example.org"), has_second_factor=True, on=date.today())
    desk = keeping_desk(by=pavel, at=timezone.now())
    assert (len(desk.held), len(desk.asked), len(desk.due), len(desk.decided)) == (1, 1, 1, 0)
    with working_as(HAVEN, "subjects.tying"):
        assert TieRow.objects.filter(tie="guest").count() == 1


def test_schools_keep_their_policies() -> None:
    """Sixty schools have begun a register; at Oakfield one is overdue, one waits for Ruth, and guidance has moved."""
    assert Policy.objects.values("school").distinct().count() == 62
    priya, ruth = (Person.objects.get(email=f"{name}@example.org") for name in ("priya", "ruth"))
    by = actor_of(person=priya, has_second_factor=True, on=date.today())
    seen = register(by=by, school_id=None, on=date.today())
    assert (len(seen.lines), seen.overdue, seen.waiting, seen.touched) == (7, 1, 1, 1)
    assert Assignment.objects.filter(action__is_own=True, action__roles=["governor"], state="open").exists()
    assert Version.objects.filter(signed_by=ruth, state="approved").exists()


def test_a_consultation_is_open_and_another_was_sent() -> None:
    """A dozen schools and two partners have said what they think of one; the other was sent and answered."""
    open_now = Response.objects.get(submissions=None)
    said = Counter(
        Contribution.objects.filter(response=open_now, version=1).values_list("organisation__kind", flat=True)
    )
    assert said == {"school": 12, "police": 1, "health": 1}
    assert Response.objects.get(submissions__number=1).edition.answered_on is not None
    assert not Notice.objects.filter(told_at=None).exists()


def test_procedures_are_half_done() -> None:
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
