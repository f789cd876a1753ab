"""Whom a cycle asks, and what stands ready for them."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from haven.access.roles import Kind
from haven.actions.queries.audiences import organisations_reached
from haven.audits.models import Cycle, Return, Window
from haven.people.models import ClusterPlace, Organisation
from haven.people.queries import on_day
from haven.questions.models import Sheet


def schools_asked(cycle: Cycle, *, on: date) -> Sequence[Organisation]:
    """The open schools that a cycle's audience reaches on this day."""
    reached = organisations_reached(area=cycle.area, audience=cycle.reaches, on=on)
    return list(reached.filter(kind=Kind.SCHOOL.value).order_by("name", "pk"))


def windows_of(cycle: Cycle, schools: Sequence[Organisation], *, on: date) -> Mapping[UUID, Window]:
    """The window of each school that lies in a group with days of its own; of two groups the one that opens first."""
    windows = {window.cluster_id: window for window in cycle.windows.all()}
    places = ClusterPlace.objects.filter(on_day(on), cluster__in=windows, organisation__in=schools)
    found: dict[UUID, Window] = {}
    for school, cluster in places.values_list("organisation_id", "cluster_id"):
        other = found.setdefault(school, windows[cluster])
        found[school] = min(other, windows[cluster], key=lambda each: (each.opens_on, str(each.pk)))
    return found


def sheet_of_last_time(of: Return) -> Sheet | None:
    """The sheet whose answers stand ready: what the school sent in the cycle before."""
    if of.cycle.before_id is None:
        return None
    rows = Return.objects.filter(cycle=of.cycle.before_id, organisation=of.organisation_id, submitted_at__isnull=False)
    last = rows.select_related("sheet__version").first()
    return last.sheet if last else None
