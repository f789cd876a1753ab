"""A round of reading that a school sends, and who is to be told of it."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy
from haven.guidance.models import Document
from haven.people.models import Organisation
from haven.readings.models.matrices import Matrix

LONGEST_WORDS = 500


class Round(models.Model):
    """By a day, everybody in a school reads her parts of an edition. It runs until it is ended or another follows."""

    privacy = Privacy(
        keep="as long as the school keeps its signatures for this edition",
        working="id organisation document matrix due_on words sent_at ended_at ended_done ended_all",
        personal="sent_by ended_by",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="reading_rounds")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="reading_rounds")
    matrix = models.ForeignKey(Matrix, on_delete=models.PROTECT, related_name="rounds")
    due_on = models.DateField()
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)  # of whoever sends it, for those who read
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_done = models.PositiveIntegerField(null=True, blank=True)  # how many parts were signed when it ended
    ended_all = models.PositiveIntegerField(null=True, blank=True)  # of how many

    class Meta:
        ordering = ["-sent_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "document"],
                condition=Q(ended_at__isnull=True),
                name="a_document_is_read_in_one_round_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_done__isnull=True, ended_all__isnull=True)
                | Q(ended_at__isnull=False, ended_done__isnull=False, ended_all__isnull=False),
                name="a_round_that_ended_says_how_far_it_came",
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.pk}"


class Prompt(models.Model):
    """One reason to write to somebody about a round. Several make one e-mail."""

    class Kind(models.TextChoices):
        """What there is to tell."""

        NEW = "new", "new to read"
        SOON = "soon", "to read within a week"
        OVERDUE = "overdue", "overdue"
        REMINDED = "reminded", "of which your school reminds you"

    privacy = Privacy(
        keep="one year after it was told", working="id round kind made_at told_at", personal="person made_by"
    )

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="prompts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reading_prompts")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "id"]
        indexes = [
            models.Index(fields=["made_at"], condition=Q(told_at__isnull=True), name="readings_to_tell"),
            models.Index(fields=["round", "person", "made_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.round_id}"
