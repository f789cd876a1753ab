"""What tests of guidance begin with."""

from datetime import date

import pytest

from haven.access.actor import HAVEN
from haven.guidance import services
from haven.guidance.models import Edition
from haven.guidance.rules.catalogue import Catalogue, CatalogueDocument, CatalogueEdition
from haven.guidance.rules.facts import DocumentFacts, EditionFacts, Standing
from haven.guidance.rules.life import Days
from tests.cast import NOW


@pytest.fixture
def national(db: None) -> Edition:
    """An edition of national guidance, in force."""
    facts = DocumentFacts(title="Made-up guidance", publisher="A department", standing=Standing.STATUTORY)
    edition = EditionFacts(label="2025", days=Days(issued_on=date(2025, 7, 1), in_force_on=date(2025, 9, 1)))
    documents = (
        CatalogueDocument(key="made-up", facts=facts, editions=(CatalogueEdition(key="2025", facts=edition),)),
    )
    catalogue = Catalogue(id="guidance-catalogue", version=1, digest="0" * 64, documents=documents)
    services.load_catalogue(catalogue=catalogue, by=HAVEN, at=NOW)
    return Edition.objects.get(key="2025")
