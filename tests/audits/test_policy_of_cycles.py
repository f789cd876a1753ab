"""Who may keep a cycle, see, oversee, read and answer a return: the cast against each, and each filter as its rule."""

from dataclasses import replace

import pytest

from haven.access.actor import HAVEN, Actor, HeldPost
from haven.access.roles import Kind, Role
from haven.audits import policy
from haven.audits.models import Cycle, Return
from haven.audits.rules.life import State
from haven.people.models import Area
from tests.audits.asked import opened, prepared, return_of
from tests.audits.whereabouts import put
from tests.cast import Cast

pytestmark = pytest.mark.django_db
CAST = ("nobody", "sam", "priya", "tom", "grace", "marcus", "bell", "osei", "lena", "nadia")


def _those(cast: Cast, rule: object, *things: object) -> set[str]:
    return {name for name in CAST if rule(cast.actor(name), *things)}


def _with_role(cast: Cast, role: Role) -> Actor:
    post = HeldPost(role, cast.oakfield.pk, "Oakfield", Kind.SCHOOL, frozenset({cast.area.pk}))
    return replace(cast.actor("priya"), posts=(post,))


def test_leads_and_whoever_works_in_a_school_have_audits_to_see(cast: Cast) -> None:
    assert _those(cast, policy.may_enter) == {"priya", "tom", "grace", "marcus"}


def test_only_the_areas_leads_keep_its_cycles(cast: Cast) -> None:
    cycle = prepared(cast)
    assert _those(cast, policy.may_keep, cast.area.pk) == _those(cast, policy.may_prepare, cycle) == {"marcus"}
    elsewhere = Area.objects.create(name="Elsewhere", code="998")
    assert _those(cast, policy.may_keep, elsewhere.pk) == set()


def test_a_school_sees_and_answers_its_own_return_and_nobody_elses(cast: Cast) -> None:
    cycle = opened(cast)
    of, other = return_of(cast, cycle), return_of(cast, cycle, "ashdown")
    assert _those(cast, policy.may_see, of) == _those(cast, policy.may_answer, of) == {"priya", "tom"}
    assert _those(cast, policy.may_see, other) == {"grace"}
    assert policy.may_answer(HAVEN, of)


@pytest.mark.parametrize("role", Role)
def test_every_role_of_a_school_sees_its_return_but_the_administrator(cast: Cast, role: Role) -> None:
    of = return_of(cast, opened(cast))
    in_school = {Role.DSL, Role.DEPUTY_DSL, Role.HEAD, Role.GOVERNOR, Role.CHAIR, Role.SCHOOL_STAFF}
    assert bool(policy.may_see(_with_role(cast, role), of)) is (role in in_school)


@pytest.mark.parametrize("state", State)
def test_the_lead_sees_how_far_a_school_is_and_reads_what_it_sent(cast: Cast, state: State) -> None:
    of = put(return_of(cast, opened(cast)), state)
    assert _those(cast, policy.may_oversee, of) == {"marcus"}
    reads = state in (State.SUBMITTED, State.READ, State.SENT_BACK)
    assert _those(cast, policy.may_read, of) == {"priya", "tom"} | ({"marcus"} if reads else set())


def test_only_haven_reminds_unasked(cast: Cast) -> None:
    assert _those(cast, policy.may_remind_unasked) == set()
    assert policy.may_remind_unasked(HAVEN)


@pytest.mark.parametrize("name", CAST)
def test_each_filter_gives_what_its_rule_allows(cast: Cast, name: str) -> None:
    cycle = opened(cast)
    prepared(cast, cycle.version)
    Cycle.objects.create(
        area=Area.objects.create(name="Elsewhere", code="998"),
        version=cycle.version,
        title="Another area’s",
        school_year=2025,
        opens_on=cycle.opens_on,
        first_due_on=cycle.first_due_on,
        final_due_on=cycle.final_due_on,
        steps=cycle.steps,
        standing="draft",
        prepared_at=cycle.prepared_at,
        prepared_by=cast.marcus,
    )
    actor, returns = cast.actor(name), Return.objects.select_related("cycle")
    kept = {each for each in Cycle.objects.all() if policy.may_keep(actor, each.area_id)}
    assert set(Cycle.objects.filter(policy.cycles_kept_by(actor))) == kept
    assert set(returns.filter(policy.returns_seen_by(actor))) == {
        each for each in returns if policy.may_see(actor, each)
    }
    overseen = {each for each in returns if policy.may_oversee(actor, each)}
    assert set(returns.filter(policy.returns_overseen_by(actor))) == overseen
