"""Who may keep a cycle, answer, sign and read a return; each as a decision on one thing and, for lists, as a filter."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from haven.access.actor import HAVEN, Actor, HeldPost
from haven.access.decision import Decision, Reason, allow, refuse
from haven.access.roles import SCHOOL_LEADS, SCHOOL_ROLES, Role
from haven.audits.models import Cycle, Return
from haven.audits.rules.life import IN_HAND


def may_enter(actor: Actor) -> Decision:
    """Whoever leads an area or works in a school has audits to see."""
    if actor.leads:
        return allow(Reason.LEADS_THE_AREA)
    return allow(Reason.HOLDS_THE_POST) if actor.holds(*SCHOOL_ROLES) else refuse(Reason.NOT_THE_ROLE)


def may_enter_for_trust(actor: Actor) -> Decision:
    """A trust's safeguarding lead sees how far its schools are."""
    return allow(Reason.HOLDS_THE_POST) if actor.holds(Role.TRUST_LEAD) else refuse(Reason.NOT_THE_ROLE)


def may_prepare_for(actor: Actor, trust: UUID) -> Decision:
    """She answers once for all of its schools, and hands that out to them."""
    if actor.holds(Role.TRUST_LEAD, organisation=trust):
        return allow(Reason.HOLDS_THE_POST)
    return refuse(Reason.NOT_THE_ORGANISATION)


def returns_of_trust(actor: Actor) -> Q:
    """The returns of the schools of her trust."""
    return Q(organisation__trust__in=actor.organisations({Role.TRUST_LEAD}))


def may_remind_unasked(actor: Actor) -> Decision:
    """Haven alone, for what the day brings."""
    return allow(Reason.IS_HAVEN) if actor == HAVEN else refuse(Reason.NOT_THE_ROLE)


def may_keep(actor: Actor, area: UUID) -> Decision:
    """The council's leads prepare, open, chase and close the cycles of their area, and read what was sent."""
    return allow(Reason.LEADS_THE_AREA) if area in actor.leads else refuse(Reason.NOT_THE_AREA)


def cycles_kept_by(actor: Actor) -> Q:
    """The cycles that `may_keep` allows."""
    return Q(area__in=actor.leads)


def may_see(actor: Actor, of: Return) -> Decision:
    """Whoever works in the school sees its return from the day it is asked."""
    if of.organisation_id in actor.organisations(SCHOOL_ROLES):
        return allow(Reason.HOLDS_THE_POST)
    return refuse(Reason.NOT_THE_ORGANISATION)


def returns_seen_by(actor: Actor) -> Q:
    """The returns that `may_see` allows."""
    return Q(organisation__in=actor.organisations(SCHOOL_ROLES))


def may_oversee(actor: Actor, of: Return) -> Decision:
    """Leads of the area see how far a school is; what it answers they see once it has sent it."""
    return may_keep(actor, of.cycle.area_id)


def may_read(actor: Actor, of: Return) -> Decision:
    """The school always; leads of the area once it was sent: until then it is the school's own."""
    if may_see(actor, of):
        return allow(Reason.HOLDS_THE_POST)
    if of.state in IN_HAND or of.submitted_at is not None:
        return may_oversee(actor, of)
    return refuse(Reason.WRONG_STATE)


def may_read_copy(actor: Actor, of: Return, *, is_sent: bool) -> Decision:
    """The school every copy, sent or not; leads of the area those that were sent, whatever came after."""
    if may_see(actor, of):
        return allow(Reason.HOLDS_THE_POST)
    return may_oversee(actor, of) if is_sent else refuse(Reason.WRONG_STATE)


def returns_overseen_by(actor: Actor) -> Q:
    """The returns that `may_oversee` allows."""
    return Q(cycle__area__in=actor.leads)


def may_answer(actor: Actor, of: Return) -> Decision:
    """Whoever works in the school, so that its sections can be shared out."""
    return allow(Reason.IS_HAVEN) if actor == HAVEN else may_see(actor, of)


def may_sign(actor: Actor, of: Return, roles: Sequence[str]) -> Decision:
    """Whoever holds one of the step's roles in the school."""
    return allow(Reason.HOLDS_THE_POST) if signing_post(actor, of, roles) else refuse(Reason.NOT_THE_ROLE)


def signing_post(actor: Actor, of: Return, roles: Sequence[str]) -> HeldPost | None:
    """The post in which she would sign: her own before one that she covers."""
    held = [post for post in actor.posts if post.organisation == of.organisation_id and post.role.value in roles]
    return min(held, key=lambda post: (post.is_cover, roles.index(post.role.value)), default=None)


def may_reopen(actor: Actor, of: Return) -> Decision:
    """Whoever answers for the school, and whoever was asked to sign; while the area has not read it."""
    if actor.holds(*SCHOOL_LEADS, Role.GOVERNOR, Role.CHAIR, organisation=of.organisation_id):
        return allow(Reason.HOLDS_THE_POST)
    return refuse(Reason.NOT_THE_ROLE)


def may_plan(actor: Actor, of: Return) -> Decision:
    """Those who answer for the school write its plan."""
    if actor.holds(*SCHOOL_LEADS, organisation=of.organisation_id):
        return allow(Reason.HOLDS_THE_POST)
    return refuse(Reason.NOT_THE_ROLE)


def may_prepare(actor: Actor, cycle: Cycle) -> Decision:
    """Leads of the area."""
    return may_keep(actor, cycle.area_id)


def may_recount(actor: Actor) -> Decision:
    """Only whoever runs the machine, from its command line."""
    return allow(Reason.IS_HAVEN) if actor == HAVEN else refuse(Reason.NOT_THE_ROLE)
