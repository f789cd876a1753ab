"""What people are to be told of an audit, and when they were: kept with what it tells of, sent a little later."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy
from haven.audits.models.returns import Return


class Notice(models.Model):
    """One reason to write to a school."""

    class Kind(models.TextChoices):
        """What there is to tell."""

        OPENED = "opened", "An audit is open"
        SOON = "soon", "A deadline is near"
        CHASED = "chased", "The council asks"
        SIGN = "sign", "A signature is waited for"
        SENT = "sent", "It was sent"
        SENT_BACK = "sent-back", "More is asked for"
        ANSWERED = "answered", "There is feedback"
        VISIT = "visit", "A visit is planned or written up"
        MOVED = "moved", "A deadline was moved"

    privacy = Privacy(
        keep="one year after it was told", working="id of kind step due_on made_at told_at", personal="made_by"
    )

    of = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="notices")  # of no use without it
    kind = models.CharField(max_length=10, choices=Kind.choices)
    step = models.PositiveSmallIntegerField(default=0)  # whose signature is waited for; nought for the leads
    due_on = models.DateField(null=True, blank=True)  # the day for which Haven makes it by itself, once
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "id"]
        indexes = [models.Index(fields=["made_at"], condition=Q(told_at__isnull=True), name="audit_notices_to_tell")]
        constraints = [
            models.UniqueConstraint(
                fields=["of", "kind", "due_on"],
                condition=Q(due_on__isnull=False),
                name="haven_reminds_of_an_audit_once_for_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.of_id}"
