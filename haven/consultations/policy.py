"""Who may see the consultations, keep an area's response, and contribute to it; each as a decision on one thing and,
for lists, the same rule as a filter."""

from uuid import UUID

from django.db.models import Q

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Decision, Reason, allow, refuse
from haven.access.roles import COUNCIL_LEADS, GOVERNORS, SCHOOL_LEADS, SCHOOL_ROLES, Role
from haven.consultations.models import Contribution, Response

AGENCIES = COUNCIL_LEADS | {
    Role.DUTY_OFFICER,
    Role.SOCIAL_WORKER,
    Role.POLICE_OFFICER,
    Role.HEALTH_PRACTITIONER,
    Role.CHARITY_WORKER,
    Role.TRAINER,
}

READERS = SCHOOL_ROLES | AGENCIES
"""Whoever reads guidance sees which consultations there are; the scrutineer sees the ledger and nothing else."""

SEEING = SCHOOL_LEADS | GOVERNORS | AGENCIES
"""Who sees what her organisation is asked, and what it said."""

CONTRIBUTING = SEEING - {Role.DEPUTY_DSL}
"""Who speaks for her organisation: of a school its safeguarding lead, its head or its governor."""


def may_enter(actor: Actor) -> Decision:
    """Who may see which consultations there are."""
    return allow(Reason.HOLDS_THE_POST) if actor.holds(*READERS) else refuse(Reason.NOT_THE_ROLE)


def may_keep(actor: Actor, area: UUID) -> Decision:
    """The council's leads gather their area's response, read every contribution, and record what was sent."""
    return allow(Reason.LEADS_THE_AREA) if area in actor.leads else refuse(Reason.NOT_THE_AREA)


def responses_kept_by(actor: Actor) -> Q:
    """The responses that `may_keep` allows."""
    return Q(area__in=actor.leads)


def may_see(actor: Actor, contribution: Contribution) -> Decision:
    """Those who are invited see the questions and their own organisation's contribution, and afterwards what was sent.

    Nobody else's: not even another's of the same kind.
    """
    if contribution.response.invited_at is not None and contribution.organisation_id in actor.organisations(SEEING):
        return allow(Reason.WAS_SENT_TO)
    return refuse(Reason.NOT_THE_ORGANISATION)


def contributions_seen_by(actor: Actor) -> Q:
    """The contributions that `may_see` allows."""
    return Q(organisation__in=actor.organisations(SEEING), response__invited_at__isnull=False)


def may_contribute(actor: Actor, contribution: Contribution) -> Decision:
    """Who speaks for an invited organisation says what it thinks."""
    if contribution.organisation_id in actor.organisations(CONTRIBUTING):
        return may_see(actor, contribution)
    return refuse(Reason.NOT_THE_ROLE)


def may_take_file(actor: Actor, response: Response) -> Decision:
    """The file of what was sent is the leads' alone: it may name whoever sent it."""
    return may_keep(actor, response.area_id)


def may_remind_unasked(actor: Actor) -> Decision:
    """Haven itself, day by day."""
    return allow(Reason.IS_HAVEN) if actor == HAVEN else refuse(Reason.NOT_THE_ROLE)
