"""Who lets programs in: whoever works for the organisation that sends, and always two people."""

from datetime import date

from django.db.models import Q
from django.db.models.query import QuerySet

from haven.access.actor import Actor
from haven.access.decision import Decision, Reason, allow, refuse
from haven.access.roles import Kind, Role
from haven.api.models import ProgramKey
from haven.people.models import Organisation, ServedArea, on_day

KEEPERS = frozenset({Role.POLICE_OFFICER, Role.ADMINISTRATOR})
"""Who at a force registers, approves and ends its programs' keys."""

SENDING = frozenset({Kind.POLICE})
"""What kinds of organisation have programs that send."""

SECONDS = frozenset({Role.SAFEGUARDING_LEAD})
"""Who of the council may be the second person, where a force has no other in Haven, and may always end a key."""


def may_enter(actor: Actor) -> Decision:
    """Whoever looks after programs of a force, and the council's lead."""
    if any(post.role in KEEPERS and post.kind in SENDING for post in actor.posts) or actor.areas(SECONDS):
        return allow(Reason.HOLDS_THE_POST)
    return refuse(Reason.NOT_THE_ROLE)


def may_register(actor: Actor, organisation: Organisation) -> Decision:
    """Whoever looks after the programs of her own organisation, where that is one that sends."""
    if organisation.kind not in SENDING:
        return refuse(Reason.NOT_THE_ORGANISATION)
    if actor.holds(*KEEPERS, organisation=organisation.pk):
        return allow(Reason.HOLDS_THE_POST)
    return refuse(Reason.NOT_THE_ROLE)


def may_approve(actor: Actor, key: ProgramKey, *, on: date) -> Decision:
    """A second person: of the same organisation, or the council's lead of an area that it serves."""
    if actor.person == key.registered_by_id:
        return refuse(Reason.NOT_A_SECOND_PERSON)
    return may_end(actor, key, on=on)


def may_end(actor: Actor, key: ProgramKey, *, on: date) -> Decision:
    """Whoever looks after the organisation's programs, and the council's lead."""
    if actor.holds(*KEEPERS, organisation=key.organisation_id):
        return allow(Reason.HOLDS_THE_POST)
    if _served(actor, on).filter(organisation=key.organisation_id).exists():
        return allow(Reason.LEADS_THE_AREA)
    return refuse(Reason.NOT_THE_ROLE)


def keys_seen_by(actor: Actor, *, on: date) -> Q:
    """`may_end` as a filter on keys: whoever may end one sees it."""
    own = Q(organisation__in=actor.organisations(KEEPERS))
    return own | Q(organisation__in=_served(actor, on).values("organisation"))


def _served(actor: Actor, on: date) -> QuerySet[ServedArea]:
    return ServedArea.objects.filter(on_day(on), area__in=actor.areas(SECONDS))
