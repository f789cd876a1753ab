"""National guidance, brought up to date with the catalogue pack."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.guidance.models import Document, Edition, Promise
from haven.guidance.policy import may_load
from haven.guidance.rules.catalogue import Catalogue, CatalogueDocument, CatalogueEdition, identifier
from haven.guidance.rules.facts import EditionFacts
from haven.ledger.services import record

OLDER = "version {given} of it is older than version {known}, which was loaded before"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading changed, one line each, and how many documents and editions stayed as they were."""

    changes: tuple[str, ...]
    unchanged: int


@transaction.atomic
def load_catalogue(*, catalogue: Catalogue, by: Actor, at: datetime) -> Loaded:
    """Bring national documents and their editions up to date. What a pack no longer names stays as it was, and so do
    the words that were given for an edition. Raises `Refused` for a pack older than the one loaded before."""
    require(may_load(by))
    known = Document.objects.filter(pack=catalogue.id).aggregate(version=Max("pack_version"))["version"] or 0
    if catalogue.version < known:
        raise Refused(Reason.NOT_READY, OLDER.format(given=catalogue.version, known=known))
    changes: list[str] = []
    for document in catalogue.documents:
        changes += _take_document(catalogue, document)
    total = sum(1 + len(document.editions) for document in catalogue.documents)
    for document in catalogue.documents:
        for edition in document.editions:
            changes += _take_edition(document, edition)
    if changes:
        about = {
            "pack": catalogue.id,
            "version": catalogue.version,
            "digest": catalogue.digest,
            "changes": len(changes),
        }
        record("guidance.catalogue_loaded", by=by, at=at, about=about)
    return Loaded(tuple(changes), total - len(changes))


def _take_document(catalogue: Catalogue, given: CatalogueDocument) -> list[str]:
    pk = identifier(given.key)
    known = Document.objects.filter(pk=pk).first()
    if known and known.facts == given.facts:
        Document.objects.filter(pk=pk).exclude(pack_version=catalogue.version).update(pack_version=catalogue.version)
        return []
    document = known or Document(pk=pk, key=given.key)
    document.pack, document.pack_version = catalogue.id, catalogue.version
    document.take(given.facts)
    return [f"{'changed' if known else 'added'}: {given.facts.title}"]


def _take_edition(document: CatalogueDocument, given: CatalogueEdition) -> list[str]:
    pk = identifier(document.key, given.key)
    known = Edition.objects.filter(pk=pk).first()
    facts = _with_what_the_file_told(given.facts, known)
    promised = _take_promises(pk, given) if known else False
    if known and known.facts == facts:
        return [f"changed: {document.facts.title}, {facts.label}"] if promised else []
    edition = known or Edition(pk=pk, key=given.key, document_id=identifier(document.key))
    edition.take(facts)
    _take_promises(pk, given)
    return [f"{'changed' if known else 'added'}: {document.facts.title}, {facts.label}"]


def _with_what_the_file_told(facts: EditionFacts, known: Edition | None) -> EditionFacts:
    if known is None or not known.file_id:
        return facts
    line = facts.copyright_line or known.copyright_line
    return replace(facts, copyright_line=line, pages=facts.pages or known.pages)


def _take_promises(edition: UUID, given: CatalogueEdition) -> bool:
    """Whether any promise was new or said otherwise."""
    before = set(Promise.objects.filter(edition=edition).values_list("noted_on", "expected_on", "said"))
    wanted = {(each.noted_on, each.expected_on, each.said) for each in given.promises}
    for noted_on, expected_on, said in wanted - before:
        values = {"expected_on": expected_on, "said": said}
        Promise.objects.update_or_create(edition_id=edition, noted_on=noted_on, defaults=values)
    return bool(wanted - before)
