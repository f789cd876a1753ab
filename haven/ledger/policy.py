"""Who may read the ledger."""

from haven.access.actor import Actor
from haven.access.decision import Decision, Reason, allow, refuse
from haven.access.roles import Role


def may_read_ledger(actor: Actor) -> Decision:
    """The scrutineer reads the ledger, and nobody else."""
    if actor.holds(Role.SCRUTINEER):
        return allow(Reason.SCRUTINISES)
    return refuse(Reason.NOT_THE_ROLE)
