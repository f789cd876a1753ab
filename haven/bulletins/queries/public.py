"""What anybody may read. These are the only doors of the public pages: nothing marked can come through them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.db.models.query import QuerySet

from haven.bulletins.models import Bulletin, Event
from haven.bulletins.queries.events import Happening, happenings, standing
from haven.bulletins.queries.lists import Listed, Sought, public_lines_of, searched
from haven.bulletins.queries.pages import BulletinPage
from haven.bulletins.queries.reading import public_page
from haven.bulletins.queries.withholding import secrets_from_public
from haven.bulletins.rules.publishing import Standing
from haven.engines.days.moments import local_day


@dataclass(frozen=True, slots=True)
class PublicList:
    """One page of the public bulletins, and how many there are in all."""

    lines: list[Listed]
    total: int


def public_bulletins(*, sought: Sought, start: int, size: int, on: date) -> PublicList:
    """The public bulletins that fit, from one place on."""
    found = searched(_public(on), sought)
    return PublicList(public_lines_of(found[start : start + size], secrets_from_public(), on), found.count())


def public_bulletin(*, bulletin_id: UUID, at: datetime) -> BulletinPage | None:
    """One public bulletin; none where there is none of that name."""
    found = _public(local_day(at)).select_related("note", "area", "asked_by").filter(pk=bulletin_id).first()
    return public_page(found, at) if found else None


def public_events(*, on: date) -> list[Happening]:
    """The events to come of public bulletins."""
    return happenings(standing(Event.objects.filter(bulletin__in=_public(on)), on), secrets_from_public())


def _public(on: date) -> QuerySet[Bulletin]:
    live = Q(expires_on__isnull=True) | Q(expires_on__gt=on)
    return Bulletin.objects.filter(live, is_public=True, standing=Standing.PUBLISHED)
