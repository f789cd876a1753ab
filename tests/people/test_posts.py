"""Giving posts and ending them."""

from datetime import date, timedelta

import pytest
from django.core import mail

from haven.access.decision import Reason, Refused
from haven.access.roles import Role
from haven.people.models import Cover, Post
from haven.people.services.posts import end_last_post, end_post, grant_post
from tests.cast import BEGAN, NOW, TODAY, Cast
from tests.people.seen import enrol, last_told

LATER = TODAY + timedelta(days=30)


def second_lead(cast: Cast, *, starts_on: date = BEGAN, ends_on: date | None = None) -> Post:
    """Sam becomes Oakfield's other designated safeguarding lead."""
    return Post.objects.create(
        person=cast.sam, organisation=cast.oakfield, role="dsl", starts_on=starts_on, ends_on=ends_on
    )


def post_of(cast: Cast, name: str) -> Post:
    return cast.people[name].posts.get()


def end_priyas(cast: Cast, *, by: str = "tom", on: date = TODAY) -> Post:
    return end_post(post_id=post_of(cast, "priya").pk, ends_on=on, by=cast.actor(by), at=NOW)


def test_a_granted_post_is_live_at_once(cast: Cast, django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    with django_capture_on_commit_callbacks(execute=True):
        grant_post(
            person_id=cast.sam.pk, organisation_id=cast.oakfield.pk, role=Role.GOVERNOR, starts_on=TODAY, ends_on=None,
            by=cast.actor("tom"), at=NOW,
        )  # fmt: skip
    assert cast.actor("sam").holds(Role.GOVERNOR, organisation=cast.oakfield.pk)
    assert last_told()["verb"] == "post.granted"
    assert [letter.to for letter in mail.outbox] == [["sam@example.org"]]
    assert "Oakfield" not in mail.outbox[0].body


@pytest.mark.parametrize(
    ("by", "role", "starts_on"),
    [
        ("grace", Role.GOVERNOR, TODAY),
        ("sam", Role.GOVERNOR, TODAY),
        ("tom", Role.POLICE_OFFICER, TODAY),
    ],
)
def test_a_post_is_not_granted(by: str, role: Role, starts_on: date, cast: Cast) -> None:
    with pytest.raises(Refused):
        grant_post(
            person_id=cast.sam.pk, organisation_id=cast.oakfield.pk, role=role, starts_on=starts_on, ends_on=None,
            by=cast.actor(by), at=NOW,
        )  # fmt: skip
    assert not cast.sam.posts.exists()


def test_a_post_is_not_granted_twice_for_the_same_days(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        grant_post(
            person_id=cast.priya.pk, organisation_id=cast.oakfield.pk, role=Role.DSL, starts_on=LATER, ends_on=None,
            by=cast.actor("tom"), at=NOW,
        )  # fmt: skip
    assert refused.value.reason == Reason.WRONG_STATE


def test_a_closed_school_has_no_posts_to_give(cast: Cast) -> None:
    cast.oakfield.status = "closed"
    cast.oakfield.save()
    with pytest.raises(Refused):
        grant_post(
            person_id=cast.sam.pk, organisation_id=cast.oakfield.pk, role=Role.DSL, starts_on=TODAY, ends_on=None,
            by=cast.actor("tom"), at=NOW,
        )  # fmt: skip


def test_a_post_that_ends_today_is_gone_at_the_next_request(cast: Cast) -> None:
    end_post(post_id=post_of(cast, "bell").pk, ends_on=TODAY, by=cast.actor("marcus"), at=NOW)
    assert cast.actor("bell").posts == ()
    assert last_told()["verb"] == "post.ended"


def test_the_last_lead_of_a_school_cannot_go(cast: Cast) -> None:
    for by in ("priya", "tom", "marcus"):
        with pytest.raises(Refused) as refused:
            end_priyas(cast, by=by)
        assert refused.value.reason == Reason.LAST_OF_ITS_KIND
        assert "Invite a successor first" in refused.value.advice
    assert cast.actor("priya").posts


def test_she_may_go_when_somebody_else_holds_the_post_and_can_sign_in(cast: Cast) -> None:
    second_lead(cast)
    enrol(cast.sam)
    assert end_priyas(cast).ends_on == TODAY


def test_somebody_without_a_second_factor_is_no_successor(cast: Cast) -> None:
    second_lead(cast)
    with pytest.raises(Refused):
        end_priyas(cast)


def test_somebody_whose_account_is_shut_is_no_successor(cast: Cast) -> None:
    second_lead(cast)
    enrol(cast.sam)
    cast.sam.is_active = False
    cast.sam.save()
    with pytest.raises(Refused):
        end_priyas(cast)


def test_a_deputy_is_no_successor(cast: Cast) -> None:
    Post.objects.create(person=cast.sam, organisation=cast.oakfield, role="deputy-dsl", starts_on=BEGAN)
    enrol(cast.sam)
    with pytest.raises(Refused):
        end_priyas(cast)


def test_somebody_who_starts_later_or_leaves_is_no_successor(cast: Cast) -> None:
    post = second_lead(cast, starts_on=TODAY + timedelta(days=1))
    enrol(cast.sam)
    with pytest.raises(Refused):
        end_priyas(cast)
    post.starts_on, post.ends_on = BEGAN, LATER
    post.save()
    with pytest.raises(Refused):
        end_priyas(cast)


def test_a_successor_may_start_on_the_day_she_goes(cast: Cast) -> None:
    second_lead(cast, starts_on=LATER)
    enrol(cast.sam)
    assert end_priyas(cast, on=LATER).ends_on == LATER
    assert cast.actor("priya").posts


def test_the_council_may_leave_a_school_without_its_lead_for_a_reason(cast: Cast) -> None:
    end_last_post(
        post_id=post_of(cast, "priya").pk, ends_on=TODAY, why="dismissed; head acts", by=cast.actor("marcus"), at=NOW
    )
    assert cast.actor("priya").posts == ()
    assert last_told()["why"] == "dismissed; head acts"


@pytest.mark.parametrize(
    ("by", "why"), [("marcus", "  "), ("tom", "because"), ("priya", "because"), ("lena", "because")]
)
def test_the_override_needs_the_council_and_a_reason(by: str, why: str, cast: Cast) -> None:
    with pytest.raises(Refused):
        end_last_post(post_id=post_of(cast, "priya").pk, ends_on=TODAY, why=why, by=cast.actor(by), at=NOW)


def test_the_last_lead_of_a_closed_school_may_go(cast: Cast) -> None:
    cast.oakfield.status = "closed"
    cast.oakfield.save()
    assert end_priyas(cast).ends_on == TODAY


def test_she_may_leave_a_post_of_her_own_and_gets_no_letter(cast: Cast, django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    with django_capture_on_commit_callbacks(execute=True):
        end_post(post_id=post_of(cast, "lena").pk, ends_on=LATER, by=cast.actor("lena"), at=NOW)
        end_post(post_id=post_of(cast, "bell").pk, ends_on=LATER, by=cast.actor("marcus"), at=NOW)
    assert [letter.to for letter in mail.outbox] == [["bell@example.org"]]


@pytest.mark.parametrize("by", ["grace", "bell", "sam", "nadia", "nobody"])
def test_whoever_may_not_ends_nothing(by: str, cast: Cast) -> None:
    with pytest.raises(Refused):
        end_post(post_id=post_of(cast, "tom").pk, ends_on=TODAY, by=cast.actor(by), at=NOW)


def test_a_post_cannot_end_in_the_past_or_twice(cast: Cast) -> None:
    with pytest.raises(Refused):
        end_post(post_id=post_of(cast, "tom").pk, ends_on=TODAY - timedelta(days=1), by=cast.actor("tom"), at=NOW)
    end_post(post_id=post_of(cast, "tom").pk, ends_on=TODAY, by=cast.actor("tom"), at=NOW)
    with pytest.raises(Refused) as refused:
        end_post(post_id=post_of(cast, "tom").pk, ends_on=LATER, by=cast.actor("marcus"), at=NOW)
    assert refused.value.advice == "This post has ended already"


def test_a_post_that_has_not_begun_never_begins(cast: Cast) -> None:
    enrol(cast.priya)
    post = second_lead(cast, starts_on=LATER)
    ended = end_post(post_id=post.pk, ends_on=TODAY, by=cast.actor("marcus"), at=NOW)
    assert (ended.starts_on, ended.ends_on) == (LATER, LATER)
    assert cast.actor("sam", on=LATER).posts == ()


def test_a_cover_ends_with_the_post_it_covers(cast: Cast) -> None:
    post = post_of(cast, "tom")
    cover = Cover.objects.create(post=post, covered_by=cast.priya, starts_on=TODAY, ends_on=LATER)
    end_post(post_id=post.pk, ends_on=TODAY + timedelta(days=2), by=cast.actor("marcus"), at=NOW)
    cover.refresh_from_db()
    assert cover.ends_on == TODAY + timedelta(days=2)
