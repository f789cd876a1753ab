"""Organisations and areas, as an actor may see them, and the schools that something is sent to."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.db.models.query import QuerySet

from haven.access.actor import Actor
from haven.access.roles import Kind
from haven.people.models import Area, Cluster, ClusterPlace, Organisation, ServedArea, Status, TermDates, on_day
from haven.people.policy import areas_arranged_by, organisations_seen_by

THERE = (Status.OPEN, Status.CLOSING)


def organisations_of(*, by: Actor) -> QuerySet[Organisation]:
    """Where somebody holds a post."""
    return Organisation.objects.filter(pk__in={post.organisation for post in by.posts})


def organisation_for(*, organisation_id: UUID, by: Actor, on: date) -> Organisation | None:
    """One organisation, if this actor may see it."""
    seen = Organisation.objects.filter(organisations_seen_by(by, on=on), pk=organisation_id)
    return seen.select_related("trust").first()


def directory(*, by: Actor, on: date, search: str = "") -> QuerySet[Organisation]:
    """The organisations an actor may see whose name, town, URN or postcode has every word that is searched for."""
    found = Organisation.objects.filter(organisations_seen_by(by, on=on))
    for word in search.split():
        places = Q(name__icontains=word) | Q(town__icontains=word) | Q(postcode__icontains=word)
        found = found.filter(places | Q(urn=int(word)) if _is_urn(word) else places)
    return found.order_by("name", "urn")


def schools_of(
    *, area: UUID, on: date, cluster: UUID | None = None, phases: Collection[str] = ()
) -> QuerySet[Organisation]:
    """The open schools that serve an area on this day; where given, of one cluster or of some phases."""
    served = ServedArea.objects.filter(on_day(on), area=area).values("organisation")
    schools = Organisation.objects.filter(kind=Kind.SCHOOL, status__in=THERE, pk__in=served)
    if cluster is not None:
        schools = schools.filter(pk__in=ClusterPlace.objects.filter(on_day(on), cluster=cluster).values("organisation"))
    return schools.filter(phase__in=phases) if phases else schools


def areas_led_by(*, by: Actor) -> QuerySet[Area]:
    """The areas somebody leads for the council."""
    return Area.objects.filter(areas_arranged_by(by))


def areas_called(*, area: str) -> list[Area]:
    """The areas of this number in the register or, where none has it, of this name."""
    return list(Area.objects.filter(code=area)) or list(Area.objects.filter(name__iexact=area))


def areas_of(*, organisation: UUID, on: date) -> QuerySet[Area]:
    """The areas an organisation serves on this day."""
    return Area.objects.filter(pk__in=ServedArea.objects.filter(on_day(on), organisation=organisation).values("area"))


def clusters_of(*, areas: Collection[UUID]) -> QuerySet[Cluster]:
    """The clusters of some areas, by name."""
    return Cluster.objects.filter(area__in=areas).select_related("area")


def places_in(*, cluster: UUID, on: date) -> QuerySet[ClusterPlace]:
    """The places in a cluster on this day, by the school's name."""
    places = ClusterPlace.objects.filter(on_day(on), cluster=cluster).select_related("organisation")
    return places.order_by("organisation__name")


def clusters_with(*, organisation: UUID, on: date) -> QuerySet[Cluster]:
    """The clusters a school is in on this day."""
    return Cluster.objects.filter(
        pk__in=ClusterPlace.objects.filter(on_day(on), organisation=organisation).values("cluster")
    )


def terms_of(*, area: UUID, school_year: int) -> QuerySet[TermDates]:
    """The terms of an area in one school year, in order."""
    return TermDates.objects.filter(area=area, school_year=school_year)


def _is_urn(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) <= 7
