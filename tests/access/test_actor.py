"""What an actor holds, and how a decision speaks."""

from uuid import uuid4

import pytest

from haven.access.actor import NOBODY, Actor, HeldPost
from haven.access.decision import Reason, Refused, allow, refuse, require
from haven.access.roles import LABELS, ROLES_OF, Kind, Role

SCHOOL, COUNCIL, AREA = uuid4(), uuid4(), uuid4()
PRIYA = Actor(uuid4(), "Priya", (HeldPost(Role.DSL, SCHOOL, "Oakfield", Kind.SCHOOL, frozenset({AREA})),))
MARCUS = Actor(
    uuid4(), "Marcus", (HeldPost(Role.SAFEGUARDING_LEAD, COUNCIL, "Council", Kind.COUNCIL, frozenset({AREA})),)
)


def test_an_actor_holds_her_roles_where_she_holds_them() -> None:
    assert PRIYA.holds(Role.DSL)
    assert PRIYA.holds(Role.DSL, organisation=SCHOOL, area=AREA)
    assert not PRIYA.holds(Role.DSL, organisation=COUNCIL)
    assert not PRIYA.holds(Role.DSL, area=uuid4())
    assert not PRIYA.holds(Role.HEAD)
    assert not NOBODY.holds(*Role)


def test_a_lead_leads_her_areas_and_a_dsl_leads_none() -> None:
    assert MARCUS.leads == {AREA}
    assert PRIYA.leads == frozenset()
    assert PRIYA.organisations({Role.DSL}) == {SCHOOL}


def test_a_decision_is_true_or_false_and_says_why() -> None:
    assert allow(Reason.IS_PUBLIC)
    assert not refuse(Reason.NO_LIVE_POST)
    require(allow(Reason.IS_PUBLIC))
    with pytest.raises(Refused) as caught:
        require(refuse(Reason.NO_LIVE_POST), "Ask your head.")
    assert (caught.value.reason, caught.value.advice) == (Reason.NO_LIVE_POST, "Ask your head.")


def test_every_role_has_a_label_and_a_place() -> None:
    assert set(LABELS) == set(Role) == frozenset().union(*ROLES_OF.values())
    assert set(ROLES_OF) == set(Kind)
