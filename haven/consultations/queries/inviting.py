"""Who is invited to contribute, and whom to write to there."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models.query import QuerySet

from haven.access.roles import COUNCIL_LEADS, Kind, Role
from haven.actions.queries.audiences import organisations_reached, people_to_tell
from haven.actions.rules import Reach
from haven.consultations.policy import SEEING
from haven.consultations.rules.groups import AGENCIES, CONTRIBUTING
from haven.people.models import Area, Organisation, ServedArea
from haven.people.queries import on_day

FIRST_TOLD = frozenset({Role.DSL.value, Role.DEPUTY_DSL.value})
TOLD = frozenset(role.value for role in SEEING)
LEADING = frozenset(role.value for role in COUNCIL_LEADS)


def organisations_invited(*, area: Area, audience: Iterable[Reach], on: date) -> QuerySet[Organisation]:
    """The organisations of an audience that contribute: not the partnership, which scrutinises, and no trust."""
    reached = organisations_reached(area=area, audience=audience, on=on)
    return reached.filter(kind__in=[kind.value for kind in CONTRIBUTING])


def partners(*, area: Area, on: date) -> list[tuple[str, str]]:
    """The agencies that work for an area and contribute, as choices of a form; the council is asked by name alone."""
    served = ServedArea.objects.filter(on_day(on), area=area).values("organisation")
    kinds = [kind.value for kind in AGENCIES if kind is not Kind.COUNCIL]
    rows = Organisation.objects.filter(pk__in=served, kind__in=kinds).order_by("name")
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def addresses_in(*, organisations: Collection[UUID], on: date) -> dict[UUID, set[str]]:
    """For each organisation whom to write to: its safeguarding leads, else everybody there who sees contributions."""
    people = people_to_tell(organisations=organisations, on=on)
    return {place: _first(posts) for place, posts in people.items()}


def addresses_of_leads(*, areas: Collection[UUID], on: date) -> dict[UUID, set[str]]:
    """For each area the addresses of its leads."""
    served = ServedArea.objects.filter(on_day(on), area__in=areas, organisation__kind=Kind.COUNCIL.value)
    places = list(served.values_list("area_id", "organisation_id"))
    people = people_to_tell(organisations={place for _, place in places}, on=on)
    found: dict[UUID, set[str]] = {}
    for area, place in places:
        leads = {email for role, _, email in people.get(place, []) if role in LEADING}
        found[area] = found.get(area, set()) | leads
    return found


def _first(posts: Iterable[tuple[str, UUID, str]]) -> set[str]:
    posts = list(posts)
    for roles in (FIRST_TOLD, TOLD):
        if meant := {email for role, _, email in posts if role in roles and role in TOLD}:
            return meant
    return set()
