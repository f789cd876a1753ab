"""Who may keep, read, approve and oversee school policies; each as a decision and, for lists, the rule as a filter.

A school's leads keep its register, its governors read all of it and approve, its staff read what is in use. The
area's leads see the lines of the register and neither files nor notes. Nobody else sees anything.
"""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Decision, Reason, allow, refuse
from haven.access.roles import GOVERNORS, SCHOOL_LEADS, SCHOOL_ROLES, Role
from haven.policies.models import Policy, Version
from haven.policies.rules.facts import SIGNING, Approver
from haven.policies.rules.life import State

WHOLE = SCHOOL_LEADS | GOVERNORS
"""Who reads all of a school's register."""

RECORDING = frozenset({Role.DSL, Role.HEAD})
"""Who records that a meeting approved."""


def may_keep(actor: Actor, school: UUID) -> Decision:
    """The school's leads register, change, link and review its policies."""
    return _held(actor, school, SCHOOL_LEADS)


def may_review(actor: Actor, school: UUID) -> Decision:
    """They start a review; so does Haven, when one comes up."""
    return allow(Reason.IS_HAVEN) if actor == HAVEN else may_keep(actor, school)


def may_read_all(actor: Actor, school: UUID) -> Decision:
    """The school's leads and governors: drafts, history and what is withdrawn too."""
    return _held(actor, school, WHOLE)


def may_read(actor: Actor, policy: Policy, *, is_in_use: bool) -> Decision:
    """The school's leads and governors; its other staff, where a version is in use."""
    if actor.holds(*WHOLE, organisation=policy.school_id):
        return allow(Reason.HOLDS_THE_POST)
    if policy.is_withdrawn or not is_in_use:
        return refuse(Reason.NOT_THE_ROLE)
    return _held(actor, policy.school_id, SCHOOL_ROLES)


def policies_read_by(actor: Actor) -> Q:
    """The policies that `may_read` allows."""
    in_use = Version.objects.filter(policy=OuterRef("pk"), state=State.APPROVED)
    staff = Q(Exists(in_use), school__in=actor.organisations(SCHOOL_ROLES), withdrawn_at__isnull=True)
    return Q(school__in=actor.organisations(WHOLE)) | staff


def may_read_version(actor: Actor, version: Version) -> Decision:
    """The school's leads and governors, any version; its other staff, the one in use."""
    is_in_use = version.state == State.APPROVED
    return may_read(actor, version.policy, is_in_use=is_in_use)


def may_sign(actor: Actor, policy: Policy) -> Decision:
    """Whoever approves it: a governor or, where the head may, the head. Her own sign-off counts."""
    return _held(actor, policy.school_id, {SIGNING[Approver(policy.approver)]})


def may_record(actor: Actor, policy: Policy) -> Decision:
    """The head and the safeguarding lead write down what a meeting approved."""
    return _held(actor, policy.school_id, RECORDING)


def may_send_back(actor: Actor, policy: Policy) -> Decision:
    """Whoever would approve it, and whoever keeps it."""
    return may_sign(actor, policy) or may_keep(actor, policy.school_id)


def may_oversee(actor: Actor, area: UUID) -> Decision:
    """The area's leads see the lines of its schools' registers."""
    return allow(Reason.LEADS_THE_AREA) if area in actor.leads else refuse(Reason.NOT_THE_AREA)


def may_discard(actor: Actor) -> Decision:
    """Only Haven ends the keeping of old files."""
    return allow(Reason.IS_HAVEN) if actor == HAVEN else refuse(Reason.NOT_THE_ROLE)


def _held(actor: Actor, school: UUID, roles: frozenset[Role] | set[Role]) -> Decision:
    if actor.holds(*roles, organisation=school):
        return allow(Reason.HOLDS_THE_POST)
    return refuse(Reason.NOT_THE_ROLE if school in actor.organisations(SCHOOL_ROLES) else Reason.NOT_THE_ORGANISATION)
