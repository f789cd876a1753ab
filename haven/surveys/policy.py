"""Who may keep surveys; on one thing and, for lists, the same rule as a filter. Whoever holds a code answers."""

from uuid import UUID

from django.db.models import Q

from haven.access.actor import Actor
from haven.access.decision import Decision, Reason, allow, refuse


def may_keep(actor: Actor, area: UUID) -> Decision:
    """The council's leads make, give out and close the surveys of their area, and see what was answered."""
    return allow(Reason.LEADS_THE_AREA) if area in actor.leads else refuse(Reason.NOT_THE_AREA)


def surveys_kept_by(actor: Actor) -> Q:
    """The surveys that `may_keep` allows."""
    return Q(area__in=actor.leads)
