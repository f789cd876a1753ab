"""A child whom nobody knew, named because a check is about her."""

from datetime import datetime
from uuid import UUID

from haven.access.actor import Actor
from haven.engines.days.moments import local_day
from haven.ledger.services import record
from haven.people.seeing import seeing
from haven.subjects.rules.naming import Identity, Sort
from haven.subjects.services import add_subject, enrol, teach_at_home


@seeing("checks.add_child")
def add_child(*, area: UUID, identity: Identity, school: UUID | None, by: Actor, at: datetime) -> UUID:
    """Add a child and say at which school she is, or that she is taught at home in the area."""
    made = add_subject(area=area, sort=Sort.CHILD, identity=identity, by=by, at=at)
    if school is not None:
        enrol(subject_id=made.pk, school_id=school, starts_on=local_day(at), by=by, at=at)
    else:
        teach_at_home(subject_id=made.pk, area_id=area, starts_on=local_day(at), by=by, at=at)
    record("check.child_added", by=by, at=at, about={"subject": made.pk, "area": area})
    return made.pk
