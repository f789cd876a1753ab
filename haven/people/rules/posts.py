"""Posts, covers and invitations: what is possible, whoever asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from haven.access.decision import Decision, Reason, allow, refuse
from haven.access.roles import GOVERNORS, ROLES_OF, SCHOOL_ROLES, Kind, Role

INVITATION_LASTS = timedelta(days=14)

INDISPENSABLE = {Kind.SCHOOL: Role.DSL}
"""The role that an open organisation of this kind is never without (KCSIE: every school designates a lead)."""

INVITABLE_BY = {
    Role.HEAD: SCHOOL_ROLES,
    Role.DSL: frozenset({Role.DEPUTY_DSL, Role.SCHOOL_STAFF}) | GOVERNORS,
    Role.SAFEGUARDING_LEAD: ROLES_OF[Kind.COUNCIL] - {Role.ADMINISTRATOR},
}
"""Whom the holder of a post may bring into her own organisation. An administrator may bring anyone it has room for."""

KINDS_OPENED_BY_COUNCIL = frozenset({Kind.SCHOOL, Kind.POLICE, Kind.HEALTH, Kind.TRAINER, Kind.CHARITY, Kind.TRUST})
"""Where the council's leads may bring people in from outside: not into the partnership, which scrutinises them."""

AGENCY_OF: dict[Role, Kind] = {
    role: kind
    for kind, roles in ROLES_OF.items()
    if kind is not Kind.SCHOOL
    for role in Role
    if role in roles and role is not Role.ADMINISTRATOR
}
"""In what kind of agency a role is held. An administrator may be in any, and is invited by those who are there."""

USUAL_NAMES = {Kind.COUNCIL: "{area} Council", Kind.PARTNERSHIP: "{area} Safeguarding Partnership"}
"""What an area's agency of this kind is called unless somebody says otherwise."""


@dataclass(frozen=True, slots=True)
class Term:
    """A span of days in a post or a cover: from the first day up to, not including, the last."""

    starts_on: date
    ends_on: date | None

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.starts_on <= day and (self.ends_on is None or self.ends_on > day)

    def spans(self, other: "Term") -> bool:
        """Whether the other lies wholly in it."""
        if self.ends_on is None:
            return self.starts_on <= other.starts_on
        return self.starts_on <= other.starts_on and other.ends_on is not None and other.ends_on <= self.ends_on

    def meets(self, other: "Term") -> bool:
        """Whether they have a day in common."""
        return (self.ends_on is None or other.starts_on < self.ends_on) and (
            other.ends_on is None or self.starts_on < other.ends_on
        )


def has_room_for(kind: Kind, role: Role) -> bool:
    """Whether an organisation of this kind has such a post."""
    return role in ROLES_OF[kind]


def invitable(kind: Kind, *, own: Iterable[Role], leads_the_area: bool) -> frozenset[Role]:
    """Which roles someone may bring into an organisation: by her own posts in it, and as a lead of its area."""
    own = frozenset(own)
    if Role.ADMINISTRATOR in own or (leads_the_area and kind in KINDS_OPENED_BY_COUNCIL):
        return ROLES_OF[kind]
    roles = frozenset[Role]().union(*(INVITABLE_BY.get(role, frozenset[Role]()) for role in own))
    return roles & ROLES_OF[kind]


def ending(kind: Kind, role: Role, *, is_open: bool, has_successor: bool) -> Decision:
    """A post may end unless it would leave an open organisation without the role it cannot be without."""
    if is_open and not has_successor and INDISPENSABLE.get(kind) == role:
        return refuse(Reason.LAST_OF_ITS_KIND)
    return allow(Reason.HOLDS_THE_POST)


def is_unbroken(terms: Iterable[Term], *, from_day: date, until: date | None) -> bool:
    """Whether on every day from one up to, not including, another (or for good) at least one of the terms holds."""
    reached = from_day
    for term in sorted(terms, key=lambda term: term.starts_on):
        if until is not None and reached >= until:
            break
        if term.holds(reached):
            if term.ends_on is None:
                return True
            reached = term.ends_on
    return until is not None and reached >= until


def covering(away: Term, *, stands_in_from: Iterable[Term], is_away: bool, has_second_factor: bool) -> Decision:
    """A cover must be there for all of it: with a post of her own throughout, a second factor, and not away herself."""
    there = any(post.spans(away) for post in stands_in_from)
    if there and has_second_factor and not is_away:
        return allow(Reason.HOLDS_THE_POST)
    return refuse(Reason.LAST_OF_ITS_KIND)


def expires_at(invited_at: datetime) -> datetime:
    """When an invitation lapses."""
    return invited_at + INVITATION_LASTS


def open_invitation(*, expires: datetime, at: datetime) -> Decision:
    """An invitation may be taken up until it lapses."""
    return allow(Reason.OWN_ACCOUNT) if at < expires else refuse(Reason.WRONG_STATE)
