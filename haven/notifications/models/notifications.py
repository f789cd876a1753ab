"""One sending, and what it says of each child. What it says is sealed under the key of a record of its own."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy
from haven.notifications.rules.sending import Channel
from haven.people.models import Area, Organisation
from haven.subjects.models import Record, Subject


class Notification(models.Model):
    """That a sender sent something, once: by its own key. Nothing here says of whom or what."""

    privacy = Privacy(
        keep="as long as the records of its children",
        working="id reference sender area key body_hash accepted_at channel recalled_at detail",
        personal="sent_by recalled_by",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    reference = models.CharField(max_length=9, unique=True)  # Haven's own, to be read out; it means nothing
    sender = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField()  # the sender's own
    body_hash = models.CharField(max_length=64)  # haven.notifications.rules.sending.body_hash
    accepted_at = models.DateTimeField()
    sent_by = models.ForeignKey(  # null where a program sent it
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    channel = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Channel])
    recalled_at = models.DateTimeField(null=True, blank=True)
    recalled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    detail = models.BigIntegerField(null=True, blank=True)  # of the ledger, where its acceptance stands

    class Meta:
        ordering = ["-accepted_at"]
        indexes = [models.Index(fields=["sender", "accepted_at"])]
        constraints = [
            models.UniqueConstraint(fields=["sender", "key"], name="a_sender_uses_a_key_once"),
            models.CheckConstraint(
                condition=Q(recalled_at__isnull=True, recalled_by__isnull=True)
                | Q(recalled_at__isnull=False, recalled_by__isnull=False),
                name="a_recall_says_who_recalled",
            ),
        ]

    def __str__(self) -> str:
        return f"notification {self.pk}"


class Notice(models.Model):
    """What a notification says of one child. Whoever is excluded from any child of the sending never sees it."""

    privacy = Privacy(
        keep="by the retention class of its record, then what it says is erased",
        working="id notification record",
        confidential="subject content override",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    notification = models.ForeignKey(Notification, on_delete=models.PROTECT, related_name="notices")
    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="notice")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="notices")
    content = models.BinaryField(null=True)  # rules.sending.as_content, sealed; null once erased
    override = models.BinaryField(null=True)  # why a school was chosen that does not teach her age, sealed

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["notification", "subject"], name="a_notification_says_it_once_of_a_child")
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"
