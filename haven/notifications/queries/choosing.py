"""Which school is meant, by its number in the national register and never by free text; and who works there."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.db.models.query import QuerySet

from haven.access.actor import Actor
from haven.access.roles import Kind
from haven.engines.sealing.lookup import normalised
from haven.notifications.rules.phases import look_alikes
from haven.people.models import Area, Cover, Organisation, Phase, Post, ServedArea, on_day
from haven.people.queries.organisations import THERE
from haven.people.queries.serving import keep_organisations
from haven.subjects.rules.ties import SENDERS

SHOWN = 20  # schools that fit what was typed
URN = re.compile(r"\b\d{6,7}\b")


@dataclass(frozen=True, slots=True)
class School:
    """A school as whoever sends must see it to tell it from another."""

    urn: int
    id: UUID
    name: str
    town: str
    phase: str
    postcode: str
    is_look_alike: bool = False

    @property
    def in_words(self) -> str:
        """Name, town, phase and postcode, in one line."""
        phase = Phase(self.phase).label if self.phase else ""
        return ", ".join(each for each in (self.name, self.town, phase, self.postcode) if each)


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody with an account who works at one of the schools, under a name that was given."""

    person: UUID
    name: str
    school: str


def areas_sent_to(*, by: Actor) -> QuerySet[Area]:
    """The areas for which somebody sends, by name."""
    return Area.objects.filter(pk__in=by.areas(SENDERS)).order_by("name")


def schools_numbered(*, urns: Collection[int]) -> dict[int, School]:
    """The open schools with these numbers. Whoever's name looks like theirs is not told here."""
    rows = list(Organisation.objects.filter(kind=Kind.SCHOOL, status__in=THERE, urn__in=urns))
    keep_organisations(rows)
    return {school.urn: school for school in map(_school, rows)}


def schools_meant(*, words: str, by: Actor, on: date) -> list[School]:
    """The open schools that fit what was typed, a number or words of name, town or postcode; then their look-alikes.

    Those of the areas she sends for come first; another's are found by number, or where none of her own fits.
    """
    there = Organisation.objects.filter(kind=Kind.SCHOOL, status__in=THERE)
    numbers = [int(each) for each in URN.findall(words)]
    near = there.filter(pk__in=_served(by.areas(SENDERS), on))
    found = list(there.filter(urn__in=numbers)) if numbers else _fitting(near, words) or _fitting(there, words)
    fit = [_school(each) for each in found[:SHOWN]]
    alike = _alike(fit, near)
    return fit + alike[: SHOWN - len(fit)] if len(fit) < SHOWN else fit


def home_area_of(*, school: UUID, on: date) -> UUID | None:
    """The area in which a school lies on this day."""
    rows = ServedArea.objects.filter(on_day(on), organisation=school, is_home=True)
    return rows.values_list("area", flat=True).first()


def staff_called(*, names: Iterable[str], schools: Collection[UUID], on: date) -> list[Staff]:
    """Whoever holds or covers a post at one of these schools and has one of these names, whatever its spelling."""
    wanted = {normalised(name) for name in names} - {""}
    if not wanted:
        return []
    posts = Post.objects.filter(on_day(on), organisation__in=schools)
    told = {
        (post.person_id, post.person.name, post.organisation.name)
        for post in posts.select_related("person", "organisation")
    }
    covers = Cover.objects.filter(on_day(on), post__in=posts).select_related("covered_by", "post__organisation")
    told |= {(cover.covered_by_id, cover.covered_by.name, cover.post.organisation.name) for cover in covers}
    return [Staff(*each) for each in sorted(told, key=lambda each: each[1:]) if normalised(each[1]) in wanted]


def _fitting(rows: QuerySet[Organisation], words: str) -> list[Organisation]:
    typed = [word for word in re.split(r"[\s,;()]+", words) if word]
    for word in typed:
        bare = word.replace("’", "'")
        rows = rows.filter(
            Q(name__icontains=bare)
            | Q(name__icontains=bare.replace("'", "’"))
            | Q(town__icontains=word)
            | Q(postcode__icontains=word)
        )
    return list(rows.order_by("name", "urn")[:SHOWN]) if typed else []


def _alike(found: Sequence[School], near: QuerySet[Organisation]) -> list[School]:
    known = {each.urn for each in found}
    others = [_school(row, is_look_alike=True) for row in near.exclude(urn__in=known)]
    alike = [each for school in found[:3] for each in look_alikes(school, others)]
    return list({each.urn: each for each in alike}.values())


def _served(areas: Collection[UUID], on: date) -> QuerySet[ServedArea]:
    return ServedArea.objects.filter(on_day(on), area__in=areas).values("organisation")  # type: ignore[return-value]


def _school(row: Organisation, *, is_look_alike: bool = False) -> School:
    assert row.urn is not None
    return School(row.urn, row.pk, row.name, row.town, row.phase, row.postcode, is_look_alike)
