"""Who can be asked about some children: their schools, and the agencies of their area."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import require
from haven.access.roles import Kind
from haven.checks.policy import ASKERS, WORKERS, may_ask
from haven.engines.days.moments import local_day
from haven.people.models import Area, Organisation, Person, Post, ServedArea, on_day
from haven.people.seeing import seeing
from haven.subjects.queries.places import schools_on


@dataclass(frozen=True, slots=True)
class Offer:
    """An agency that can be asked, and about which of the children. A school is proposed, other agencies are not."""

    agency: UUID
    name: str
    kind: Kind
    children: frozenset[UUID]

    @property
    def is_usual(self) -> bool:
        """Whether it is ticked beforehand."""
        return self.kind is Kind.SCHOOL


def areas_asked_in(*, by: Actor) -> list[tuple[UUID, str]]:
    """The areas for which she asks, by name."""
    own = {area for post in by.posts if post.role in ASKERS and post.kind is Kind.COUNCIL for area in post.areas}
    return list(Area.objects.filter(pk__in=own).order_by("name").values_list("pk", "name"))


@seeing("checks.offers")
def offers(*, children: Collection[UUID], area: UUID, by: Actor, at: datetime) -> list[Offer]:
    """The schools of the children, each for its own, then health and police of the area."""
    require(may_ask(by, area))
    today = local_day(at)
    schools: dict[UUID, set[UUID]] = {}
    for child in children:
        for school in schools_on(subject=child, on=today):
            schools.setdefault(school, set()).add(child)
    rows = Organisation.objects.filter(pk__in=schools).order_by("name", "pk")
    found = [Offer(row.pk, row.name, Kind.SCHOOL, frozenset(schools[row.pk])) for row in rows]
    return found + [Offer(row.pk, row.name, Kind(row.kind), frozenset(children)) for row in _agencies(area, today)]


def workers(*, organisation: UUID, on: date) -> list[tuple[UUID, str]]:
    """To whom a check can be given, by name."""
    posts = Post.objects.filter(on_day(on), organisation=organisation, role__in=WORKERS)
    people = Person.objects.filter(pk__in=posts.values("person"), is_active=True)
    return list(people.order_by("name").values_list("pk", "name"))


def _agencies(area: UUID, on: date) -> list[Organisation]:
    serving = ServedArea.objects.filter(on_day(on), area=area).values("organisation")
    rows = Organisation.objects.filter(kind__in=(Kind.HEALTH, Kind.POLICE), pk__in=serving)
    return list(rows.order_by("name", "pk"))
