"""Raising an action: whom it reaches, what is written, and that nothing is written when it is refused."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from haven.access.actor import HAVEN
from haven.access.decision import Reason, Refused
from haven.actions.models import Action, Assignment, Audience, Prompt
from haven.actions.rules import ALL_SCHOOLS, EvidenceAsked, Reach, ReachKind, WantedAction
from haven.actions.services import raise_action
from haven.ledger.models import Detail
from haven.people.models import Cluster, ClusterPlace
from tests.cast import BEGAN, NOW
from tests.sealed import sealed_and_verified

pytestmark = pytest.mark.django_db
DUE = date(2026, 3, 20)


def wanted(cast, **changes):
    wish = WantedAction(what="Return the audit", asked_by=cast.council.pk, audience=(ALL_SCHOOLS,), due_on=DUE)
    return replace(wish, **changes)


def asked_of(action):
    return set(action.assignments.values_list("organisation__name", flat=True))


def test_every_open_school_of_the_area_gets_one_assignment(cast):
    action = raise_action(area=cast.area, wanted=wanted(cast), by=cast.actor("marcus"), at=NOW)
    assert asked_of(action) == {"Oakfield Primary School", "Ashdown Academy"}
    assert set(action.assignments.values_list("due_on", "state")) == {(DUE, "open")}


def test_a_closed_school_is_not_asked(cast):
    cast.ashdown.status = "closed"
    cast.ashdown.save()
    action = raise_action(area=cast.area, wanted=wanted(cast), by=cast.actor("marcus"), at=NOW)
    assert asked_of(action) == {"Oakfield Primary School"}


def test_a_phase_a_cluster_and_an_organisation_are_each_reached_once(cast):
    cluster = Cluster.objects.create(area=cast.area, name="North")
    ClusterPlace.objects.create(cluster=cluster, organisation=cast.oakfield, starts_on=BEGAN)
    audience = (
        Reach(ReachKind.PHASE, "primary"),
        Reach(ReachKind.CLUSTER, str(cluster.pk)),
        Reach(ReachKind.ORGANISATION, str(cast.police.pk)),
    )
    action = raise_action(area=cast.area, wanted=wanted(cast, audience=audience), by=cast.actor("marcus"), at=NOW)
    assert asked_of(action) == {"Oakfield Primary School", "Fairhaven Police"}
    assert Audience.objects.filter(action=action).count() == 3


def test_a_school_that_has_left_its_cluster_is_not_reached_by_it(cast):
    cluster = Cluster.objects.create(area=cast.area, name="North")
    ClusterPlace.objects.create(cluster=cluster, organisation=cast.oakfield, starts_on=BEGAN, ends_on=NOW.date())
    ClusterPlace.objects.create(cluster=cluster, organisation=cast.ashdown, starts_on=BEGAN)
    audience = (Reach(ReachKind.CLUSTER, str(cluster.pk)),)
    action = raise_action(area=cast.area, wanted=wanted(cast, audience=audience), by=cast.actor("marcus"), at=NOW)
    assert asked_of(action) == {"Ashdown Academy"}


def test_raising_is_entered_in_the_ledger_and_somebody_is_to_be_told(cast):
    action = raise_action(area=cast.area, wanted=wanted(cast), by=cast.actor("marcus"), at=NOW)
    assert '"verb":"action.raised"' in Detail.objects.latest("pk").text
    assert str(action.pk) in Detail.objects.latest("pk").text
    assert sealed_and_verified().holds
    assert Prompt.objects.filter(assignment__action=action, kind="new", told_at=None).count() == 2


def test_haven_itself_may_raise_an_action(cast):
    action = raise_action(area=cast.area, wanted=wanted(cast), by=HAVEN, at=NOW)
    assert action.published_by is None


@pytest.mark.parametrize("who", ["priya", "tom", "grace", "bell", "osei", "lena", "nadia", "sam", "nobody"])
def test_nobody_but_the_areas_leads_asks(cast, who):
    with pytest.raises(Refused) as refused:
        raise_action(area=cast.area, wanted=wanted(cast), by=cast.actor(who), at=NOW)
    assert refused.value.reason is Reason.NOT_THE_AREA
    assert not Action.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"what": "  "}, "Say what is asked."),
        ({"audience": ()}, "Choose who is asked."),
        ({"due_on": None, "due_time": NOW.time()}, "Give a date as well as a time."),
        ({"source_address": "https://example.org/"}, "must be a page of Haven"),
        ({"source_address": "//example.org/"}, "must be a page of Haven"),
        ({"audience": (Reach(ReachKind.PHASE, "nursery"),)}, "No open school"),
        ({"audience": (Reach(ReachKind.ORGANISATION, str(uuid4())),)}, "does not belong to the area"),
        ({"audience": (Reach(ReachKind.CLUSTER, str(uuid4())),)}, "does not belong to the area"),
        ({"audience": (Reach(ReachKind.PHASE, "infants"),)}, "does not belong to the area"),
    ],
)
def test_a_wish_at_fault_is_refused_with_advice_and_nothing_is_written(cast, changes, said):
    with pytest.raises(Refused) as refused:
        raise_action(area=cast.area, wanted=wanted(cast, **changes), by=cast.actor("marcus"), at=NOW)
    assert said in refused.value.advice
    assert not Action.objects.exists()
    assert not Detail.objects.exists()


def test_a_wish_sent_twice_asks_once(cast):
    wish = wanted(cast, key=uuid4())
    first = raise_action(area=cast.area, wanted=wish, by=cast.actor("marcus"), at=NOW)
    second = raise_action(area=cast.area, wanted=wish, by=cast.actor("marcus"), at=NOW + timedelta(seconds=1))
    assert first.pk == second.pk
    assert Assignment.objects.count() == 2


def test_a_prohibition_asks_to_be_read(cast):
    wish = wanted(cast, prohibits=True, evidence=EvidenceAsked.FILE)
    action = raise_action(area=cast.area, wanted=wish, by=cast.actor("marcus"), at=NOW)
    assert action.evidence_asked == "reading"


def test_a_failing_ledger_undoes_the_action(cast, monkeypatch):
    monkeypatch.setattr("haven.actions.services.asking.record", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        raise_action(area=cast.area, wanted=wanted(cast), by=cast.actor("marcus"), at=NOW)
    assert not Action.objects.exists()
    assert not Assignment.objects.exists()
