"""Who somebody is at a moment."""

from haven.people.queries import actor_of
from tests.cast import TODAY, Cast


def test_a_person_without_a_second_factor_has_no_posts(cast: Cast) -> None:
    actor = actor_of(person=cast.priya, has_second_factor=False, on=TODAY)
    assert actor.posts == ()
    assert actor.standing == "no second factor"


def test_a_person_has_the_posts_that_are_live_on_the_day(cast: Cast) -> None:
    post = cast.priya.posts.get()
    post.ends_on = TODAY
    post.save()
    assert cast.actor("priya").posts == ()


def test_a_lead_leads_the_areas_her_council_serves(cast: Cast) -> None:
    assert cast.actor("marcus").leads == {cast.area.pk}
    assert not cast.actor("priya").leads
