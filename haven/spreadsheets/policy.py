"""Who may bring answers in from a spreadsheet; each as a decision on one thing."""

from uuid import UUID

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Decision, Reason, allow, refuse


def may_keep(actor: Actor, area: UUID) -> Decision:
    """The council’s leads bring in the answers of their area, and take them back."""
    return allow(Reason.LEADS_THE_AREA) if area in actor.leads else refuse(Reason.NOT_THE_AREA)


def may_go_on_unasked(actor: Actor) -> Decision:
    """Haven alone, with what somebody began and what nobody went on with."""
    return allow(Reason.IS_HAVEN) if actor == HAVEN else refuse(Reason.NOT_THE_ROLE)
