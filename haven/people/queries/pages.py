"""What a page shows and what its reader may do there, as one frozen result. Null where she may not see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from haven.access.actor import Actor
from haven.access.roles import LABELS, Kind, Role
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
    TermDates,
)
from haven.people.policy import (
    may_edit_calendar,
    may_end_post,
    may_manage_people,
    may_override_last_post,
    may_see_organisation,
    may_set_cover,
    roles_invitable_by,
)
from haven.people.queries.organisations import (
    areas_led_by,
    areas_of,
    clusters_of,
    clusters_with,
    places_in,
    schools_of,
    terms_of,
)
from haven.people.queries.posts import PostLine, open_invitations_of, possible_covers, posts_of
from haven.people.rules.calendars import school_year_of

FARTHEST_YEAR = 3  # school years before and after this one whose terms can be set


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """An organisation with its people and days."""

    organisation: Organisation
    areas: Sequence[Area]
    clusters: Sequence[Cluster]
    posts: Sequence[PostLine]
    invitations: Sequence[Invitation]
    days: Sequence[DayOverride]
    invitable: Sequence[tuple[str, str]]  # role and what people call it
    may_edit_calendar: bool
    has_calendar: bool


@dataclass(frozen=True, slots=True)
class PostPage:
    """A post whose reader may end it or name its cover."""

    post: Post
    covers: Sequence[Cover]
    possible: Sequence[Person]
    may_override: bool


@dataclass(frozen=True, slots=True)
class AreaPage:
    """An area with its clusters and its terms, for who arranges it."""

    area: Area
    clusters: Sequence[Cluster]
    school_years: Sequence[int]


@dataclass(frozen=True, slots=True)
class ClusterPage:
    """A cluster, the schools in it and those that could be."""

    cluster: Cluster
    places: Sequence[ClusterPlace]
    others: Sequence[Organisation]


def organisation_page(*, organisation_id: UUID, by: Actor, on: date) -> OrganisationPage | None:
    """The page of one organisation."""
    organisation = Organisation.objects.select_related("trust").filter(pk=organisation_id).first()
    if organisation is None or not may_see_organisation(by, organisation, on=on):
        return None
    roles = roles_invitable_by(by, organisation, on=on)
    may_manage = bool(roles) or bool(may_manage_people(by, organisation, on=on))
    return OrganisationPage(
        organisation=organisation,
        areas=list(areas_of(organisation=organisation.pk, on=on)),
        clusters=list(clusters_with(organisation=organisation.pk, on=on)),
        posts=posts_of(organisation=organisation, by=by, on=on),
        invitations=list(open_invitations_of(organisation=organisation)) if may_manage else [],
        days=list(organisation.day_overrides.filter(day_on__gte=on)),
        invitable=[(role.value, LABELS[role]) for role in Role if role in roles],
        may_edit_calendar=bool(may_edit_calendar(by, organisation, on=on)),
        has_calendar=organisation.kind == Kind.SCHOOL,
    )


def post_page(*, post_id: UUID, by: Actor, on: date) -> PostPage | None:
    """A post, for whoever may end it or name its cover."""
    post = Post.objects.select_related("organisation", "person").filter(pk=post_id).first()
    if post is None or not (may_end_post(by, post, on=on) or may_set_cover(by, post, on=on)):
        return None
    return PostPage(
        post=post,
        covers=list(post.covers.filter(ends_on__gt=on).select_related("covered_by")),
        possible=list(possible_covers(post=post, on=on)),
        may_override=bool(may_override_last_post(by, post, on=on)),
    )


def area_page(*, area_id: UUID, by: Actor, on: date) -> AreaPage | None:
    """An area, for whoever arranges it, with this school year and the next."""
    area = areas_led_by(by=by).filter(pk=area_id).first()
    if area is None:
        return None
    this = school_year_of(on)
    return AreaPage(area=area, clusters=list(clusters_of(areas=[area.pk])), school_years=[this, this + 1])


def terms_page(*, area_id: UUID, school_year: int, by: Actor, on: date) -> tuple[Area, Sequence[TermDates]] | None:
    """An area's terms of one year not far from this day, for whoever sets them."""
    area = areas_led_by(by=by).filter(pk=area_id).first()
    if area is None or abs(school_year - school_year_of(on)) > FARTHEST_YEAR:
        return None
    return area, list(terms_of(area=area.pk, school_year=school_year))


def cluster_page(*, cluster_id: UUID, by: Actor, on: date) -> ClusterPage | None:
    """A cluster, for whoever arranges its area."""
    cluster = clusters_of(areas=by.leads).filter(pk=cluster_id).first()
    if cluster is None:
        return None
    places = list(places_in(cluster=cluster.pk, on=on))
    within = [place.organisation_id for place in places]
    others = schools_of(area=cluster.area_id, on=on).exclude(pk__in=within)
    return ClusterPage(cluster=cluster, places=places, others=list(others))
