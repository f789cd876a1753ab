"""Naming a cover for somebody who is away."""

from datetime import date, timedelta

import pytest
from django.core import mail

from haven.access.decision import Reason, Refused
from haven.access.roles import Role
from haven.people.models import Cover, Organisation, Post
from haven.people.queries.posts import possible_covers
from haven.people.services.covers import end_cover, set_cover
from tests.cast import BEGAN, NOW, TODAY, Cast
from tests.people.seen import enrol, last_told

WEEK = TODAY + timedelta(days=7)


def cover_priya(cast: Cast, name: str, *, by: str = "priya", starts_on: date = TODAY, ends_on: date = WEEK) -> Cover:
    return set_cover(
        post_id=cast.priya.posts.get().pk,
        covered_by_id=cast.people[name].pk,
        starts_on=starts_on,
        ends_on=ends_on,
        by=cast.actor(by),
        at=NOW,
    )


def test_a_cover_may_do_what_the_post_may_for_as_long_as_it_lasts(
    cast: Cast,
    django_capture_on_commit_callbacks,  # type: ignore[no-untyped-def]
) -> None:
    enrol(cast.tom)
    with django_capture_on_commit_callbacks(execute=True):
        cover_priya(cast, "tom")
    covering = [post for post in cast.actor("tom").posts if post.is_cover]
    assert [(post.role, post.organisation) for post in covering] == [(Role.DSL, cast.oakfield.pk)]
    assert not cast.actor("tom", on=WEEK).holds(Role.DSL)
    assert last_told()["verb"] == "cover.set"
    assert [letter.to for letter in mail.outbox] == [["tom@example.org"]]
    assert "Priya" not in mail.outbox[0].body


def test_a_council_lead_may_cover_a_school_of_her_area(cast: Cast) -> None:
    enrol(cast.marcus)
    assert cover_priya(cast, "marcus").covered_by == cast.marcus


def test_a_colleague_of_the_same_trust_may_cover(cast: Cast) -> None:
    trust = Organisation.objects.create(kind="trust", name="FAIRHAVEN LEARNING TRUST", group_number=1)
    Organisation.objects.filter(pk__in=[cast.oakfield.pk, cast.ashdown.pk]).update(trust=trust)
    enrol(cast.grace)
    assert cover_priya(cast, "grace").covered_by == cast.grace


@pytest.mark.parametrize("name", ["grace", "bell", "lena", "sam", "priya"])
def test_somebody_from_elsewhere_or_herself_would_leave_nobody(name: str, cast: Cast) -> None:
    enrol(cast.people[name])
    with pytest.raises(Refused) as refused:
        cover_priya(cast, name)
    assert refused.value.reason == Reason.LAST_OF_ITS_KIND
    assert not Cover.objects.exists()


def test_somebody_without_a_second_factor_would_leave_nobody(cast: Cast) -> None:
    with pytest.raises(Refused, match="nobody"):
        cover_priya(cast, "tom")


def test_somebody_whose_account_is_shut_would_leave_nobody(cast: Cast) -> None:
    enrol(cast.tom)
    cast.tom.is_active = False
    cast.tom.save()
    with pytest.raises(Refused, match="nobody"):
        cover_priya(cast, "tom")


def test_somebody_who_leaves_meanwhile_would_leave_nobody(cast: Cast) -> None:
    enrol(cast.tom)
    cast.tom.posts.update(ends_on=WEEK - timedelta(days=1))
    with pytest.raises(Refused, match="nobody"):
        cover_priya(cast, "tom")


def test_a_post_elsewhere_does_not_make_up_for_leaving(cast: Cast) -> None:
    enrol(cast.tom)
    cast.tom.posts.update(ends_on=WEEK - timedelta(days=1))
    Post.objects.create(person=cast.tom, organisation=cast.ashdown, role="governor", starts_on=BEGAN)
    with pytest.raises(Refused, match="nobody"):
        cover_priya(cast, "tom")


def test_somebody_who_is_away_herself_would_leave_nobody(cast: Cast) -> None:
    enrol(cast.tom, cast.marcus)
    Cover.objects.create(
        post=cast.tom.posts.get(), covered_by=cast.marcus, starts_on=TODAY, ends_on=TODAY + timedelta(2)
    )
    with pytest.raises(Refused, match="nobody"):
        cover_priya(cast, "tom")
    assert cover_priya(cast, "tom", starts_on=TODAY + timedelta(2)).covered_by == cast.tom


@pytest.mark.parametrize(("starts", "ends"), [(0, 0), (3, 1), (-9, -2), (-3000, 7)])
def test_the_days_must_make_sense(starts: int, ends: int, cast: Cast) -> None:
    enrol(cast.tom)
    with pytest.raises(Refused, match="state"):
        cover_priya(cast, "tom", starts_on=TODAY + timedelta(starts), ends_on=TODAY + timedelta(ends))


def test_two_people_do_not_cover_one_post_on_one_day(cast: Cast) -> None:
    enrol(cast.tom, cast.marcus)
    cover_priya(cast, "tom")
    with pytest.raises(Refused, match="state"):
        cover_priya(cast, "marcus", starts_on=WEEK - timedelta(1), ends_on=WEEK + timedelta(1))


@pytest.mark.parametrize("by", ["grace", "bell", "sam", "nobody"])
def test_whoever_may_not_names_no_cover(by: str, cast: Cast) -> None:
    enrol(cast.tom)
    with pytest.raises(Refused):
        cover_priya(cast, "tom", by=by)


def test_a_cover_ends_when_its_holder_is_back(cast: Cast) -> None:
    enrol(cast.tom)
    cover = cover_priya(cast, "tom", starts_on=TODAY - timedelta(days=2))
    end_cover(cover_id=cover.pk, ends_on=TODAY, by=cast.actor("priya"), at=NOW)
    assert not cast.actor("tom").holds(Role.DSL)
    assert last_told()["verb"] == "cover.ended"


def test_a_cover_that_has_not_begun_is_taken_away(cast: Cast) -> None:
    enrol(cast.tom)
    cover = cover_priya(cast, "tom", starts_on=WEEK, ends_on=WEEK + timedelta(5))
    end_cover(cover_id=cover.pk, ends_on=TODAY, by=cast.actor("tom"), at=NOW)
    assert not Cover.objects.exists()
    assert last_told()["about"]["cover"]


@pytest.mark.parametrize(("by", "days"), [("grace", 0), ("priya", -1), ("priya", 30)])
def test_a_cover_is_not_ended_by_others_in_the_past_or_made_longer(by: str, days: int, cast: Cast) -> None:
    enrol(cast.tom)
    cover = cover_priya(cast, "tom")
    with pytest.raises(Refused):
        end_cover(cover_id=cover.pk, ends_on=TODAY + timedelta(days), by=cast.actor(by), at=NOW)


def test_only_those_who_could_cover_are_offered(cast: Cast) -> None:
    enrol(cast.tom, cast.marcus, cast.grace, cast.lena, cast.priya)
    offered = possible_covers(post=cast.priya.posts.get(), on=TODAY)
    assert {person.name for person in offered} == {"Tom Whitlock", "Marcus Hale"}
