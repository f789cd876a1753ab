"""The documents that an area adds to those of the catalogue."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.guidance.models import Document
from haven.guidance.policy import may_add
from haven.guidance.queries.changing import document_for_update
from haven.guidance.rules.facts import DocumentFacts, faults_of_document
from haven.ledger.services import record
from haven.people.models import Area

KNOWN = "Your area already has a document of this title. Add an edition to that one."


@transaction.atomic
def add_document(*, area: Area, facts: DocumentFacts, by: Actor, at: datetime) -> Document:
    """Add a document of an area's own. Raises `Refused` with advice for one that it has already."""
    require(may_add(by, area.pk))
    _require_sound(facts)
    if Document.objects.filter(area=area, title__iexact=" ".join(facts.title.split())).exists():
        raise Refused(Reason.NOT_READY, KNOWN)
    document = Document(area=area)
    document.take(facts)
    record("guidance.document_added", by=by, at=at, about={"document": document.pk, "area": area.pk})
    return document


@transaction.atomic
def amend_document(*, document_id: UUID, facts: DocumentFacts, by: Actor, at: datetime) -> Document:
    """Let something else be known of an area's own document."""
    document = document_for_update(document_id=document_id, by=by)
    _require_sound(facts)
    document.take(facts)
    record("guidance.document_amended", by=by, at=at, about={"document": document.pk, "area": document.area_id})
    return document


def _require_sound(facts: DocumentFacts) -> None:
    if wrong := faults_of_document(facts, is_national=False):
        raise Refused(Reason.NOT_READY, " ".join(wrong))
