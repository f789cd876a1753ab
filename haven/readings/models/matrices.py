"""Who must read which part of an edition, as a school's governing body set it."""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from haven.access.privacy import Privacy
from haven.guidance.models import Edition
from haven.people.models import Organisation
from haven.readings.rules.kinds import KINDS, ReaderKind
from haven.readings.rules.parts import LONGEST_KEY, LONGEST_NAME
from haven.readings.rules.signing import Duty

KIND_CHOICES = [(kind.value, words.label) for kind, words in KINDS.items()]
LONGEST_WHY = 500


class Matrix(models.Model):
    """What a school's readers read of one edition. The ledger has every word that was set before."""

    privacy = Privacy(
        keep="as long as the school keeps its signatures for this edition",
        working="id organisation edition moved_from file_sha256 decided_on set_at",
        personal="set_by",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="reading_matrices")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="reading_matrices")
    moved_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="moved_to")
    file_sha256 = models.CharField(max_length=64, blank=True)  # of the file in which its parts were found
    decided_on = models.DateField(null=True, blank=True)  # by the governing body, where that is known
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["organisation", "edition"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "edition"], name="a_school_has_one_matrix_for_an_edition"),
            models.CheckConstraint(
                condition=Q(moved_from__isnull=True) | ~Q(moved_from=F("id")), name="no_matrix_is_moved_from_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"what {self.organisation_id} reads of {self.edition_id}"


class Part(models.Model):
    """A part of the edition: where its text stands, where that is in Haven, and which kinds of reader must read it."""

    privacy = Privacy(
        keep="as long as its matrix",
        working="id matrix position key name kinds place until words word_count was_key",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    matrix = models.ForeignKey(Matrix, on_delete=models.CASCADE, related_name="parts")  # a part of the matrix
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=LONGEST_KEY)
    name = models.CharField(max_length=LONGEST_NAME)
    kinds = ArrayField(models.CharField(max_length=30, choices=KIND_CHOICES), default=list, blank=True)
    place = models.PositiveIntegerField(null=True, blank=True)  # its first clause; none where it was typed by name
    until = models.PositiveIntegerField(null=True, blank=True)  # the first clause after it
    words = models.CharField(max_length=64, blank=True)  # a digest of its clauses
    word_count = models.PositiveIntegerField(default=0)
    was_key = models.CharField(max_length=LONGEST_KEY, blank=True)  # of the part from which it goes on

    class Meta:
        ordering = ["matrix", "position"]
        constraints = [
            models.UniqueConstraint(fields=["matrix", "key"], name="a_part_stands_once_in_a_matrix"),
            models.CheckConstraint(condition=~Q(key="") & ~Q(name=""), name="a_part_to_read_has_its_name"),
            models.CheckConstraint(
                condition=Q(place__isnull=True, until__isnull=True, words="")
                | Q(place__isnull=False, until__isnull=False, place__gte=1, until__gt=F("place")) & ~Q(words=""),
                name="a_part_with_text_says_where_it_stands",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.matrix_id}"

    @property
    def duty(self) -> Duty:
        """What it asks. Its matrix is at hand."""
        kinds = frozenset(ReaderKind(each) for each in self.kinds)
        return Duty(self.matrix.edition_id, self.key, kinds, self.words, self.was_key)


class Replacement(models.Model):
    """What those read who read a part that the new edition has no longer, or not under its name."""

    privacy = Privacy(keep="as long as its matrix", working="id matrix key name kinds instead why")

    matrix = models.ForeignKey(Matrix, on_delete=models.CASCADE, related_name="replacements")  # a part of the matrix
    key = models.CharField(max_length=LONGEST_KEY)
    name = models.CharField(max_length=LONGEST_NAME)  # of the part before
    kinds = ArrayField(models.CharField(max_length=30, choices=KIND_CHOICES), default=list, blank=True)
    instead = models.ForeignKey(
        Part, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )  # a part of the same matrix
    why = models.CharField(max_length=LONGEST_WHY, blank=True)

    class Meta:
        ordering = ["matrix", "id"]
        constraints = [
            models.UniqueConstraint(fields=["matrix", "key"], name="a_part_is_replaced_once"),
            models.CheckConstraint(condition=Q(instead__isnull=False) | ~Q(why=""), name="a_duty_that_ends_says_why"),
        ]

    def __str__(self) -> str:
        return f"instead of {self.key} in {self.matrix_id}"
