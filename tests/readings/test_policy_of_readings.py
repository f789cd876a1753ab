"""Who may set, send, see and sign: the cast against a school, and each filter the same as its rule."""

import pytest

from haven.access.actor import HAVEN
from haven.access.roles import Role
from haven.people.models import Cover, Post
from haven.readings import policy
from haven.readings.models import Round, Signature
from haven.readings.rules.signing import Way
from haven.readings.services import sign
from tests.cast import BEGAN, NOW, TODAY, Cast
from tests.readings.rounds import part, sent

pytestmark = pytest.mark.django_db
CAST = ("nobody", "sam", "priya", "tom", "grace", "marcus", "bell", "osei", "lena", "nadia")


def _those(cast: Cast, rule: object, *things: object) -> set[str]:
    return {name for name in CAST if rule(cast.actor(name), *things)}


def _give_sam(cast: Cast, role: Role) -> None:
    Post.objects.create(person=cast.sam, organisation=cast.oakfield, role=role.value, starts_on=BEGAN)


def test_a_schools_leads_keep_and_see_and_nobody_outside_does(cast: Cast) -> None:
    for rule in (policy.may_keep, policy.may_decide, policy.may_see, policy.may_read):
        assert _those(cast, rule, cast.oakfield.pk) == {"priya", "tom"}
        assert _those(cast, rule, cast.ashdown.pk) == {"grace"}


def test_a_governor_decides_and_sees_and_reads_but_does_not_keep(cast: Cast) -> None:
    _give_sam(cast, Role.GOVERNOR)
    assert "sam" not in _those(cast, policy.may_keep, cast.oakfield.pk)
    for rule in (policy.may_decide, policy.may_see, policy.may_read):
        assert "sam" in _those(cast, rule, cast.oakfield.pk)


@pytest.mark.parametrize("role", [Role.SCHOOL_STAFF, Role.ADMINISTRATOR])
def test_staff_read_and_do_nothing_else(cast: Cast, role: Role) -> None:
    _give_sam(cast, role)
    assert "sam" in _those(cast, policy.may_read, cast.oakfield.pk)
    for rule in (policy.may_keep, policy.may_decide, policy.may_see):
        assert "sam" not in _those(cast, rule, cast.oakfield.pk)


def test_who_covers_a_post_keeps_but_does_not_sign_in_its_holders_place(cast: Cast) -> None:
    post = cast.priya.posts.get()
    Cover.objects.create(post=post, covered_by=cast.sam, starts_on=TODAY, ends_on=TODAY.replace(day=20))
    assert "sam" in _those(cast, policy.may_keep, cast.oakfield.pk)
    assert "sam" not in _those(cast, policy.may_read, cast.oakfield.pk)


def test_the_areas_leads_count_and_see_no_names(cast: Cast) -> None:
    assert _those(cast, policy.may_count, cast.area.pk) == {"marcus"}
    assert "marcus" not in _those(cast, policy.may_see, cast.oakfield.pk)


def test_only_haven_prompts_by_itself(cast: Cast) -> None:
    assert _those(cast, policy.may_prompt) == set()
    assert policy.may_prompt(HAVEN)


def test_only_leads_end_a_round_and_take_a_signature_back(cast: Cast) -> None:
    found = sent(cast)
    sign(part_id=part(found, "part 1").pk, way=Way.HAVEN, by=cast.actor("tom"), at=NOW)
    assert _those(cast, policy.may_end, found) == {"priya", "tom"}
    assert _those(cast, policy.may_take_back, Signature.objects.get()) == {"priya", "tom"}


@pytest.mark.parametrize("name", CAST)
def test_each_filter_gives_what_its_rule_allows(cast: Cast, name: str) -> None:
    sent(cast)
    actor, rounds = cast.actor(name), Round.objects.all()
    seen = {each for each in rounds if policy.may_see(actor, each.organisation_id)}
    assert set(rounds.filter(policy.rounds_seen_by(actor))) == seen
    schools = {each for each in cast.organisations.values() if policy.may_read(actor, each.pk)}
    assert {each.pk for each in schools} == policy.schools_read_in(actor)
