"""Which organisation is an area’s intelligence unit, and the ways that lead out of Haven."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, When
from django.db.models.query import QuerySet

from haven.access.actor import Actor
from haven.access.roles import INTELLIGENCE, READERS, Kind
from haven.engines.days.moments import local_day
from haven.intelligence.models import Unit
from haven.intelligence.policy import may_arrange, may_see_schools
from haven.intelligence.rules.routing import Ways
from haven.people.models import Area, Organisation, ServedArea
from haven.people.models.organisations import Status
from haven.people.queries import on_day

RUNNING = (Kind.POLICE, Kind.COUNCIL)
"""Who may run a unit."""


def unit_of(*, area: UUID, on: date) -> Organisation | None:
    """The organisation that the area has set; else the police that serve it, the first by name; else none."""
    setting = Unit.objects.filter(area=area, organisation__isnull=False).select_related("organisation").first()
    if setting:
        return setting.organisation
    return possible_units(area=area, on=on).filter(kind=Kind.POLICE).first()


def possible_units(*, area: UUID, on: date) -> QuerySet[Organisation]:
    """The police and councils that serve an area, by name."""
    served = ServedArea.objects.filter(on_day(on), area=area).values("organisation")
    return Organisation.objects.filter(pk__in=served, kind__in=RUNNING).order_by("name")


def setting_of(*, area: UUID) -> Unit:
    """What an area has set, or what holds where it has set nothing."""
    return Unit.objects.filter(area=area).first() or Unit(area=Area(pk=area))


def ways_of(*, area: UUID) -> Ways:
    """The area’s words for the ways out, or the usual ones."""
    setting, usual = setting_of(area=area), Ways()
    return Ways(crime=setting.crime_words or usual.crime, child=setting.child_words or usual.child)


def areas_to_tell(*, by: Actor) -> list[Area]:
    """The areas in which somebody may tell something, by name."""
    return list(Area.objects.filter(pk__in=by.areas(READERS)).order_by("name"))


def places_to_tell_from(*, area: UUID, by: Actor) -> list[Organisation]:
    """The organisations in the name of which she may tell something there."""
    return list(Organisation.objects.filter(pk__in=_places(by, area)))


def open_to(*, area: UUID, by: Actor) -> dict[str, bool]:
    """Which further pages of an area she may open."""
    return {
        "may_see_schools": bool(may_see_schools(by, area)),
        "may_arrange": bool(may_arrange(by, area)),
    }


def _places(by: Actor, area: UUID) -> Collection[UUID]:
    return {post.organisation for post in by.posts if post.role in READERS and area in post.areas}


def receivers(*, area: UUID, by: Actor, at: datetime) -> QuerySet[Organisation]:
    """To whom a unit of hers may send: whoever serves the area, her own left out; agencies before schools."""
    served = ServedArea.objects.filter(on_day(local_day(at)), area=area).values("organisation")
    there = Organisation.objects.filter(pk__in=served, status__in=(Status.OPEN, Status.CLOSING))
    others = there.exclude(pk__in=by.organisations(INTELLIGENCE))
    return others.order_by(Case(When(kind=Kind.SCHOOL, then=1), default=0), "name")
