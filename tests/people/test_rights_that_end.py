"""Rights end with what they rest on, and a cover holds none over who holds posts."""

from datetime import timedelta

import pytest

from haven.access.decision import Refused
from haven.access.roles import Role
from haven.people import policy
from haven.people.models import Cover, Organisation, Post
from haven.people.services.covers import set_cover
from haven.people.services.invitations import invite
from haven.people.services.posts import end_post
from tests.cast import BEGAN, NOW, TODAY, Cast
from tests.people.seen import enrol, told

WEEK = TODAY + timedelta(days=7)


def tom_covers_priya(cast: Cast, from_day: int = 0) -> Cover:
    enrol(cast.tom)
    starts_on = TODAY + timedelta(days=from_day)
    who = {"post_id": cast.priya.posts.get().pk, "covered_by_id": cast.tom.pk, "by": cast.actor("priya")}
    return set_cover(starts_on=starts_on, ends_on=WEEK, at=NOW, **who)


def test_whoever_covers_a_council_lead_cannot_change_who_holds_posts(cast: Cast) -> None:
    Cover.objects.create(post=cast.marcus.posts.get(), covered_by=cast.lena, starts_on=TODAY, ends_on=WEEK)
    lena, oakfield = cast.actor("lena"), cast.oakfield
    assert lena.leads
    assert policy.may_see_organisation(lena, oakfield, on=TODAY)
    assert not policy.may_manage_people(lena, oakfield, on=TODAY)
    assert not Organisation.objects.filter(policy.managed_by(lena, on=TODAY)).exists()
    assert not policy.roles_invitable_by(lena, oakfield, on=TODAY)
    assert not policy.may_override_last_post(lena, cast.priya.posts.get(), on=TODAY)
    assert not policy.may_set_cover(lena, cast.priya.posts.get(), on=TODAY)
    with pytest.raises(Refused):
        invite(
            organisation_id=oakfield.pk,
            email="x@example.org",
            name="X",
            role=Role.DSL,
            starts_on=TODAY,
            by=lena,
            at=NOW,
        )


def test_whoever_leaves_covers_no_longer(cast: Cast) -> None:
    tom_covers_priya(cast)
    assert cast.actor("tom").holds(Role.DSL)
    end_post(post_id=cast.tom.posts.get().pk, ends_on=TODAY, by=cast.actor("tom"), at=NOW)
    assert not cast.actor("tom").posts
    assert [entry["verb"] for entry in told()[-2:]] == ["cover.ended", "post.ended"]


def test_a_cover_to_come_falls_away_with_the_post_it_rests_on(cast: Cast) -> None:
    tom_covers_priya(cast, from_day=3)
    end_post(post_id=cast.tom.posts.get().pk, ends_on=TODAY + timedelta(days=2), by=cast.actor("tom"), at=NOW)
    assert not Cover.objects.exists()


def test_whoever_keeps_another_post_there_goes_on_covering(cast: Cast) -> None:
    Post.objects.create(person=cast.tom, organisation=cast.oakfield, role=Role.GOVERNOR, starts_on=BEGAN)
    enrol(cast.tom)
    Cover.objects.create(post=cast.priya.posts.get(), covered_by=cast.tom, starts_on=TODAY, ends_on=WEEK)
    end_post(post_id=cast.tom.posts.get(role=Role.HEAD).pk, ends_on=TODAY, by=cast.actor("tom"), at=NOW)
    assert cast.actor("tom").holds(Role.DSL)
