"""What another capability's row has where it points to a document or to a clause of it."""

from django.db import models
from django.db.models import Q

from haven.guidance.models.clauses import Clause
from haven.guidance.models.documents import Document
from haven.guidance.models.editions import Edition
from haven.guidance.rules.fingerprints import words_digest

LONGEST_SAID = 200


class ClausePointer(models.Model):
    """A row that points to a document, or to the words of one clause of it.

    Bound to the words, it holds in every edition in which they stand unchanged. `edition` and `place` say where they
    stood when somebody pointed to them, `said` what the clause was called there.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey(Edition, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField(null=True, blank=True)
    words = models.CharField(max_length=64, blank=True)  # a digest; none where the whole document is meant
    said = models.CharField(max_length=LONGEST_SAID, blank=True)

    class Meta:
        abstract = True

    def point_to(self, clause: Clause) -> None:
        """Let it point to the words of this clause."""
        self.document_id, self.edition_id, self.place = clause.edition.document_id, clause.edition_id, clause.place
        self.words, self.said = digest_of(clause), clause.called[:LONGEST_SAID]


def points_fully(name: str) -> models.CheckConstraint:
    """A row points to a document as a whole or to a clause at its place."""
    whole = Q(edition__isnull=True, place__isnull=True, words="", said="")
    clause = Q(edition__isnull=False, place__isnull=False) & ~Q(words="") & ~Q(said="")
    return models.CheckConstraint(condition=whole | clause, name=name)


def digest_of(clause: Clause) -> str:
    """By what the words of a clause are told from others, whatever their edition."""
    return words_digest([clause.key])
