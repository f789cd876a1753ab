"""What the schools of an area have not read, for those of the council who see that somebody does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.access.roles import Kind
from haven.engines.days.moments import local_day
from haven.notifications.models import Delivery
from haven.notifications.policy import WATCHERS, deliveries_watched
from haven.notifications.queries.clocks import minutes_left
from haven.notifications.queries.settings import rule_of
from haven.notifications.queries.telling import readers_at, subjects_of
from haven.notifications.rules.stages import IN_WORDS, UNREAD, Stage
from haven.people.models import Person
from haven.people.seeing import seeing


@dataclass(frozen=True, slots=True)
class Unread:
    """One delivery that nobody has read, and whom to ask for at the place."""

    delivery: UUID
    reference: str
    place: str
    town: str
    deadline_at: datetime
    minutes_left: int
    words: str
    is_due: bool  # on the duty list: an hour is left, or less
    is_to_ring: bool  # half an hour is left, or less
    is_late: bool
    is_alarm: bool
    readers: Sequence[str]
    prompted: int


def watches(actor: Actor) -> bool:
    """Whether she sees where deliveries of an area stand."""
    return any(post.role in WATCHERS and post.kind is Kind.COUNCIL for post in actor.posts)


@seeing("notifications.listing")
def unread_in_areas(*, by: Actor, at: datetime) -> list[Unread]:
    """Everything that is unread in her areas, the first deadline first. Raises `Refused`."""
    if not watches(by):
        raise Refused(Reason.NOT_THE_ROLE)
    rows = Delivery.objects.filter(deliveries_watched(by), stage__in=sorted(UNREAD))
    rows = rows.select_related("school", "home_area").order_by("deadline_at", "reference")
    return [_unread(row, at) for row in rows]


def _unread(row: Delivery, at: datetime) -> Unread:
    rule, left = rule_of(area=row.area_id), minutes_left(row, at)
    return Unread(
        delivery=row.pk,
        reference=row.reference,
        place=row.school.name if row.school else f"Taught at home in {row.home_area}",
        town=row.school.town if row.school else "",
        deadline_at=row.deadline_at,
        minutes_left=left,
        words=IN_WORDS[Stage(row.stage)],
        is_due=left <= rule.duty_list_before,
        is_to_ring=left <= rule.telephone_before,
        is_late=at >= row.deadline_at,
        is_alarm=row.is_alarm,
        readers=_names(row, at),
        prompted=row.prompted,
    )


def _names(row: Delivery, at: datetime) -> list[str]:
    """Whom to ask for: those who may read it there today. Where it came back, nobody of the school."""
    if row.stage == Stage.NOT_OURS:
        return []
    children = subjects_of(notification=row.notification_id)
    found = readers_at(subjects=children, school=row.school_id, home_area=row.home_area_id, on=local_day(at))
    return list(Person.objects.filter(pk__in=found.chosen.people).order_by("name").values_list("name", flat=True))
