"""What the schools of an area have not read, for those of the council who see that somebody does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.access.roles import Kind
from haven.engines.days.moments import local_day
from haven.notifications.models import AreaRule, Delivery
from haven.notifications.policy import WATCHERS, deliveries_watched
from haven.notifications.queries.clocks import minutes_left
from haven.notifications.queries.settings import rules_of
from haven.notifications.queries.telling import Around
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
    deliveries = list(rows.select_related("school", "home_area").order_by("deadline_at", "reference"))
    rules = rules_of(areas={row.area_id for row in deliveries})
    names = _names(deliveries, at)
    return [_unread(row, rules[row.area_id], names.get(row.pk, ()), at) for row in deliveries]


@seeing("notifications.listing")
def late_in_areas(*, by: Actor, at: datetime) -> int:
    """How many of these were not read in time; none for who does not watch."""
    if not watches(by):
        return 0
    return Delivery.objects.filter(deliveries_watched(by), stage__in=sorted(UNREAD), deadline_at__lte=at).count()


def _unread(row: Delivery, rule: AreaRule, readers: Sequence[str], at: datetime) -> Unread:
    left = minutes_left(row, at)
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
        readers=readers,
        prompted=row.prompted,
    )


def _names(rows: Sequence[Delivery], at: datetime) -> Mapping[UUID, Sequence[str]]:
    """Whom to ask for: those who may read it there today. Where it came back, nobody of the school."""
    readers = Around([row for row in rows if row.stage != Stage.NOT_OURS], local_day(at)).readers
    there = {person for each in readers.values() for person in each.chosen.people}
    names = Person.objects.in_bulk(there)
    return {pk: sorted(names[person].name for person in each.chosen.people) for pk, each in readers.items()}
