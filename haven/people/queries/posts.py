"""Who holds which post, and whom to write to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.db.models.query import QuerySet

from haven.access.actor import Actor
from haven.access.roles import COUNCIL_LEADS, Kind, Role
from haven.people.models import Cover, Invitation, Organisation, Person, Post, ServedArea, on_day
from haven.people.policy import factors_reset_by, posts_ended_by

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to write to."""

    person: UUID
    email: str


@dataclass(frozen=True, slots=True)
class PostLine:
    """One post as its organisation sees it."""

    post: Post
    cover: Cover | None  # of today, or the next
    starts_later: bool
    awaits_second_factor: bool  # until she has enrolled one, its holder can do nothing
    may_end: bool
    may_reset_factor: bool  # its holder has one, and may have lost it


def holders(*, roles: Collection[Role], organisations: Collection[UUID], on: date) -> list[Recipient]:
    """Everybody who holds or covers one of the roles in one of the organisations on this day, each once."""
    posts = Post.objects.filter(on_day(on), role__in=roles, organisation__in=organisations)
    found = (
        posts.filter(person__is_active=True)
        .values_list("person", "person__email")
        .union(
            Cover.objects.filter(on_day(on), post__in=posts, covered_by__is_active=True).values_list(
                "covered_by", "covered_by__email"
            )
        )
    )
    return [Recipient(person, email) for person, email in sorted(set(found), key=lambda each: each[1])]


def holding(*, roles: Collection[Role], organisations: Collection[UUID], on: date) -> set[tuple[UUID, Role, UUID]]:
    """The same people, each with where and as what: organisation, role, person."""
    posts = Post.objects.filter(on_day(on), role__in=roles, organisation__in=organisations).order_by()
    covers = Cover.objects.filter(on_day(on), post__in=posts, covered_by__is_active=True).order_by()
    held = posts.filter(person__is_active=True).values_list("organisation", "role", "person")
    found = held.union(covers.values_list("post__organisation", "post__role", "covered_by"))
    return {(organisation, Role(role), person) for organisation, role, person in found}


def able_posts(on: date) -> QuerySet[Post]:
    """The posts whose holders can act on this day: active, and with a second factor enrolled."""
    posts = Post.objects.filter(on_day(on), person__is_active=True)
    return posts.filter(with_second_factor("person"))


def with_second_factor(path: str) -> Q:
    """Whether the person at the end of this path has enrolled a second factor. In the demonstration, everybody has."""
    if settings.IS_DEMO:
        return Q()
    return Q(Exists(Authenticator.objects.filter(user=OuterRef(path), type__in=SECOND_FACTORS)))


def inviters_to(*, organisation: Organisation, role: Role, on: date) -> QuerySet[Post]:
    """The posts of those who can sign in and bring this role into this agency: its like, and for the council its lead.

    A council is not without its lead while another that serves the area has one.
    """
    places = Organisation.objects.filter(pk=organisation.pk)
    if organisation.kind == Kind.COUNCIL:
        areas = ServedArea.objects.filter(on_day(on), organisation=organisation).values("area")
        serving = ServedArea.objects.filter(on_day(on), area__in=areas).values("organisation")
        places = Organisation.objects.filter(kind=Kind.COUNCIL, pk__in=serving)
    return able_posts(on).filter(organisation__in=places, role__in={role, Role.SAFEGUARDING_LEAD})


def posts_of(*, organisation: Organisation, by: Actor, on: date) -> list[PostLine]:
    """The posts of an organisation from this day on, by role and name, each with what the asker may do."""
    open_ended = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    posts = list(Post.objects.filter(open_ended, organisation=organisation).select_related("person"))
    ended = set(Post.objects.filter(posts_ended_by(by, on=on), organisation=organisation).values_list("pk", flat=True))
    able = set(able_posts(on).filter(organisation=organisation).values_list("pk", flat=True))
    covers = _covers_of(posts, on)
    resettable = set(_resettable_in(organisation, by, on))
    lines = [
        PostLine(
            post,
            cover=covers.get(post.pk),
            starts_later=post.starts_on > on,
            awaits_second_factor=post.starts_on <= on and post.pk not in able,
            may_end=post.pk in ended,
            may_reset_factor=post.person_id in resettable,
        )
        for post in posts
    ]
    order = list(Role)
    return sorted(lines, key=lambda line: (order.index(Role(line.post.role)), line.post.person.name))


def resettable_by(*, by: Actor, on: date) -> QuerySet[Person]:
    """The people whose second factor this actor may reset when they have lost it."""
    return Person.objects.filter(factors_reset_by(by, on=on))


def posts_near(post: Post, on: date) -> QuerySet[Post]:
    """The posts from which somebody may stand in for this one: the organisation's, its trust's, the council leads'."""
    near = Q(organisation=post.organisation_id)
    if trust := post.organisation.trust_id:
        near |= Q(organisation__trust=trust) | Q(organisation=trust)
    areas = ServedArea.objects.filter(on_day(on), organisation=post.organisation_id).values("area")
    serving = ServedArea.objects.filter(on_day(on), area__in=areas).values("organisation")
    return Post.objects.filter(near | Q(role__in=COUNCIL_LEADS, organisation__in=serving))


def possible_covers(*, post: Post, on: date) -> QuerySet[Person]:
    """Who may be named as a post's cover from this day."""
    near = posts_near(post, on).filter(on_day(on)).values("person")
    able = Person.objects.filter(with_second_factor("pk"), pk__in=near, is_active=True)
    return able.exclude(pk=post.person_id)


def covers_kept_by(*, by: Actor, on: date) -> QuerySet[Cover]:
    """The covers under way or to come of one's own posts, and those that one has taken on."""
    mine = Q(post__person=by.person) | Q(covered_by=by.person)
    covers = Cover.objects.filter(mine, ends_on__gt=on) if by.posts else Cover.objects.none()
    return covers.select_related("post__organisation", "post__person", "covered_by")


def open_invitations_of(*, organisation: Organisation) -> QuerySet[Invitation]:
    """The invitations to an organisation that are neither taken up nor withdrawn, newest first."""
    return organisation.invitations.filter(accepted_at=None, withdrawn_at=None)


def _resettable_in(organisation: Organisation, by: Actor, on: date) -> QuerySet[Person, UUID]:
    enrolled = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_FACTORS)
    resettable = resettable_by(by=by, on=on).filter(Exists(enrolled), posts__organisation=organisation)
    return resettable.values_list("pk", flat=True)


def _covers_of(posts: list[Post], on: date) -> dict[UUID, Cover]:
    """The cover of each post that is under way, or else the next."""
    coming = Cover.objects.filter(post__in=posts, ends_on__gt=on).select_related("covered_by").order_by("-starts_on")
    return {cover.post_id: cover for cover in coming}
