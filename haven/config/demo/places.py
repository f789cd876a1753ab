"""Furnishes Fairhaven's places and people: the area, its schools and agencies, and who holds which post."""

from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from haven.access.roles import Kind, Role
from haven.config.demo.fairhaven import (
    AGENCIES,
    AREA_CODE,
    AREA_NAME,
    CAST,
    CLUSTERS,
    OF_TRUST,
    STREETS,
    name_of,
    schools,
)
from haven.people.models import Area, Cluster, ClusterPlace, Organisation, Person, Post, ServedArea, TermDates

FIRST_URN = 900001  # beyond any number of the national register
TERMS = (  # name, first and last day: month and day, in the school year's first or second calendar year
    ("Autumn 1", (0, 9, 2), (0, 10, 23)),
    ("Autumn 2", (0, 11, 2), (0, 12, 18)),
    ("Spring 1", (1, 1, 5), (1, 2, 12)),
    ("Spring 2", (1, 2, 23), (1, 3, 27)),
    ("Summer 1", (1, 4, 13), (1, 5, 22)),
    ("Summer 2", (1, 6, 1), (1, 7, 21)),
)


def furnish_places(today: date) -> Area:
    """Write the area with everyone in it, as they have been for some years."""
    area = Area.objects.create(name=AREA_NAME, code=AREA_CODE)
    began = date(today.year - 5, 9, 1)
    organisations = _organisations(area, began)
    _terms(area, today)
    _posts(organisations, began)
    return area


def _organisations(area: Area, began: date) -> dict[str, Organisation]:
    made = {key: Organisation(kind=kind.value, name=name, town="Fairhaven") for key, (kind, name) in AGENCIES.items()}
    clusters = {name: Cluster(area=area, name=name) for name in CLUSTERS}
    Cluster.objects.bulk_create(clusters.values())
    places = []
    for number, school in enumerate(schools()):
        made[school.name] = Organisation(
            kind=Kind.SCHOOL.value,
            name=school.name,
            urn=FIRST_URN + number,
            phase=school.phase,
            school_type=school.school_type,
            street=f"{number + 3} {STREETS[number % len(STREETS)]}",
            town="Fairhaven",
            opened_on=date(1990, 9, 1),
        )
        places.append(ClusterPlace(cluster=clusters[school.cluster], organisation=made[school.name], starts_on=began))
    for name in OF_TRUST:
        made[name].trust, made[name].trust_name = made["trust"], made["trust"].name
    Organisation.objects.bulk_create(made.values())
    ServedArea.objects.bulk_create(ServedArea(organisation=each, area=area, starts_on=began) for each in made.values())
    ClusterPlace.objects.bulk_create(places)
    return made


def _terms(area: Area, today: date) -> None:
    year = today.year if today.month >= 8 else today.year - 1
    rows = [
        TermDates(
            area=area,
            school_year=first,
            name=name,
            starts_on=date(first + start[0], *start[1:]),
            ends_on=date(first + end[0], *end[1:]),
        )
        for first in (year - 1, year, year + 1)
        for name, start, end in TERMS
    ]
    TermDates.objects.bulk_create(rows)


def _posts(organisations: dict[str, Organisation], began: date) -> None:
    people: list[Person] = []
    posts: list[Post] = []

    def add(email: str, name: str, role: Role | None, place: str) -> None:
        person = Person(email=email, name=name, password=make_password(None))
        people.append(person)
        if role:
            starts = began + timedelta(days=len(people))
            posts.append(Post(person=person, organisation=organisations[place], role=role.value, starts_on=starts))

    for member in CAST:
        add(f"{member.key}@example.org", member.name, member.role, member.place)
    taken = {(member.role, member.place) for member in CAST}
    number = 0
    for school in schools():
        for role in (Role.DSL, Role.DEPUTY_DSL, Role.HEAD, Role.GOVERNOR):
            if (role, school.name) not in taken:
                number += 1
                add(f"person{number}@example.org", name_of(number), role, school.name)
    Person.objects.bulk_create(people)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, verified=True, primary=True) for person in people
    )
    Post.objects.bulk_create(posts)
