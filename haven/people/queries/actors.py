"""Who somebody is at a moment."""

from datetime import date
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q

from haven.access.actor import NOBODY, Actor, HeldPost
from haven.access.roles import Kind, Role
from haven.people.models import Cover, Person, Post, ServedArea, on_day

SHOWN = ("person_id", "role", "organisation_id", "organisation__name", "organisation__kind", "serves")


def actor_of(*, person: Person | None, has_second_factor: bool, on: date) -> Actor:
    """The person as she is on this day: her live posts and those she covers, or none without a second factor."""
    if person is None or not person.is_active:
        return NOBODY
    if not has_second_factor:
        return Actor(person=person.pk, name=person.name, standing="no second factor")
    held = _posts_held(person.pk, on)
    return Actor(person=person.pk, name=person.name, posts=held, standing="" if held else "no live post")


def _posts_held(person: UUID, on: date) -> tuple[HeldPost, ...]:
    """Her own posts, then those she covers, with the areas each serves: one query, since every page asks it."""
    covers = Cover.objects.filter(on_day(on), covered_by=person).values("post")
    serves = ServedArea.objects.filter(on_day(on), organisation=OuterRef("organisation")).order_by().values("area_id")
    posts = Post.objects.filter(on_day(on), Q(person=person) | Q(pk__in=covers), person__is_active=True)
    rows = posts.annotate(serves=ArraySubquery(serves)).values_list(*SHOWN)
    held = [
        HeldPost(
            role=Role(role),
            organisation=organisation,
            organisation_name=name,
            kind=Kind(kind),
            areas=frozenset(areas),
            is_cover=holder != person,
        )
        for holder, role, organisation, name, kind, areas in rows
    ]
    return tuple(sorted(held, key=lambda post: post.is_cover))
