"""Who may keep templates and answer sheets; each as a decision on one thing and, for lists, the same rule as a filter.

Who else may read a sheet, whoever opened it says: an area that asked, a trust.
"""

from uuid import UUID

from django.db.models import Q

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Decision, Reason, Refused, allow, refuse
from haven.access.roles import SCHOOL_ROLES, Role
from haven.questions.models import Sheet, Template

ANSWERING = SCHOOL_ROLES | {Role.TRUST_LEAD}
"""Who answers for her school or her trust."""


def may_keep(actor: Actor, area: UUID) -> Decision:
    """The council's leads make, change and release the templates of their area."""
    return allow(Reason.LEADS_THE_AREA) if area in actor.leads else refuse(Reason.NOT_THE_AREA)


def may_see_template(actor: Actor, template: Template) -> Decision:
    """The council's leads see their area's own templates, and those of the packs."""
    if not actor.leads:
        return refuse(Reason.NOT_THE_ROLE)
    if template.area_id is None or template.area_id in actor.leads:
        return allow(Reason.LEADS_THE_AREA)
    return refuse(Reason.NOT_THE_AREA)


def templates_seen_by(actor: Actor) -> Q:
    """The templates that `may_see_template` allows."""
    return Q(area__isnull=True) | Q(area__in=actor.leads) if actor.leads else Q(pk__in=[])


def may_change_template(actor: Actor, template: Template) -> Decision:
    """Only an area's own: one of a pack is copied first."""
    if template.area_id is None:
        return refuse(Reason.NOT_THE_AREA)
    return may_keep(actor, template.area_id)


def may_load_pack(actor: Actor) -> Decision:
    """Only whoever runs the machine, from its command line."""
    return allow(Reason.IS_HAVEN) if actor == HAVEN else refuse(Reason.NOT_THE_ROLE)


def may_look_into(actor: Actor) -> Decision:
    """Only Haven itself opens files to see whether they hold words."""
    return allow(Reason.IS_HAVEN) if actor == HAVEN else refuse(Reason.NOT_THE_ROLE)


def may_answer(actor: Actor, sheet: Sheet) -> Decision:
    """Whoever works in the school answers, so that sections can be shared out; of a trust its safeguarding lead.

    Haven puts in what it knows.
    """
    if actor == HAVEN:
        return allow(Reason.IS_HAVEN)
    if sheet.organisation_id in actor.organisations(ANSWERING):
        return allow(Reason.HOLDS_THE_POST)
    return refuse(Reason.NOT_THE_ORGANISATION)


def person_of(actor: Actor) -> UUID | None:
    """The person who does it; none where Haven does. Raises `Refused` where nobody does."""
    if actor.person is None and actor != HAVEN:
        raise Refused(Reason.NOT_SIGNED_IN)
    return actor.person
