"""The calendar as this actor, or anybody, may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Q
from django.db.models.query import QuerySet

from haven.access.actor import Actor
from haven.access.decision import require
from haven.bulletins.models import Bulletin, Event, Item
from haven.bulletins.policy import items_meant_for, may_enter, read_by
from haven.bulletins.queries.withholding import Secrets, secrets_from
from haven.bulletins.rules.facts import EventFacts
from haven.bulletins.rules.marking import perhaps_named, redacted
from haven.bulletins.rules.publishing import ItemState, Standing
from haven.bulletins.rules.showing import RECURS, when
from haven.engines.reading.items import Recurs


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One event of the calendar."""

    id: UUID
    bulletin: UUID
    bulletin_title: str
    number: int
    title: str
    when: str
    starts_on: date
    starts_time: time | None
    ends_on: date | None
    ends_time: time | None
    place: str
    recurs: str
    is_online: bool
    is_optional: bool
    is_cancelled: bool
    only_for: str
    published_at: datetime | None


def events_for(*, by: Actor, on: date, has_past: bool = False) -> list[Happening]:
    """The events of the bulletins she may read, those to come or also those gone by. Raises `Refused`."""
    require(may_enter(by))
    meant, read = Item.objects.filter(items_meant_for(by, on)), Bulletin.objects.filter(read_by(by, on))
    rows = list(standing(Event.objects.filter(bulletin__in=read, item__in=meant), on, has_past))
    areas = {row.area_id: [each for each in rows if each.area_id == row.area_id] for row in rows}
    seen = [
        happening
        for area, there in areas.items()
        for happening in happenings(there, secrets_from(by=by, area=area, on=on))
    ]
    return sorted(seen, key=lambda each: (each.starts_on, each.starts_time or time.min, each.title))


def standing(events: QuerySet[Event], on: date, has_past: bool = False) -> QuerySet[Event]:
    """Of these, the ones still announced."""
    live = events.filter(bulletin__standing=Standing.PUBLISHED, item__state=ItemState.ACCEPTED)
    if not has_past:
        live = live.filter(Q(ends_on__gte=on) | Q(ends_on__isnull=True, starts_on__gte=on))
    audience = ("item__audience__cluster", "item__audience__organisation")
    return live.select_related("bulletin", "item").prefetch_related(*audience)


def happenings(rows: Iterable[Event], secrets: Secrets) -> list[Happening]:
    """The rows as they may be shown where these contacts are withheld."""
    rows = list(rows)
    secrets = perhaps_named("\n".join(f"{row.bulletin.title}\n{row.title}\n{row.place}" for row in rows), secrets)
    return [
        Happening(
            id=row.pk,
            bulletin=row.bulletin_id,
            bulletin_title=redacted(row.bulletin.title, secrets),
            number=row.item.number,
            title=redacted(row.title, secrets),
            when=when(_facts(row)),
            starts_on=row.starts_on,
            starts_time=row.starts_time,
            ends_on=row.ends_on,
            ends_time=row.ends_time,
            place=redacted(row.place, secrets),
            recurs=RECURS.get(Recurs(row.recurs), "") if row.recurs else "",
            is_online=row.is_online,
            is_optional=row.is_optional,
            is_cancelled=row.is_cancelled,
            only_for=row.item.only_for,
            published_at=row.bulletin.published_at,
        )
        for row in rows
    ]


def _facts(row: Event) -> EventFacts:
    return EventFacts(
        title=row.title,
        starts_on=row.starts_on,
        starts_time=row.starts_time,
        ends_on=row.ends_on,
        ends_time=row.ends_time,
    )
