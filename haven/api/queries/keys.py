"""Which programs an actor looks after, and as whom a program does what it does."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models.query import QuerySet

from haven.access.actor import Actor, HeldPost
from haven.access.decision import require
from haven.access.roles import Kind, Role
from haven.api.models import ProgramKey
from haven.api.policy import KEEPERS, SENDING, keys_seen_by, may_approve, may_end, may_enter, may_register
from haven.people.models import Organisation
from haven.people.queries.organisations import areas_of


class Standing(StrEnum):
    """How a key stands."""

    WAITING = "waits for a second person"
    AHEAD = "good from its first day"
    GOOD = "in use"
    OVER = "run out"
    ENDED = "taken out of use"


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A key as a page shows it, and what this actor may do with it."""

    key: ProgramKey
    standing: Standing
    may_approve: bool
    may_end: bool


def standing_of(key: ProgramKey, *, at: datetime) -> Standing:
    """How a key stands at this moment."""
    if key.ended_at is not None:
        return Standing.ENDED
    if at >= key.ends_at:
        return Standing.OVER
    if key.approved_at is None:
        return Standing.WAITING
    return Standing.AHEAD if at < key.starts_at else Standing.GOOD


def keys_for(*, by: Actor, at: datetime, on: date) -> list[KeyLine]:
    """The keys that this actor sees, newest first. Raises `Refused` for whoever looks after none."""
    require(may_enter(by))
    return [_line(key, by, at, on) for key in _seen(by, on)]


def key_for(*, key_id: UUID, by: Actor, at: datetime, on: date) -> KeyLine:
    """One of them. Raises `DoesNotExist` where she does not see it."""
    return _line(_seen(by, on).get(pk=key_id), by, at, on)


def senders_of(*, by: Actor) -> list[Organisation]:
    """The organisations whose programs she may register."""
    rows = Organisation.objects.filter(pk__in=by.organisations(KEEPERS), kind__in=SENDING)
    return [each for each in rows if may_register(by, each)]


def program_of(key: ProgramKey, *, on: date) -> Actor:
    """As whom the program of a key sends: no person, in the post of those who send for its organisation."""
    organisation = key.organisation
    areas = frozenset(areas_of(organisation=organisation.pk, on=on).values_list("pk", flat=True))
    post = HeldPost(Role.POLICE_OFFICER, organisation.pk, organisation.name, Kind(organisation.kind), areas)
    return Actor(person=None, name=f"Program: {key.program}", posts=(post,))


def _seen(by: Actor, on: date) -> QuerySet[ProgramKey]:
    rows = ProgramKey.objects.filter(keys_seen_by(by, on=on))
    return rows.select_related("organisation", "registered_by", "approved_by", "ended_by")


def _line(key: ProgramKey, by: Actor, at: datetime, on: date) -> KeyLine:
    standing = standing_of(key, at=at)
    is_waiting = standing is Standing.WAITING
    is_live = standing in (Standing.WAITING, Standing.AHEAD, Standing.GOOD)
    return KeyLine(
        key, standing, is_waiting and bool(may_approve(by, key, on=on)), is_live and bool(may_end(by, key, on=on))
    )
