"""Who can be asked about some children: their schools, the council where one is taught at home, and the agencies of
their area."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import require
from haven.access.roles import Kind
from haven.checks.policy import ASKERS, WORKERS, may_ask
from haven.checks.rules.naming import asked_of
from haven.engines.days.moments import local_day
from haven.people.models import Area, Organisation, Person, Post, ServedArea, on_day
from haven.people.queries import council_of
from haven.people.seeing import seeing
from haven.subjects.queries.places import home_areas_on, schools_on


@dataclass(frozen=True, slots=True)
class Offer:
    """An agency that can be asked, and about which of the children. Where they are known to learn is ticked beforehand,
    other agencies are not."""

    agency: UUID
    name: str
    kind: Kind
    children: frozenset[UUID]
    is_usual: bool = False


def areas_asked_in(*, by: Actor) -> list[tuple[UUID, str]]:
    """The areas for which she asks, by name."""
    own = {area for post in by.posts if post.role in ASKERS and post.kind is Kind.COUNCIL for area in post.areas}
    return list(Area.objects.filter(pk__in=own).order_by("name").values_list("pk", "name"))


@seeing("checks.offers")
def offers(*, children: Collection[UUID], area: UUID, by: Actor, at: datetime) -> list[Offer]:
    """The schools of the children and the councils of those who are taught at home, each for its own, then health and
    police of the area. Of one child alone its council can be asked whatever Haven knows."""
    require(may_ask(by, area))
    today = local_day(at)
    schools: dict[UUID, set[UUID]] = {}
    councils: dict[UUID, set[UUID]] = {}
    for child in children:
        for school in schools_on(subject=child, on=today):
            schools.setdefault(school, set()).add(child)
        for home in home_areas_on(subject=child, on=today):
            if council := council_of(area=home, on=today):
                councils.setdefault(council, set()).add(child)
    found = [Offer(row.pk, row.name, Kind.SCHOOL, frozenset(schools[row.pk]), is_usual=True) for row in _named(schools)]
    found += [_of_home(row, councils[row.pk], is_usual=True) for row in _named(councils)]
    here = council_of(area=area, on=today)
    if len(children) == 1 and here and here not in councils:
        found += [_of_home(row, children, is_usual=False) for row in _named([here])]
    return found + [Offer(row.pk, row.name, Kind(row.kind), frozenset(children)) for row in _agencies(area, today)]


def workers(*, organisation: UUID, on: date) -> list[tuple[UUID, str]]:
    """To whom a check can be given, by name."""
    posts = Post.objects.filter(on_day(on), organisation=organisation, role__in=WORKERS)
    people = Person.objects.filter(pk__in=posts.values("person"), is_active=True)
    return list(people.order_by("name").values_list("pk", "name"))


def _named(organisations: Collection[UUID]) -> list[Organisation]:
    return list(Organisation.objects.filter(pk__in=organisations).order_by("name", "pk"))


def _of_home(council: Organisation, children: Collection[UUID], *, is_usual: bool) -> Offer:
    return Offer(
        council.pk, asked_of(council.name, is_at_home=True), Kind.COUNCIL, frozenset(children), is_usual=is_usual
    )


def _agencies(area: UUID, on: date) -> list[Organisation]:
    serving = ServedArea.objects.filter(on_day(on), area=area).values("organisation")
    rows = Organisation.objects.filter(kind__in=(Kind.HEALTH, Kind.POLICE), pk__in=serving)
    return list(rows.order_by("name", "pk"))
