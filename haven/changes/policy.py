"""Who may say what a change means; as a decision on one document and, for lists, the same rule as a filter.

Whoever may read both editions sees what changed between them; guidance says who that is.
"""

from uuid import UUID

from django.conf import settings
from django.db.models import Q

from haven.access.actor import Actor
from haven.access.decision import Decision, Reason, allow, refuse
from haven.guidance.models import Document


def may_judge(actor: Actor, document: Document, area: UUID) -> Decision:
    """What a change means for an area, that area's leads say; of another area's own document nobody else does."""
    if document.area_id in (None, area) and area in actor.leads:
        return allow(Reason.LEADS_THE_AREA)
    return refuse(Reason.NOT_THE_AREA)


def judgements_of(actor: Actor) -> Q:
    """The judgements of the areas she leads: schools are told by what is asked of them."""
    return Q(area__in=actor.leads)


def may_compare_files(actor: Actor) -> Decision:
    """Two files of her own, an area's lead; in a demonstration, whoever comes."""
    if actor.leads:
        return allow(Reason.LEADS_THE_AREA)
    return allow(Reason.IS_PUBLIC) if settings.VISITORS_COMPARE else refuse(Reason.NOT_THE_ROLE)
