"""Rows taken to be changed: locked, and only for those who may."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.access.roles import LABELS, SCHOOL_LEADS, SCHOOL_ROLES, Role
from haven.people.models import Organisation, Post
from haven.people.queries import on_day
from haven.policies.models import Link, Policy, Version
from haven.policies.policy import may_keep, may_read_all

GONE = "This policy is withdrawn, so nothing can be done with it."


def policy_locked(*, policy_id: UUID) -> Policy:
    """The policy, locked: whatever is done with it or its parts waits here. Who may, the caller asks."""
    return Policy.objects.select_for_update(of=("self",)).select_related("school").get(pk=policy_id)


def policy_for_update(*, policy_id: UUID, by: Actor) -> Policy:
    """A standing policy of a school she keeps the register of, locked. Raises `Refused`."""
    policy = policy_locked(policy_id=policy_id)
    require(may_keep(by, policy.school_id))
    require_standing(policy)
    return policy


def require_standing(policy: Policy) -> None:
    """Raises `Refused` for one that is withdrawn."""
    if policy.is_withdrawn:
        raise Refused(Reason.WRONG_STATE, GONE)


def version_locked(*, version_id: UUID) -> Version:
    """The version of a standing policy, both locked. Who may, the caller asks."""
    policy = policy_locked(policy_id=Version.objects.values_list("policy", flat=True).get(pk=version_id))
    version = Version.objects.select_for_update(of=("self",)).get(pk=version_id)
    version.policy = policy
    return version


def link_for_update(*, link_id: UUID, by: Actor) -> Link:
    """A link of a standing policy she keeps. Raises `Refused`."""
    policy = policy_for_update(policy_id=Link.objects.values_list("policy", flat=True).get(pk=link_id), by=by)
    link = Link.objects.select_for_update(of=("self",)).get(pk=link_id)
    link.policy = policy
    return link


def policy_to_keep(*, policy_id: UUID, by: Actor) -> Policy:
    """A standing policy of a school she keeps the register of, to be shown in a form. Raises `Refused`."""
    policy = Policy.objects.select_related("school", "owner").get(pk=policy_id)
    require(may_keep(by, policy.school_id))
    require_standing(policy)
    return policy


def version_to_decide(*, version_id: UUID, by: Actor) -> Version:
    """A version in the making, as whoever may read it all is shown it to be decided. Raises `Refused`."""
    version = Version.objects.select_related("policy__school", "file", "sent_by", "drafted_by").get(pk=version_id)
    require(may_read_all(by, version.policy.school_id))
    require_standing(version.policy)
    return version


def school_to_keep(*, school_id: UUID | None, by: Actor) -> tuple[Organisation, tuple[Organisation, ...]]:
    """The school whose register she keeps, and every such school. Raises `Refused` where there is none."""
    mine = tuple(Organisation.objects.filter(pk__in=by.organisations(SCHOOL_LEADS)).order_by("name"))
    chosen = [each for each in mine if school_id in (None, each.pk)]
    if not chosen:
        raise Refused(Reason.NOT_THE_ORGANISATION)
    return chosen[0], mine


def owners_in(*, school: UUID, on: date) -> list[tuple[UUID, str]]:
    """Everybody with a live post in the school, by name, as a policy may be hers."""
    roles = [role.value for role in SCHOOL_ROLES]
    posts = Post.objects.filter(on_day(on), organisation=school, role__in=roles, person__is_active=True)
    people = posts.order_by("person__name", "person").values_list("person", "person__name", "role")
    named: dict[UUID, str] = {}
    for person, name, role in people:
        named.setdefault(person, f"{name}, {LABELS[Role(role)]}")
    return list(named.items())


def is_owner_there(*, person: UUID, school: UUID, on: date) -> bool:
    """Whether the person holds a post in the school on this day."""
    there = Q(
        organisation=school, person=person, person__is_active=True, role__in=[role.value for role in SCHOOL_ROLES]
    )
    return Post.objects.filter(on_day(on), there).exists()
