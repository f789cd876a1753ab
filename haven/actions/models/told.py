"""What people are to be told, and when they were: kept in the transaction of what it tells of, sent a little later."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy
from haven.actions.models.assigned import Assignment


class Prompt(models.Model):
    """One reason to write to an organisation about an assignment. Several make one e-mail."""

    class Kind(models.TextChoices):
        """What there is to tell."""

        NEW = "new", "new to do"
        CHANGED = "changed", "changed"
        WITHDRAWN = "withdrawn", "no longer asked"
        RETURNED = "returned", "sent back with a comment"
        REMINDED = "reminded", "waiting, and the council reminds you"
        HANDED_ON = "handed-on", "handed to you"

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="prompts")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    told_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        keep="one year after it was told", working="id assignment kind made_at told_at", personal="made_by"
    )

    class Meta:
        ordering = ["made_at", "id"]
        indexes = [
            models.Index(fields=["made_at"], condition=Q(told_at__isnull=True), name="prompts_to_tell"),
            models.Index(fields=["assignment", "kind", "made_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.assignment_id}"
