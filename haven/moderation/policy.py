"""Who may read, remark on, answer and visit what a school sent; each as a decision on one thing and, for lists, as a
filter."""

from uuid import UUID

from django.db.models import Q

from haven.access.actor import Actor, HeldPost
from haven.access.decision import Decision, Reason, allow, refuse
from haven.access.roles import COUNCIL_LEADS, GOVERNORS, SCHOOL_LEADS, SCHOOL_ROLES
from haven.audits.models import Return
from haven.audits.rules.life import IN_HAND


def may_keep(actor: Actor, area: UUID) -> Decision:
    """The council’s leads keep what was promised in their area, and its visits."""
    return allow(Reason.LEADS_THE_AREA) if area in actor.leads else refuse(Reason.NOT_THE_AREA)


def may_oversee(actor: Actor, of: Return) -> Decision:
    """Leads of the area read what its schools sent, and visit them."""
    return may_keep(actor, of.cycle.area_id)


def returns_overseen_by(actor: Actor) -> Q:
    """The returns that `may_oversee` allows."""
    return Q(cycle__area__in=actor.leads)


def may_see(actor: Actor, of: Return) -> Decision:
    """Whoever works in the school sees what comes back to it."""
    if of.organisation_id in actor.organisations(SCHOOL_ROLES):
        return allow(Reason.HOLDS_THE_POST)
    return refuse(Reason.NOT_THE_ORGANISATION)


def may_remark(actor: Actor, of: Return) -> Decision:
    """Leads of the area remark on what they have in hand, answer it, and send it back."""
    return may_oversee(actor, of) if of.state in IN_HAND else refuse(Reason.WRONG_STATE)


def may_reply(actor: Actor, of: Return) -> Decision:
    """Those who answer for the school, and its governors, reply to a remark."""
    if actor.holds(*SCHOOL_LEADS, *GOVERNORS, organisation=of.organisation_id):
        return allow(Reason.HOLDS_THE_POST)
    return refuse(Reason.NOT_THE_ROLE)


def lead_post(actor: Actor, area: UUID) -> HeldPost | None:
    """The post in which she leads an area: her own before one that she covers."""
    held = [post for post in actor.posts if post.role in COUNCIL_LEADS and area in post.areas]
    return min(held, key=lambda post: post.is_cover, default=None)


def council_of(actor: Actor, area: UUID) -> str:
    """The name of the council for which she leads an area."""
    post = lead_post(actor, area)
    return post.organisation_name if post else ""
