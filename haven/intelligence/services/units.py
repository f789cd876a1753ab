"""Which organisation is an area’s unit, set by the council’s leads."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.engines.days.moments import local_day
from haven.intelligence.models import Unit
from haven.intelligence.policy import may_arrange
from haven.intelligence.queries.units import possible_units
from haven.intelligence.rules.routing import Ways
from haven.ledger.services import record

NOT_HERE = "Choose a police force or a council that serves the area"


@transaction.atomic
def set_unit(*, area: UUID, organisation_id: UUID | None, ways: Ways, by: Actor, at: datetime) -> Unit:
    """Say which organisation is the unit from now on, none for the police; what came before stays where it is.

    Raises `Refused`, with advice.
    """
    require(may_arrange(by, area))
    there = possible_units(area=area, on=local_day(at))
    if organisation_id is not None and not there.filter(pk=organisation_id).exists():
        raise Refused(Reason.NOT_ASKABLE, NOT_HERE)
    said = {"organisation_id": organisation_id, "crime_words": ways.crime.strip(), "child_words": ways.child.strip()}
    row, _ = Unit.objects.update_or_create(area_id=area, defaults=said)
    record("intelligence_unit.set", by=by, at=at, about={"area": area, "organisation": organisation_id})
    return row
