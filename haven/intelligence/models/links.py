"""What is mentioned in submissions, and in which."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy
from haven.intelligence.models.submissions import AS_ITS_RECORD, Submission
from haven.intelligence.rules.linking import Kind
from haven.people.models import Organisation
from haven.subjects.models import Record


class Entity(models.Model):
    """Somebody or something that is mentioned, found again by a mark that only the unit’s key can make."""

    privacy = Privacy(keep=AS_ITS_RECORD, working="id unit kind record added_at", confidential="mark words")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Kind])
    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="+")
    mark = models.BinaryField(max_length=10)
    words = models.BinaryField()  # sealed
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "id"]
        indexes = [models.Index(fields=["unit", "kind", "mark"])]  # not unique: two may share a mark

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Link(models.Model):
    """That something is mentioned in a submission, until the unit thinks better of it."""

    privacy = Privacy(keep=AS_ITS_RECORD, working="id submission entity linked_at ended_at", personal="linked_by")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="links")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="links")
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["linked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "entity"],
                condition=Q(ended_at__isnull=True),
                name="something_is_mentioned_in_a_submission_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.entity_id} in {self.submission_id}"
