"""Who writes a digest and who reads it; as decisions on one and, for lists, the same rules as filters."""

from uuid import UUID

from django.db.models import Q

from haven.access.actor import Actor
from haven.access.decision import Decision, Reason, allow, refuse
from haven.access.roles import READERS
from haven.digests.models import Digest
from haven.digests.rules.digests import Standing
from haven.guidance.models import Document


def may_begin(actor: Actor, document: Document, area: UUID) -> Decision:
    """What changed in a document an area's leads tell its schools; of another area's own document nobody else does."""
    if document.area_id in (None, area) and area in actor.leads:
        return allow(Reason.LEADS_THE_AREA)
    return refuse(Reason.NOT_THE_AREA)


def may_write(actor: Actor, digest: Digest) -> Decision:
    """What an area tells its schools, that area's leads write, publish and withdraw."""
    return may_begin(actor, digest.document, digest.area_id)


def digests_written_by(actor: Actor) -> Q:
    """The digests that `may_write` allows."""
    return Q(area__in=actor.leads)


def may_enter(actor: Actor) -> Decision:
    """Who may open the list of digests at all."""
    return allow(Reason.HOLDS_THE_POST) if actor.holds(*READERS) else refuse(Reason.NOT_THE_ROLE)


def may_read(actor: Actor, digest: Digest) -> Decision:
    """Once it is published, whoever works for the area reads it; also after it was withdrawn, which it then says."""
    if digest.is_draft or digest.area_id not in actor.areas(READERS):
        return refuse(Reason.WRONG_STATE if digest.is_draft else Reason.NOT_THE_AREA)
    return allow(Reason.HOLDS_THE_POST)


def digests_read_by(actor: Actor) -> Q:
    """The digests that `may_read` allows."""
    return Q(area__in=actor.areas(READERS)) & ~Q(standing=Standing.DRAFT)


PUBLIC = Q(is_public=True, standing=Standing.PUBLISHED)
"""The digests that anybody may read."""
