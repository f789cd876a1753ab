"""Every constraint of people's rows, broken once."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DataError, IntegrityError, transaction
from django.db.models import ProtectedError

from haven.people.models import (
    Area,
    Cluster,
    ClusterPlace,
    Cover,
    DayOverride,
    Invitation,
    Organisation,
    Person,
    Post,
    ServedArea,
    Succession,
    TermDates,
)
from tests.cast import BEGAN, NOW, TODAY, Cast

LATER = TODAY + timedelta(days=30)


def invitation(cast: Cast, **said: object) -> Invitation:
    usual = {
        "email": "new@example.org",
        "name": "Robin Vale",
        "organisation": cast.oakfield,
        "role": "deputy-dsl",
        "starts_on": TODAY,
        "invited_by": cast.priya,
        "invited_at": NOW,
        "expires_at": NOW + timedelta(days=14),
        "secret_hash": "a" * 64,
    }
    return Invitation.objects.create(**usual | said)


def post(cast: Cast, **said: object) -> Post:
    return Post.objects.create(**{"person": cast.sam, "organisation": cast.oakfield, "role": "dsl"} | said)


def cover(cast: Cast, starts_on: date, ends_on: date) -> Cover:
    return Cover.objects.create(post=cast.priya.posts.get(), covered_by=cast.tom, starts_on=starts_on, ends_on=ends_on)


def two_covers_at_once(cast: Cast) -> None:
    cover(cast, TODAY, LATER)
    cover(cast, LATER - timedelta(days=1), LATER + timedelta(days=1))


def two_places_in_a_cluster(cast: Cast) -> None:
    cluster = Cluster.objects.create(area=cast.area, name="North")
    for _ in range(2):
        ClusterPlace.objects.create(cluster=cluster, organisation=cast.oakfield, starts_on=TODAY)


def two_clusters_of_one_name(cast: Cast) -> None:
    for _ in range(2):
        Cluster.objects.create(area=cast.area, name="North")


def two_homes(cast: Cast) -> None:
    other = Area.objects.create(name="Seaborough", code="998")
    ServedArea.objects.create(organisation=cast.oakfield, area=other, starts_on=TODAY)


def overlapping_terms(cast: Cast) -> None:
    for starts, ends in ((date(2026, 1, 5), date(2026, 2, 13)), (date(2026, 2, 13), date(2026, 3, 27))):
        TermDates.objects.create(area=cast.area, school_year=2025, name="Spring", starts_on=starts, ends_on=ends)


def two_overrides_of_a_day(cast: Cast) -> None:
    for _ in range(2):
        DayOverride.objects.create(organisation=cast.oakfield, day_on=TODAY)


def one_succession_twice(cast: Cast) -> None:
    for _ in range(2):
        Succession.objects.create(predecessor=cast.oakfield, successor=cast.ashdown)


def two_invitations_to_one_post(cast: Cast) -> None:
    invitation(cast)
    invitation(cast, secret_hash="b" * 64)


def one_secret_twice(cast: Cast) -> None:
    invitation(cast)
    invitation(cast, role="governor")


BREAKS: dict[str, Callable[[Cast], object]] = {
    "people_area_code_key": lambda cast: Area.objects.create(name="Another", code="999"),
    "an_organisation_serves_an_area_once_at_a_time": lambda cast: ServedArea.objects.create(
        organisation=cast.oakfield, area=cast.area, is_home=False, starts_on=TODAY
    ),
    "an_organisation_lies_in_one_area_at_a_time": two_homes,
    "a_clusters_name_stands_once_in_an_area": two_clusters_of_one_name,
    "a_school_is_in_a_cluster_once_at_a_time": two_places_in_a_cluster,
    "no_term_ends_before_it_starts": lambda cast: TermDates.objects.create(
        area=cast.area, school_year=2025, name="Spring", starts_on=LATER, ends_on=TODAY
    ),
    "terms_of_an_area_do_not_overlap": overlapping_terms,
    "a_school_differs_once_a_day": two_overrides_of_a_day,
    "every_school_has_a_urn": lambda cast: Organisation.objects.create(kind="school", name="Nowhere"),
    "people_organisation_urn_key": lambda cast: Organisation.objects.create(kind="school", name="Twin", urn=900001),
    "people_organisation_group_number_key": lambda cast: [
        Organisation.objects.create(kind="trust", name=name, group_number=1) for name in ("One", "Other")
    ],
    "no_organisation_closes_before_it_opens": lambda cast: Organisation.objects.create(
        kind="charity", name="Brief", opened_on=LATER, closed_on=TODAY
    ),
    "a_succession_stands_once": one_succession_twice,
    "no_school_succeeds_itself": lambda cast: Succession.objects.create(
        predecessor=cast.oakfield, successor=cast.oakfield
    ),
    "addresses_are_kept_in_small_letters": lambda cast: Person.objects.create(email="Robin@example.org", name="Robin"),
    "people_person_email_key": lambda cast: Person.objects.create(email="priya@example.org", name="Another"),
    "no_post_ends_before_it_starts": lambda cast: post(cast, starts_on=LATER, ends_on=TODAY),
    "a_person_holds_a_post_once_at_a_time": lambda cast: post(cast, person=cast.priya, starts_on=TODAY),
    "a_cover_lasts_at_least_a_day": lambda cast: cover(cast, TODAY, TODAY),
    "a_post_has_one_cover_at_a_time": two_covers_at_once,
    "an_accepted_invitation_has_its_post": lambda cast: invitation(cast, accepted_at=NOW),
    "no_accepted_invitation_is_withdrawn": lambda cast: invitation(
        cast, accepted_at=NOW, post=cast.priya.posts.get(), withdrawn_at=NOW
    ),
    "invited_addresses_are_in_small_letters": lambda cast: invitation(cast, email="New@example.org"),
    "no_invitation_expires_before_it_is_sent": lambda cast: invitation(cast, expires_at=NOW),
    "an_invitation_to_a_post_is_open_once": two_invitations_to_one_post,
    "people_invitation_secret_hash_key": one_secret_twice,
}


@pytest.mark.parametrize("constraint", BREAKS)
def test_the_database_refuses_what_breaks(constraint: str, cast: Cast) -> None:
    with pytest.raises((IntegrityError, DataError), match=constraint), transaction.atomic():
        BREAKS[constraint](cast)


@pytest.mark.parametrize(
    ("model", "said"),
    [
        (ServedArea, {"is_home": False}),
        (ClusterPlace, {}),
    ],
)
def test_no_dated_place_ends_before_it_starts(model: type, said: dict[str, object], cast: Cast) -> None:
    where = {"area": Area.objects.create(name="Seaborough", code="998")}
    if model is ClusterPlace:
        where = {"cluster": Cluster.objects.create(area=cast.area, name="North")}
    with pytest.raises(DataError, match="range lower bound"), transaction.atomic():
        model.objects.create(organisation=cast.oakfield, starts_on=LATER, ends_on=TODAY, **where, **said)


def test_every_constraint_of_people_is_broken_here() -> None:
    models = [
        Area, Cluster, ClusterPlace, Cover, DayOverride, Invitation, Organisation, Person, Post, ServedArea, Succession,
    ]  # fmt: skip
    named = {constraint.name for model in [*models, TermDates] for constraint in model._meta.constraints}
    assert len(named) > 15
    assert named <= set(BREAKS)


def test_posts_that_follow_each_other_meet_on_a_day(cast: Cast) -> None:
    held = cast.priya.posts.get()
    held.ends_on = TODAY
    held.save()
    assert post(cast, person=cast.priya, starts_on=TODAY).starts_on == TODAY


@pytest.mark.parametrize("name", ["oakfield", "area", "priya"])
def test_nothing_that_others_stand_on_is_deleted(name: str, cast: Cast) -> None:
    with pytest.raises(ProtectedError):
        (cast.area if name == "area" else getattr(cast, name)).delete()


def test_no_row_names_a_person_in_passing(cast: Cast) -> None:
    assert BEGAN < TODAY
    rows = [cast.priya, cast.priya.posts.get(), cover(cast, TODAY, LATER), invitation(cast)]
    assert not any("Priya" in str(row) or "example.org" in str(row) or "Robin" in str(row) for row in rows)
