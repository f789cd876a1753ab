"""Whom a cycle asks, and what stands ready for them."""

from collections.abc import Sequence
from datetime import date

from haven.access.roles import Kind
from haven.actions.queries.audiences import organisations_reached
from haven.audits.models import Cycle, Return
from haven.people.models import Organisation
from haven.questions.models import Sheet


def schools_asked(cycle: Cycle, *, on: date) -> Sequence[Organisation]:
    """The open schools that a cycle's audience reaches on this day."""
    reached = organisations_reached(area=cycle.area, audience=cycle.reaches, on=on)
    return list(reached.filter(kind=Kind.SCHOOL.value).order_by("name", "pk"))


def sheet_of_last_time(of: Return) -> Sheet | None:
    """The sheet whose answers stand ready: what the school sent in the cycle before."""
    if of.cycle.before_id is None:
        return None
    rows = Return.objects.filter(cycle=of.cycle.before_id, organisation=of.organisation_id, submitted_at__isnull=False)
    last = rows.select_related("sheet__version").first()
    return last.sheet if last else None
