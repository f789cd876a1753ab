"""The documents that an area adds to those of the catalogue."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce, Greatest
from django.db.models.query import QuerySet

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.engines.days.moments import local_day
from haven.guidance.models import Document, Edition
from haven.guidance.policy import may_add
from haven.guidance.queries.changing import any_document_for_update, document_for_update
from haven.guidance.rules.facts import DocumentFacts, faults_of_document, same_name
from haven.guidance.rules.life import Ending
from haven.ledger.services import record
from haven.people.models import Area

KNOWN = "Your area already has a document of this title. Add an edition to that one, or give this one another title."
KNOWN_WITHDRAWN = "Your area already has a document of this title, which is withdrawn. Put that one back."
WITHDRAWN_BEFORE = "This document is withdrawn already."
NOT_WITHDRAWN = "This document is not withdrawn."
SAY_WHY = "Say why it is withdrawn."


@transaction.atomic
def add_document(*, area: Area, facts: DocumentFacts, by: Actor, at: datetime) -> Document:
    """Add a document of an area's own. Raises `Refused` with advice for one that it has already."""
    require(may_add(by, area.pk))
    _require_sound(facts)
    document = Document(area=area)
    _require_new_title(document, facts)
    document.take(facts)
    record("guidance.document_added", by=by, at=at, about={"document": document.pk, "area": area.pk})
    return document


@transaction.atomic
def amend_document(*, document_id: UUID, facts: DocumentFacts, by: Actor, at: datetime) -> Document:
    """Let something else be known of an area's own document."""
    document = document_for_update(document_id=document_id, by=by)
    _require_sound(facts)
    _require_new_title(document, facts)
    document.take(facts)
    record("guidance.document_amended", by=by, at=at, about={"document": document.pk, "area": document.area_id})
    return document


@transaction.atomic
def withdraw_document(*, document_id: UUID, why: str, by: Actor, at: datetime) -> Document:
    """Withdraw an area's own document whole, with every edition that has not ended, and say why."""
    document, why = any_document_for_update(document_id=document_id, by=by), why.strip()
    if document.withdrawn_on:
        raise Refused(Reason.WRONG_STATE, WITHDRAWN_BEFORE)
    if not why:
        raise Refused(Reason.NOT_READY, SAY_WHY)
    document.withdrawn_on, document.withdrawn_why = local_day(at), why
    document.save()
    ended = _holding(document).update(
        ended_on=Greatest(document.withdrawn_on, *(Coalesce(F(name), document.withdrawn_on) for name in _NO_EARLIER)),
        ending=Ending.WITHDRAWN.value,
        ended_why=why,
        ended_with_document=True,
    )
    about = {"document": document.pk, "area": document.area_id, "editions": ended}
    record("guidance.document_withdrawn", by=by, at=at, about=about, why=why)
    return document


@transaction.atomic
def restore_document(*, document_id: UUID, by: Actor, at: datetime) -> Document:
    """Put a withdrawn document back. The editions that ended with it hold again by their dates."""
    document = any_document_for_update(document_id=document_id, by=by)
    if not document.withdrawn_on:
        raise Refused(Reason.WRONG_STATE, NOT_WITHDRAWN)
    document.withdrawn_on, document.withdrawn_why = None, ""
    document.save()
    unended = {"ended_on": None, "ending": "", "ended_why": "", "ended_with_document": False}
    held = document.editions.filter(ended_with_document=True).update(**unended)
    about = {"document": document.pk, "area": document.area_id, "editions": held}
    record("guidance.document_restored", by=by, at=at, about=about)
    return document


_NO_EARLIER = ("issued_on", "in_force_on")  # no edition ends before these


def _holding(document: Document) -> QuerySet[Edition]:
    """Its editions that have not ended and are not about to."""
    return Edition.objects.filter(document=document, ending="")


def _require_new_title(document: Document, facts: DocumentFacts) -> None:
    others = Document.objects.filter(area=document.area_id).exclude(pk=document.pk)
    twin = next((each for each in others if same_name(each.title, facts.title)), None)
    if twin:
        raise Refused(Reason.NOT_READY, KNOWN_WITHDRAWN if twin.withdrawn_on else KNOWN)


def _require_sound(facts: DocumentFacts) -> None:
    if wrong := faults_of_document(facts, is_national=False):
        raise Refused(Reason.NOT_READY, " ".join(wrong))
