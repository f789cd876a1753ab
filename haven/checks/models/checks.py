"""A check: what a council wishes to know of a child or of brothers and sisters, how urgently and why it may ask."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy
from haven.checks.rules.asking import LONGEST_REFERENCE
from haven.checks.rules.bands import LABELS
from haven.people.models import Area, Organisation
from haven.subjects.models import Record, Subject, Told

BANDS = [(band.value, words) for band, words in LABELS.items()]


class Check(models.Model):
    """One check. Whom it is about stands with its record; what it says is sealed under that record's key."""

    privacy = Privacy(
        keep="as long as its record; then only that there was one, and when",
        working="id record area owner band asked_at due_at basis needs_for_task questions allocated_at closed_at "
        "withdrawn_at",
        personal="reference asked_by allocated_to closed_by withdrawn_by",
        confidential="told children concern untold own_question other",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=LONGEST_REFERENCE)  # of the council's case system; never a name
    band = models.CharField(max_length=10, choices=BANDS)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    needs_for_task = models.BooleanField()  # the asker said that it is needed for her organisation's public task
    basis = models.CharField(max_length=30)
    told = models.CharField(max_length=10, choices=Told.choices)
    questions = models.JSONField(default=list)  # key, words and kind of organisation, as they were put
    children = models.BinaryField()  # who they are, as they were named when it was asked
    concern = models.BinaryField()
    untold = models.BinaryField(null=True)  # why the family was not told
    own_question = models.BinaryField(null=True)
    other = models.BinaryField(null=True)  # why it is another episode than before
    allocated_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    allocated_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)  # its round: from then agencies see each other's answers
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = [models.F("due_at").asc(nulls_last=True), "asked_at"]
        indexes = [models.Index(fields=["owner", "due_at"])]
        constraints = [
            models.CheckConstraint(condition=Q(needs_for_task=True), name="a_check_says_that_a_task_needs_it"),
            models.CheckConstraint(condition=~Q(reference=""), name="a_check_has_a_reference"),
            models.CheckConstraint(
                condition=Q(told="yes") | Q(untold__isnull=False), name="a_check_says_why_nobody_was_told"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="a_round_that_closed_says_who_closed_it",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="a_check_that_was_withdrawn_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"check {self.pk}"


class Concerned(models.Model):
    """That a check is about a child, for Haven to know whom to keep from it. Its names are sealed with the check."""

    privacy = Privacy(keep="as long as its check", personal="id of subject")

    of = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="concerned")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "subject"], name="a_check_is_about_a_child_once")]

    def __str__(self) -> str:
        return f"{self.of_id} about {self.subject_id}"


class BandChange(models.Model):
    """That a check became more or less urgent, and why. The reason is sealed with the check."""

    privacy = Privacy(keep="as long as its check", working="id of band at", personal="by", confidential="why")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    of = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="bands")
    band = models.CharField(max_length=10, choices=BANDS)
    why = models.BinaryField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.band} for {self.of_id}"
