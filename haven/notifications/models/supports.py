"""What a school did about a notification. A record of its own, which the sender never sees."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from haven.access.privacy import Privacy
from haven.notifications.models.deliveries import Delivery
from haven.notifications.rules.support import IN_WORDS
from haven.people.models import Organisation
from haven.subjects.models import Record


class Support(models.Model):
    """One thing that was done, and when the school wishes to look again."""

    privacy = Privacy(
        keep="by the retention class of its record, then the note is erased",
        working="id delivery organisation record kind at remind_on reminded_at",
        personal="by",
        confidential="note",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="supports")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="support")
    kind = models.CharField(max_length=20, choices=[(kind.value, words) for kind, words in IN_WORDS.items()])
    note = models.BinaryField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    remind_on = models.DateField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            models.Index(
                fields=["remind_on"],
                condition=models.Q(remind_on__isnull=False, reminded_at__isnull=True),
                name="notifications_to_remind",
            )
        ]

    def __str__(self) -> str:
        return f"support {self.pk}"
