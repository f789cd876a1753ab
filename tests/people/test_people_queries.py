"""Whom to write to, and which organisations somebody finds."""

from datetime import timedelta

import pytest

from haven.access.roles import Role
from haven.people.models import Cover, Organisation, Post
from haven.people.queries import (
    areas_led_by,
    clusters_of,
    directory,
    holders,
    organisation_for,
    organisations_of,
    schools_of,
)
from haven.people.queries.posts import covers_kept_by, posts_of
from tests.cast import BEGAN, TODAY, Cast
from tests.people.seen import enrol

WEEK = TODAY + timedelta(days=7)
LEADS = [Role.DSL, Role.HEAD]


def addresses(cast: Cast, *places: str) -> list[str]:
    found = holders(roles=LEADS, organisations=[cast.organisations[place].pk for place in places], on=TODAY)
    return [recipient.email for recipient in found]


def test_the_holders_of_the_roles_are_written_to_each_once(cast: Cast) -> None:
    Post.objects.create(person=cast.priya, organisation=cast.oakfield, role="head", starts_on=BEGAN)
    assert addresses(cast, "oakfield") == ["priya@example.org", "tom@example.org"]
    assert addresses(cast, "oakfield", "ashdown") == ["grace@example.org", "priya@example.org", "tom@example.org"]
    assert addresses(cast, "police") == []


def test_whoever_covers_is_written_to_as_well(cast: Cast) -> None:
    Cover.objects.create(post=cast.priya.posts.get(), covered_by=cast.marcus, starts_on=TODAY, ends_on=WEEK)
    assert "marcus@example.org" in addresses(cast, "oakfield")
    Cover.objects.update(starts_on=TODAY + timedelta(1))
    assert "marcus@example.org" not in addresses(cast, "oakfield")


def test_leavers_and_shut_accounts_are_not_written_to(cast: Cast) -> None:
    cast.priya.posts.update(ends_on=TODAY)
    cast.tom.is_active = False
    cast.tom.save()
    assert addresses(cast, "oakfield") == []


def test_the_cover_of_a_post_that_has_ended_is_not_written_to(cast: Cast) -> None:
    Cover.objects.create(post=cast.priya.posts.get(), covered_by=cast.marcus, starts_on=TODAY, ends_on=WEEK)
    cast.priya.posts.update(ends_on=TODAY)
    assert addresses(cast, "oakfield") == ["tom@example.org"]


def names(found: object) -> list[str]:
    return [organisation.name for organisation in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("oakfield", ["Oakfield Primary School"]),
        ("OAK primary", ["Oakfield Primary School"]),
        ("900002", ["Ashdown Academy"]),
        ("seaborough", ["Ashdown Academy"]),
        ("zz9", ["Ashdown Academy"]),
        ("ash sea", ["Ashdown Academy"]),
        ("oakfield seaborough", []),
        ("99999999999999999999", []),
        ("%", []),
    ],
)
def test_a_lead_finds_by_name_town_urn_and_postcode(search: str, found: list[str], cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.ashdown.pk).update(town="Seaborough", postcode="ZZ9 1AA")
    assert names(directory(by=cast.actor("marcus"), on=TODAY, search=search)) == found


def test_the_directory_holds_what_somebody_may_see_and_no_more(cast: Cast) -> None:
    assert len(directory(by=cast.actor("marcus"), on=TODAY)) == 7
    assert names(directory(by=cast.actor("priya"), on=TODAY)) == ["Oakfield Primary School"]
    assert names(directory(by=cast.actor("sam"), on=TODAY)) == []
    assert organisation_for(organisation_id=cast.oakfield.pk, by=cast.actor("grace"), on=TODAY) is None
    assert organisation_for(organisation_id=cast.oakfield.pk, by=cast.actor("marcus"), on=TODAY) == cast.oakfield


def test_the_schools_of_an_area_are_open_and_of_the_phase_asked_for(cast: Cast) -> None:
    assert names(schools_of(area=cast.area.pk, on=TODAY)) == ["Ashdown Academy", "Oakfield Primary School"]
    assert names(schools_of(area=cast.area.pk, on=TODAY, phases=["primary"])) == ["Oakfield Primary School"]
    Organisation.objects.filter(pk=cast.oakfield.pk).update(status="closed")
    assert names(schools_of(area=cast.area.pk, on=TODAY)) == ["Ashdown Academy"]
    cast.ashdown.served_areas.update(ends_on=TODAY)
    assert names(schools_of(area=cast.area.pk, on=TODAY)) == []


def test_where_somebody_works_and_what_she_leads(cast: Cast) -> None:
    assert names(organisations_of(by=cast.actor("priya"))) == ["Oakfield Primary School"]
    assert list(areas_led_by(by=cast.actor("marcus"))) == [cast.area]
    assert list(areas_led_by(by=cast.actor("priya"))) == []
    assert list(clusters_of(areas=[cast.area.pk])) == []


def test_the_posts_of_an_organisation_say_what_stands_in_the_way_and_what_may_be_done(cast: Cast) -> None:
    enrol(cast.tom)
    Post.objects.create(person=cast.sam, organisation=cast.oakfield, role="deputy-dsl", starts_on=WEEK)
    Post.objects.create(person=cast.lena, organisation=cast.oakfield, role="governor", starts_on=BEGAN, ends_on=TODAY)
    cover = Cover.objects.create(post=cast.priya.posts.get(), covered_by=cast.tom, starts_on=TODAY, ends_on=WEEK)
    Cover.objects.create(post=cover.post, covered_by=cast.marcus, starts_on=WEEK, ends_on=WEEK + timedelta(1))
    lines = posts_of(organisation=cast.oakfield, by=cast.actor("priya"), on=TODAY)
    assert [
        (line.post.role, line.awaits_second_factor, line.starts_later, line.may_end, line.cover) for line in lines
    ] == [
        ("dsl", True, False, True, cover),
        ("deputy-dsl", False, True, False, None),
        ("head", False, False, False, None),
    ]


def test_somebody_sees_the_covers_she_has_given_and_taken_on(cast: Cast) -> None:
    cover = Cover.objects.create(post=cast.priya.posts.get(), covered_by=cast.tom, starts_on=TODAY, ends_on=WEEK)
    for name in ("priya", "tom"):
        assert list(covers_kept_by(by=cast.actor(name), on=TODAY)) == [cover]
        assert list(covers_kept_by(by=cast.actor(name), on=WEEK)) == []
    assert list(covers_kept_by(by=cast.actor("grace"), on=TODAY)) == []
    assert list(covers_kept_by(by=cast.actor("sam"), on=TODAY)) == []


def test_in_the_demonstration_nobody_waits_for_a_second_factor(cast: Cast, settings) -> None:  # type: ignore[no-untyped-def]
    settings.IS_DEMO = True
    lines = posts_of(organisation=cast.oakfield, by=cast.actor("priya"), on=TODAY)
    assert [line.awaits_second_factor for line in lines] == [False, False]
