"""What a unit writes out of a submission, and to whom it goes."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy
from haven.intelligence.models.submissions import AS_ITS_RECORD, Submission
from haven.intelligence.rules.grading import Handling
from haven.people.models import Organisation
from haven.subjects.models import Record


class Report(models.Model):
    """A sanitised text: under a record and a key of its own, so that whoever gets it cannot open what was told."""

    privacy = Privacy(
        keep=AS_ITS_RECORD,
        working="id submission record unit reference version made_at",
        personal="made_by",
        confidential="text",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)  # given by the form: sent twice, made once
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="reports")
    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20, unique=True)  # its own: whoever gets it cannot name the submission
    version = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.BinaryField()  # sealed

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "version"], name="a_submission_has_one_report_of_a_version")
        ]

    def __str__(self) -> str:
        return self.reference


class Dissemination(models.Model):
    """That a report was sent to an organisation, on which conditions, and when somebody there first read it."""

    privacy = Privacy(
        keep=AS_ITS_RECORD,
        working="id report unit to handling sent_at taken_back_at read_at",
        personal="sent_by",
        confidential="conditions",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="sent")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    handling = models.CharField(max_length=1, choices=[(each.value, each.value) for each in Handling])
    conditions = models.BinaryField(null=True)  # sealed under the report’s key
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sent_at"]
        indexes = [models.Index(fields=["to", "-sent_at"]), models.Index(fields=["unit", "-sent_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "to"],
                condition=Q(taken_back_at__isnull=True),
                name="a_report_is_with_an_organisation_once",
            ),
            models.CheckConstraint(
                condition=Q(handling="P", conditions__isnull=True) | Q(handling="C", conditions__isnull=False),
                name="what_is_sent_on_conditions_says_which",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} to {self.to_id}"
