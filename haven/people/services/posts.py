"""Giving somebody a post, and ending it."""

from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.access.roles import Kind, Role
from haven.ledger.services import record
from haven.people import letters
from haven.people.models import Organisation, Person, Post, Status
from haven.people.policy import may_end_post, may_invite, may_override_last_post
from haven.people.queries.posts import with_second_factor
from haven.people.rules.posts import Term, ending, has_room_for, is_unbroken
from haven.people.services.covers import end_covers_without_post

NAME_A_SUCCESSOR = (
    "This is the school's only designated safeguarding lead who can sign in on that day. "
    "Invite a successor first, or ask the council's safeguarding lead"
)


@transaction.atomic
def grant_post(
    *,
    person_id: UUID,
    organisation_id: UUID,
    role: Role,
    starts_on: date,
    ends_on: date | None,
    by: Actor,
    at: datetime,
) -> Post:
    """Give a post to somebody who has an account."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    require(may_invite(by, organisation, role, on=timezone.localdate(at)))
    if organisation.status == Status.CLOSED or not has_room_for(Kind(organisation.kind), role):
        raise Refused(Reason.WRONG_STATE, "This organisation has no such post")
    person = Person.objects.get(pk=person_id, is_active=True)
    try:
        with transaction.atomic():
            post = Post.objects.create(
                person=person, organisation=organisation, role=role, starts_on=starts_on, ends_on=ends_on
            )
    except IntegrityError:
        raise Refused(Reason.WRONG_STATE, "She holds this post already on some of these days") from None
    about = _facts(post) | {"starts_on": starts_on, "ends_on": ends_on}
    record("post.granted", by=by, at=at, about=about)
    transaction.on_commit(partial(letters.post_granted, to=person.email), robust=True)
    return post


@transaction.atomic
def end_post(*, post_id: UUID, ends_on: date, by: Actor, at: datetime) -> Post:
    """Give a post its first day on which it is held no more. With today's date it ends at the next request.

    Refused where an open school would be left without a designated safeguarding lead who can sign in.
    """
    post = _post_to_end(post_id)
    require(may_end_post(by, post, on=timezone.localdate(at)))
    _require_possible(post, ends_on, at)
    kind, role = Kind(post.organisation.kind), Role(post.role)
    decision = ending(kind, role, is_open=_is_open(post), has_successor=_has_successor(post, ends_on))
    require(decision, NAME_A_SUCCESSOR)
    return _end(post, ends_on, by, at, why="")


@transaction.atomic
def end_last_post(*, post_id: UUID, ends_on: date, why: str, by: Actor, at: datetime) -> Post:
    """End a school's last post of designated safeguarding lead: the council's leads may, and only with a reason."""
    post = _post_to_end(post_id)
    require(may_override_last_post(by, post, on=timezone.localdate(at)))
    _require_possible(post, ends_on, at)
    if not why.strip():
        raise Refused(Reason.WRONG_STATE, "Say why the school is to be left without a designated safeguarding lead")
    return _end(post, ends_on, by, at, why=why.strip())


def _post_to_end(post_id: UUID) -> Post:
    """The post, with its organisation locked: two ends at once could each take the other for the successor."""
    post = Post.objects.select_related("organisation", "person").get(pk=post_id)
    Organisation.objects.select_for_update().get(pk=post.organisation_id)
    return Post.objects.select_for_update(of=("self",)).select_related("organisation", "person").get(pk=post_id)


def _require_possible(post: Post, ends_on: date, at: datetime) -> None:
    today = timezone.localdate(at)
    if post.ends_on is not None and post.ends_on <= today:
        raise Refused(Reason.WRONG_STATE, "This post has ended already")
    if ends_on < min(max(post.starts_on, today), today):
        raise Refused(Reason.WRONG_STATE, "A post cannot end in the past")


def _is_open(post: Post) -> bool:
    return post.organisation.status in {Status.OPEN, Status.CLOSING}


def _has_successor(post: Post, ends_on: date) -> bool:
    """Whether from that day until she would have gone anyway the post is held by others who can sign in."""
    others = post.organisation.posts.filter(with_second_factor("person"), role=post.role, person__is_active=True)
    terms = [Term(*each) for each in others.exclude(pk=post.pk).values_list("starts_on", "ends_on")]
    return is_unbroken(terms, from_day=ends_on, until=post.ends_on)


def _end(post: Post, ends_on: date, by: Actor, at: datetime, *, why: str) -> Post:
    post.ends_on = max(ends_on, post.starts_on)  # a post that has not begun never begins
    post.save(update_fields=["ends_on"])
    post.covers.filter(Q(ends_on__gt=post.ends_on), starts_on__lt=post.ends_on).update(ends_on=post.ends_on)
    end_covers_without_post(person_id=post.person_id, from_day=post.ends_on, by=by, at=at)
    record("post.ended", by=by, at=at, about=_facts(post) | {"ends_on": post.ends_on}, why=why)
    if by.person != post.person_id:
        transaction.on_commit(partial(letters.post_ended, to=post.person.email), robust=True)
    return post


def _facts(post: Post) -> dict[str, object]:
    return {"post": post.pk, "person": post.person_id, "organisation": post.organisation_id, "role": post.role}
