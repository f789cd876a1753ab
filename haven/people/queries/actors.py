"""Who somebody is at a moment."""

from datetime import date
from uuid import UUID

from django.db.models.query import QuerySet

from haven.access.actor import NOBODY, Actor, HeldPost
from haven.access.roles import Kind, Role
from haven.people.models import Cover, Person, Post, ServedArea, on_day


def actor_of(*, person: Person | None, has_second_factor: bool, on: date) -> Actor:
    """The person as she is on this day: her live posts and those she covers, or none without a second factor."""
    if person is None or not person.is_active:
        return NOBODY
    if not has_second_factor:
        return Actor(person=person.pk, name=person.name, standing="no second factor")
    posts = [(post, False) for post in _live_posts(on).filter(person=person)]
    covers = Cover.objects.filter(on_day(on), covered_by=person).values("post")
    posts += [(post, True) for post in _live_posts(on).filter(pk__in=covers)]
    areas = _areas_of({post.organisation_id for post, _ in posts}, on)
    held = tuple(_held(post, areas, is_cover=is_cover) for post, is_cover in posts)
    return Actor(person=person.pk, name=person.name, posts=held, standing="" if held else "no live post")


def _live_posts(on: date) -> QuerySet[Post]:
    return Post.objects.filter(on_day(on), person__is_active=True).select_related("organisation")


def _areas_of(organisations: set[UUID], on: date) -> dict[UUID, set[UUID]]:
    areas: dict[UUID, set[UUID]] = {}
    served = ServedArea.objects.filter(on_day(on), organisation__in=organisations)
    for organisation, area in served.values_list("organisation_id", "area_id") if organisations else []:
        areas.setdefault(organisation, set()).add(area)
    return areas


def _held(post: Post, areas: dict[UUID, set[UUID]], *, is_cover: bool) -> HeldPost:
    return HeldPost(
        role=Role(post.role),
        organisation=post.organisation_id,
        organisation_name=post.organisation.name,
        kind=Kind(post.organisation.kind),
        areas=frozenset(areas.get(post.organisation_id, ())),
        is_cover=is_cover,
    )
