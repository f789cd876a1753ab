"""Who may do what with a confidential record: function and tie and not excluded and state and strength.

A function is a role that somebody holds. A tie is what binds her, or her organisation, to one record. A role without a
tie opens nothing; a tie without a role opens nothing but to whom it names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from haven.access.actor import Actor, HeldPost
from haven.access.decision import Decision, Reason, allow, refuse
from haven.access.roles import INTELLIGENCE, Role


class Tie(StrEnum):
    """What binds somebody to a record. An organisation's tie works through those who hold or cover a role in it."""

    OWNED = "owned"  # her organisation keeps it
    ADDRESSED = "addressed"  # it was sent to her organisation
    ASSIGNED = "assigned"  # it was given to her by name
    LINKED = "linked"  # it belongs to work that her organisation does
    LOOKED_UP = "looked-up"  # she looked for the subject, said why, and may see it until the day is over
    GUEST = "guest"  # she may see it until a day
    BROKEN = "broken"  # she broke the glass, until a moment


class State(StrEnum):
    """Where a record stands."""

    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"  # taken back by whoever sent it
    ERASED = "erased"


class Deed(StrEnum):
    """What somebody wishes to do with a record."""

    READ = "read"
    CHANGE = "change"
    SEND_ON = "send on"
    WITHDRAW = "withdraw"
    EXPORT = "export"


RECIPIENTS = frozenset({Role.DSL, Role.DEPUTY_DSL})
"""Who at a school gets what is sent to it (written evidence to Parliament on Operation Encompass: a trained DSL)."""

SENDERS = frozenset(
    {
        Role.POLICE_OFFICER,
        Role.MASH_COORDINATOR,
        Role.SOCIAL_WORKER,
        Role.DUTY_OFFICER,
        Role.SAFEGUARDING_LEAD,
        Role.SAFEGUARDING_OFFICER,
        Role.HOME_EDUCATION_OFFICER,
    }
)
"""Who sends what concerns a child, and asks about it, for the police and the council."""

OWNERS = SENDERS | INTELLIGENCE
"""Who works with records that her own organisation keeps. Which of them, each capability adds: an intelligence officer
works with what the unit was told, and not with what her force sends to schools."""

READERS = RECIPIENTS | OWNERS | {Role.HEALTH_PRACTITIONER, Role.TRUST_LEAD}
"""Who reads what her organisation was sent."""

KEEPERS = frozenset({Role.PRIVACY_OFFICER, Role.SAFEGUARDING_LEAD})
"""Who holds, exports and erases what an area keeps. Without any tie they see that a record is there."""

LENT_FOR = timedelta(days=30)
"""For how long a guest reads a record at most."""

PERSONAL = frozenset({Tie.ASSIGNED, Tie.LOOKED_UP, Tie.GUEST, Tie.BROKEN})
"""Ties that name a person. They hold while she holds any post at all."""

BY_ROLE: Mapping[Deed, Mapping[Tie, frozenset[Role]]] = {
    Deed.READ: {Tie.OWNED: OWNERS, Tie.ADDRESSED: READERS, Tie.LINKED: OWNERS},
    Deed.CHANGE: {Tie.OWNED: OWNERS},
    Deed.SEND_ON: {Tie.OWNED: OWNERS},
    Deed.WITHDRAW: {Tie.OWNED: OWNERS},
    Deed.EXPORT: {Tie.OWNED: OWNERS, Tie.ADDRESSED: RECIPIENTS},
}
"""Which roles a tie of the organisation lets do what."""

BY_NAME: Mapping[Deed, frozenset[Tie]] = {
    Deed.READ: PERSONAL,
    Deed.CHANGE: frozenset({Tie.ASSIGNED}),
    Deed.SEND_ON: frozenset(),
    Deed.WITHDRAW: frozenset(),
    Deed.EXPORT: frozenset({Tie.ASSIGNED}),
}
"""Which ties of a person let her do what."""

STATES: Mapping[Deed, frozenset[State]] = {
    Deed.READ: frozenset({State.OPEN, State.CLOSED}),
    Deed.CHANGE: frozenset({State.OPEN}),
    Deed.SEND_ON: frozenset({State.OPEN}),
    Deed.WITHDRAW: frozenset({State.OPEN}),
    Deed.EXPORT: frozenset({State.OPEN, State.CLOSED}),
}
"""In which states of the record each is possible. Whoever keeps a record reads it when it was withdrawn, too."""

READ_AFTER_WITHDRAWAL = frozenset({Tie.OWNED})

STRONG = frozenset({Deed.EXPORT})
"""What needs the second factor shown afresh."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, when, and whether she has just now shown her second factor again."""

    actor: Actor
    at: datetime
    is_fresh: bool = False


@dataclass(frozen=True, slots=True)
class Bond:
    """One tie of a record: to an organisation or to a person, from a moment, perhaps until another."""

    tie: Tie
    starts_at: datetime
    organisation: UUID | None = None
    person: UUID | None = None
    ends_at: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether it holds at this moment. At the second it ends it holds no more."""
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)


@dataclass(frozen=True, slots=True)
class Facts:
    """What must be known of a record to decide: its state, its ties, and who must never see it."""

    state: State
    bonds: tuple[Bond, ...]
    excluded: frozenset[UUID]


def decided(asker: Asker, deed: Deed, facts: Facts) -> Decision:
    """The decision, in one place for pages, lists, files, counts and letters."""
    actor = asker.actor
    if actor.person is None:
        return refuse(Reason.NOT_SIGNED_IN)
    if not actor.posts:
        return refuse(Reason.NO_LIVE_POST)
    if actor.person in facts.excluded:
        return refuse(Reason.NOT_THE_ORGANISATION)  # as to whoever has no tie: nothing tells her why
    found = [bond for bond in facts.bonds if bond.holds(asker.at) and _binds(bond, deed, actor)]
    if not found:
        return refuse(Reason.NOT_THE_ORGANISATION)
    if not any(state_allows(deed, facts.state, bond.tie) for bond in found):
        return refuse(Reason.WRONG_STATE)
    if deed in STRONG and not asker.is_fresh:
        return refuse(Reason.NOT_FRESH)
    return allow(Reason.WAS_SENT_TO)


def state_allows(deed: Deed, state: State, tie: Tie) -> bool:
    """Whether a record in this state lets this be done by this tie."""
    if deed is Deed.READ and state is State.WITHDRAWN:
        return tie in READ_AFTER_WITHDRAWAL
    return state in STATES[deed]


def acting_as(actor: Actor, roles: frozenset[Role], area: UUID | None = None) -> HeldPost | None:
    """The post in which she does it: the first with one of the roles, where given for this area; her own before a
    cover."""
    held = [post for post in actor.posts if post.role in roles and (area is None or area in post.areas)]
    return held[0] if held else None


def _binds(bond: Bond, deed: Deed, actor: Actor) -> bool:
    if bond.tie in PERSONAL:
        return bond.tie in BY_NAME[deed] and bond.person == actor.person
    roles = BY_ROLE[deed].get(bond.tie, frozenset[Role]())
    return actor.holds(*roles, organisation=bond.organisation)
