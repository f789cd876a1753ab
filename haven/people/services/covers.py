"""Naming a cover for somebody who is away."""

from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.access.roles import Role
from haven.ledger.services import record
from haven.people import letters
from haven.people.models import Cover, Person, Post
from haven.people.policy import may_end_cover, may_set_cover
from haven.people.queries.posts import posts_near, with_second_factor
from haven.people.rules.posts import Term, covering

NOBODY_LEFT = (
    "That would leave nobody. Name somebody who holds a post in the organisation or its trust, or a council lead, for "
    "the whole time, who has a second factor and is not away herself"
)


@transaction.atomic
def set_cover(*, post_id: UUID, covered_by_id: UUID, starts_on: date, ends_on: date, by: Actor, at: datetime) -> Cover:
    """Name who does a post's work from one day up to, not including, another. Refused where that leaves nobody."""
    post = Post.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=post_id)
    require(may_set_cover(by, post, on=timezone.localdate(at)))
    away = _time_away(post, starts_on, ends_on, at)
    others = Person.objects.select_for_update().filter(is_active=True).exclude(pk=post.person_id)
    person = others.filter(pk=covered_by_id).first()
    if person is None:
        raise Refused(Reason.LAST_OF_ITS_KIND, NOBODY_LEFT)
    _require_there(person, post, away, at)
    try:
        with transaction.atomic():
            cover = Cover.objects.create(post=post, covered_by=person, starts_on=starts_on, ends_on=ends_on)
    except IntegrityError:
        raise Refused(Reason.WRONG_STATE, "This post has a cover already on some of these days") from None
    record("cover.set", by=by, at=at, about=_facts(cover))
    transaction.on_commit(partial(letters.cover_named, to=person.email), robust=True)
    return cover


@transaction.atomic
def end_cover(*, cover_id: UUID, ends_on: date, by: Actor, at: datetime) -> Cover:
    """End a cover early: its holder is back. A cover that has not begun is taken away."""
    cover = Cover.objects.select_for_update(of=("self",)).select_related("post__organisation").get(pk=cover_id)
    require(may_end_cover(by, cover, on=timezone.localdate(at)))
    if not timezone.localdate(at) <= ends_on <= cover.ends_on:
        raise Refused(Reason.WRONG_STATE, "A cover can only be made shorter, and not in the past")
    return _shorten(cover, ends_on, by, at)


@transaction.atomic
def end_covers_without_post(*, person_id: UUID, from_day: date, by: Actor, at: datetime) -> None:
    """End what she covers from a day on, where no post of hers near it holds any more. The caller has asked who may."""
    covers = Cover.objects.select_for_update(of=("self",)).select_related("post__organisation")
    for cover in covers.filter(covered_by=person_id, ends_on__gt=from_day):
        rest = Term(max(cover.starts_on, from_day), cover.ends_on)
        near = posts_near(cover.post, max(rest.starts_on, timezone.localdate(at))).filter(person=person_id)
        if not any(Term(*each).spans(rest) for each in near.values_list("starts_on", "ends_on")):
            _shorten(cover, from_day, by, at)


def _shorten(cover: Cover, ends_on: date, by: Actor, at: datetime) -> Cover:
    about = _facts(cover) | {"ends_on": ends_on}
    if ends_on <= cover.starts_on:
        cover.delete()  # it never was: the ledger keeps that it was meant to be
    else:
        cover.ends_on = ends_on
        cover.save(update_fields=["ends_on"])
    record("cover.ended", by=by, at=at, about=about)
    return cover


def _time_away(post: Post, starts_on: date, ends_on: date, at: datetime) -> Term:
    away = Term(starts_on, ends_on)
    if ends_on <= starts_on or ends_on <= timezone.localdate(at):
        raise Refused(Reason.WRONG_STATE, "The last day away must come after the first, and not be past")
    if not Term(post.starts_on, post.ends_on).spans(away):
        raise Refused(Reason.WRONG_STATE, "The post is not held for all of that time")
    return away


def _require_there(person: Person, post: Post, away: Term, at: datetime) -> None:
    """Refuse unless this person can do the work all the while."""
    near = posts_near(post, max(away.starts_on, timezone.localdate(at))).filter(person=person)
    absences = Cover.objects.filter(post__person=person).values_list("starts_on", "ends_on")
    decision = covering(
        away,
        stands_in_from=[Term(*each) for each in near.values_list("starts_on", "ends_on")],
        is_away=any(Term(*each).meets(away) for each in absences),
        has_second_factor=Person.objects.filter(with_second_factor("pk"), pk=person.pk).exists(),
    )
    require(decision, NOBODY_LEFT)


def _facts(cover: Cover) -> dict[str, object]:
    return {
        "cover": cover.pk,
        "post": cover.post_id,
        "organisation": cover.post.organisation_id,
        "role": Role(cover.post.role),
        "covered_by": cover.covered_by_id,
        "starts_on": cover.starts_on,
        "ends_on": cover.ends_on,
    }
