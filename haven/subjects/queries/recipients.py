"""Who gets what concerns a child: never somebody excluded, and always somebody."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from haven.access.actor import HAVEN
from haven.access.roles import Kind, Role
from haven.people.models import Area, Cover, Organisation, Post, ServedArea
from haven.people.queries import on_day
from haven.people.queries.organisations import areas_of
from haven.people.queries.posts import able_posts, with_second_factor
from haven.people.seeing import working_as
from haven.subjects.models import AreaSetting, Exclusion
from haven.subjects.rules.recipients import Candidate, Chosen, Rung, choose, rungs

PATH = {  # from a rung to the posts on it, given the school, its trust and the councils of its areas
    Rung.RECIPIENT: "school",
    Rung.HEAD: "school",
    Rung.ABOVE: "above",
    Rung.COUNCIL: "councils",
    Rung.ANYONE: "councils",
}


def excluded_people(*, subject: UUID) -> frozenset[UUID]:
    """Who must never see what concerns this subject."""
    standing = Exclusion.objects.filter(subject=subject, ended_at__isnull=True)
    with transaction.atomic(), working_as(HAVEN, "subjects.recipients"):
        return frozenset(standing.values_list("person", flat=True))


def recipients_of(*, subject: UUID, school: UUID, on: date) -> Chosen:
    """Who gets what concerns this child at this school: its leads; else its head; else its chair or trust; else the
    council's officer. `is_alarm` where no lead of the school was left."""
    return recipients_about(subjects=[subject], school=school, on=on)


def recipients_about(*, subjects: Collection[UUID], school: UUID, on: date) -> Chosen:
    """The same for what concerns several children: nobody gets it who is excluded from any of them."""
    areas = set(areas_of(organisation=school, on=on).values_list("pk", flat=True))
    role = settings_of(area=min(areas, key=str)).last_resort_role if areas else Role.DUTY_OFFICER
    found = _candidates(school, areas, Role(role), on)
    excluded = frozenset[UUID]().union(*(excluded_people(subject=each) for each in subjects))
    return choose(found, excluded=excluded)


def home_recipients(*, subject: UUID, area: UUID, on: date) -> Chosen:
    """Who gets what concerns a child who learns at home: the officer whom the area names; else the council's leads.

    Nobody at a school is asked, so the officer is no alarm: `rung` is that of a recipient where she is there.
    """
    return home_recipients_about(subjects=[subject], area=area, on=on)


def home_recipients_about(*, subjects: Collection[UUID], area: UUID, on: date) -> Chosen:
    """The same for what concerns several children: nobody gets it who is excluded from any of them."""
    named = Role(settings_of(area=area).home_education_role)
    councils = _councils({area}, on)
    found = _on(Rung.RECIPIENT, {named}, councils, on) + _on(Rung.ANYONE, LAST_ROLES, councils, on)
    excluded = frozenset[UUID]().union(*(excluded_people(subject=each) for each in subjects))
    return choose(found, excluded=excluded)


def settings_of(*, area: UUID) -> AreaSetting:
    """What an area sets, or what holds where it sets nothing."""
    return AreaSetting.objects.filter(area=area).first() or AreaSetting(area=Area(pk=area))


LAST_ROLES = frozenset({Role.SAFEGUARDING_LEAD, Role.SAFEGUARDING_OFFICER})


def _candidates(school: UUID, areas: Collection[UUID], council_role: Role, on: date) -> list[Candidate]:
    trust = Organisation.objects.filter(pk=school).values_list("trust", flat=True).first()
    councils = _councils(areas, on)
    places = {
        "school": [school],
        "above": [each for each in (school, trust) if each],
        "councils": councils,
    }
    return [
        each for rung, roles in rungs(council_role=council_role) for each in _on(rung, roles, places[PATH[rung]], on)
    ]


def _on(rung: Rung, roles: Collection[Role], places: Collection[UUID], on: date) -> list[Candidate]:
    """Those who hold or cover one of the roles there and can sign in."""
    posts = Post.objects.filter(on_day(on), role__in=roles, organisation__in=places)
    holding = able_posts(on).filter(pk__in=posts).values_list("person", flat=True)
    covering = Cover.objects.filter(on_day(on), with_second_factor("covered_by"), post__in=posts)
    found = set(holding) | set(covering.filter(covered_by__is_active=True).values_list("covered_by", flat=True))
    return [Candidate(person, rung) for person in found]


def _councils(areas: Collection[UUID], on: date) -> list[UUID]:
    served = ServedArea.objects.filter(on_day(on), Q(organisation__kind=Kind.COUNCIL), area__in=areas)
    return list(served.values_list("organisation", flat=True))
