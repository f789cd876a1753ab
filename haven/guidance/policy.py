"""Who may read and keep guidance; each as a decision on one thing and, for lists, the same rule as a filter.

National guidance is kept by the catalogue pack alone, for every area. Its words are given by whichever area's lead has
the file first; only that area's leads may take them away again.
"""

from uuid import UUID

from django.db.models import Q

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Decision, Reason, allow, refuse
from haven.access.roles import READERS
from haven.guidance.models import Document, Edition


def may_enter(actor: Actor) -> Decision:
    """Who may open the pages of guidance at all."""
    return allow(Reason.HOLDS_THE_POST) if actor.holds(*READERS) else refuse(Reason.NOT_THE_ROLE)


def may_read(actor: Actor, document: Document) -> Decision:
    """National guidance, every reader; an area's own, those who work for the area."""
    if document.area_id is None:
        return may_enter(actor)
    if document.area_id in actor.areas(READERS):
        return allow(Reason.HOLDS_THE_POST)
    return refuse(Reason.NOT_THE_AREA)


def read_by(actor: Actor) -> Q:
    """The documents that `may_read` allows."""
    own = Q(area__in=actor.areas(READERS))
    return own | Q(area__isnull=True) if may_enter(actor) else own


def may_add(actor: Actor, area: UUID) -> Decision:
    """The council's leads for the area."""
    return allow(Reason.LEADS_THE_AREA) if area in actor.leads else refuse(Reason.NOT_THE_AREA)


def may_keep(actor: Actor, document: Document) -> Decision:
    """An area's leads for its own documents; nobody by hand for national ones."""
    if document.area_id is None:
        return may_load(actor)
    return may_add(actor, document.area_id)


def kept_by(actor: Actor) -> Q:
    """The documents that `may_keep` allows a person."""
    return Q(area__in=actor.leads)


def may_give_file(actor: Actor, edition: Edition) -> Decision:
    """An area's leads for its own documents. Of national ones, any area's lead for an edition that has no words yet,
    and the leads of the area that gave them."""
    if edition.document.area_id is not None:
        return may_add(actor, edition.document.area_id)
    if not actor.leads:
        return refuse(Reason.NOT_THE_ROLE)
    if edition.given_for_id is None or edition.given_for_id in actor.leads:
        return allow(Reason.LEADS_THE_AREA)
    return refuse(Reason.NOT_THE_AREA)


def files_given_by(actor: Actor) -> Q:
    """The editions that `may_give_file` allows."""
    own = Q(document__area__in=actor.leads)
    free = Q(given_for__isnull=True) | Q(given_for__in=actor.leads)
    return own | (Q(document__area__isnull=True) & free) if actor.leads else own


def may_load(actor: Actor) -> Decision:
    """Only whoever runs the machine, from its command line."""
    return allow(Reason.IS_HAVEN) if actor == HAVEN else refuse(Reason.NOT_THE_ROLE)
