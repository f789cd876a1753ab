"""Who may see the picture of an audit and write its report; each as a decision on one thing."""

from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import Decision, Reason, allow, refuse
from haven.access.roles import SCHOOL_ROLES
from haven.audits.models import Return


def may_keep(actor: Actor, area: UUID) -> Decision:
    """The council’s leads see the pictures of their area’s audits, and write its reports."""
    return allow(Reason.LEADS_THE_AREA) if area in actor.leads else refuse(Reason.NOT_THE_AREA)


def may_see(actor: Actor, of: Return) -> Decision:
    """Whoever works in the school sees where it stands among others."""
    if of.organisation_id in actor.organisations(SCHOOL_ROLES):
        return allow(Reason.HOLDS_THE_POST)
    return refuse(Reason.NOT_THE_ORGANISATION)


def may_see_country(actor: Actor) -> Decision:
    """The council’s leads, of whichever area: what they see there is of five areas at least, and of no school."""
    return allow(Reason.LEADS_THE_AREA) if actor.leads else refuse(Reason.NOT_THE_ROLE)
