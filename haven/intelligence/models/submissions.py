"""What was told, who told it, and what whoever told it is told in return: three tables that say nothing of each other
in clear, but that a source belongs to a submission."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy
from haven.intelligence.rules.grading import Handling, Information, Priority
from haven.intelligence.rules.grading import Source as SourceGrade
from haven.intelligence.rules.outcomes import Outcome
from haven.intelligence.rules.telling import Theme
from haven.people.models import Area, Organisation
from haven.subjects.models import Record

AS_ITS_RECORD = "as long as its record"


class Submission(models.Model):
    """One matter that somebody told. Nothing here, nor under its key, says who."""

    privacy = Privacy(
        keep=AS_ITS_RECORD,
        working="id record area unit reference received_at theme outcome answered_at",
        personal="answered_by",
        confidential="matter particulars",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20, unique=True)  # the unit’s own: the submitter has another
    received_at = models.DateTimeField()
    theme = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Theme])
    outcome = models.CharField(
        max_length=20, choices=[(each.value, each.value) for each in Outcome], default=Outcome.RECEIVED
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    matter = models.BinaryField()  # sealed
    particulars = models.BinaryField()  # sealed

    class Meta:
        ordering = ["-received_at"]
        indexes = [models.Index(fields=["unit", "-received_at"]), models.Index(fields=["area", "received_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="received", answered_at__isnull=True, answered_by__isnull=True)
                | ~Q(outcome="received") & Q(answered_at__isnull=False, answered_by__isnull=False),
                name="an_answer_says_when_and_by_whom",
            )
        ]

    def __str__(self) -> str:
        return self.reference


class Source(models.Model):
    """Who told: sealed under a record and a key of its own, which only the unit’s lead may have opened."""

    privacy = Privacy(keep=AS_ITS_RECORD, working="id submission record unit", confidential="who told_by")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="+")
    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    who = models.BinaryField()  # sealed: who submitted it, as what and where, and which receipt is hers
    told_by = models.BinaryField(null=True)  # sealed: who told her

    def __str__(self) -> str:
        return f"source {self.pk}"


class Receipt(models.Model):
    """That somebody told something, with a reference of her own and what became of it. Not what she told."""

    privacy = Privacy(
        keep="as long as the account of whoever holds it",
        working="id area organisation reference outcome outcome_on",
        confidential="person key sent_on",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    key = models.UUIDField(unique=True)  # of the form: sent twice, it is received once
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20, unique=True)
    sent_on = models.DateField()  # the day alone: the minute would lead to the submission
    outcome = models.CharField(
        max_length=20, choices=[(each.value, each.value) for each in Outcome], default=Outcome.RECEIVED
    )
    outcome_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-sent_on", "reference"]
        indexes = [models.Index(fields=["person", "-sent_on"]), models.Index(fields=["area", "sent_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="received", outcome_on__isnull=True)
                | ~Q(outcome="received") & Q(outcome_on__isnull=False),
                name="an_outcome_that_was_told_says_on_which_day",
            )
        ]

    def __str__(self) -> str:
        return self.reference


class Grade(models.Model):
    """How far a submission can be relied on, as of a moment. A new grade is a new row."""

    privacy = Privacy(
        keep=AS_ITS_RECORD, working="id submission source information handling priority graded_at", personal="graded_by"
    )

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="grades")
    source = models.CharField(max_length=1, choices=[(each.value, each.value) for each in SourceGrade])
    information = models.CharField(max_length=1, choices=[(each.value, each.value) for each in Information])
    handling = models.CharField(max_length=1, choices=[(each.value, each.value) for each in Handling])
    priority = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Priority])
    graded_at = models.DateTimeField()
    graded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-graded_at", "-id"]

    def __str__(self) -> str:
        return f"{self.source}{self.information}{self.handling}"
