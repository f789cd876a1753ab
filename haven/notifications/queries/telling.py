"""Who is told of a delivery, and who may read it: never anybody who must not know, and always somebody."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from haven.access.actor import HAVEN
from haven.access.roles import COUNCIL_LEADS, Kind, Role
from haven.ledger.together import part
from haven.notifications.models import Delivery, Notice
from haven.notifications.queries.settings import rule_of
from haven.notifications.rules.escalating import Audience
from haven.people.models import Cover, Organisation, Post
from haven.people.queries import holders, on_day
from haven.people.seeing import working_as
from haven.subjects.models import Exclusion
from haven.subjects.queries.recipients import candidates_at, candidates_in, exclusions_of
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
    with part(), working_as(HAVEN, "subjects.delivering"):
        return frozenset(Notice.objects.filter(notification=notification).values_list("subject", flat=True))


def excluded_from_sending(*, notification: UUID) -> frozenset[UUID]:
    """Who must know nothing of it: whoever is excluded from any of its children."""
    with part(), working_as(HAVEN, "subjects.delivering"):
        children = Notice.objects.filter(notification=notification).values("subject")
        standing = Exclusion.objects.filter(subject__in=children, ended_at=None)
        return frozenset(standing.values_list("person", flat=True))


def readers_at(*, subjects: Collection[UUID], school: UUID | None, home_area: UUID | None, on: date) -> Readers:
    """Who may read what concerns these children there; for home education, the officer whom the area names."""
    return readers_of(spots=[Spot(subjects, school, home_area)], on=on)[0]


def readers_of(*, spots: Sequence[Spot], on: date) -> list[Readers]:
    """The same for many places, asked once for all."""
    schools = candidates_at(schools={each.school for each in spots if each.school}, on=on)
    homes = {area: candidates_in(area=area, on=on) for area in {each.home_area for each in spots if each.home_area}}
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


def told(*, delivery: Delivery, audience: Audience, on: date) -> frozenset[UUID]:
    """Whom a step tells. Where nobody of its audience may be told, the next above is; at last, the sender."""
    excluded = excluded_from_sending(notification=delivery.notification_id)
    if audience is Audience.SENDER:
        return _senders(delivery, on) - excluded
    if audience is Audience.SENDER_AND_COUNCIL:
        return (_senders(delivery, on) | _council(delivery, on)) - excluded
    if audience is Audience.READERS:
        subjects = subjects_of(notification=delivery.notification_id)
        found = readers_at(subjects=subjects, school=delivery.school_id, home_area=delivery.home_area_id, on=on)
        if found.chosen.people:
            return frozenset(found.chosen.people)
    if audience is Audience.HEAD and delivery.school_id and (heads := _heads(delivery.school_id, on) - excluded):
        return heads
    return (_council(delivery, on) - excluded) or (_senders(delivery, on) - excluded)


def _heads(school: UUID, on: date) -> frozenset[UUID]:
    return frozenset(each.person for each in holders(roles={Role.HEAD}, organisations=[school], on=on))


def _council(delivery: Delivery, on: date) -> frozenset[UUID]:
    """The council's duty officer, in the role that the area names; else its safeguarding leads."""
    if delivery.council_id is None:
        return frozenset()
    duty = Role(rule_of(area=delivery.area_id).duty_role)
    found = holders(roles={duty}, organisations=[delivery.council_id], on=on)
    found = found or holders(roles=COUNCIL_LEADS, organisations=[delivery.council_id], on=on)
    return frozenset(each.person for each in found)


def _senders(delivery: Delivery, on: date) -> frozenset[UUID]:
    """Whoever sent it, while she works there; else everybody who sends for that organisation."""
    there = {each.person for each in holders(roles=SENDERS, organisations=[delivery.sender_id], on=on)}
    with part(), working_as(HAVEN, "subjects.delivering"):
        sender = delivery.notification.sent_by_id
    return frozenset({sender} if sender in there else there)


def _is_by_name(spot: Spot, chosen: Chosen) -> bool:
    return spot.school is None or chosen.rung > Rung.RECIPIENT


Held = Sequence[tuple[UUID, UUID, str]]
"""People, the organisations in which they hold or cover a post, and of what kind those are."""


def _held(people: Collection[UUID], on: date) -> Held:
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


def _nearest(held: Held, chosen: Chosen, spot: Spot, trusts: Mapping[UUID | None, UUID | None]) -> dict[UUID, UUID]:
    """Where each of them reads it: at the school, else at its trust, else at a council."""
    school, trust = spot.school, trusts.get(spot.school)
    mine = [row for row in held if row[0] in chosen.people]
    ranked = sorted(mine, key=lambda row: (row[1] != school, row[1] != trust, row[2] != Kind.COUNCIL), reverse=True)
    return {person: organisation for person, organisation, _ in ranked}
