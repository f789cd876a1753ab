"""Answers of an earlier year that a lead brings in from a spreadsheet, while she matches them and once they are in."""

import zlib
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy
from haven.audits.models.cycles import Cycle
from haven.people.models import Area
from haven.questions.models import Version

LONGEST_FILE_NAME, LONGEST_WHY = 200, 500


class Import(models.Model):
    """One spreadsheet, and what its columns, its words and its rows mean. What was read of it is sealed."""

    class State(models.TextChoices):
        """How far it has come."""

        MATCHING = "matching", "Being matched"
        TAKING = "taking", "Being taken in"
        TAKEN = "taken", "Taken in"

    privacy = Privacy(
        keep="what was read of the file: until it is taken in, or as many days as a draft is kept; the rest: as long as"
        " its cycle",
        working="id area version title school_year ended_on state kept_key grid head_row columns choices fault cycle"
        " given_at changed_at",
        personal="file_name schools given_by",
        confidential="kept",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="audit_imports")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="audit_imports")
    title = models.CharField(max_length=150)
    school_year = models.PositiveSmallIntegerField()
    ended_on = models.DateField()  # when that audit was over
    file_name = models.CharField(max_length=LONGEST_FILE_NAME)
    state = models.CharField(max_length=10, choices=State.choices, default=State.MATCHING)
    kept_key = models.BinaryField(null=True)
    kept = models.BinaryField(null=True)  # every cell that was read
    grid = models.PositiveSmallIntegerField(default=0)  # which of its sheets
    head_row = models.PositiveSmallIntegerField(default=0)  # the place of the row with the headings
    columns = models.JSONField(default=list, blank=True)  # what each column means, as it is written in its box
    choices = models.JSONField(default=dict, blank=True)  # by scale, which choice the words mean
    schools = models.JSONField(default=dict, blank=True)  # by what a row says, which school it is
    fault = models.CharField(max_length=LONGEST_WHY, blank=True)  # why it could not be taken in
    cycle = models.OneToOneField(Cycle, null=True, blank=True, on_delete=models.PROTECT, related_name="brought")
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-given_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="taken", cycle__isnull=False, kept__isnull=True, kept_key__isnull=True)
                | ~Q(state="taken") & Q(cycle__isnull=True, kept__isnull=False, kept_key__isnull=False),
                name="what_was_read_is_kept_until_it_is_taken_in",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} for {self.area_id}"


def squeezed(packed: bytes) -> bytes:
    """What was read, small."""
    return zlib.compress(packed)


def unsqueezed(squeezed_bytes: bytes) -> bytes:
    """What was read, again."""
    return zlib.decompress(squeezed_bytes)
