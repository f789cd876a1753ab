"""Who may read the ledger, and which of its entries."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from haven.access.actor import Actor
from haven.access.decision import Decision, Reason, allow, refuse
from haven.access.roles import Role


def may_read_ledger(actor: Actor) -> Decision:
    """The scrutineer reads the ledger, and nobody else."""
    if actor.holds(Role.SCRUTINEER):
        return allow(Reason.SCRUTINISES)
    return refuse(Reason.NOT_THE_ROLE)


def read_by(actor: Actor, elsewhere: Collection[UUID]) -> Q:
    """Of entries whose detail is at hand as `told`, those she may read: what was done in or for her areas, and what
    belongs to no area: Haven's own work, what was erased, and what people did without a post, such as signing in. Of
    that last, nothing by those who work `elsewhere`.
    """
    areas = [str(area) for area in actor.areas({Role.SCRUTINEER})]
    of_none = Q(told__areas=[])
    if elsewhere:
        of_none &= ~Q(told__who__person__in=[str(person) for person in elsewhere])
    return Q(told__isnull=True) | Q(told__areas__has_any_keys=areas) | of_none
