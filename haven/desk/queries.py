"""What waits for somebody when she opens Haven."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from haven.access.actor import Actor
from haven.access.roles import COUNCIL_LEADS, SCHOOL_ROLES, Role
from haven.actions.queries.lists import Listed, OwnCounts, Shown, own_counts, own_list
from haven.actions.queries.overviews import Counts, area_counts
from haven.people.models import Area

PRESSING = 5  # how many actions the home page shows


class Desk(StrEnum):
    """Whose desk it is."""

    VISITOR = "visitor"
    UNREADY = "unready"
    SCHOOL = "school"
    LEAD = "lead"
    SCRUTINEER = "scrutineer"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class Home:
    """The home page of one actor."""

    desk: Desk
    own: OwnCounts | None = None
    pressing: tuple[Listed, ...] = ()
    areas: tuple[tuple[Area, Counts], ...] = field(default=())


def desk_of(actor: Actor) -> Desk:
    """Whose desk to lay. Whoever leads an area and works in a school too sees the area's first."""
    if actor.person is None:
        return Desk.VISITOR
    if not actor.posts:
        return Desk.UNREADY
    if actor.holds(*COUNCIL_LEADS):
        return Desk.LEAD
    if actor.holds(*SCHOOL_ROLES):
        return Desk.SCHOOL
    return Desk.SCRUTINEER if actor.holds(Role.SCRUTINEER) else Desk.PARTNER


def home_of(*, by: Actor, at: datetime) -> Home:
    """What waits for this actor."""
    desk = desk_of(by)
    if desk is Desk.LEAD:
        return Home(desk, areas=tuple(area_counts(by=by, at=at)))
    if desk is Desk.SCHOOL:
        pressing = own_list(by=by, at=at, shown=Shown())[:PRESSING]
        return Home(desk, own=own_counts(by=by, at=at), pressing=tuple(pressing))
    return Home(desk)
