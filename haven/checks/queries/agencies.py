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
    other agencies are not. `about` is the one child who must be named beside it, so that each can be told apart."""

    agency: UUID
    name: str
    kind: Kind
    children: frozenset[UUID]
    is_usual: bool = False
    about: UUID | None = None

    @property
    def key(self) -> str:
        """By what a form tells it from the others."""
        return f"{self.agency}:{self.about}" if self.about else str(self.agency)


def areas_asked_in(*, by: Actor) -> list[tuple[UUID, str]]:
    """The areas for which she asks, by name."""
    own = {area for post in by.posts if post.role in ASKERS and post.kind is Kind.COUNCIL for area in post.areas}
    return list(Area.objects.filter(pk__in=own).order_by("name").values_list("pk", "name"))


@seeing("checks.offers")
def offers(*, children: Collection[UUID], area: UUID, by: Actor, at: datetime) -> list[Offer]:
    """The schools of the children, each for its own; for each child the council that looks after teaching at home, also
    where Haven does not know that she is; then health and police of the area."""
    require(may_ask(by, area))
    today = local_day(at)
    schools: dict[UUID, set[UUID]] = {}
    for child in children:
        for school in schools_on(subject=child, on=today):
            schools.setdefault(school, set()).add(child)
    found = [Offer(row.pk, row.name, Kind.SCHOOL, frozenset(schools[row.pk]), is_usual=True) for row in _named(schools)]
    found += _of_homes(children, area, today)
    return found + [Offer(row.pk, row.name, Kind(row.kind), frozenset(children)) for row in _agencies(area, today)]


def workers(*, organisation: UUID, on: date) -> list[tuple[UUID, str]]:
    """To whom a check can be given, by name."""
    posts = Post.objects.filter(on_day(on), organisation=organisation, role__in=WORKERS)
    people = Person.objects.filter(pk__in=posts.values("person"), is_active=True)
    return list(people.order_by("name").values_list("pk", "name"))


def _named(organisations: Collection[UUID]) -> list[Organisation]:
    return list(Organisation.objects.filter(pk__in=organisations).order_by("name", "pk"))


def _of_homes(children: Collection[UUID], area: UUID, on: date) -> list[Offer]:
    """First those known to be taught at home, then the others: one by one, since the officer is told of no other."""
    here = council_of(area=area, on=on)
    known = {
        child: {council_of(area=home, on=on) for home in home_areas_on(subject=child, on=on)} for child in children
    }
    rows = _named({each for those in known.values() for each in {*those, here} if each})
    found = [
        Offer(
            row.pk,
            asked_of(row.name, is_at_home=True),
            Kind.COUNCIL,
            frozenset({child}),
            is_usual=row.pk in known[child],
            about=child if len(children) > 1 else None,
        )
        for row in rows
        for child in children
        if row.pk in {*known[child], here}
    ]
    return sorted(found, key=lambda each: not each.is_usual)


def _agencies(area: UUID, on: date) -> list[Organisation]:
    serving = ServedArea.objects.filter(on_day(on), area=area).values("organisation")
    rows = Organisation.objects.filter(kind__in=(Kind.HEALTH, Kind.POLICE), pk__in=serving)
    return list(rows.order_by("name", "pk"))
