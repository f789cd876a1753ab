"""Who is told of a delivery, and who may read it: never anybody who must not know, and always somebody."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from haven.access.actor import HAVEN
from haven.access.roles import COUNCIL_LEADS, Kind, Role
from haven.ledger.together import part
from haven.notifications.models import AreaRule, Delivery, Notice, Notification
from haven.notifications.queries.settings import rules_of
from haven.notifications.rules.escalating import Audience
from haven.people.models import Cover, Organisation, Person, Post
from haven.people.queries import holding, on_day
from haven.people.seeing import working_as
from haven.subjects.queries.recipients import candidates_at, candidates_at_home, exclusions_of
from haven.subjects.rules.recipients import Chosen, Rung, choose
from haven.subjects.rules.ties import SENDERS


@dataclass(frozen=True, slots=True)
class Spot:
    """A place at which something concerns children: a school, or the area in which they learn at home."""

    subjects: Collection[UUID]
    school: UUID | None
    home_area: UUID | None


@dataclass(frozen=True, slots=True)
class Readers:
    """Who may read a delivery now; where that is by name, also the organisation in which each of them does."""

    chosen: Chosen
    organisations: dict[UUID, UUID]


def subjects_of(*, notification: UUID) -> frozenset[UUID]:
    """Every child of a sending."""
    return subjects_by(notifications=[notification])[notification]


def subjects_by(*, notifications: Collection[UUID]) -> Mapping[UUID, frozenset[UUID]]:
    """The same for each of these."""
    with part(), working_as(HAVEN, "subjects.delivering"):
        rows = list(Notice.objects.filter(notification__in=notifications).values_list("notification", "subject"))
    found: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for notification, subject in rows:
        found[notification].add(subject)
    return {each: frozenset(found[each]) for each in notifications}


def excluded_from_sendings(*, notifications: Collection[UUID]) -> Mapping[UUID, frozenset[UUID]]:
    """Who must know nothing of each: whoever is excluded from any of its children."""
    return excluded_by(subjects=subjects_by(notifications=notifications))


def excluded_by(*, subjects: Mapping[UUID, Collection[UUID]]) -> Mapping[UUID, frozenset[UUID]]:
    """The same where the children of each are known."""
    with part(), working_as(HAVEN, "subjects.delivering"):
        out = exclusions_of(subjects={one for those in subjects.values() for one in those})
    return {
        each: frozenset[UUID]().union(*(out[one] for one in those if one in out)) for each, those in subjects.items()
    }


def emails_of(*, people: Collection[UUID]) -> dict[UUID, str]:
    """Where a letter reaches those of them who are there."""
    return dict(Person.objects.filter(pk__in=people, is_active=True).values_list("pk", "email"))


def readers_of(*, spots: Sequence[Spot], on: date) -> list[Readers]:
    """Who may read what concerns these children at each place, asked once for all; for home education, the officer whom
    the area names."""
    schools = candidates_at(schools={each.school for each in spots if each.school}, on=on)
    homes = candidates_at_home(areas={each.home_area for each in spots if each.home_area}, on=on)
    excluded = exclusions_of(subjects={one for each in spots for one in each.subjects})
    chosen = [
        choose(
            schools[each.school] if each.school else homes[each.home_area] if each.home_area else [],
            excluded=frozenset[UUID]().union(*(excluded[one] for one in each.subjects if one in excluded)),
        )
        for each in spots
    ]
    by_name = [each for each in zip(spots, chosen, strict=True) if _is_by_name(*each)]
    held = _held({person for _, those in by_name for person in those.people}, on)
    trusts = _trusts({spot.school for spot, _ in by_name if spot.school})
    return [Readers(those, _nearest(held, those, spot, trusts)) for spot, those in zip(spots, chosen, strict=True)]


class Around:
    """Who is around some deliveries. Each sort of people is asked for all of them at once, when the first is wanted."""

    def __init__(self, deliveries: Sequence[Delivery], on: date) -> None:
        self.deliveries, self.on = deliveries, on

    def told(self, delivery: Delivery, audience: Audience) -> frozenset[UUID]:
        """Whom a step tells of one of them. Where nobody of its audience may be told, the next above is; at last, the
        sender."""
        excluded = self.excluded[delivery.notification_id]
        if audience is Audience.SENDER:
            return self._senders(delivery) - excluded
        if audience is Audience.SENDER_AND_COUNCIL:
            return (self._senders(delivery) | self._council(delivery)) - excluded
        if audience is Audience.READERS and (readers := self.readers[delivery.pk].chosen.people):
            return frozenset(readers)
        if audience is Audience.HEAD and (heads := self._heads[delivery.school_id] - excluded):
            return heads
        return (self._council(delivery) - excluded) or (self._senders(delivery) - excluded)

    @cached_property
    def readers(self) -> Mapping[UUID, Readers]:
        """Who may read each, by its identifier."""
        spots = [
            Spot(self.subjects[each.notification_id], each.school_id, each.home_area_id) for each in self.deliveries
        ]
        found = readers_of(spots=spots, on=self.on)
        return {each.pk: readers for each, readers in zip(self.deliveries, found, strict=True)}

    @cached_property
    def subjects(self) -> Mapping[UUID, frozenset[UUID]]:
        """The children of each notification."""
        return subjects_by(notifications={each.notification_id for each in self.deliveries})

    @cached_property
    def excluded(self) -> Mapping[UUID, frozenset[UUID]]:
        """Who must know nothing of each notification."""
        return excluded_by(subjects=self.subjects)

    @cached_property
    def _heads(self) -> Mapping[UUID | None, frozenset[UUID]]:
        return self._holding({Role.HEAD}, {each.school_id for each in self.deliveries})

    def _council(self, delivery: Delivery) -> frozenset[UUID]:
        """The council's duty officer, in the role that the area names; else its safeguarding leads."""
        duty = Role(self._rules[delivery.area_id].duty_role)
        place = delivery.council_id
        found = {person for at, role, person in self._of_councils if at == place and role is duty}
        return frozenset(
            found or {person for at, role, person in self._of_councils if at == place and role in COUNCIL_LEADS}
        )

    @cached_property
    def _of_councils(self) -> Collection[tuple[UUID, Role, UUID]]:
        roles = {Role(each.duty_role) for each in self._rules.values()} | set(COUNCIL_LEADS)
        councils = {each.council_id for each in self.deliveries if each.council_id}
        return holding(roles=roles, organisations=councils, on=self.on)

    @cached_property
    def _rules(self) -> Mapping[UUID, AreaRule]:
        return rules_of(areas={each.area_id for each in self.deliveries})

    def _senders(self, delivery: Delivery) -> frozenset[UUID]:
        """Whoever sent it, while she works there; else everybody who sends for that organisation."""
        there, sender = self._sending[delivery.sender_id], self._sent_by[delivery.notification_id]
        return frozenset({sender}) if sender in there else there

    @cached_property
    def _sending(self) -> Mapping[UUID | None, frozenset[UUID]]:
        return self._holding(SENDERS, {each.sender_id for each in self.deliveries})

    @cached_property
    def _sent_by(self) -> Mapping[UUID, UUID | None]:
        with part(), working_as(HAVEN, "subjects.delivering"):
            rows = Notification.objects.filter(pk__in={each.notification_id for each in self.deliveries})
            return dict(rows.values_list("pk", "sent_by"))

    def _holding(
        self, roles: Collection[Role], organisations: Collection[UUID | None]
    ) -> Mapping[UUID | None, frozenset[UUID]]:
        places = {each for each in organisations if each}
        found = holding(roles=roles, organisations=places, on=self.on)
        return {each: frozenset(person for place, _, person in found if place == each) for each in organisations}


