"""Editions that follow one another, for Haven itself to compare before anybody asks."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice, pairwise
from uuid import UUID

from django.db.models.query import QuerySet

from haven.changes.models import Comparison
from haven.guidance.models import Edition
from haven.guidance.queries.pages import in_order

Two = tuple[Edition, Edition]


def neighbours_without(*, at_most: int) -> list[Two]:
    """Editions with words that follow one another in a document and whose comparison is not kept, so many at most."""
    kept = set(Comparison.objects.values_list("old", "new", "old_sha256", "new_sha256"))
    wanted = ((old, new) for old, new in _neighbours() if (old.pk, new.pk, old.sha256, new.sha256) not in kept)
    return list(islice(wanted, at_most))


def editions_by_name(*, old_id: UUID, new_id: UUID) -> Two | None:
    """Two editions that are still there with their words."""
    found = _with_words().in_bulk([old_id, new_id])
    return (found[old_id], found[new_id]) if len(found) == 2 else None


def _neighbours() -> Iterator[Two]:
    documents: defaultdict[UUID, list[Edition]] = defaultdict(list)
    for edition in _with_words():
        documents[edition.document_id].append(edition)
    for editions in documents.values():
        yield from pairwise(in_order(editions))


def _with_words() -> QuerySet[Edition]:
    return Edition.objects.filter(clause_count__gt=0).select_related("document")
