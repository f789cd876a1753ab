"""Who may see consultations, keep a response and contribute: the cast against each, and each filter as its rule."""

from dataclasses import replace

import pytest

from haven.access.actor import HAVEN, Actor, HeldPost
from haven.access.roles import Kind, Role
from haven.consultations import policy
from haven.consultations.models import Contribution, Response
from haven.people.models import Area
from tests.cast import Cast
from tests.consultations.asked import draft, gathering, part_of, prepared

pytestmark = pytest.mark.django_db
CAST = ("nobody", "sam", "priya", "tom", "grace", "marcus", "bell", "osei", "lena", "nadia")
READERS = {"priya", "tom", "grace", "marcus", "bell", "osei", "lena"}


def _those(cast: Cast, rule: object, *things: object) -> set[str]:
    return {name for name in CAST if rule(cast.actor(name), *things)}


def _with_role(cast: Cast, role: Role) -> Actor:
    post = HeldPost(role, cast.oakfield.pk, "Oakfield", Kind.SCHOOL, frozenset({cast.area.pk}))
    return replace(cast.actor("priya"), posts=(post,))


def test_whoever_reads_guidance_sees_which_consultations_there_are(cast: Cast) -> None:
    assert _those(cast, policy.may_enter) == READERS


def test_only_the_areas_leads_keep_its_response(cast: Cast) -> None:
    response = gathering(cast)
    assert _those(cast, policy.may_keep, cast.area.pk) == {"marcus"}
    assert _those(cast, policy.may_take_file, response) == {"marcus"}
    elsewhere = Area.objects.create(name="Elsewhere", code="998")
    assert _those(cast, policy.may_keep, elsewhere.pk) == set()


def test_those_invited_see_their_own_part_and_nobody_elses(cast: Cast) -> None:
    response = gathering(cast)
    assert _those(cast, policy.may_see, part_of(cast, response, "oakfield")) == {"priya", "tom"}
    assert _those(cast, policy.may_see, part_of(cast, response, "ashdown")) == {"grace"}
    assert _those(cast, policy.may_see, part_of(cast, response, "police")) == {"bell"}
    assert _those(cast, policy.may_contribute, part_of(cast, response, "police")) == {"bell"}


@pytest.mark.parametrize(
    ("role", "sees", "contributes"),
    [
        (Role.DSL, True, True),
        (Role.DEPUTY_DSL, True, False),
        (Role.HEAD, True, True),
        (Role.GOVERNOR, True, True),
        (Role.SCHOOL_STAFF, False, False),
        (Role.ADMINISTRATOR, False, False),
    ],
)
def test_who_in_a_school_sees_and_who_speaks_for_it(cast: Cast, role: Role, sees: bool, contributes: bool) -> None:
    part = part_of(cast, gathering(cast))
    assert bool(policy.may_see(_with_role(cast, role), part)) is sees
    assert bool(policy.may_contribute(_with_role(cast, role), part)) is contributes


def test_nobody_sees_anything_before_she_is_asked(cast: Cast) -> None:
    response = prepared(cast)
    part = Contribution.objects.create(response=response, organisation=cast.oakfield, invited_at=response.prepared_at)
    assert _those(cast, policy.may_see, part) == set()
    assert not Contribution.objects.filter(policy.contributions_seen_by(cast.actor("priya"))).exists()


def test_only_haven_reminds_unasked(cast: Cast) -> None:
    assert _those(cast, policy.may_remind_unasked) == set()
    assert policy.may_remind_unasked(HAVEN)


@pytest.mark.parametrize("name", CAST)
def test_each_filter_gives_what_its_rule_allows(cast: Cast, name: str) -> None:
    gathering(cast)
    prepared(cast, draft(cast, title="Another draft"))
    actor = cast.actor(name)
    responses, parts = Response.objects.all(), Contribution.objects.select_related("response")
    assert set(responses.filter(policy.responses_kept_by(actor))) == {
        each for each in responses if policy.may_keep(actor, each.area_id)
    }
    assert set(parts.filter(policy.contributions_seen_by(actor))) == {
        each for each in parts if policy.may_see(actor, each)
    }
