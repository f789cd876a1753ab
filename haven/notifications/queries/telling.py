"""Who is told of a delivery, and who may read it: never anybody who must not know, and always somebody."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from haven.access.actor import HAVEN
from haven.access.roles import Kind, Role
from haven.notifications.models import Delivery, Notice
from haven.notifications.queries.settings import rule_of
from haven.notifications.rules.escalating import Audience
from haven.people.models import Cover, Organisation, Post
from haven.people.queries import holders, on_day
from haven.people.seeing import working_as
from haven.subjects.models import Exclusion
from haven.subjects.queries.recipients import home_recipients_about, recipients_about
from haven.subjects.rules.recipients import Chosen
from haven.subjects.rules.ties import SENDERS

LAST_OF_COUNCIL = frozenset({Role.SAFEGUARDING_LEAD, Role.SAFEGUARDING_OFFICER})


@dataclass(frozen=True, slots=True)
class Readers:
    """Who may read a delivery now, and the organisation in which each of them does."""

    chosen: Chosen
    organisations: dict[UUID, UUID]


def subjects_of(*, notification: UUID) -> frozenset[UUID]:
    """Every child of a sending."""
    with transaction.atomic(), working_as(HAVEN, "subjects.delivering"):
        return frozenset(Notice.objects.filter(notification=notification).values_list("subject", flat=True))


def excluded_from_sending(*, notification: UUID) -> frozenset[UUID]:
    """Who must know nothing of it: whoever is excluded from any of its children."""
    with transaction.atomic(), working_as(HAVEN, "subjects.delivering"):
        children = Notice.objects.filter(notification=notification).values("subject")
        standing = Exclusion.objects.filter(subject__in=children, ended_at=None)
        return frozenset(standing.values_list("person", flat=True))


def readers_at(*, subjects: Collection[UUID], school: UUID | None, home_area: UUID | None, on: date) -> Readers:
    """Who may read what concerns these children there; for home education, the officer whom the area names."""
    if school is not None:
        chosen = recipients_about(subjects=subjects, school=school, on=on)
    else:
        assert home_area is not None
        chosen = home_recipients_about(subjects=subjects, area=home_area, on=on)
    return Readers(chosen, _organisations(chosen.people, school, on))


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
    found = found or holders(roles=LAST_OF_COUNCIL, organisations=[delivery.council_id], on=on)
    return frozenset(each.person for each in found)


def _senders(delivery: Delivery, on: date) -> frozenset[UUID]:
    """Whoever sent it, while she works there; else everybody who sends for that organisation."""
    there = {each.person for each in holders(roles=SENDERS, organisations=[delivery.sender_id], on=on)}
    with transaction.atomic(), working_as(HAVEN, "subjects.delivering"):
        sender = delivery.notification.sent_by_id
    return frozenset({sender} if sender in there else there)


def _organisations(people: Collection[UUID], school: UUID | None, on: date) -> dict[UUID, UUID]:
    """Where each of these holds or covers a post: at the school, else at its trust, else at a council."""
    trust = Organisation.objects.filter(pk=school).values_list("trust", flat=True).first() if school else None
    held = Post.objects.filter(on_day(on), person__in=people).values_list(
        "person", "organisation", "organisation__kind"
    )
    covered = Cover.objects.filter(on_day(on), covered_by__in=people)
    rows = [*held, *covered.values_list("covered_by", "post__organisation", "post__organisation__kind")]
    ranked = sorted(rows, key=lambda row: (row[1] != school, row[1] != trust, row[2] != Kind.COUNCIL), reverse=True)
    return {person: organisation for person, organisation, _ in ranked}
