"""Who may set what is read, send it, sign for whom and see who has; each with its filter.

What a governing body decides, the governor and the school's leads may put down. Names are the school's own: its leads
and its governors see them; the area's leads see how many, never who.
"""

from uuid import UUID

from django.db.models import Q

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Decision, Reason, allow, refuse
from haven.access.roles import GOVERNORS, SCHOOL_LEADS, SCHOOL_ROLES, Kind, Role
from haven.readings.models import Round, Signature

KEEPERS = SCHOOL_LEADS
DECIDERS = SCHOOL_LEADS | GOVERNORS
OF_A_SCHOOL = SCHOOL_ROLES | {Role.ADMINISTRATOR}


def may_keep(actor: Actor, school: UUID) -> Decision:
    """The school's leads send rounds, remind, look after the list of readers and record what was signed on paper."""
    return _holds(actor, school, KEEPERS)


def may_decide(actor: Actor, school: UUID) -> Decision:
    """The school's leads and its governors set who reads what."""
    return _holds(actor, school, DECIDERS)


def may_see(actor: Actor, school: UUID) -> Decision:
    """The school's leads and its governors see who has signed."""
    return may_decide(actor, school)


def rounds_seen_by(actor: Actor) -> Q:
    """The rounds of which `may_see` lets her see who has signed."""
    return Q(organisation__in=actor.organisations(DECIDERS))


def may_read(actor: Actor, school: UUID) -> Decision:
    """Whoever holds a post of her own in the school reads and signs for herself."""
    if school in schools_read_in(actor):
        return allow(Reason.HOLDS_THE_POST)
    return refuse(Reason.NOT_THE_ORGANISATION)


def schools_read_in(actor: Actor) -> frozenset[UUID]:
    """The schools in which `may_read` lets her read."""
    own = (post for post in actor.posts if not post.is_cover and post.kind is Kind.SCHOOL)
    return frozenset(post.organisation for post in own if post.role in OF_A_SCHOOL)


def may_take_back(actor: Actor, signature: Signature) -> Decision:
    """The school's leads, what was recorded by mistake."""
    return may_keep(actor, signature.reader.organisation_id)


def may_count(actor: Actor, area: UUID) -> Decision:
    """The council's leads for the area see how many have signed in each school."""
    return allow(Reason.LEADS_THE_AREA) if area in actor.leads else refuse(Reason.NOT_THE_AREA)


def may_prompt(actor: Actor) -> Decision:
    """Only Haven itself, in the background."""
    return allow(Reason.IS_HAVEN) if actor == HAVEN else refuse(Reason.NOT_THE_ROLE)


def may_end(actor: Actor, round_: Round) -> Decision:
    """The school's leads."""
    return may_keep(actor, round_.organisation_id)


def _holds(actor: Actor, school: UUID, roles: frozenset[Role]) -> Decision:
    if actor.holds(*roles, organisation=school):
        return allow(Reason.HOLDS_THE_POST)
    return refuse(
        Reason.NOT_THE_ROLE if actor.holds(*OF_A_SCHOOL, organisation=school) else Reason.NOT_THE_ORGANISATION
    )
