"""Taking everything of a cycle away. It names people, so it is noted who took it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.ledger.services import record
from haven.spreadsheets.queries.exporting import Everything, everything_of


@transaction.atomic
def take_cycle_away(*, cycle_id: UUID, kind: str, by: Actor, at: datetime) -> Everything:
    """All of a cycle for a lead of its area. Raises `Refused`."""
    everything = everything_of(cycle_id=cycle_id, by=by)
    sent = sum(each.copy is not None for each in everything.sent)
    about = {"cycle": cycle_id, "area": everything.cycle.area_id, "kind": kind, "returns": sent}
    record("cycle.taken_away", by=by, at=at, about=about)
    return everything
