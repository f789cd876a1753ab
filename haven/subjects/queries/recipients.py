"""Who gets what concerns a child: never somebody excluded, and always somebody."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Q

from haven.access.actor import HAVEN
from haven.access.roles import COUNCIL_LEADS, Kind, Role
from haven.ledger.together import part
from haven.people.models import Area, Cover, Post
from haven.people.queries import on_day
from haven.people.queries.posts import able_posts, with_second_factor
from haven.people.queries.serving import agencies_serving, areas_served, organisations_at
from haven.people.seeing import working_as
from haven.subjects.models import AreaSetting, Exclusion
from haven.subjects.policy import standing_exclusions
from haven.subjects.rules.recipients import Candidate, Chosen, Rung, choose, rungs

PATH = {  # from a rung to the places whose posts stand on it, seen from a school
    Rung.RECIPIENT: "school",
    Rung.HEAD: "school",
    Rung.ABOVE: "above",
    Rung.COUNCIL: "councils",
    Rung.ANYONE: "councils",
}

Key = TypeVar("Key")
Standing = Mapping[tuple[UUID, Role], Collection[UUID]]
"""Who can sign in and holds, or covers, a role at an organisation."""


def excluded_people(*, subjects: Collection[UUID]) -> frozenset[UUID]:
    """Who must never see what concerns any of these."""
    return frozenset[UUID]().union(*exclusions_of(subjects=subjects).values())


def exclusions_of(*, subjects: Collection[UUID]) -> Mapping[UUID, Collection[UUID]]:
    """The same for each of them, asked once for all. Which they are is settled before Haven looks as itself: a query
    that was handed on would be asked as Haven, to whom other rows are open than to whoever made it."""
    standing = Exclusion.objects.filter(subject__in=frozenset(subjects), ended_at__isnull=True)
    with part(), working_as(HAVEN, "subjects.recipients", or_as="subjects.delivering"):
        return _gathered(standing.values_list("subject", "person"))


def hidden_from(person: UUID) -> Q:
    """A filter on whatever has a `subject`: what concerns somebody from whom this person is excluded. Haven looks with
    it, since she sees neither whom it concerns nor who excluded her."""
    return Q(subject__in=standing_exclusions(person).values("subject"))


def recipients_of(*, subject: UUID, school: UUID, on: date) -> Chosen:
    """Who gets what concerns this child at this school: its leads; else its head; else its chair or trust; else the
    council's officer. `is_alarm` where no lead of the school was left."""
    return recipients_about(subjects=[subject], school=school, on=on)


def recipients_about(*, subjects: Collection[UUID], school: UUID, on: date) -> Chosen:
    """The same for what concerns several children: nobody gets it who is excluded from any of them."""
    found = candidates_at(schools=[school], on=on)[school]
    return choose(found, excluded=excluded_people(subjects=subjects))


def home_recipients(*, subjects: Collection[UUID], area: UUID, on: date, council: UUID | None = None) -> Chosen:
    """Who gets what concerns children who learn at home: the officer whom the area names; else the council's leads.
    Where only one council may be asked, of its people.

    Nobody at a school is asked, so the officer is no alarm: `rung` is that of a recipient where she is there.
    """
    return choose(candidates_in(area=area, on=on, council=council), excluded=excluded_people(subjects=subjects))


def candidates_at(*, schools: Collection[UUID], on: date) -> dict[UUID, list[Candidate]]:
    """For each school everybody who might get what concerns a child there, in five questions however many there are."""
    if not schools:
        return {}
    served = areas_served(organisations=schools, on=on)
    areas = _gathered((school, each.area) for school, those in served.items() for each in those)
    everywhere = {each for those in areas.values() for each in those}
    councils = _councils(everywhere, on)
    settings = {row.area_id: row for row in AreaSetting.objects.filter(area__in=everywhere)}
    trusts = {pk: row.trust_id for pk, row in organisations_at(organisations=schools).items()}
    above = {each for each in trusts.values() if each}
    standing = _standing({*schools, *above, *(each for those in councils.values() for each in those)}, on)
    found = {}
    for school in schools:
        near = sorted(areas[school], key=str)
        role = ((settings.get(near[0]) if near else None) or AreaSetting()).last_resort_role
        places = {
            "school": [school],
            "above": [each for each in (school, trusts.get(school)) if each],
            "councils": [each for area in near for each in councils[area]],
        }
        found[school] = [
            each
            for rung, roles in rungs(council_role=Role(role))
            for each in _on(rung, roles, places[PATH[rung]], standing)
        ]
    return found


def candidates_in(*, area: UUID, on: date, council: UUID | None = None) -> list[Candidate]:
    """Everybody who might get what concerns a child who learns at home in an area; where given, at this council."""
    return candidates_at_home(areas=[area], on=on, council=council)[area]


def candidates_at_home(
    *, areas: Collection[UUID], on: date, council: UUID | None = None
) -> dict[UUID, list[Candidate]]:
    """The same for each of these areas, in three questions however many there are."""
    if not areas:
        return {}
    councils = {area: {council} for area in areas} if council else _councils(areas, on)
    settings = {row.area_id: row for row in AreaSetting.objects.filter(area__in=areas)}
    standing = _standing({each for those in councils.values() for each in those}, on)
    found = {}
    for area in areas:
        named = Role((settings.get(area) or AreaSetting()).home_education_role)
        officers = _on(Rung.RECIPIENT, {named}, councils[area], standing)
        found[area] = officers + _on(Rung.ANYONE, COUNCIL_LEADS, councils[area], standing)
    return found


def settings_of(*, area: UUID) -> AreaSetting:
    """What an area sets, or what holds where it sets nothing."""
    return AreaSetting.objects.filter(area=area).first() or AreaSetting(area=Area(pk=area))


def _on(rung: Rung, roles: Collection[Role], places: Collection[UUID], standing: Standing) -> list[Candidate]:
    found = {person for place in places for role in roles for person in standing.get((place, role), ())}
    return [Candidate(person, rung) for person in found]


def _standing(places: Collection[UUID], on: date) -> Standing:
    """Everybody who holds or covers a post at one of these places and can sign in."""
    held = able_posts(on).filter(organisation__in=places).order_by().values_list("organisation", "role", "person")
    posts = Post.objects.filter(on_day(on), organisation__in=places)
    covering = Cover.objects.filter(on_day(on), with_second_factor("covered_by"), post__in=posts)
    covering = covering.filter(covered_by__is_active=True).order_by()
    rows = held.union(covering.values_list("post__organisation", "post__role", "covered_by"), all=True)
    return _gathered(((place, Role(role)), person) for place, role, person in rows)


def _councils(areas: Collection[UUID], on: date) -> defaultdict[UUID, set[UUID]]:
    serving = agencies_serving(areas=areas, on=on)
    return _gathered(
        (area, each.organisation) for area, those in serving.items() for each in those if each.kind == Kind.COUNCIL
    )


def _gathered(pairs: Iterable[tuple[Key, UUID]]) -> defaultdict[Key, set[UUID]]:
    found: defaultdict[Key, set[UUID]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return found