def _is_by_name(spot: Spot, chosen: Chosen) -> bool:
    return spot.school is None or chosen.rung > Rung.RECIPIENT


Posts = Sequence[tuple[UUID, UUID, str]]
"""People, the organisations in which they hold or cover a post, and of what kind those are."""


def _held(people: Collection[UUID], on: date) -> Posts:
    if not people:
        return []
    held = Post.objects.filter(on_day(on), person__in=people)
    covered = Cover.objects.filter(on_day(on), covered_by__in=people)
    return [
        *held.values_list("person", "organisation", "organisation__kind"),
        *covered.values_list("covered_by", "post__organisation", "post__organisation__kind"),
    ]


def _trusts(schools: Collection[UUID]) -> Mapping[UUID | None, UUID | None]:
    return dict(Organisation.objects.filter(pk__in=schools).values_list("pk", "trust")) if schools else {}


def _nearest(held: Posts, chosen: Chosen, spot: Spot, trusts: Mapping[UUID | None, UUID | None]) -> dict[UUID, UUID]:
    """Where each of them reads it: at the school, else at its trust, else at a council."""
    school, trust = spot.school, trusts.get(spot.school)
    mine = [row for row in held if row[0] in chosen.people]
    ranked = sorted(mine, key=lambda row: (row[1] != school, row[1] != trust, row[2] != Kind.COUNCIL), reverse=True)
    return {person: organisation for person, organisation, _ in ranked}
