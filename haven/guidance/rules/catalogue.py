"""What a catalogue pack says: documents with their dated editions, each known by a key that never changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from haven.guidance.rules.facts import DocumentFacts, EditionFacts


@dataclass(frozen=True, slots=True)
class Promised:
    """A day that was promised, in the words of whoever promised where no day was named, and when that was noted."""

    expected_on: date
    said: str
    noted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueEdition:
    """An edition of the catalogue; those it leads to are already named by their identifiers."""

    key: str
    facts: EditionFacts
    promises: tuple[Promised, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueDocument:
    """A document of the catalogue with its editions."""

    key: str
    facts: DocumentFacts
    editions: tuple[CatalogueEdition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """A whole pack."""

    id: str
    version: int
    digest: str
    documents: tuple[CatalogueDocument, ...]


def identifier(*keys: str) -> UUID:
    """The identifier of a document, or of an edition of one, in every installation."""
    return uuid5(NAMESPACE_URL, "/".join(("haven:guidance", *keys)))


def doubled(keys: Sequence[str]) -> list[str]:
    """The keys that stand more than once."""
    return sorted({key for key in keys if keys.count(key) > 1})
