"""A child whom nobody knew, named because a check is about her."""

from datetime import datetime
from uuid import UUID

from haven.access.actor import Actor
from haven.engines.days.moments import local_day
from haven.ledger.services import record
from haven.people.seeing import seeing
from haven.subjects.rules.naming import Identity, Sort
from haven.subjects.services import add_subject, enrol


@seeing("checks.add_child")
def add_child(*, area: UUID, identity: Identity, school: UUID, by: Actor, at: datetime) -> UUID:
    """Add a child and say at which school she is."""
    made = add_subject(area=area, sort=Sort.CHILD, identity=identity, by=by, at=at)
    enrol(subject_id=made.pk, school_id=school, starts_on=local_day(at), by=by, at=at)
    record("check.child_added", by=by, at=at, about={"subject": made.pk, "area": area})
    return made.pk
